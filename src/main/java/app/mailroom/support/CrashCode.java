package app.mailroom.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A short code for a failure: a fingerprint of what was thrown and of the methods of ours that it came through. Messages, line
 * numbers and numbers of lambdas stay out of it, so that two people who meet the same failure see the same code.
 */
final class CrashCode {
    private static final String OURS = "app.mailroom.";
    private static final int FRAMES = 5;
    private static final int LENGTH = 8;
    private static final int CAUSES = 8;

    private CrashCode() {}

    /** Such as {@code MR-3F9A-01C7}. */
    static String of(Throwable failure) {
        List<String> signs = new ArrayList<>();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < CAUSES; depth++) {
            signs.add(at.getClass().getName());
            StackTraceElement[] frames = at.getStackTrace();
            List<String> ours = Stream.of(frames)
                    .filter(frame -> frame.getClassName().startsWith(OURS))
                    .limit(FRAMES)
                    .map(CrashCode::method)
                    .toList();
            signs.addAll(
                    ours.isEmpty()
                            ? Stream.of(frames)
                                    .limit(FRAMES)
                                    .map(CrashCode::method)
                                    .toList()
                            : ours);
            at = at.getCause();
        }
        String print = hash(String.join("\n", signs)).toUpperCase(Locale.ROOT);
        return "MR-" + print.substring(0, LENGTH / 2) + "-" + print.substring(LENGTH / 2, LENGTH);
    }

    private static String method(StackTraceElement frame) {
        String type = frame.getClassName().replaceAll("\\$\\$.*|\\$[0-9]+", "");
        return type + "." + frame.getMethodName().replaceAll("^lambda\\$(.*)\\$[0-9]+$", "$1");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
