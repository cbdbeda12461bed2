package app.mailroom.tracking;

import app.mailroom.model.WorkspaceId;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.SettingsStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The relay of a workspace, as the workspace knows it: where it is, the keys that sign its addresses, whether it was proven, and
 * whether mails use it. The keys lie in the keychain and nowhere else.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Tracking {
    /**
     * How it stands. None of it is secret.
     *
     * @param keyIds of the keys that are kept, the one that signs first; empty if there is none, or it cannot be read now
     * @param provenAt when this address with this key was last proven
     * @param on whether mails of live mailings use it
     */
    public record Standing(
            Optional<RelayAddress> address, List<String> keyIds, Optional<Instant> provenAt, boolean on) {
        /** Before anything was set up. */
        public static final Standing NONE = new Standing(Optional.empty(), List.of(), Optional.empty(), false);
    }

    /** Over a workspace's settings, secrets and signs of life; environment may bring the keys (MAILROOM_RELAY_KEYS). */
    public Tracking(
            SettingsStore settings,
            ProbeStore probes,
            SecretStore secrets,
            WorkspaceId workspace,
            Map<String, String> environment,
            Clock clock) {}

    /** How it stands. May ask the keychain. */
    public Standing standing() {
        throw new UnsupportedOperationException();
    }

    /** Whether mails of live mailings use the relay. Asks no keychain. */
    public boolean on() {
        throw new UnsupportedOperationException();
    }

    /** Sets where the relay is; another address than before has to be proven anew, and mails stop using the relay. */
    public void keep(RelayAddress address) {
        throw new UnsupportedOperationException();
    }

    /** What the relay's key file has to say; makes a key if there is none yet. Secret. */
    public String keyFile() {
        throw new UnsupportedOperationException();
    }

    /** Makes a key that signs as soon as the relay was proven to know it. Mails with the old one stay good. */
    public void renewKey() {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets mails use the relay.
     *
     * @throws TrackingException when it was not proven, or its keys would not outlast the program
     */
    public void switchOn() throws TrackingException {
        throw new UnsupportedOperationException();
    }

    /** Mails that go out from now on do not use the relay. Those that went out still do. */
    public void switchOff() {
        throw new UnsupportedOperationException();
    }

    /**
     * What live mails use; empty while it is switched off.
     *
     * @throws TrackingException when it is on and the key is not there: nothing may go out then without its way to leave
     */
    public Optional<RelayLinks> links() throws TrackingException {
        throw new UnsupportedOperationException();
    }

    /** Proves the relay; see {@link RelayProof}. */
    public RelayProof proof() {
        throw new UnsupportedOperationException();
    }

    /** Equal as long as nothing has changed of which {@link #links} taken before would not know. Asks no keychain. */
    public Object mark() {
        throw new UnsupportedOperationException();
    }
}
