package app.mailroom.aws;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What Amazon and its SDK say, as far as it may be shown and logged. */
final class AmazonWords {
    private static final int LONGEST = 500;

    private AmazonWords() {}

    /** The class of error that an answer names, or an empty text. */
    static String errorCode(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** What an answer says about its error, to the letter, or an empty text. */
    static String errorMessage(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorMessage() == null ? "" : details.errorMessage();
    }

    /** Whether nothing of a signed request is in these words, so that they may be logged whole. */
    static boolean harmless(String message) {
        return signedRequest(message) < 0;
    }

    /**
     * The first line, and nothing of the signed request that Amazon repeats when a signature does not match, in which
     * a session token stands.
     */
    static String shown(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        int signed = signedRequest(line);
        String shown = (signed < 0 ? line : line.substring(0, signed)).strip();
        return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
    }

    /** Where a signed request begins that is repeated; negative where there is none. */
    private static int signedRequest(String text) {
        int canonical = text.toLowerCase(Locale.ROOT).indexOf("canonical");
        int header = text.indexOf("Authorization=");
        return canonical < 0 || header < 0 ? Math.max(canonical, header) : Math.min(canonical, header);
    }
}
