package app.mailroom.authoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The small text file beside the HTML of an exported template, a line for each of what the HTML does not say itself.
 *
 * @param images the path of the file in the archive by the name of each image
 */
record ExportNote(String subject, String preheader, Map<String, String> images) {
    static final String FILE = "template.txt";

    private static final String SUBJECT = "subject: ";
    private static final String PREHEADER = "preheader: ";
    private static final String IMAGE = "image: ";
    private static final String AS = " => ";

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(SUBJECT).append(escaped(subject)).append('\n');
        text.append(PREHEADER).append(escaped(preheader)).append('\n');
        images.forEach((name, path) -> text.append(IMAGE)
                .append(escaped(path))
                .append(AS)
                .append(escaped(name))
                .append('\n'));
        return text.toString();
    }

    /** Lines that mean nothing here are passed over; empty for a text that is something else. */
    static Optional<ExportNote> of(String text) {
        if (!text.startsWith(SUBJECT) && !text.startsWith("\uFEFF" + SUBJECT)) {
            return Optional.empty();
        }
        String subject = "";
        String preheader = "";
        Map<String, String> images = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String plain = line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (plain.startsWith(SUBJECT)) {
                subject = unescaped(plain.substring(SUBJECT.length()));
            } else if (plain.startsWith(PREHEADER)) {
                preheader = unescaped(plain.substring(PREHEADER.length()));
            } else if (plain.startsWith(IMAGE) && plain.contains(AS)) {
                int as = plain.indexOf(AS);
                images.put(
                        unescaped(plain.substring(as + AS.length())), unescaped(plain.substring(IMAGE.length(), as)));
            }
        }
        return Optional.of(new ExportNote(subject, preheader, images));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("=>", "=\\>");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(
                        switch (text.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> text.charAt(i);
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
