package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.delivery.MailGateway;
import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.MailAccount;
import app.mailroom.model.Right;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.AuditStore;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SuppressionStore;
import app.mailroom.tracking.EventSource;
import app.mailroom.tracking.Tracking;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/** Amazon as one workspace uses it: its settings, its keys, and everything that speaks to Amazon with them. */
public final class Amazon implements EventSource {
    /**
     * What the workspace keeps that has to do with Amazon. What Amazon says is kept in the program's name, whoever asked.
     *
     * @param settings as whoever uses the program changes them
     * @param audit as whoever uses the program writes it
     * @param seen settings as the program itself keeps what it saw
     * @param suppressions the program's own, as all that follow
     */
    public record Stores(
            SettingsStore settings,
            AuditStore audit,
            SettingsStore seen,
            SuppressionStore suppressions,
            ProbeStore probes,
            OutcomeStore outcomes) {}

    /** Who the keys belong to, and what that account may send. */
    public record Check(String account, String caller, MailAccount mail) {}

    private static final String KEYS_KEPT_AT = "aws.keys_kept_at";
    /** The configuration set that counted openings and clicks when it was last looked at; empty if it did not. */
    private static final String COUNTS_HITS = "aws.counting_configuration_set";

    private final Stores stores;
    private final Access access;
    private final SecretStore secrets;
    private final WorkspaceId workspace;
    private final Map<String, String> environment;
    private final Clock clock;
    /** One for all, since it remembers for a while what it was told. */
    private final Senders senders;

    /**
     * For whoever uses the program.
     *
     * @param environment what the system's environment and a {@code .env} file say
     */
    public Amazon(
            Stores stores,
            Access access,
            SecretStore secrets,
            WorkspaceId workspace,
            Map<String, String> environment,
            Clock clock) {
        this.stores = stores;
        this.access = access;
        this.secrets = secrets;
        this.workspace = workspace;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.senders = new Senders(this);
    }

    /** The settings as they stand. */
    public AmazonSettings settings() {
        return AmazonSettings.from(stores.settings(), environment);
    }

    /**
     * Keeps what differs from the settings as they stand, so that what comes from the environment stays there. What
     * was built from earlier settings goes on with those.
     *
     * @throws AmazonException when Amazon is to begin counting openings and clicks while the relay does
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not set up sending
     */
    public void keep(AmazonSettings settings) throws AmazonException {
        AmazonSettings kept = settings();
        if (settings.sesTracking() && !kept.sesTracking()) {
            requireNoRelay();
        }
        Map<String, String> before = kept.values();
        Map<String, String> changed = new LinkedHashMap<>(settings.values());
        // Endpoints go together: one that is set for all must not shine through where another was taken away.
        boolean sameEndpoints = settings.endpoints().equals(kept.endpoints());
        changed.entrySet()
                .removeIf(entry -> entry.getKey().startsWith("aws.endpoint")
                        ? sameEndpoints
                        : entry.getValue().equals(before.get(entry.getKey())));
        stores.settings().putAll(changed);
    }

    private void requireNoRelay() throws AmazonException {
        if (Tracking.isOn(stores.settings())) {
            throw new AmazonException(
                    AmazonException.Code.RELAY_COUNTS,
                    "The relay counts openings and clicks, so Amazon may not: each would be counted twice.",
                    null);
        }
    }

    /** Whether a typed pair of keys is kept. */
    public boolean keysKept() {
        return secrets.get(AmazonClients.KEY_ID).isPresent()
                && secrets.get(AmazonClients.SECRET_KEY).isPresent();
    }

    /** The id of the kept pair, which is no secret, or an empty text. */
    public String keptKeyId() {
        return secrets.get(AmazonClients.KEY_ID).orElse("");
    }

    /** Whether kept keys outlast the program, as they do wherever the computer has a keychain. */
    public boolean keepsKeysForLong() {
        return secrets.lasting();
    }

    /** Keeps a pair of keys in the keychain and uses it from now on. */
    public void keepKeys(String keyId, String secretKey) {
        requireSetUp();
        secrets.put(AmazonClients.KEY_ID, keyId.strip());
        secrets.put(AmazonClients.SECRET_KEY, secretKey.strip());
        stores.settings()
                .putAll(Map.of(
                        "aws.credentials",
                        CredentialSource.KEPT_KEYS.name(),
                        KEYS_KEPT_AT,
                        clock.instant().toString()));
        tell("keys", "kept");
    }

    /** When the kept pair was typed; changes whenever another one is. */
    String keysKeptAt() {
        return stores.settings().get(KEYS_KEPT_AT).orElse("");
    }

    /** Forgets the kept pair and goes back to what the SDK finds by itself. */
    public void forgetKeys() {
        requireSetUp();
        secrets.remove(AmazonClients.KEY_ID);
        secrets.remove(AmazonClients.SECRET_KEY);
        stores.settings().put("aws.credentials", CredentialSource.DEFAULT_CHAIN.name());
        tell("keys", "forgotten");
    }

    /**
     * Refuses what only those do who set up sending.
     *
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not
     */
    void requireSetUp() {
        access.require(Right.SET_UP_SENDING);
    }

    /** Tells the audit what was done at Amazon or with its keys. */
    void tell(String what, String detail) {
        stores.audit().add(AuditAction.SET_UP_CHANGED, "Amazon " + what, detail);
    }

    Access access() {
        return access;
    }

    /**
     * Whether SES counts openings and clicks of all that is sent: because it is to, or because it did when the event chain
     * was last looked at. What was changed beside this program since then is not known; asking needs rights that sending
     * does without.
     */
    @Override
    public boolean countsHits() {
        AmazonSettings settings = settings();
        String seen = stores.settings().get(COUNTS_HITS).orElse("");
        return settings.sesTracking()
                || (!seen.isEmpty() && seen.equals(settings.chain().configurationSet()));
    }

    private SesMailGateway.Counting counting() {
        if (!countsHits()) {
            return SesMailGateway.Counting.NOTHING;
        }
        return Tracking.isOn(stores.settings())
                ? SesMailGateway.Counting.BESIDE_THE_RELAY
                : SesMailGateway.Counting.ALONE;
    }

    /** Remembers what a look at the event chain found. */
    void seen(String configurationSet, boolean countsHits) {
        String counting = countsHits ? configurationSet : "";
        if (!stores.settings().get(COUNTS_HITS).orElse("").equals(counting)) {
            stores.seen().put(COUNTS_HITS, counting);
        }
    }

    /** Asks Amazon who the keys belong to and what the account may send. */
    public Check check() throws AmazonException {
        AmazonClients clients = clients();
        try (StsClient sts = clients.sts();
                SesMailGateway gateway = new SesMailGateway(clients, Timeouts.USUAL, counting())) {
            var caller = sts.getCallerIdentity();
            return new Check(caller.account(), caller.arn(), gateway.account());
        } catch (SdkException e) {
            throw AmazonException.of("asking who the keys belong to", e);
        }
    }

    /**
     * SES as the mail service; sends use the chain's configuration set. How long an answer may take is the setting
     * {@code aws.answer_timeout_ms}, for lines that are slower than most.
     */
    public MailGateway gateway() throws AmazonException {
        Timeouts timeouts = stores.settings()
                .get("aws.answer_timeout_ms")
                .filter(text -> text.matches("[0-9]{3,6}"))
                .map(text -> Timeouts.USUAL.withAnswer(Duration.ofMillis(Long.parseLong(text))))
                .orElse(Timeouts.USUAL);
        return new SesMailGateway(clients(), timeouts, counting());
    }

    /** The queue at the end of the event chain. */
    public OutcomeQueue outcomes() throws AmazonException {
        AmazonClients clients = clients();
        return new SqsOutcomeQueue(clients.sqs(), clients.settings().chain().queueUrl());
    }

    @Override
    public String queueUrl() {
        return settings().chain().queueUrl();
    }

    @Override
    public EventSource.Polling polling() throws AmazonException {
        requireChain();
        return new ProofPolling(this);
    }

    /** Refuses what needs the event chain while there is none. */
    void requireChain() throws AmazonException {
        if (!settings().chain().complete()) {
            throw new AmazonException(
                    AmazonException.Code.NOT_FOUND,
                    "The way of events from Amazon SES into this program is not set up yet.",
                    null);
        }
    }

    /** What sets up the event chain. */
    public AwsSetup setup() {
        return new AwsSetup(this);
    }

    /** What proves it. */
    public ChainProof proof() {
        return new ChainProof(this);
    }

    /** From where the account may send. */
    public Senders senders() {
        return senders;
    }

    /** What keeps suppressions equal with the account's list. */
    public SuppressionSync suppressionSync() {
        return new SuppressionSync(this);
    }

    AmazonClients clients() {
        return new AmazonClients(settings(), secrets, environment);
    }

    Stores stores() {
        return stores;
    }

    WorkspaceId workspace() {
        return workspace;
    }

    Clock clock() {
        return clock;
    }
}
