package app.mailroom.ui.editor;

import java.util.regex.Pattern;

/**
 * Gives an edited text the line ends that it had. Text areas know only {@code \n}; what was not touched must come back
 * to the byte, and what was written anew follows the rest.
 */
final class LineEnds {
    private static final Pattern ANY = Pattern.compile("\r\n|\r|\n");

    private final String original;
    private final String plain;
    private final String usual;

    /** Those of a text. */
    LineEnds(String original) {
        this.original = original;
        this.plain = ANY.matcher(original).replaceAll("\n");
        this.usual = usual(original);
    }

    /** The text with {@code \n} alone. */
    String plain() {
        return plain;
    }

    /** The text that was made of {@link #plain}, with the line ends of the original where it is the same. */
    String restored(String edited) {
        if (edited.equals(plain)) {
            return original;
        }
        int before = commonStart(edited);
        int after = commonEnd(edited, before);
        String middle = edited.substring(before, edited.length() - after);
        return original.substring(0, inOriginal(before))
                + (usual.equals("\n") ? middle : middle.replace("\n", usual))
                + original.substring(inOriginal(plain.length() - after));
    }

    /** Where a place of a text with its own line ends lies in the same text with {@code \n} alone. */
    static int inPlain(String text, int place) {
        int pairs = 0;
        for (int i = 0; i + 1 < Math.min(place, text.length()); i++) {
            if (text.charAt(i) == '\r' && text.charAt(i + 1) == '\n') {
                pairs++;
            }
        }
        return Math.min(place, text.length()) - pairs;
    }

    private int inOriginal(int place) {
        int i = 0;
        for (int passed = 0; passed < place; passed++) {
            i += i + 1 < original.length() && original.charAt(i) == '\r' && original.charAt(i + 1) == '\n' ? 2 : 1;
        }
        return i;
    }

    private int commonStart(String edited) {
        int most = Math.min(edited.length(), plain.length());
        int same = 0;
        while (same < most && edited.charAt(same) == plain.charAt(same)) {
            same++;
        }
        return same;
    }

    private int commonEnd(String edited, int start) {
        int most = Math.min(edited.length(), plain.length()) - start;
        int same = 0;
        while (same < most && edited.charAt(edited.length() - 1 - same) == plain.charAt(plain.length() - 1 - same)) {
            same++;
        }
        return same;
    }

    private static String usual(String text) {
        long pairs = ANY.matcher(text)
                .results()
                .filter(end -> end.group().equals("\r\n"))
                .count();
        long singles = ANY.matcher(text).results().count() - pairs;
        if (pairs > singles) {
            return "\r\n";
        }
        return singles > 0 && text.indexOf('\n') < 0 ? "\r" : "\n";
    }
}
