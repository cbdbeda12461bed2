package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.ChainSight.Names;
import app.mailroom.aws.ChainSight.Queue;
import app.mailroom.aws.ChainSight.Subscribed;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.EventDestination;
import software.amazon.awssdk.services.sesv2.model.EventDestinationDefinition;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.Tag;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDeletedRecentlyException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Sets up the way of events from SES into this program: configuration set, event destination, SNS topic, SQS queue
 * with a dead-letter queue, the two policies and the subscription. Looking changes nothing; applying twice changes
 * nothing the second time.
 *
 * <p>Which parts: if the settings hold a chain, then that one, whatever it is called; otherwise the workspace's own,
 * named {@code mailroom-<workspace>}. Parts of our own name are held to every attribute that we give them. Parts of
 * another name belong to whoever made them: they are held only to what events need, they are mended only by adding
 * that, and they are never removed. Statements of others in a policy stay where they are.
 */
public final class AwsSetup {
    /** What every queue and topic that is made here carries, with the workspace's id. */
    static final String TAG = "mailroom-workspace";

    static final String RETENTION_SECONDS = "1209600";
    static final String VISIBILITY_SECONDS = "60";
    static final String WAIT_SECONDS = "20";

    /** High, for the poller never fails on content: a low count would only lose events while a disk is full. */
    static final int MAX_RECEIVES = 100;

    static final String SES_MAY_PUBLISH = "MailroomSesMayPublish";
    static final String TOPIC_MAY_SEND = "MailroomTopicMaySend";
    static final String OWNER = "MailroomOwner";

    private static final List<String> OWNER_ACTIONS = List.of(
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish");

    private static final List<EventType> TYPES = List.of(
            EventType.SEND,
            EventType.REJECT,
            EventType.BOUNCE,
            EventType.COMPLAINT,
            EventType.DELIVERY,
            EventType.DELIVERY_DELAY,
            EventType.RENDERING_FAILURE,
            EventType.SUBSCRIPTION);
    private static final List<EventType> TRACKING_TYPES = List.of(EventType.OPEN, EventType.CLICK);

    /** What was changed at Amazon is not seen at once by everything there. */
    private static final int LOOKS = 5;

    private static final long BETWEEN_LOOKS_SECONDS = 2;

    private final Amazon amazon;

    AwsSetup(Amazon amazon) {
        this.amazon = amazon;
    }

    /** The parts, in the order in which they are made. */
    public enum Part {
        DEAD_LETTER_QUEUE("the dead-letter queue"),
        QUEUE("the queue"),
        TOPIC("the topic"),
        TOPIC_POLICY("the topic's policy"),
        QUEUE_POLICY("the queue's policy"),
        SUBSCRIPTION("the subscription"),
        CONFIGURATION_SET("the configuration set"),
        EVENT_DESTINATION("the event destination");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How a part stands. */
    public enum State {
        MISSING,
        DIFFERS,
        PRESENT
    }

    /** A part as found. name is what Amazon calls it; detail says, in plain English, what differs. */
    public record Finding(Part part, State state, String name, String detail) {}

    /** What exists and what would be made or mended, in order. */
    public List<Finding> inspect() throws AmazonException {
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            return findings(clients, look(clients));
        }
    }

    /**
     * Makes and mends, and keeps the chain in the settings. progress is told of each part once it is done.
     *
     * <p>Stopped half-way, it leaves what it has made; the next time it goes on from there. Amazon takes up to a
     * minute until everything there knows of a change: a proof right after may be too early.
     *
     * @return what was found afterwards
     */
    public List<Finding> apply(Consumer<Finding> progress) throws AmazonException, InterruptedException {
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            ChainSight sight = look(clients);
            Making making = new Making(clients, sight);
            boolean changed = false;
            for (Finding finding : findings(clients, sight)) {
                if (finding.state() != State.PRESENT) {
                    making.make(finding);
                    changed = true;
                }
                progress.accept(new Finding(finding.part(), State.PRESENT, finding.name(), done(finding)));
            }
            amazon.keep(amazon.settings().with(new EventChain(sight.names().configurationSet(), making.queueUrl)));
            List<Finding> after = findings(clients, look(clients));
            for (int looks = 1; changed && looks < LOOKS && !allPresent(after); looks++) {
                TimeUnit.SECONDS.sleep(BETWEEN_LOOKS_SECONDS);
                after = findings(clients, look(clients));
            }
            return after;
        } catch (AmazonException e) {
            throw ChainClients.unlessInterrupted(e);
        }
    }

    /**
     * Takes away what {@link #apply} made, in reverse order, and forgets the chain. Events still in the queue are lost.
     * Parts of another name than the workspace's own are only forgotten. progress is told of each part once it is done.
     *
     * @return what was done, in the order in which it was done
     */
    public List<Finding> remove(Consumer<Finding> progress) throws AmazonException {
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            Names own = ChainSight.ownNames(amazon.workspace(), clients.home());
            ChainSight sight = ChainSight.look(clients, EventChain.NONE, amazon.workspace());
            List<Finding> done = new ArrayList<>();
            List<Part> parts = new ArrayList<>(List.of(Part.values()));
            Collections.reverse(parts);
            for (Part part : parts) {
                String detail = takeAway(clients, part, own, sight);
                if (part == Part.EVENT_DESTINATION) {
                    // From here on no event arrives, so nothing may be sent through this chain any more.
                    amazon.keep(amazon.settings().with(EventChain.NONE));
                }
                Finding finding = new Finding(part, State.MISSING, name(part, own), detail);
                done.add(finding);
                progress.accept(finding);
            }
            return List.copyOf(done);
        }
    }

    /** The event types that are asked for. */
    static Set<EventType> wantedTypes(boolean tracking) {
        Set<EventType> types = new TreeSet<>(TYPES);
        if (tracking) {
            types.addAll(TRACKING_TYPES);
        }
        return types;
    }

    private ChainSight look(ChainClients clients) throws AmazonException {
        return ChainSight.look(clients, amazon.settings().chain(), amazon.workspace());
    }

    private static boolean allPresent(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.state() == State.PRESENT);
    }

    private static String done(Finding before) {
        return switch (before.state()) {
            case PRESENT -> before.detail();
            case MISSING -> "made";
            case DIFFERS -> "mended: " + before.detail();
        };
    }

    private static String name(Part part, Names names) {
        return switch (part) {
            case DEAD_LETTER_QUEUE -> names.deadLetters();
            case QUEUE, QUEUE_POLICY -> names.queue();
            case TOPIC, TOPIC_POLICY -> names.topic();
            case SUBSCRIPTION -> names.topic() + " → " + names.queue();
            case CONFIGURATION_SET -> names.configurationSet();
            case EVENT_DESTINATION -> names.destination();
        };
    }

    // What differs

    private List<Finding> findings(ChainClients clients, ChainSight sight) {
        Names own = ChainSight.ownNames(amazon.workspace(), clients.home());
        List<Finding> findings = new ArrayList<>();
        for (Part part : Part.values()) {
            Differences differences = new Differences();
            boolean ours = name(part, sight.names()).equals(name(part, own));
            compare(part, ours, clients.home(), sight, differences);
            findings.add(differences.finding(part, name(part, sight.names())));
        }
        return List.copyOf(findings);
    }

    private void compare(Part part, boolean ours, ChainClients.Home home, ChainSight sight, Differences differences) {
        Names names = sight.names();
        switch (part) {
            case DEAD_LETTER_QUEUE -> {
                if (names.deadLetters().isEmpty()) {
                    differences.note("the queue has none; events do not need it");
                    return;
                }
                sight.deadLetters()
                        .ifPresentOrElse(
                                found -> queue(ours, found, deadLetterAttributes(), differences), differences::missing);
            }
            case QUEUE ->
                sight.queue()
                        .ifPresentOrElse(
                                found -> queue(
                                        ours,
                                        found,
                                        queueAttributes(home.arn("sqs", names.deadLetters())),
                                        differences),
                                differences::missing);
            case TOPIC ->
                sight.topic()
                        .ifPresentOrElse(
                                found -> noteKey(found.get("KmsMasterKeyId"), differences),
                                () -> differences.missing());
            case TOPIC_POLICY ->
                policy(
                        sight.topic().map(found -> AccessPolicy.read(found.get("Policy"))),
                        sesMayPublish(home, names),
                        "SES (ses.amazonaws.com) may not publish on the topic for the configuration set "
                                + names.configurationSet(),
                        differences);
            case QUEUE_POLICY ->
                policy(
                        sight.queue().map(found -> AccessPolicy.read(found.attribute(QueueAttributeName.POLICY))),
                        topicMaySend(home, names),
                        "the topic " + names.topicArn() + " may not send to the queue",
                        differences);
            case SUBSCRIPTION ->
                sight.subscription()
                        .ifPresentOrElse(found -> subscription(ours, found, differences), differences::missing);
            case CONFIGURATION_SET ->
                sight.configurationSet()
                        .ifPresentOrElse(found -> configurationSet(ours, found, differences), differences::missing);
            case EVENT_DESTINATION ->
                sight.destination()
                        .ifPresentOrElse(found -> destination(ours, found, names, differences), differences::missing);
        }
    }

    private static Map<QueueAttributeName, String> deadLetterAttributes() {
        Map<QueueAttributeName, String> wanted = new LinkedHashMap<>();
        wanted.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, RETENTION_SECONDS);
        wanted.put(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true");
        return wanted;
    }

    private static Map<QueueAttributeName, String> queueAttributes(String deadLetterArn) {
        Map<QueueAttributeName, String> wanted = deadLetterAttributes();
        wanted.put(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY_SECONDS);
        wanted.put(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, WAIT_SECONDS);
        wanted.put(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + deadLetterArn + "\",\"maxReceiveCount\":" + MAX_RECEIVES + "}");
        return wanted;
    }

    private static void queue(
            boolean ours, Queue found, Map<QueueAttributeName, String> wanted, Differences differences) {
        if (ours) {
            differing(found, wanted)
                    .forEach((name, value) -> differences.add(
                            name + " is " + quoted(found.attribute(name)) + " instead of " + quoted(value)));
        }
        noteKey(found.attribute(QueueAttributeName.KMS_MASTER_KEY_ID), differences);
    }

    private static Map<QueueAttributeName, String> differing(Queue found, Map<QueueAttributeName, String> wanted) {
        Map<QueueAttributeName, String> differing = new LinkedHashMap<>(wanted);
        differing
                .entrySet()
                .removeIf(attribute -> AccessPolicy.same(attribute.getValue(), found.attribute(attribute.getKey())));
        if (!found.attribute(QueueAttributeName.KMS_MASTER_KEY_ID).isEmpty()) {
            // Encrypted with a key of the account's own, which is more than is asked for.
            differing.remove(QueueAttributeName.SQS_MANAGED_SSE_ENABLED);
        }
        return differing;
    }

    private static void noteKey(@Nullable String key, Differences differences) {
        if (key != null && !key.isEmpty()) {
            differences.note("is encrypted with the KMS key " + key
                    + ", whose key policy must let ses.amazonaws.com and sns.amazonaws.com use it");
        }
    }

    private static void policy(
            Optional<AccessPolicy> found, JsonNode wanted, String otherwise, Differences differences) {
        if (found.isEmpty()) {
            differences.missing();
            return;
        }
        AccessPolicy policy = found.get();
        if (!policy.holds(wanted)) {
            if (policy.isEmpty()) {
                differences.missing();
            }
            differences.add(
                    policy.contradicts(wanted)
                            ? otherwise + ": the statement "
                                    + wanted.path("Sid").asText() + " says something else"
                            : otherwise + ": no statement says so");
        }
        if (!policy.denials().isEmpty()) {
            differences.note("it also refuses something, in " + String.join(", ", policy.denials()));
        }
    }

    private static void subscription(boolean ours, Subscribed found, Differences differences) {
        if (found.arn().isEmpty()
                || Boolean.parseBoolean(found.attributes().getOrDefault(ChainSight.UNCONFIRMED, "false"))) {
            differences.add("it waits for its confirmation");
            return;
        }
        if (ours && !rawDelivery(found)) {
            differences.add("raw message delivery is off");
        }
        if (filtered(found)) {
            differences.add(
                    "a filter policy holds events back: " + found.attributes().get("FilterPolicy"));
        }
    }

    private static boolean rawDelivery(Subscribed found) {
        return Boolean.parseBoolean(found.attributes().getOrDefault("RawMessageDelivery", "false"));
    }

    private static boolean filtered(Subscribed found) {
        String filter = found.attributes().getOrDefault("FilterPolicy", "");
        return !filter.isBlank() && !AccessPolicy.same(filter, "{}");
    }

    private static void configurationSet(boolean ours, GetConfigurationSetResponse found, Differences differences) {
        if (!sending(found)) {
            differences.add("sending through it is switched off, by a person or by an alarm on bounces and complaints: "
                    + "find out why before it is switched on");
        }
        if (ours && !reputation(found)) {
            differences.add("reputation metrics are off");
        }
    }

    private static boolean sending(GetConfigurationSetResponse found) {
        return found.sendingOptions() == null
                || !Boolean.FALSE.equals(found.sendingOptions().sendingEnabled());
    }

    private static boolean reputation(GetConfigurationSetResponse found) {
        return found.reputationOptions() != null
                && Boolean.TRUE.equals(found.reputationOptions().reputationMetricsEnabled());
    }

    private void destination(boolean ours, EventDestination found, Names names, Differences differences) {
        if (!found.enabled()) {
            differences.add("it is switched off");
        }
        String topic =
                found.snsDestination() == null ? "" : found.snsDestination().topicArn();
        if (!topic.equals(names.topicArn())) {
            differences.add("it publishes on "
                    + (topic.isEmpty() ? "no topic" : "the topic " + topic)
                    + " instead of " + names.topicArn());
        }
        Set<EventType> wanted = wantedTypes(amazon.settings().sesTracking());
        Set<EventType> present = new TreeSet<>(found.matchingEventTypes());
        String lacking = wanted.stream()
                .filter(type -> !present.contains(type))
                .map(EventType::toString)
                .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            differences.add("it does not report " + lacking);
        }
        String beyond = present.stream()
                .filter(type -> !wanted.contains(type))
                .map(EventType::toString)
                .collect(Collectors.joining(", "));
        if (!beyond.isEmpty()) {
            String text = "it reports " + beyond + ", which is not asked for";
            if (ours) {
                differences.add(text);
            } else {
                differences.note(text);
            }
        }
    }

    static JsonNode sesMayPublish(ChainClients.Home home, Names names) {
        return AccessPolicy.allowService(
                SES_MAY_PUBLISH,
                "ses.amazonaws.com",
                "SNS:Publish",
                names.topicArn(),
                Map.of(
                        "StringEquals",
                        Map.of(
                                "AWS:SourceAccount",
                                home.account(),
                                "AWS:SourceArn",
                                home.arn("ses", "configuration-set/" + names.configurationSet()))));
    }

    static JsonNode topicMaySend(ChainClients.Home home, Names names) {
        return AccessPolicy.allowService(
                TOPIC_MAY_SEND,
                "sns.amazonaws.com",
                "sqs:SendMessage",
                home.arn("sqs", names.queue()),
                Map.of("ArnEquals", Map.of("aws:SourceArn", names.topicArn())));
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "not set" : "“" + text + "”";
    }

    private static final class Differences {
        private final List<String> differences = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean missing;

        void missing() {
            missing = true;
        }

        void add(String difference) {
            differences.add(difference);
        }

        void note(String note) {
            notes.add(note);
        }

        Finding finding(Part part, String name) {
            State state = missing ? State.MISSING : differences.isEmpty() ? State.PRESENT : State.DIFFERS;
            List<String> all = new ArrayList<>(differences);
            if (missing && all.isEmpty()) {
                all.add(part.words() + " does not exist");
            }
            all.addAll(notes);
            return new Finding(part, state, name, String.join("; ", all));
        }
    }

    // Making and mending

    private final class Making {
        private final ChainClients clients;
        private final ChainSight sight;
        private final Names names;
        private final Names own;
        private String queueUrl;

        Making(ChainClients clients, ChainSight sight) {
            this.clients = clients;
            this.sight = sight;
            names = sight.names();
            own = ChainSight.ownNames(amazon.workspace(), clients.home());
            queueUrl = sight.queue().map(Queue::url).orElse("");
        }

        private boolean ours(Part part) {
            return name(part, names).equals(name(part, own));
        }

        void make(Finding finding) throws AmazonException, InterruptedException {
            switch (finding.part()) {
                case DEAD_LETTER_QUEUE ->
                    queue(Part.DEAD_LETTER_QUEUE, names.deadLetters(), sight.deadLetters(), deadLetterAttributes());
                case QUEUE ->
                    queueUrl = queue(
                            Part.QUEUE,
                            names.queue(),
                            sight.queue(),
                            names.deadLetters().isEmpty()
                                    ? deadLetterAttributes()
                                    : queueAttributes(clients.home().arn("sqs", names.deadLetters())));
                case TOPIC ->
                    change(
                            Part.TOPIC,
                            "sns:CreateTopic",
                            () -> clients.sns()
                                    .createTopic(ask -> ask.name(names.topic())
                                            .tags(software.amazon.awssdk.services.sns.model.Tag.builder()
                                                    .key(TAG)
                                                    .value(amazon.workspace().value())
                                                    .build())));
                case TOPIC_POLICY -> topicPolicy();
                case QUEUE_POLICY -> queuePolicy();
                case SUBSCRIPTION -> subscription();
                case CONFIGURATION_SET -> configurationSet();
                case EVENT_DESTINATION -> destination();
            }
        }

        private String queue(Part part, String name, Optional<Queue> found, Map<QueueAttributeName, String> attributes)
                throws AmazonException {
            if (found.isPresent()) {
                change(
                        part,
                        "sqs:SetQueueAttributes",
                        () -> clients.sqs()
                                .setQueueAttributes(
                                        ask -> ask.queueUrl(found.get().url())
                                                .attributes(differing(found.get(), attributes))));
                return found.get().url();
            }
            try {
                return ChainClients.ask(
                        part,
                        "sqs:CreateQueue",
                        () -> clients.sqs()
                                .createQueue(ask -> ask.queueName(name)
                                        .attributes(attributes)
                                        .tags(Map.of(TAG, amazon.workspace().value())))
                                .queueUrl());
            } catch (AmazonException e) {
                if (e.getCause() instanceof QueueDeletedRecentlyException) {
                    throw new AmazonException(
                            AmazonException.Code.REFUSED,
                            "A queue named " + name + " was deleted less than 60 seconds ago, and Amazon makes none of"
                                    + " the same name before that. Wait a minute and set up again; what is made"
                                    + " already stays.",
                            e);
                }
                throw e;
            }
        }

        private void topicPolicy() throws AmazonException {
            AccessPolicy policy = AccessPolicy.read(
                    sight.topic().map(found -> found.get("Policy")).orElse(""));
            if (policy.isEmpty()) {
                policy = policy.with(AccessPolicy.allowAccount(
                        OWNER,
                        String.join(
                                ":",
                                "arn",
                                clients.home().partition(),
                                "iam",
                                "",
                                clients.home().account(),
                                "root"),
                        OWNER_ACTIONS,
                        names.topicArn()));
            }
            String text = policy.with(sesMayPublish(clients.home(), names)).text();
            change(
                    Part.TOPIC_POLICY,
                    "sns:SetTopicAttributes",
                    () -> clients.sns()
                            .setTopicAttributes(ask -> ask.topicArn(names.topicArn())
                                    .attributeName("Policy")
                                    .attributeValue(text)));
        }

        private void queuePolicy() throws AmazonException {
            String text = AccessPolicy.read(sight.queue()
                            .map(found -> found.attribute(QueueAttributeName.POLICY))
                            .orElse(""))
                    .with(topicMaySend(clients.home(), names))
                    .text();
            change(
                    Part.QUEUE_POLICY,
                    "sqs:SetQueueAttributes",
                    () -> clients.sqs()
                            .setQueueAttributes(
                                    ask -> ask.queueUrl(queueUrl).attributes(Map.of(QueueAttributeName.POLICY, text))));
        }

        private void subscription() throws AmazonException {
            Optional<Subscribed> found = sight.subscription();
            Optional<String> arn = found.flatMap(Subscribed::arn);
            if (found.isEmpty() || arn.isEmpty()) {
                change(
                        Part.SUBSCRIPTION,
                        "sns:Subscribe",
                        () -> clients.sns()
                                .subscribe(ask -> ask.topicArn(names.topicArn())
                                        .protocol("sqs")
                                        .endpoint(clients.home().arn("sqs", names.queue()))
                                        .attributes(Map.of("RawMessageDelivery", "true"))
                                        .returnSubscriptionArn(true)));
                return;
            }
            if (ours(Part.SUBSCRIPTION) && !rawDelivery(found.get())) {
                set(arn.get(), "RawMessageDelivery", "true");
            }
            if (filtered(found.get())) {
                set(arn.get(), "FilterPolicy", "{}");
            }
        }

        private void set(String arn, String attribute, String value) throws AmazonException {
            change(
                    Part.SUBSCRIPTION,
                    "sns:SetSubscriptionAttributes",
                    () -> clients.sns()
                            .setSubscriptionAttributes(ask -> ask.subscriptionArn(arn)
                                    .attributeName(attribute)
                                    .attributeValue(value)));
        }

        private void configurationSet() throws AmazonException {
            if (sight.configurationSet().isEmpty()) {
                // Sending is on unless it is said otherwise.
                change(
                        Part.CONFIGURATION_SET,
                        "ses:CreateConfigurationSet",
                        () -> clients.ses()
                                .createConfigurationSet(ask -> ask.configurationSetName(names.configurationSet())
                                        .reputationOptions(options -> options.reputationMetricsEnabled(true))
                                        .tags(Tag.builder()
                                                .key(TAG)
                                                .value(amazon.workspace().value())
                                                .build())));
                return;
            }
            GetConfigurationSetResponse found = sight.configurationSet().get();
            if (!sending(found)) {
                change(
                        Part.CONFIGURATION_SET,
                        "ses:PutConfigurationSetSendingOptions",
                        () -> clients.ses()
                                .putConfigurationSetSendingOptions(
                                        ask -> ask.configurationSetName(names.configurationSet())
                                                .sendingEnabled(true)));
            }
            if (ours(Part.CONFIGURATION_SET) && !reputation(found)) {
                change(
                        Part.CONFIGURATION_SET,
                        "ses:PutConfigurationSetReputationOptions",
                        () -> clients.ses()
                                .putConfigurationSetReputationOptions(
                                        ask -> ask.configurationSetName(names.configurationSet())
                                                .reputationMetricsEnabled(true)));
            }
        }

        private void destination() throws AmazonException, InterruptedException {
            Set<EventType> types = wantedTypes(amazon.settings().sesTracking());
            if (!ours(Part.EVENT_DESTINATION)) {
                sight.destination().ifPresent(found -> types.addAll(found.matchingEventTypes()));
            }
            EventDestinationDefinition definition = EventDestinationDefinition.builder()
                    .enabled(true)
                    .matchingEventTypes(types)
                    .snsDestination(sns -> sns.topicArn(names.topicArn()))
                    .build();
            for (int tries = 1; ; tries++) {
                try {
                    destination(definition);
                    return;
                } catch (AmazonException e) {
                    // SES looks whether it may publish, and a policy just set is not seen everywhere at once.
                    if (!(e.getCause() instanceof BadRequestException) || tries == LOOKS) {
                        throw e;
                    }
                    TimeUnit.SECONDS.sleep(BETWEEN_LOOKS_SECONDS);
                }
            }
        }

        private void destination(EventDestinationDefinition definition) throws AmazonException {
            if (sight.destination().isEmpty()) {
                change(
                        Part.EVENT_DESTINATION,
                        "ses:CreateConfigurationSetEventDestination",
                        () -> clients.ses()
                                .createConfigurationSetEventDestination(
                                        ask -> ask.configurationSetName(names.configurationSet())
                                                .eventDestinationName(names.destination())
                                                .eventDestination(definition)));
            } else {
                change(
                        Part.EVENT_DESTINATION,
                        "ses:UpdateConfigurationSetEventDestination",
                        () -> clients.ses()
                                .updateConfigurationSetEventDestination(
                                        ask -> ask.configurationSetName(names.configurationSet())
                                                .eventDestinationName(names.destination())
                                                .eventDestination(definition)));
            }
        }
    }

    private static void change(Part part, String action, Runnable call) throws AmazonException {
        ChainClients.ask(part, action, () -> {
            call.run();
            return true;
        });
    }

    // Taking away

    private static String takeAway(ChainClients clients, Part part, Names own, ChainSight sight)
            throws AmazonException {
        boolean removed = switch (part) {
            case EVENT_DESTINATION ->
                sight.destination().isPresent()
                        && gone(
                                part,
                                "ses:DeleteConfigurationSetEventDestination",
                                () -> clients.ses()
                                        .deleteConfigurationSetEventDestination(
                                                ask -> ask.configurationSetName(own.configurationSet())
                                                        .eventDestinationName(own.destination())));
            case CONFIGURATION_SET ->
                sight.configurationSet().isPresent()
                        && gone(
                                part,
                                "ses:DeleteConfigurationSet",
                                () -> clients.ses()
                                        .deleteConfigurationSet(
                                                ask -> ask.configurationSetName(own.configurationSet())));
            case SUBSCRIPTION -> {
                Optional<String> arn = sight.subscription().flatMap(Subscribed::arn);
                yield arn.isPresent()
                        && gone(
                                part,
                                "sns:Unsubscribe",
                                () -> clients.sns().unsubscribe(ask -> ask.subscriptionArn(arn.get())));
            }
            case TOPIC ->
                sight.topic().isPresent()
                        && gone(
                                part,
                                "sns:DeleteTopic",
                                () -> clients.sns().deleteTopic(ask -> ask.topicArn(own.topicArn())));
            case QUEUE -> deleted(clients, part, sight.queue());
            case DEAD_LETTER_QUEUE -> deleted(clients, part, sight.deadLetters());
            case QUEUE_POLICY -> sight.queue().isPresent();
            case TOPIC_POLICY -> sight.topic().isPresent();
        };
        if (!removed) {
            return "was not there";
        }
        return switch (part) {
            case QUEUE_POLICY -> "goes with the queue";
            case TOPIC_POLICY -> "goes with the topic";
            default -> "removed";
        };
    }

    private static boolean deleted(ChainClients clients, Part part, Optional<Queue> queue) throws AmazonException {
        return queue.isPresent()
                && gone(
                        part,
                        "sqs:DeleteQueue",
                        () -> clients.sqs()
                                .deleteQueue(ask -> ask.queueUrl(queue.get().url())));
    }

    /** Whether it was still there to be deleted. */
    private static boolean gone(Part part, String action, Runnable delete) throws AmazonException {
        return ChainClients.ask(part, action, () -> {
            try {
                delete.run();
                return true;
            } catch (NotFoundException | QueueDoesNotExistException e) {
                return false;
            } catch (SesV2Exception e) {
                if (e.statusCode() == 404) {
                    return false;
                }
                throw e;
            }
        });
    }
}
