package app.mailroom.support;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A report of a failure that nobody had expected, as it lies on the disk.
 *
 * @param code the same for the same failure, also on other computers
 * @param at when it was first met in that run of the program
 * @param file where it lies
 * @param text what it says
 */
public record CrashReport(String code, Instant at, Path file, String text) {}
