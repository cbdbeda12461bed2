package app.mailroom.aws;

import app.mailroom.model.Right;
import app.mailroom.model.Suppression;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.SuppressionStore.Lift;
import app.mailroom.store.SuppressionStore.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.ListSuppressedDestinationsResponse;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Keeps this workspace's suppressions and the account's suppression list equal; see “Using the Amazon SES account-level
 * suppression list” in the SES developer guide. What is typed by hand or unsubscribed stays here: the account's list
 * knows bounces and complaints only, and serves other programs too.
 *
 * <p>A lift is told from a later bounce by time, so a computer whose clock is wrong may lift too much or too little. An
 * address that somebody takes off Amazon's list elsewhere, as in the AWS console, is handed out again by the next round
 * for as long as it is suppressed here: only what is lifted here is lifted on both sides.
 */
public final class SuppressionSync {
    private static final Logger log = LoggerFactory.getLogger(SuppressionSync.class);
    private static final List<String> SHARED = List.of("BOUNCE", "COMPLAINT");
    private static final int PAGE = 1_000;

    private final Amazon amazon;

    SuppressionSync(Amazon amazon) {
        this.amazon = amazon;
    }

    /**
     * What a round changed: here, at Amazon, and at Amazon because a person lifted it here; and how many addresses
     * Amazon would not take, or lift. Those are tried again by the next round.
     */
    public record Changes(int takenIn, int handedOut, int lifted, int failed) {}

    /**
     * One round that somebody wants and nothing stops, see {@link #syncOnce(BooleanSupplier)}.
     *
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not change suppressions
     */
    public Changes syncOnce() throws AmazonException {
        amazon.access().require(Right.EDIT_SUPPRESSIONS);
        return syncOnce(() -> false);
    }

    /**
     * One round of the program's own: passes on what a person lifted, takes in, and hands out. A round that fails half way has done no harm,
     * and the next one goes on. An address that Amazon refuses holds up no other.
     *
     * @param stop asked before each page of Amazon's list and before each address; once it says yes, the round ends
     *     early, with what it has changed until then. A round that ends before it has read the whole list has changed
     *     nothing
     */
    public Changes syncOnce(BooleanSupplier stop) throws AmazonException {
        try (SesV2Client ses = amazon.clients().patientSes()) {
            Round round = new Round(amazon.stores().suppressions(), ses, stop);
            round.run();
            return round.changes();
        } catch (SdkException e) {
            throw AmazonException.of("keeping suppressions equal with the account’s list", e);
        }
    }

    /** One round under way. */
    private static final class Round {
        private final SuppressionStore store;
        private final SesV2Client ses;
        private final BooleanSupplier stop;
        private int takenIn;
        private int handedOut;
        private int lifted;
        private int failed;
        private String firstNo = "";

        Round(SuppressionStore store, SesV2Client ses, BooleanSupplier stop) {
            this.store = store;
            this.ses = ses;
            this.stop = stop;
        }

        void run() {
            // Before the list: what is lifted while the list is read waits for the next round.
            List<Lift> lifts = store.lifts();
            Map<String, List<Listed>> listed = new HashMap<>();
            try {
                if (list(listed) && passOn(lifts, listed)) {
                    takenIn = store.takeIn(listed.values().stream()
                            .flatMap(List::stream)
                            .filter(entry -> SHARED.contains(entry.reason()))
                            .toList());
                    handOut(listed);
                }
            } finally {
                if (failed > 0) {
                    // Addresses are personal data, and Amazon's words may repeat them.
                    log.warn(
                            "Amazon refused {} addresses of its suppression list ({}); {} were handed out, {} lifted",
                            failed,
                            firstNo,
                            handedOut,
                            lifted);
                }
            }
        }

        Changes changes() {
            return new Changes(takenIn, handedOut, lifted, failed);
        }

        /** By key, for SES may hold one address in several spellings. False if the round was stopped before the end. */
        private boolean list(Map<String, List<Listed>> listed) {
            Iterator<ListSuppressedDestinationsResponse> pages = ses.listSuppressedDestinationsPaginator(
                            request -> request.pageSize(PAGE))
                    .iterator();
            while (pages.hasNext()) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                pages.next()
                        .suppressedDestinationSummaries()
                        .forEach(entry -> listed.computeIfAbsent(
                                        SuppressionStore.key(entry.emailAddress()), key -> new ArrayList<>())
                                .add(new Listed(entry.emailAddress(), entry.reasonAsString(), entry.lastUpdateTime())));
            }
            return true;
        }

        /**
         * Deletes at SES what was lifted here after SES had listed it. The lift is kept until SES's list is without the
         * address, since a list that is read soon afterwards may still hold it. False if the round was stopped.
         */
        private boolean passOn(List<Lift> lifts, Map<String, List<Listed>> listed) {
            for (Lift lift : lifts) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                List<Listed> entries = listed.getOrDefault(SuppressionStore.key(lift.address()), List.of());
                if (entries.isEmpty()) {
                    store.forgetLift(lift);
                }
                for (Listed entry : entries) {
                    if (!entry.since().isAfter(lift.liftedAt()) && taken(() -> delete(entry.address()))) {
                        lifted++;
                    }
                }
            }
            return true;
        }

        private void handOut(Map<String, List<Listed>> listed) {
            for (Suppression suppression : store.live(SHARED)) {
                if (stop.getAsBoolean()) {
                    return;
                }
                // Handing out may take long, and a person may lift meanwhile.
                if (!listed.containsKey(SuppressionStore.key(suppression.address()))
                        && store.holds(suppression.address())
                        && taken(() -> put(suppression))) {
                    handedOut++;
                }
            }
        }

        /** Whether SES did it; what it refuses about this one address is counted, and anything else ends the round. */
        private boolean taken(BooleanSupplier question) {
            try {
                return question.getAsBoolean();
            } catch (SesV2Exception e) {
                if (!aboutTheAddress(e)) {
                    throw e;
                }
                if (failed == 0) {
                    firstNo = errorCode(e);
                }
                failed++;
                return false;
            }
        }

        private boolean put(Suppression suppression) {
            ses.putSuppressedDestination(
                    request -> request.emailAddress(suppression.address()).reason(suppression.reason()));
            return true;
        }

        private boolean delete(String address) {
            try {
                ses.deleteSuppressedDestination(request -> request.emailAddress(address));
                return true;
            } catch (NotFoundException e) {
                // Somebody else was quicker.
                return false;
            }
        }

        /** What is amiss with keys, rights, the rate or the way to SES would be so for every address. */
        private static boolean aboutTheAddress(SesV2Exception e) {
            return AmazonException.of("", e).code() == AmazonException.Code.REFUSED
                    && (e instanceof BadRequestException || errorCode(e).matches("Validation(Exception|Error)"));
        }

        private static String errorCode(SesV2Exception e) {
            String code = AmazonWords.errorCode(e);
            return code.isEmpty() ? "HTTP status " + e.statusCode() : code;
        }
    }
}
