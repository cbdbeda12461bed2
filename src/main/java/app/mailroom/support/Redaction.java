package app.mailroom.support;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what tells who somebody is or opens a door: email addresses, folders, web addresses, the names of the
 * person and the computer, and anything that looks like a key. Takes out too much rather than too little.
 */
public final class Redaction {
    private static final int SHORTEST_NAME = 2;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>(),;:\"']+@[^\\s@<>(),;:\"']+");
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]{1,20}:/[^\\s]*");
    private static final Pattern UNIX_PATH = Pattern.compile("(?<![\\p{L}\\p{N}_.])~?/[^\\s:;,\"'<>|]*");
    private static final Pattern WINDOWS_PATH =
            Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:[a-z]:|\\\\)[\\\\/][^:;,\"'<>|\\r\\n]*");
    /** Keys, tokens and hashes: long runs without a blank that hold a digit, so that names of classes stay. */
    private static final Pattern KEY = Pattern.compile("(?=[A-Za-z_+/=.-]*[0-9])[A-Za-z0-9_+/=-]{16,}");

    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}])\\+?[0-9](?:[ .-]?[0-9]){6,}");

    private final List<Pattern> names = new ArrayList<>();

    /**
     * For one computer.
     *
     * @param privateWords what is to be taken out wherever it stands: the home folder, the person's name, the computer's; blank ones
     *     are passed over
     */
    public Redaction(List<String> privateWords) {
        for (String word : privateWords) {
            if (word.strip().length() >= SHORTEST_NAME) {
                names.add(
                        Pattern.compile(Pattern.quote(word.strip()), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
            }
        }
    }

    /** The text without any of it; each piece leaves a word that says what stood there. */
    public String of(String text) {
        String left = text;
        for (Pattern name : names) {
            left = name.matcher(left).replaceAll("[name]");
        }
        left = EMAIL.matcher(left).replaceAll("[email]");
        left = ADDRESS.matcher(left).replaceAll("[address]");
        left = WINDOWS_PATH.matcher(left).replaceAll(Matcher.quoteReplacement("[path]"));
        left = UNIX_PATH.matcher(left).replaceAll("[path]");
        left = NUMBER.matcher(left).replaceAll("[number]");
        return KEY.matcher(left).replaceAll("[key]");
    }
}
