package app.mailroom.aws;

import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.aws.AwsSetup.State;
import app.mailroom.aws.ChainSight.Names;
import app.mailroom.aws.ChainSight.Queue;
import app.mailroom.aws.ChainSight.Subscribed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.EventDestination;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What each part of the event chain should be, and in what a part that was found differs from that. */
final class ChainDifferences {
    static final String RETENTION_SECONDS = "1209600";
    static final String VISIBILITY_SECONDS = "60";
    static final String WAIT_SECONDS = "20";

    /** High, for the poller never fails on content: a low count would only lose events while a disk is full. */
    static final int MAX_RECEIVES = 100;

    /** Followed by the configuration set's name, for several may publish on one topic. */
    static final String SES_MAY_PUBLISH = "MailroomSesMayPublish";
    /** Followed by the topic's name. */
    static final String TOPIC_MAY_SEND = "MailroomTopicMaySend";

    private static final List<EventType> TYPES = List.of(
            EventType.SEND,
            EventType.REJECT,
            EventType.BOUNCE,
            EventType.COMPLAINT,
            EventType.DELIVERY,
            EventType.DELIVERY_DELAY,
            EventType.RENDERING_FAILURE,
            EventType.SUBSCRIPTION);
    /** Where a destination asks for one of these, SES rewrites links or adds a picture. */
    static final List<EventType> TRACKING_TYPES = List.of(EventType.OPEN, EventType.CLICK);

    private final Names own;
    private final ChainClients.Home home;
    private final boolean tracking;

    /** own are the names of what this program makes: only parts of these names are held to everything. */
    ChainDifferences(Names own, ChainClients.Home home, boolean tracking) {
        this.own = own;
        this.home = home;
        this.tracking = tracking;
    }

    /** Whether a part of these names is of this program's making. */
    boolean ours(Part part, Names names) {
        return names.of(part).equals(own.of(part));
    }

    /** A part as found, and what is to be said of it once everything is mended that may be. */
    record Compared(Finding finding, Finding mended) {}

    /** All parts, in order. */
    List<Compared> compared(ChainSight sight) {
        List<Compared> compared = new ArrayList<>();
        for (Part part : Part.values()) {
            Differences differences = new Differences();
            boolean ours = ours(part, sight.names());
            compare(part, ours, sight, differences);
            compared.add(differences.compared(part, sight.names().of(part)));
        }
        return List.copyOf(compared);
    }

    /** All parts as found, in order. */
    List<Finding> findings(ChainSight sight) {
        return compared(sight).stream().map(Compared::finding).toList();
    }

    private void compare(Part part, boolean ours, ChainSight sight, Differences differences) {
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
                        sesMayPublish(names),
                        "SES (ses.amazonaws.com) may not publish on the topic for the configuration set "
                                + names.configurationSet(),
                        differences);
            case QUEUE_POLICY ->
                policy(
                        sight.queue().map(found -> AccessPolicy.read(found.attribute(QueueAttributeName.POLICY))),
                        topicMaySend(names),
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

    static Map<QueueAttributeName, String> deadLetterAttributes() {
        Map<QueueAttributeName, String> wanted = new LinkedHashMap<>();
        wanted.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, RETENTION_SECONDS);
        wanted.put(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true");
        return wanted;
    }

    static Map<QueueAttributeName, String> queueAttributes(String deadLetterArn) {
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

    static Map<QueueAttributeName, String> differing(Queue found, Map<QueueAttributeName, String> wanted) {
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
            String filter =
                    "a filter policy holds events back: " + found.attributes().get("FilterPolicy");
            if (ours) {
                differences.add(filter);
            } else {
                differences.leave(filter + ", which is for whoever made it to take away");
            }
        }
    }

    static boolean rawDelivery(Subscribed found) {
        return Boolean.parseBoolean(found.attributes().getOrDefault("RawMessageDelivery", "false"));
    }

    static boolean filtered(Subscribed found) {
        String filter = found.attributes().getOrDefault("FilterPolicy", "");
        return !filter.isBlank() && !AccessPolicy.same(filter, "{}");
    }

    private static void configurationSet(boolean ours, GetConfigurationSetResponse found, Differences differences) {
        if (!sending(found)) {
            differences.leave("sending through it is switched off, by a person or by an alarm on bounces and "
                    + "complaints: find out why, then switch it on in the SES console");
        }
        if (ours && !reputation(found)) {
            differences.add("reputation metrics are off");
        }
        if (ChainSight.measuresEngagement(found)) {
            differences.note(
                    "Amazon’s Virtual Deliverability Manager measures engagement through it, for which openings and"
                            + " clicks of every mail are counted");
        }
    }

    static boolean sending(GetConfigurationSetResponse found) {
        return found.sendingOptions() == null
                || !Boolean.FALSE.equals(found.sendingOptions().sendingEnabled());
    }

    static boolean reputation(GetConfigurationSetResponse found) {
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
        Set<EventType> wanted = wantedTypes();
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

    ObjectNode sesMayPublish(Names names) {
        return AccessPolicy.allowService(
                AccessPolicy.sid(SES_MAY_PUBLISH, names.configurationSet()),
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

    ObjectNode topicMaySend(Names names) {
        return AccessPolicy.allowService(
                AccessPolicy.sid(TOPIC_MAY_SEND, names.topic()),
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
        private final List<String> left = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean missing;

        void missing() {
            missing = true;
        }

        void add(String difference) {
            differences.add(difference);
        }

        /** A difference that only a person may take away. */
        void leave(String difference) {
            left.add(difference);
        }

        void note(String note) {
            notes.add(note);
        }

        Compared compared(Part part, String name) {
            State afterwards = left.isEmpty() ? State.PRESENT : State.BY_HAND;
            State state = missing ? State.MISSING : differences.isEmpty() ? afterwards : State.DIFFERS;
            List<String> found = new ArrayList<>(differences);
            if (missing && found.isEmpty()) {
                found.add(part.words() + " does not exist");
            }
            found.addAll(left);
            found.addAll(notes);
            Finding finding = new Finding(part, state, name, String.join("; ", found));
            return new Compared(finding, new Finding(part, afterwards, name, mended(state, finding.detail())));
        }

        private String mended(State before, String detail) {
            return switch (before) {
                case PRESENT, BY_HAND -> detail;
                case MISSING -> "made";
                case DIFFERS -> {
                    List<String> said = new ArrayList<>();
                    said.add("mended: " + String.join("; ", differences));
                    left.forEach(one -> said.add("not mended: " + one));
                    said.addAll(notes);
                    yield String.join("; ", said);
                }
            };
        }
    }

    /** The event types that are asked for. */
    Set<EventType> wantedTypes() {
        Set<EventType> types = new TreeSet<>(TYPES);
        if (tracking) {
            types.addAll(TRACKING_TYPES);
        }
        return types;
    }
}
