package app.mailroom.evidence;

import java.util.List;

/**
 * One question and how it is answered. A part runs in a process of its own, so that neither its memory nor what the compiler
 * learnt there touches another's figures. Made by {@link Evidence} through a constructor without parameters.
 */
public interface EvidencePart {
    /** The heading over its figures. */
    String title();

    /** What is promised and how it is tried, in a sentence or three of Markdown. */
    String question();

    /** Arguments of the process that it runs in. */
    default List<String> jvmArguments() {
        return List.of("-Xmx1g");
    }

    /** Whether its figures are worth something only if nothing runs beside it. */
    default boolean measuresSpeed() {
        return true;
    }

    /**
     * Tries it. What is thrown fails the build, as {@link Report#check} does.
     *
     * @param ground where it may write and what it may start
     * @param report what it found
     */
    void run(Ground ground, Report report) throws Exception;
}
