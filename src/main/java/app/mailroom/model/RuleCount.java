package app.mailroom.model;

/** How many openings and clicks one rule gave its verdict on; a message that was opened twice has two. */
public record RuleCount(HitVerdict verdict, long openings, long clicks) {
    /** Both together. */
    public RuleCount plus(RuleCount other) {
        return new RuleCount(verdict, openings + other.openings, clicks + other.clicks);
    }
}
