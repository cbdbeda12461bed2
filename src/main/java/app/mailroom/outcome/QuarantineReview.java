package app.mailroom.outcome;

import app.mailroom.model.QuarantinedEvent;
import app.mailroom.outcome.SesEventParser.Harmless;
import app.mailroom.outcome.SesEventParser.Probe;
import app.mailroom.outcome.SesEventParser.Reading;
import app.mailroom.outcome.SesEventParser.Understood;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.OutcomeStore.Reread;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads again what is in quarantine. An event may be understood later: when its message is there by then, because the
 * event had overtaken the mail service's answer or a restored database, or when a newer program knows its kind.
 */
public final class QuarantineReview {
    private static final int PORTION = 500;

    /** What a review came to: how many events left quarantine, and how many stay. */
    public record Result(int settled, int left) {}

    private final OutcomeStore store;
    private final SesEventParser parser;

    /** Reads with the given parser what the given store keeps. */
    public QuarantineReview(OutcomeStore store, SesEventParser parser) {
        this.store = store;
        this.parser = parser;
    }

    /**
     * Goes through all that is in quarantine and not dismissed. Each portion is settled in one transaction, in which
     * its events leave quarantine. Signs of life and greetings are of no use any more, and leave too.
     */
    public Result reread() {
        int settled = 0;
        int seen = 0;
        long last = 0;
        List<QuarantinedEvent> portion = store.quarantinedAfter(last, PORTION);
        while (!portion.isEmpty()) {
            List<Reread> understood = new ArrayList<>();
            List<Long> meaningless = new ArrayList<>();
            for (QuarantinedEvent event : portion) {
                Reading reading = parser.read(event.body());
                if (reading instanceof Understood now) {
                    understood.add(new Reread(event.id(), now.outcome()));
                } else if (reading instanceof Harmless || reading instanceof Probe) {
                    meaningless.add(event.id());
                }
                last = event.id();
            }
            seen += portion.size();
            if (!understood.isEmpty() || !meaningless.isEmpty()) {
                settled += store.settleQuarantined(understood, meaningless);
            }
            portion = store.quarantinedAfter(last, PORTION);
        }
        return new Result(settled, seen - settled);
    }
}
