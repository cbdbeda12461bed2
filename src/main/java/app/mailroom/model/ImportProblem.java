package app.mailroom.model;

import java.util.List;
import java.util.Optional;

/**
 * A row that an import left out.
 *
 * @param line as an editor counts it
 * @param reason a stable code
 * @param detail what is wrong, in words
 * @param row the row as it was read
 * @param values the same by slot of the list's columns; empty where the row could not be taken apart
 */
public record ImportProblem(long line, String reason, String detail, String row, Optional<List<String>> values) {}
