package app.mailroom.model;

/** Which version of the program this is, as people are told. */
public final class ProgramVersion {
    /** The number alone. */
    public static final String NUMBER = "0.1.0";

    private ProgramVersion() {}
}
