package app.mailroom.results;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.model.ResultCounts;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of mailings, each with the messages that it is a share of. These are the only definitions: windows, files
 * and commands use them, so that a rate means the same everywhere. Names are used in keys of texts.
 */
public enum Rate {
    /** The mail service took it. */
    ACCEPTED(Whole.PLANNED, Measure.TAKEN),
    /** The receiving server took it, and did not send it back later. */
    DELIVERED(Whole.ACCEPTED, Measure.ARRIVED),
    /** The receiving server still keeps it waiting. */
    DELAYED(Whole.ACCEPTED),
    /** The receiving server refused it, for whatever reason. */
    BOUNCED(Whole.ACCEPTED, Measure.BOUNCED),
    /** Refused for good: the address does not exist or may not be mailed. */
    BOUNCED_HARD(Whole.ACCEPTED),
    /** Refused for a reason that may pass. */
    BOUNCED_SOFT(Whole.ACCEPTED),
    /** The recipient called it spam. */
    COMPLAINED(Whole.DELIVERED, Measure.COMPLAINED),
    /** A person is taken to have opened it. */
    OPENED(Whole.DELIVERED, Measure.OPENED),
    /** Only machines opened it. */
    OPENED_BY_MACHINES(Whole.DELIVERED, Measure.OPENED_BY_MACHINES),
    /** A person is taken to have followed a link in it. */
    CLICKED(Whole.DELIVERED, Measure.CLICKED),
    /** Only machines followed a link in it. */
    CLICKED_BY_MACHINES(Whole.DELIVERED, Measure.CLICKED_BY_MACHINES),
    /** The recipient wants no more mail. */
    UNSUBSCRIBED(Whole.DELIVERED, Measure.UNSUBSCRIBED),
    /** It arrived, and no person is known to have opened it or followed a link in it. */
    UNOPENED(Whole.DELIVERED, Measure.UNOPENED),
    /** It arrived, and no person is known to have followed a link in it. */
    UNCLICKED(Whole.DELIVERED, Measure.UNCLICKED),
    /** The mail service, or the rendering before it, refused it for good. */
    REJECTED(Whole.PLANNED),
    /** Nobody can tell whether the mail service took it. */
    UNCERTAIN(Whole.PLANNED),
    /** Not sent, because the address must not be mailed. */
    SUPPRESSED(Whole.PLANNED);

    /** What a rate is a share of. Names are used in keys of texts. */
    public enum Whole {
        /** All messages of the mailing. */
        PLANNED,
        /** Those that the mail service took. */
        ACCEPTED,
        /** Those that arrived. */
        DELIVERED;

        /** How many these are. */
        public long of(PlanResults results) {
            return switch (this) {
                case PLANNED -> results.totals().all();
                case ACCEPTED -> results.totals().of(Measure.TAKEN);
                case DELIVERED -> results.totals().of(Measure.ARRIVED);
            };
        }
    }

    /** What Amazon does with an account whose rate is as high as that. */
    public enum Verdict {
        /** Nothing. */
        FINE,
        /** It may put the account under review. */
        REVIEW,
        /** It may keep the account from sending. */
        PAUSE
    }

    private static final double BOUNCES_REVIEWED = 0.05;
    private static final double BOUNCES_PAUSED = 0.10;
    private static final double COMPLAINTS_REVIEWED = 0.001;
    private static final double COMPLAINTS_PAUSED = 0.005;

    private final Whole whole;
    private final @Nullable Measure measure;

    Rate(Whole whole) {
        this(whole, null);
    }

    Rate(Whole whole, @Nullable Measure measure) {
        this.whole = whole;
        this.measure = measure;
    }

    /** What it is a share of. */
    public Whole whole() {
        return whole;
    }

    /** Whether it is known only of mailings whose openings and clicks are counted. */
    public boolean needsTracking() {
        return switch (this) {
            case OPENED, OPENED_BY_MACHINES, CLICKED, CLICKED_BY_MACHINES, UNOPENED, UNCLICKED -> true;
            default -> false;
        };
    }

    /** Of one mailing. */
    public Share of(PlanResults results) {
        if (needsTracking() && !results.plan().tracked()) {
            return Share.notCounted();
        }
        return Share.of(count(results), whole.of(results));
    }

    /** Of several mailings together: those where it is not counted are left out of the part and of the whole. */
    public Share of(Collection<PlanResults> mailings) {
        return mailings.stream().map(this::of).reduce(Share.notCounted(), Share::plus);
    }

    /**
     * Of a part of a mailing, such as what went to one domain.
     *
     * @throws IllegalArgumentException for what is counted of whole mailings only
     */
    public Share of(ResultCounts part, boolean tracked) {
        if (needsTracking() && !tracked) {
            return Share.notCounted();
        }
        Measure counted = measure;
        if (counted == null || whole == Whole.PLANNED) {
            throw new IllegalArgumentException(this + " is counted of whole mailings only");
        }
        return Share.of(part.of(counted), part.of(whole == Whole.ACCEPTED ? Measure.TAKEN : Measure.ARRIVED));
    }

    /** The rate that says how many messages count for a measure. */
    public static Rate of(Measure measure) {
        return Stream.of(values())
                .filter(rate -> rate.measure == measure)
                .findFirst()
                .orElseThrow();
    }

    /**
     * What Amazon does at this rate, by its documentation: it reviews accounts from 5 % of hard bounces or 0.1 % of
     * complaints on, and may pause sending at 10 % or 0.5 %. It looks at all mail of the account over a time that it does
     * not tell, so that one mailing is a sign and no proof.
     */
    public Verdict verdict(Share share) {
        double rate = share.rate().orElse(0);
        return switch (this) {
            case BOUNCED_HARD -> verdict(rate, BOUNCES_REVIEWED, BOUNCES_PAUSED);
            case COMPLAINED -> verdict(rate, COMPLAINTS_REVIEWED, COMPLAINTS_PAUSED);
            default -> Verdict.FINE;
        };
    }

    private static Verdict verdict(double rate, double reviewed, double paused) {
        if (rate < reviewed) {
            return Verdict.FINE;
        }
        return rate < paused ? Verdict.REVIEW : Verdict.PAUSE;
    }

    private long count(PlanResults results) {
        return switch (this) {
            case DELAYED -> results.totals().in(MessageState.DELAYED);
            case BOUNCED_HARD -> results.hardBounces();
            case BOUNCED_SOFT -> results.softBounces();
            case REJECTED -> results.totals().in(MessageState.REJECTED);
            case UNCERTAIN -> results.totals().in(MessageState.UNCERTAIN);
            case SUPPRESSED -> results.totals().in(MessageState.SUPPRESSED);
            default -> results.totals().of(Objects.requireNonNull(measure));
        };
    }
}
