package app.mailroom.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the program this is, as people are told: that of the build, and so that of its package. */
public final class ProgramVersion {
    /** Of classes that were not built by Maven. */
    private static final String NONE = "0.0.0";

    private static final String BEFORE_RELEASE = "-SNAPSHOT";

    /** The number alone, three numbers with dots between; what comes before a release has its number already. */
    public static final String NUMBER = ofBuild();

    private ProgramVersion() {}

    private static String ofBuild() {
        Properties build = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream("/app/mailroom/build/build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
        String version = build.getProperty("version", NONE).replace(BEFORE_RELEASE, "");
        return version.matches("\\d+\\.\\d+\\.\\d+") ? version : NONE;
    }
}
