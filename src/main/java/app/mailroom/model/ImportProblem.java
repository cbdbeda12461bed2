package app.mailroom.model;

/** A row that an import left out: line as an editor counts it, a reason code, what is wrong in detail, and the row as it was read. */
public record ImportProblem(long line, String reason, String detail, String row) {}
