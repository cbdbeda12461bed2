package app.mailroom.ui.results;

import app.mailroom.results.Rate;
import app.mailroom.results.Share;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Which of several mailings did best. */
final class Best {
    private Best() {}

    /**
     * The places of the best; several where they are equal, none where all are, or where no rate is better than another.
     */
    static Set<Integer> of(Rate rate, List<Share> shares) {
        int sign = sign(rate);
        double[] known = shares.stream()
                .flatMapToDouble(share -> share.rate().isPresent()
                        ? DoubleStream.of(RateWords.seen(share.rate().getAsDouble()))
                        : DoubleStream.empty())
                .toArray();
        double best = DoubleStream.of(known).map(one -> sign * one).max().orElse(0);
        double worst = DoubleStream.of(known).map(one -> sign * one).min().orElse(0);
        Set<Integer> places = new HashSet<>();
        if (sign != 0 && best > worst) {
            IntStream.range(0, shares.size())
                    .filter(i -> shares.get(i).rate().isPresent()
                            && sign * RateWords.seen(shares.get(i).rate().getAsDouble()) == best)
                    .forEach(places::add);
        }
        return places;
    }

    /** 1 where more is better, -1 where less is, 0 where neither is. */
    private static int sign(Rate rate) {
        return switch (rate) {
            case ACCEPTED, DELIVERED, OPENED, CLICKED -> 1;
            case BOUNCED,
                    BOUNCED_HARD,
                    BOUNCED_SOFT,
                    COMPLAINED,
                    UNSUBSCRIBED,
                    REJECTED,
                    UNCERTAIN,
                    UNOPENED,
                    UNCLICKED -> -1;
            case DELAYED, OPENED_BY_MACHINES, CLICKED_BY_MACHINES, SUPPRESSED -> 0;
        };
    }
}
