package app.mailroom.model;

import java.util.Optional;

/** A mailing with its counts, and the rule of its own that it waits for, if it does. */
public record PlanOverview(Plan plan, PlanTotals totals, Optional<PlanWait> waiting) {}
