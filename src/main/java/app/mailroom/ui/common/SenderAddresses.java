package app.mailroom.ui.common;

import app.mailroom.model.SendingIdentity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * From which addresses may be sent, as a person picks one.
 *
 * @param identities what Amazon has verified or is about to
 * @param remembered addresses that mailings were sent from before, the newest first
 */
public record SenderAddresses(List<SendingIdentity> identities, List<String> remembered) {
    /** Nothing known. */
    public static final SenderAddresses NONE = new SenderAddresses(List.of(), List.of());

    private static final int MOST_REMEMBERED = 50;

    /** Copies both. */
    public SenderAddresses {
        identities = List.copyOf(identities);
        remembered = List.copyOf(remembered);
    }

    /** With the addresses that the workspace's mailings used. Reads the store, so not for the JavaFX thread. */
    public static SenderAddresses of(List<SendingIdentity> identities, Features.Stores stores) {
        Set<String> used = new LinkedHashSet<>();
        stores.settings().get("ui.from_address").ifPresent(used::add);
        stores.plans().overviews().stream()
                .map(overview -> overview.plan().fromAddress())
                .forEach(used::add);
        return new SenderAddresses(
                identities, used.stream().limit(MOST_REMEMBERED).toList());
    }

    /**
     * What may be picked: verified addresses, then the remembered addresses of each verified domain, and the domain
     * itself with its @ for one to be typed in front of it.
     */
    public List<String> choices() {
        Set<String> choices = new LinkedHashSet<>();
        List<String> domains = new ArrayList<>();
        for (SendingIdentity identity : identities) {
            if (!identity.maySend()) {
                continue;
            }
            if (identity.domain()) {
                remembered.stream().filter(identity::covers).forEach(choices::add);
                domains.add("@" + identity.name());
            } else {
                choices.add(identity.name());
            }
        }
        choices.addAll(domains);
        return List.copyOf(choices);
    }

    /** Whether a mail from this address may be sent. */
    public boolean covers(String address) {
        return address.indexOf('@') > 0
                && identities.stream().anyMatch(identity -> identity.maySend() && identity.covers(address));
    }
}
