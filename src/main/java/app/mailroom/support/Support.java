package app.mailroom.support;

import java.nio.file.Path;

/**
 * What helps whoever uses the program with the program itself.
 *
 * @param calls what other starts of the program ask of this one
 * @param logs the folder of the log files
 */
public record Support(Calls calls, CrashReports crashes, UpdateCheck updates, Path logs) {}
