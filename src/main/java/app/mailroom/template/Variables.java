package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The syntax of variables: <code>{{name}}</code>, <code>{{ name }}</code> and <code>{{name|fallback}}</code>. Names are
 * Unicode letters (with their combining marks), digits and {@code _}.
 */
public final class Variables {

    private Variables() {}

    /**
     * The names used in a template, in order of first appearance (subject, preheader, body) and as first written. Names
     * with the same {@link #key} are one. What is not a well-formed variable is passed over; only compiling finds it.
     */
    public static Set<String> namesIn(TemplateContent source) {
        Map<String, String> names = new LinkedHashMap<>();
        for (VariableScan scan : VariableScan.all(source)) {
            for (VariableScan.Occurrence occurrence : scan.occurrences()) {
                names.putIfAbsent(
                        key(occurrence.variable().name()), occurrence.variable().name());
            }
        }
        return new LinkedHashSet<>(names.values());
    }

    /**
     * How names and sheet headers are compared: trimmed, composed (NFC), in lower case, and {@code _} for everything
     * that is not a letter, digit or {@code _}. "First Name" becomes "first_name".
     */
    public static String key(String name) {
        String composed = Normalizer.normalize(trimmed(name), Normalizer.Form.NFC);
        String lower = Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        StringBuilder key = new StringBuilder(lower.length());
        lower.codePoints().forEach(c -> key.appendCodePoint(isNamePart(c) ? c : '_'));
        return key.toString();
    }

    static boolean isName(String text) {
        return !text.isEmpty()
                && !isMark(text.codePointAt(0))
                && text.codePoints().allMatch(Variables::isNamePart);
    }

    /** Without white space at both ends, the no-break space of HTML editors and byte order marks included. */
    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u0085' || c == 0;
    }

    private static boolean isNamePart(int codePoint) {
        return codePoint == '_' || Character.isLetterOrDigit(codePoint) || isMark(codePoint);
    }

    /** Many scripts cannot write a word without combining marks, so they belong to the letters. */
    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
