package app.mailroom.model;

/** A mailing with its counts. */
public record PlanOverview(Plan plan, PlanTotals totals) {}
