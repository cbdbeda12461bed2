package app.mailroom.aws;

import app.mailroom.model.Suppression;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.SuppressionStore.Lift;
import app.mailroom.store.SuppressionStore.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SuppressedDestinationSummary;

/**
 * Keeps this workspace's suppressions and the account's suppression list equal; see “Using the Amazon SES account-level
 * suppression list” in the SES developer guide. What is typed by hand or unsubscribed stays here: the account's list
 * knows bounces and complaints only, and serves other programs too.
 *
 * <p>A lift is told from a later bounce by time, so a computer whose clock is wrong may lift too much or too little.
 */
public final class SuppressionSync {
    private static final List<String> SHARED = List.of("BOUNCE", "COMPLAINT");
    private static final int PAGE = 1_000;

    private final Amazon amazon;

    SuppressionSync(Amazon amazon) {
        this.amazon = amazon;
    }

    /** What a round changed: here, at Amazon, and at Amazon because a person lifted it here. */
    public record Changes(int takenIn, int handedOut, int lifted) {}

    /**
     * One round: passes on what a person lifted, takes in, and hands out. A round that fails half way has done no harm,
     * and the next one goes on.
     */
    public Changes syncOnce() throws AmazonException {
        SuppressionStore store = amazon.stores().suppressions();
        try (SesV2Client ses = amazon.clients().patientSes()) {
            // Before the list: what is lifted while the list is read waits for the next round.
            List<Lift> lifts = store.lifts();
            Map<String, List<Listed>> listed = listed(ses);
            int lifted = passOn(store, ses, lifts, listed);
            int takenIn = store.takeIn(listed.values().stream()
                    .flatMap(List::stream)
                    .filter(entry -> SHARED.contains(entry.reason()))
                    .toList());
            int handedOut = 0;
            for (Suppression suppression : store.live(SHARED)) {
                // Handing out may take long, and a person may lift meanwhile.
                if (!listed.containsKey(SuppressionStore.key(suppression.address()))
                        && store.holds(suppression.address())) {
                    ses.putSuppressedDestination(request ->
                            request.emailAddress(suppression.address()).reason(suppression.reason()));
                    handedOut++;
                }
            }
            return new Changes(takenIn, handedOut, lifted);
        } catch (SdkException e) {
            throw AmazonException.of("keeping suppressions equal with the account’s list", e);
        }
    }

    /** By key, for SES may hold one address in several spellings. */
    private static Map<String, List<Listed>> listed(SesV2Client ses) {
        Map<String, List<Listed>> listed = new HashMap<>();
        ses.listSuppressedDestinationsPaginator(request -> request.pageSize(PAGE)).stream()
                .flatMap(page -> page.suppressedDestinationSummaries().stream())
                .forEach(entry -> listed.computeIfAbsent(
                                SuppressionStore.key(entry.emailAddress()), key -> new ArrayList<>())
                        .add(listed(entry)));
        return listed;
    }

    private static Listed listed(SuppressedDestinationSummary entry) {
        return new Listed(entry.emailAddress(), entry.reasonAsString(), entry.lastUpdateTime());
    }

    /**
     * Deletes at SES what was lifted here after SES had listed it. The lift is kept until SES's list is without the
     * address, since a list that is read soon afterwards may still hold it.
     */
    private static int passOn(
            SuppressionStore store, SesV2Client ses, List<Lift> lifts, Map<String, List<Listed>> listed) {
        int lifted = 0;
        for (Lift lift : lifts) {
            String key = SuppressionStore.key(lift.address());
            List<Listed> entries = listed.getOrDefault(key, List.of());
            if (entries.isEmpty()) {
                store.forgetLift(lift);
            }
            for (Listed entry : entries) {
                if (!entry.since().isAfter(lift.liftedAt()) && delete(ses, entry.address())) {
                    lifted++;
                }
            }
        }
        return lifted;
    }

    private static boolean delete(SesV2Client ses, String address) {
        try {
            ses.deleteSuppressedDestination(request -> request.emailAddress(address));
            return true;
        } catch (NotFoundException e) {
            // Somebody else was quicker.
            return false;
        }
    }
}
