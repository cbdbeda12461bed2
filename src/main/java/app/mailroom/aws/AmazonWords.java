package app.mailroom.aws;

import java.util.Locale;

/** What Amazon and its SDK say, as far as it may be shown and logged. */
final class AmazonWords {
    private static final int LONGEST = 500;

    private AmazonWords() {}

    /**
     * The first line, and nothing of the signed request that Amazon repeats when a signature does not match, in which
     * a session token stands.
     */
    static String shown(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        int signed = line.toLowerCase(Locale.ROOT).indexOf("canonical");
        int header = line.indexOf("Authorization=");
        int end = Math.min(signed < 0 ? line.length() : signed, header < 0 ? line.length() : header);
        String shown = line.substring(0, end).strip();
        return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
    }
}
