package app.mailroom.model;

/** Which version of the program this is, as people are told: that of the build, and so that of its package. */
public final class ProgramVersion {
    /** Of classes that were not built by Maven. */
    private static final String NONE = "0.0.0";

    private static final String BEFORE_RELEASE = "-SNAPSHOT";

    /** The number alone, three numbers with dots between; what comes before a release has its number already. */
    public static final String NUMBER = ofBuild();

    private ProgramVersion() {}

    private static String ofBuild() {
        String version = BuildFacts.get("version", NONE).replace(BEFORE_RELEASE, "");
        return version.matches("\\d+\\.\\d+\\.\\d+") ? version : NONE;
    }
}
