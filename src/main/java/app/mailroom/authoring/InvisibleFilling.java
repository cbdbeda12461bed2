package app.mailroom.authoring;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * Rows of invisible characters with which mails fill the line that an inbox shows. Editors take some of them for marks of their
 * own, and people would trip over them.
 */
final class InvisibleFilling {
    /** A row within a text, from start to before end. */
    record Run(int start, int end) {}

    private static final Pattern UNIT = Pattern.compile(
            "(?i)&(?:#65279|#xfeff|#847|#x34f|#8199|#x2007|zwnj|#8204|#x200c|nbsp|#160|#xa0|shy|#173|#xad);"
                    + "|[\\x{FEFF}\\x{34F}\\x{2007}\\x{200C}\\x{A0}\\x{AD} \\t\\r\\n]");

    private InvisibleFilling() {}

    /** All rows, in order. Words of languages that need such a character, and plain spaces, are none. */
    static List<Run> in(String text) {
        List<Run> runs = new ArrayList<>();
        Matcher unit = UNIT.matcher(text);
        int start = 0;
        int end = -1;
        while (unit.find()) {
            if (unit.start() != end) {
                add(text, start, end, runs);
                start = unit.start();
            }
            end = unit.end();
        }
        add(text, start, end, runs);
        return runs;
    }

    private static void add(String text, int start, int end, List<Run> runs) {
        if (end <= start) {
            return;
        }
        String plain = Parser.unescapeEntities(text.substring(start, end), false);
        boolean joins = plain.indexOf('\u034F') >= 0 || plain.indexOf('\u200C') >= 0;
        long others = plain.chars().filter(c -> c > ' ').count();
        if (plain.indexOf('\uFEFF') >= 0 || (joins && others > 1)) {
            runs.add(new Run(start, end));
        }
    }
}
