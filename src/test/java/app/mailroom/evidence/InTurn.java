package app.mailroom.evidence;

/**
 * Two things measured one after the other, round by round, so that whatever else the computer does meanwhile falls on both; and
 * how the first compares with the second in the same round.
 */
public final class InTurn {
    /** Measures once; the figure may have any unit, the same for both. */
    public interface Measuring {
        double measure() throws Exception;
    }

    private final Rounds first = new Rounds();
    private final Rounds second = new Rounds();

    private InTurn() {}

    /** Measures both in each round. */
    public static InTurn measure(int rounds, Measuring first, Measuring second) throws Exception {
        InTurn both = new InTurn();
        for (int i = 0; i < rounds; i++) {
            both.first.add(first.measure());
            both.second.add(second.measure());
        }
        return both;
    }

    /** The middle figure of the first. */
    public double first() {
        return first.median();
    }

    /** The middle figure of the second. */
    public double second() {
        return second.median();
    }

    /** The middle of the rounds' ratios, each the first's figure divided by the second's. */
    public double ratio() {
        return first.over(second).median();
    }

    /** The middle ratio with the least and the greatest, as it stands in tables; of a single round that one. */
    public String ratioWithRange() {
        return first.over(second).toString();
    }
}
