package app.mailroom.tracking;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.model.WorkspaceId;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.AuditStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.tracking.TrackingException.Code;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The relay of a workspace, as the workspace knows it: where it is, the keys that sign its addresses, whether it was proven, and
 * whether mails use it. The keys lie in the keychain and nowhere else, unless the environment brings them.
 *
 * <p>Keys are kept with the newest first. The one signs that the relay was last proven with, so that a new key waits for its
 * proof while mails go on with the one before it.
 */
public final class Tracking {
    /** What brings the keys in place of the keychain: one or more, with commas between. */
    public static final String KEYS = "MAILROOM_RELAY_KEYS";

    private static final String ADDRESS = "relay.address";
    private static final String ON = "relay.on";
    private static final String PROVEN_ADDRESS = "relay.proven_address";
    private static final String PROVEN_KEY = "relay.proven_key";
    private static final String PROVEN_AT = "relay.proven_at";
    /** Which keys there are, by their ids: tells a keychain that cannot be read from one without keys. */
    private static final String KEY_IDS = "relay.key_ids";

    private static final String SECRET = "relay-signing-keys";

    /**
     * How it stands. None of it is secret.
     *
     * @param keyIds of the keys that are kept, the one that signs first; empty if there is none, or it cannot be read now
     * @param provenAt when this address with the key that signs was last proven
     * @param on whether mails of live mailings use it
     * @param waitingKey the newest key, if it has not been proven and another one signs meanwhile
     * @param outdated whether the last proof was of another address, or of a key that is gone
     */
    public record Standing(
            Optional<RelayAddress> address,
            List<String> keyIds,
            Optional<Instant> provenAt,
            boolean on,
            Optional<String> waitingKey,
            boolean outdated) {
        /** Before anything was set up. */
        public static final Standing NONE =
                new Standing(Optional.empty(), List.of(), Optional.empty(), false, Optional.empty(), false);
    }

    /** Settings as they stood at one moment. */
    private record Kept(Map<String, String> values) {
        boolean on() {
            return Boolean.parseBoolean(text(ON));
        }

        Optional<RelayAddress> address() {
            try {
                return text(ADDRESS).isEmpty() ? Optional.empty() : Optional.of(RelayAddress.parse(text(ADDRESS)));
            } catch (IllegalArgumentException e) {
                // Written by another program; as good as none.
                return Optional.empty();
            }
        }

        /** The key that the relay was proven with at the address where it is now. */
        Optional<String> provenKey() {
            return text(ADDRESS).equals(text(PROVEN_ADDRESS))
                            && !text(PROVEN_KEY).isEmpty()
                    ? Optional.of(text(PROVEN_KEY))
                    : Optional.empty();
        }

        Optional<Instant> provenAt() {
            try {
                return Optional.of(Instant.parse(text(PROVEN_AT)));
            } catch (DateTimeException e) {
                // Written by another program; as good as never.
                return Optional.empty();
            }
        }

        String text(String name) {
            return values.getOrDefault(name, "");
        }
    }

    /** What a proof is about. The first of the keys is the newest. */
    record Candidate(RelayAddress address, SigningKeys keys) {}

    /**
     * What the workspace keeps that has to do with the relay.
     *
     * @param settings as whoever uses the program changes them
     * @param audit as whoever uses the program writes it
     * @param probes signs of life
     */
    public record Stores(SettingsStore settings, AuditStore audit, ProbeStore probes) {}

    private final SettingsStore settings;
    private final AuditStore audit;
    private final ProbeStore probes;
    private final Access access;
    private final SecretStore secrets;
    private final WorkspaceId workspace;
    private final Optional<SigningKeys> given;
    private final EventSource events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Over a workspace's settings, secrets and signs of life, for whoever uses the program; environment may bring the keys, see {@link #KEYS}.
     *
     * @throws IllegalArgumentException when the keys in the environment are not written as keys are; the message does not
     *     repeat them
     */
    public Tracking(
            Stores stores,
            Access access,
            SecretStore secrets,
            WorkspaceId workspace,
            Map<String, String> environment,
            EventSource events,
            Clock clock) {
        this.settings = stores.settings();
        this.audit = stores.audit();
        this.probes = stores.probes();
        this.access = access;
        this.secrets = secrets;
        this.workspace = workspace;
        this.given = Optional.ofNullable(environment.get(KEYS)).map(SigningKeys::parse);
        this.events = events;
        this.clock = clock;
    }

    /** Whether mails of live mailings of the workspace with these settings use a relay. */
    public static boolean isOn(SettingsStore settings) {
        return settings.get(ON).map(Boolean::parseBoolean).orElse(false);
    }

    /**
     * Refuses what only those do who set up sending.
     *
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not
     */
    void requireSetUp() {
        access.require(Right.SET_UP_SENDING);
    }

    private void tell(String detail) {
        audit.add(AuditAction.SET_UP_CHANGED, "relay", detail);
    }

    /** How it stands. Asks the keychain once. */
    public Standing standing() {
        Kept kept = kept();
        Optional<SigningKeys> asKept = keys();
        Optional<SigningKeys> keys = asKept.map(all -> inOrder(all, kept));
        Optional<Instant> provenAt = keys.filter(all -> isProven(all, kept)).flatMap(all -> kept.provenAt());
        return new Standing(
                kept.address(),
                keys.map(SigningKeys::ids).orElse(List.of()),
                provenAt,
                kept.on(),
                asKept.map(all -> all.current().id())
                        .filter(newest -> keys.filter(all -> isProven(all, kept)
                                        && !all.current().id().equals(newest))
                                .isPresent()),
                provenAt.isEmpty() && kept.provenAt().isPresent());
    }

    /** Whether mails of live mailings use the relay. Asks no keychain. */
    public boolean on() {
        return isOn(settings);
    }

    /** The relay that mails of live mailings use; empty while it is switched off. Asks no keychain. */
    public Optional<RelayAddress> inUse() {
        Kept kept = kept();
        return kept.on() ? kept.address() : Optional.empty();
    }

    /** Sets where the relay is; another address than before has to be proven anew, and mails stop using the relay. */
    public void keep(RelayAddress address) {
        if (!kept().text(ADDRESS).equals(address.base())) {
            settings.putAll(Map.of(ADDRESS, address.base(), ON, "false"));
        }
    }

    /**
     * What the relay's key file has to say; makes a key if there is none yet. Secret.
     *
     * @throws TrackingException when there are keys, and the keychain does not give them
     */
    public synchronized String keyFile() throws TrackingException {
        requireSetUp();
        Optional<SigningKeys> keys = keys();
        if (keys.isEmpty()) {
            requireNoneLost();
            keys = Optional.of(keep(new SigningKeys(List.of(SigningKey.random(random)))));
        }
        return "# Keys of the Mailroom workspace " + workspace.value() + ": "
                + String.join(", ", keys.get().ids())
                + ". Whoever has them can forge openings, clicks and wishes to leave.\n"
                + keys.get().secretText() + "\n";
    }

    /**
     * Writes the relay's key file; makes a key if there is none yet. Nobody but its owner may read the file, where the file
     * system knows owners.
     *
     * @param replace whether a file that is there already may go
     * @throws FileAlreadyExistsException when there is a file and it may not go
     * @throws TrackingException when there are keys, and the keychain does not give them
     */
    public void writeKeyFile(Path file, boolean replace) throws IOException {
        new OwnersFile(file).write(keyFile(), replace);
        tell("key file written");
    }

    /** Whether the keys outlast the program, as they do wherever the computer has a keychain or the environment brings them. */
    public boolean keysLast() {
        return given.isPresent() || secrets.lasting();
    }

    /**
     * Makes a key that signs as soon as the relay was proven to know it. Mails with the old one stay good.
     *
     * @throws TrackingException when the keys come from the environment, or the new one would not outlast the program
     */
    public synchronized void renewKey() throws TrackingException {
        if (given.isPresent()) {
            throw ofEnvironment("Write a new one in front of them there, and have the relay know it.");
        }
        requireSetUp();
        requireLasting();
        SigningKey next = SigningKey.random(random);
        keep(keys().map(all -> all.rotated(next)).orElseGet(() -> new SigningKeys(List.of(next))));
        tell("key made");
    }

    /**
     * Removes a key that does not sign. A relay that gets the key file written after this knows no address any more that was signed
     * with it: pictures, links and ways to leave of such mails are gone.
     *
     * @throws TrackingException when the keys come from the environment, or the keychain does not give them
     * @throws IllegalArgumentException when there is no such key, or it is the one that signs
     */
    public synchronized void forgetKey(String id) throws TrackingException {
        if (given.isPresent()) {
            throw ofEnvironment("Take it out there, and have the relay forget it.");
        }
        requireSetUp();
        SigningKeys keys = requireKeys();
        if (!keys.ids().contains(id)) {
            throw new IllegalArgumentException(
                    "There is no key " + id + ". The keys are " + String.join(", ", keys.ids()) + ".");
        }
        if (inOrder(keys, kept()).current().id().equals(id)) {
            throw new IllegalArgumentException(
                    "The key " + id
                            + " signs the mails that go out. Make a new one with mailroom tracking renew-key and prove it first.");
        }
        keep(keys.without(id));
        tell("key " + id + " forgotten");
    }

    /**
     * Lets mails use the relay.
     *
     * @throws TrackingException when it was not proven, its keys would not outlast the program, or the mail service counts
     *     openings and clicks itself
     */
    public void switchOn() throws TrackingException {
        requireSetUp();
        Kept kept = kept();
        requireProven(kept);
        requireLasting();
        if (events.countsHits()) {
            throw new TrackingException(
                    Code.AMAZON_COUNTS,
                    "Amazon SES counts openings and clicks of every mail, so each would be counted twice. Let it stop first:"
                            + " mailroom settings set aws.ses_tracking false, then mailroom aws setup");
        }
        settings.put(ON, "true");
    }

    /** Mails that go out from now on do not use the relay. Those that went out still do. */
    public void switchOff() {
        settings.put(ON, "false");
    }

    /**
     * What live mails use; empty while it is switched off.
     *
     * @throws TrackingException when it is on and the key is not there: nothing may go out then without its way to leave
     */
    public Optional<RelayLinks> links() throws TrackingException {
        Kept kept = kept();
        return kept.on() ? Optional.of(requireProven(kept)) : Optional.empty();
    }

    /** Proves the relay; see {@link RelayProof}. */
    public RelayProof proof() {
        return new RelayProof(this, probes, workspace, events);
    }

    /** Equal as long as nothing has changed of which {@link #links} taken before would not know. Asks no keychain. */
    public Object mark() {
        Kept kept = kept();
        return List.of(kept.on(), kept.text(ADDRESS), kept.text(PROVEN_ADDRESS), kept.text(PROVEN_KEY));
    }

    /** What is to be proven: the newest key at the address that is set. */
    Candidate candidate() throws TrackingException {
        RelayAddress address = requireAddress(kept());
        return new Candidate(address, requireKeys());
    }

    /** Remembers that the relay knows the newest key, which signs from now on. */
    void proven(Candidate candidate) {
        settings.putAll(Map.of(
                PROVEN_ADDRESS,
                candidate.address().base(),
                PROVEN_KEY,
                candidate.keys().current().id(),
                PROVEN_AT,
                clock.instant().toString()));
    }

    private Kept kept() {
        return new Kept(settings.all());
    }

    private static TrackingException ofEnvironment(String whatToDo) {
        return new TrackingException(Code.KEYS_OF_ENVIRONMENT, "The keys come from " + KEYS + ". " + whatToDo);
    }

    private Optional<SigningKeys> keys() {
        return given.or(() -> secrets.get(SECRET).map(SigningKeys::parse));
    }

    private SigningKeys keep(SigningKeys keys) {
        secrets.put(SECRET, keys.secretText());
        if (secrets.lasting()) {
            settings.put(KEY_IDS, String.join(",", keys.ids()));
        }
        return keys;
    }

    private static SigningKeys inOrder(SigningKeys keys, Kept kept) {
        return kept.provenKey().map(keys::signingWith).orElse(keys);
    }

    private static boolean isProven(SigningKeys inOrder, Kept kept) {
        return kept.provenKey().filter(inOrder.current().id()::equals).isPresent();
    }

    private RelayLinks requireProven(Kept kept) throws TrackingException {
        RelayAddress address = requireAddress(kept);
        SigningKeys keys = inOrder(requireKeys(), kept);
        if (!isProven(keys, kept)) {
            throw new TrackingException(
                    Code.NOT_PROVEN,
                    "The relay at " + address + " was not proven with the key "
                            + keys.current().id() + ". Prove it with: mailroom tracking prove");
        }
        return new RelayLinks(address, new HitTokens(keys));
    }

    private static RelayAddress requireAddress(Kept kept) throws TrackingException {
        return kept.address()
                .orElseThrow(() -> new TrackingException(
                        Code.NO_ADDRESS, "No relay is set. Say where it is: mailroom tracking relay ADDRESS"));
    }

    private SigningKeys requireKeys() throws TrackingException {
        Optional<SigningKeys> keys = keys();
        if (keys.isEmpty()) {
            requireNoneLost();
            throw new TrackingException(
                    Code.NO_KEY, "There is no signing key yet. Make one for the relay: mailroom tracking key FILE");
        }
        return keys.get();
    }

    private void requireNoneLost() throws TrackingException {
        String known = kept().text(KEY_IDS);
        if (!known.isEmpty()) {
            throw new TrackingException(
                    Code.NO_KEY,
                    "The keychain does not give the signing keys " + known.replace(",", ", ")
                            + ". Unlock it and try again. If they are lost, make a new one: mailroom tracking renew-key");
        }
    }

    private void requireLasting() throws TrackingException {
        if (!keysLast()) {
            throw new TrackingException(
                    Code.KEY_NOT_LASTING,
                    "This computer has no keychain that can be used, or it is locked, so the key would be lost with the"
                            + " program. Unlock it, or bring the relay's keys by " + KEYS
                            + " in the environment or a .env file.");
        }
    }
}
