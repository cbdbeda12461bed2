package app.mailroom.model;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of restoring a copy.
 *
 * @param copy the name of the copy
 * @param setAside the folder in which the file lies that was in its place
 * @param readable whether anything could be read from that file
 * @param learnt of how many messages more is known from it than the copy said
 * @param uncertain messages of which nobody can tell any more whether they were sent
 * @param parked mailings that wait for a person, by title
 * @param scheduled mailings that go out at their time, by title
 * @param lost mailings made since the copy, which are not in it
 * @param events reports about messages that were brought over
 * @param suppressions addresses that must not be mailed and were brought over
 * @param erasures people who were erased since the copy, and are back
 */
public record RestoreReport(
        String copy,
        Path setAside,
        boolean readable,
        long learnt,
        long uncertain,
        List<String> parked,
        List<String> scheduled,
        List<LostMailing> lost,
        int events,
        int suppressions,
        int erasures) {
    /** A report. */
    public RestoreReport {
        parked = List.copyOf(parked);
        scheduled = List.copyOf(scheduled);
        lost = List.copyOf(lost);
    }

    /**
     * A mailing that was made after the copy.
     *
     * @param begun how many of its messages, as far as they could be read, had been handed to the mail service or may have been
     */
    public record LostMailing(String title, long begun) {}
}
