package app.mailroom.recipients;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheet programs from running what stands in a text file as a formula, which could fetch or send things
 * (OWASP, “CSV injection”).
 */
public final class HarmlessText {
    /** With these a formula begins somewhere; the last four are what Japanese and Korean keyboards type for the first. */
    private static final String STARTS = "=+-@\t\r\n＝＋－＠";

    private static final Pattern NUMBER = Pattern.compile("[+-]\\d+([.,]\\d+)*");

    private HarmlessText() {}

    /**
     * The text with an apostrophe before it if a program could take it for a formula. Plain numbers with a sign stay as
     * they are. An import does not take the apostrophe away, because it could belong to the text.
     */
    public static String of(String text) {
        if (text.isEmpty()
                || STARTS.indexOf(text.charAt(0)) < 0
                || NUMBER.matcher(text).matches()) {
            return text;
        }
        return "'" + text;
    }
}
