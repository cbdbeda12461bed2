package app.mailroom.model;

/**
 * Whether an opening or a click is taken for a person's or a machine's, and by which rule; a reader of results gets the
 * rule's reason with it.
 *
 * @param rule its name, for which every language of the program has words
 */
public record HitVerdict(By by, String rule) {
    /** Who made a hit. */
    public enum By {
        /** Nothing speaks against a person. */
        PERSON,
        /** A program that nobody asked for this mail. */
        MACHINE
    }
}
