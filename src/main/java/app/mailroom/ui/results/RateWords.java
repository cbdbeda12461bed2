package app.mailroom.ui.results;

import app.mailroom.results.Rate;
import app.mailroom.results.Rate.Verdict;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Texts;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Optional;

/** Rates as a person reads them, always with what they are a share of. */
final class RateWords {
    private static final String NONE = "–";
    private static final double FINE_BELOW = 0.01;
    private static final double LEAST = 0.0001;

    /** From here on a rate would be rounded up to all. */
    private static final double ALMOST_ALL = 0.999;

    private final Texts texts;

    RateWords(Texts texts) {
        this.texts = texts;
    }

    /** What is counted, in a word or two. */
    String name(Rate rate) {
        return texts.code("rate", rate);
    }

    /** The same with what it is a share of, for the head of a column. */
    String header(Rate rate) {
        String name = name(rate);
        return switch (rate.whole()) {
            case PLANNED -> texts.get("rate.header.planned", name);
            case ACCEPTED -> texts.get("rate.header.accepted", name);
            case DELIVERED -> texts.get("rate.header.delivered", name);
        };
    }

    /** What is counted, in a sentence or two. */
    String definition(Rate rate) {
        return texts.code("rate.hint", rate);
    }

    /** How many; words where nobody counted. */
    String count(Share share) {
        return share.counted() ? texts.number(share.count()) : texts.get("rate.not_counted");
    }

    /** The rate alone, with more digits where it is small; a dash where there is none. */
    String percent(Share share) {
        return share.rate().isEmpty() ? NONE : percent(share.rate().getAsDouble());
    }

    /** A rate between 0 and 1. */
    String percent(double rate) {
        NumberFormat format = NumberFormat.getPercentInstance(texts.locale());
        int digits = rate < FINE_BELOW ? 2 : 1;
        format.setMaximumFractionDigits(digits);
        if (rate > 0 && rate < 1) {
            format.setMinimumFractionDigits(digits);
            if (rate > ALMOST_ALL) {
                format.setRoundingMode(RoundingMode.DOWN);
            }
        }
        return rate > 0 && rate < LEAST ? "<" + format.format(LEAST) : format.format(rate);
    }

    /** With as many digits as a person sees, so that what looks the same is the same. */
    static double seen(double rate) {
        double steps = rate < FINE_BELOW ? 10_000 : 1_000;
        return Math.round(rate * steps) / steps;
    }

    /** How far a rate is from another in points of a percent, with its sign; nothing where they look the same. */
    Optional<String> points(double rate, double from) {
        double points = (seen(rate) - seen(from)) * 100;
        NumberFormat format = NumberFormat.getNumberInstance(texts.locale());
        format.setMaximumFractionDigits(Math.max(rate, from) < FINE_BELOW ? 2 : 1);
        String size = format.format(Math.abs(points));
        if (size.equals(format.format(0))) {
            return Optional.empty();
        }
        return Optional.of(texts.get("rate.points", (points > 0 ? "+" : "−") + size));
    }

    /** The rate and what it is a share of; words where nobody counted. */
    String share(Rate rate, Share share) {
        if (!share.counted()) {
            return texts.get("rate.not_counted");
        }
        return shareOf(rate.whole(), percent(share));
    }

    /** A percentage with what it is a share of. */
    String shareOf(Rate.Whole whole, String percent) {
        return switch (whole) {
            case PLANNED -> texts.get("rate.of.planned", percent);
            case ACCEPTED -> texts.get("rate.of.accepted", percent);
            case DELIVERED -> texts.get("rate.of.delivered", percent);
        };
    }

    /**
     * What Amazon does at this rate; nothing where it does nothing.
     *
     * @param rate {@link Rate#BOUNCED_HARD} or {@link Rate#COMPLAINED}
     */
    Optional<String> warning(Rate rate, Share share) {
        Verdict verdict = rate.verdict(share);
        if (verdict == Verdict.FINE) {
            return Optional.empty();
        }
        String percent = percent(share);
        String words = rate == Rate.COMPLAINED
                ? texts.get("rate.warning.complaints", percent)
                : texts.get("rate.warning.bounces", percent);
        return Optional.of(words);
    }

    /** The style of a figure at which Amazon acts. */
    static Optional<String> tone(Verdict verdict) {
        return switch (verdict) {
            case FINE -> Optional.empty();
            case REVIEW -> Optional.of("rate-warning");
            case PAUSE -> Optional.of("rate-danger");
        };
    }

    /** The rate by which Amazon judges a figure. */
    static Rate judged(Rate rate) {
        return rate == Rate.BOUNCED ? Rate.BOUNCED_HARD : rate;
    }
}
