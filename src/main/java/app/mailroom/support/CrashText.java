package app.mailroom.support;

import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Puts a failure into words that may be handed on: classes and methods as they are, and messages only where Java itself wrote
 * them about the program and not about what it works with. Whatever message stays goes through {@link Redaction}.
 */
final class CrashText {
    private static final int FRAMES_AT_MOST = 120;
    private static final int MESSAGE_AT_MOST = 300;

    /** What Java says of these names classes, methods, indexes and types. Of all others nobody can tell what stands in them. */
    private static final List<Class<? extends Throwable>> ABOUT_THE_PROGRAM = List.of(
            NullPointerException.class,
            IndexOutOfBoundsException.class,
            ClassCastException.class,
            ArithmeticException.class,
            NegativeArraySizeException.class,
            ArrayStoreException.class,
            LinkageError.class,
            ClassNotFoundException.class,
            VirtualMachineError.class);

    private final Redaction redaction;
    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());

    private CrashText(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The whole report. */
    static String of(
            String code, Instant at, String thread, Throwable failure, ProgramFacts facts, Redaction redaction) {
        CrashText report = new CrashText(redaction);
        report.line("Mailroom crash report");
        report.line("Code:     " + code);
        report.line("Time:     " + at);
        facts.lines().forEach(report::line);
        report.line("Thread:   " + redaction.of(thread));
        report.line("");
        report.failure("", "", failure);
        report.line("");
        report.line("Messages are left out unless Java wrote them about the program itself. "
                + "The log of the same time has them; it stays on this computer.");
        return report.text.toString();
    }

    private void failure(String indent, String label, Throwable failure) {
        if (!told.add(failure)) {
            line(indent + label + failure.getClass().getName() + " (see above)");
            return;
        }
        line(indent + label + failure.getClass().getName() + message(failure));
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, FRAMES_AT_MOST); i++) {
            line(indent + "    at " + frames[i]);
        }
        if (frames.length > FRAMES_AT_MOST) {
            line(indent + "    … " + (frames.length - FRAMES_AT_MOST) + " more");
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            failure(indent + "    ", "Suppressed: ", suppressed);
        }
        if (failure.getCause() != null) {
            failure(indent, "Caused by: ", failure.getCause());
        }
    }

    private String message(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return "";
        }
        if (ABOUT_THE_PROGRAM.stream().noneMatch(known -> known.isInstance(failure)) || !isOfJava(failure)) {
            return ": [message left out, " + message.length() + " characters]";
        }
        String cut = message.length() <= MESSAGE_AT_MOST ? message : message.substring(0, MESSAGE_AT_MOST) + "…";
        return ": " + redaction.of(cut).replaceAll("[\\r\\n]+", " ");
    }

    /** Our own or a library's exception of that kind may say anything; so may one of Java's that other code has thrown. */
    private static boolean isOfJava(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        boolean thrownByHand = failure instanceof NullPointerException
                && frames.length > 0
                && frames[0].getClassName().equals("java.util.Objects");
        return failure.getClass().getName().startsWith("java.lang.") && !thrownByHand;
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
