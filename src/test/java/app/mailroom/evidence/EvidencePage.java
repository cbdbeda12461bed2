package app.mailroom.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page with all figures. A run of single parts replaces only theirs, so every part says when and where its own were made.
 */
final class EvidencePage {
    private static final String BEGIN = "<!-- part ";
    private static final String END = " -->";

    private final Map<String, String> parts = new LinkedHashMap<>();

    /** Reads the parts of a page; one that does not exist has none. */
    static EvidencePage read(Path file) throws IOException {
        EvidencePage page = new EvidencePage();
        if (Files.exists(file)) {
            String[] pieces = Files.readString(file).split("(?m)^" + BEGIN, -1);
            for (int i = 1; i < pieces.length; i++) {
                int end = pieces[i].indexOf(END);
                page.parts.put(
                        pieces[i].substring(0, end),
                        pieces[i].substring(end + END.length()).strip());
            }
        }
        return page;
    }

    void put(String part, String text) {
        parts.put(part, text.strip());
    }

    /** Writes the parts in an order; what has no place in it any more is left out. */
    void write(Path file, String head, List<String> order) throws IOException {
        StringBuilder text = new StringBuilder(head.strip()).append("\n");
        for (String part : order) {
            String section = parts.get(part);
            if (section != null) {
                text.append("\n")
                        .append(BEGIN)
                        .append(part)
                        .append(END)
                        .append("\n")
                        .append(section)
                        .append("\n");
            }
        }
        Files.writeString(file, text.toString());
    }
}
