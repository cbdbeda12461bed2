package app.mailroom.relay;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the spool. It is named after the place of its first byte among all bytes that were ever written.
 *
 * @param start the place of its first byte
 * @param end the place behind its last byte that surely is on the disk
 */
record SpoolSegment(Path file, long start, long end) {
    private static final Pattern NAME = Pattern.compile("([0-9]{19})\\.hits");

    /** One without hits that begins at a place. */
    static SpoolSegment at(Path folder, long start) {
        return new SpoolSegment(folder.resolve(String.format("%019d.hits", start)), start, start);
    }

    /** The file with its first bytes and none behind them; empty if it is not named as one. */
    static Optional<SpoolSegment> of(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            long start = Long.parseLong(name.group(1));
            return Optional.of(new SpoolSegment(file, start, start));
        } catch (NumberFormatException e) {
            // More than there can be bytes: somebody else's.
            return Optional.empty();
        }
    }

    SpoolSegment endingAt(long other) {
        return new SpoolSegment(file, start, other);
    }

    long bytes() {
        return end - start;
    }
}
