package app.mailroom.support;

import app.mailroom.model.BuildFacts;
import app.mailroom.model.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which program this is and what it runs on.
 *
 * @param version of the program
 * @param built when, in UTC; blank where it was not built by Maven
 * @param commit from which it was built; blank where the build was not told
 */
public record ProgramFacts(
        String version, String built, String commit, String java, String javaFx, String sqlite, String system) {
    private static final long MEGABYTE = 1 << 20;

    /** Of this process. */
    public static ProgramFacts here() {
        return new ProgramFacts(
                ProgramVersion.NUMBER,
                BuildFacts.get("built", ""),
                BuildFacts.get("commit", ""),
                System.getProperty("java.runtime.version", "?") + " (" + System.getProperty("java.vendor", "?") + ")",
                // Set by the toolkit once it has started; where it has not, the version that was built with.
                System.getProperty("javafx.runtime.version", BuildFacts.get("javafx", "?")),
                BuildFacts.get("sqlite", "?"),
                System.getProperty("os.name", "?") + " " + System.getProperty("os.version", "?") + " "
                        + System.getProperty("os.arch", "?"));
    }

    /** One fact a line, in English, for whoever is asked for help. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Mailroom: " + version + (built.isEmpty() ? "" : ", built " + built)
                + (commit.isEmpty() ? "" : ", commit " + commit));
        lines.add("Java:     " + java);
        lines.add("JavaFX:   " + javaFx);
        lines.add("SQLite:   " + sqlite);
        lines.add("System:   " + system);
        lines.add("Language: " + Locale.getDefault().toLanguageTag());
        lines.add("Memory:   " + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB at most");
        return lines;
    }
}
