package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sesv2.model.EventDestination;
import software.amazon.awssdk.services.sesv2.model.FeatureStatus;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The event chain as Amazon has it at one moment. Looking changes nothing.
 *
 * <p>countsHits says whether SES counts openings or clicks of what is sent through the configuration set.
 *
 * <p>Which names it looks at: those that the settings hold, if they hold a chain, and otherwise the workspace's own.
 * The settings hold the configuration set and the queue; the topic and the event destination are then those that lead
 * from the one to the other.
 */
record ChainSight(
        Names names,
        Optional<Queue> deadLetters,
        Optional<Queue> queue,
        Optional<Map<String, String>> topic,
        Optional<Subscribed> subscription,
        Optional<GetConfigurationSetResponse> configurationSet,
        Optional<EventDestination> destination,
        boolean countsHits) {
    /** What the parts are called. */
    record Names(String deadLetters, String queue, String topicArn, String configurationSet, String destination) {
        String topic() {
            return topicArn.substring(topicArn.lastIndexOf(':') + 1);
        }

        /** What a part is called. */
        String of(Part part) {
            return switch (part) {
                case DEAD_LETTER_QUEUE -> deadLetters;
                case QUEUE, QUEUE_POLICY -> queue;
                case TOPIC, TOPIC_POLICY -> topic();
                case SUBSCRIPTION -> topic() + " → " + queue;
                case CONFIGURATION_SET -> configurationSet;
                case EVENT_DESTINATION -> destination;
            };
        }
    }

    /** A queue as found. */
    record Queue(String url, Map<QueueAttributeName, String> attributes) {
        String attribute(QueueAttributeName name) {
            return attributes.getOrDefault(name, "");
        }
    }

    /** The queue's subscription to the topic; without an ARN until it is confirmed. */
    record Subscribed(Optional<String> arn, Map<String, String> attributes) {}

    static final String UNCONFIRMED = "PendingConfirmation";

    /** The names of what this program makes for a workspace. */
    static Names ownNames(WorkspaceId workspace, ChainClients.Home home) {
        String name = "mailroom-" + workspace.value();
        return new Names(name + "-dead", name, home.arn("sns", name), name, name);
    }

    /** The queue's name at the end of its URL. */
    static String queueName(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Whether the settings hold a chain, and under other names than this program gives. */
    private static boolean others(EventChain chain, Names own) {
        return chain.complete()
                && !(chain.configurationSet().equals(own.configurationSet())
                        && queueName(chain.queueUrl()).equals(own.queue()));
    }

    /** The topic on which SES publishes for this chain. It needs fewer rights than a look at everything. */
    static String topicArn(ChainClients clients, EventChain chain, WorkspaceId workspace) throws AmazonException {
        Names own = ownNames(workspace, clients.home());
        if (others(chain, own)) {
            String queueName = queueName(chain.queueUrl());
            return namesOf(
                            clients,
                            queueName,
                            Optional.empty(),
                            chain.configurationSet(),
                            destinations(clients, chain.configurationSet()))
                    .topicArn();
        }
        return destinations(clients, own.configurationSet()).stream()
                .filter(one -> one.name().equals(own.destination()) && one.snsDestination() != null)
                .map(one -> one.snsDestination().topicArn())
                .findFirst()
                .orElse(own.topicArn());
    }

    static ChainSight look(ChainClients clients, EventChain chain, WorkspaceId workspace) throws AmazonException {
        Names own = ownNames(workspace, clients.home());
        boolean others = others(chain, own);
        String queueName = others ? queueName(chain.queueUrl()) : own.queue();
        String setName = others ? chain.configurationSet() : own.configurationSet();
        Optional<Queue> queue = queue(clients, Part.QUEUE, queueName);
        List<EventDestination> destinations = destinations(clients, setName);
        Names names = others ? namesOf(clients, queueName, queue, setName, destinations) : own;
        Optional<GetConfigurationSetResponse> set = configurationSet(clients, setName);
        return new ChainSight(
                names,
                names.deadLetters().isEmpty()
                        ? Optional.empty()
                        : queue(clients, Part.DEAD_LETTER_QUEUE, names.deadLetters()),
                queue,
                topic(clients, names.topicArn()),
                subscription(clients, names.topicArn(), clients.home().arn("sqs", queueName)),
                set,
                destinations.stream()
                        .filter(one -> one.name().equals(names.destination()))
                        .findFirst(),
                destinations.stream().anyMatch(ChainSight::asksForHits)
                        || set.filter(ChainSight::measuresEngagement).isPresent());
    }

    /** One destination of a set that asks for openings or clicks makes SES count them in all mails of the set. */
    private static boolean asksForHits(EventDestination one) {
        return one.enabled()
                && one.matchingEventTypes().stream().anyMatch(type -> ChainDifferences.TRACKING_TYPES.contains(type));
    }

    /** So does what Amazon's own dashboard of deliverability measures. */
    static boolean measuresEngagement(GetConfigurationSetResponse set) {
        return set.vdmOptions() != null
                && set.vdmOptions().dashboardOptions() != null
                && set.vdmOptions().dashboardOptions().engagementMetrics() == FeatureStatus.ENABLED;
    }

    /** Where others chose the names, the event destination says which topic, and the queue says where it gives up to. */
    private static Names namesOf(
            ChainClients clients,
            String queueName,
            Optional<Queue> queue,
            String setName,
            List<EventDestination> destinations)
            throws AmazonException {
        String redrive = queue.map(found -> found.attribute(QueueAttributeName.REDRIVE_POLICY))
                .orElse("");
        String deadLetters = AccessPolicy.field(redrive, "deadLetterTargetArn")
                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                .orElse("");
        Optional<EventDestination> leading = Optional.empty();
        for (EventDestination one : destinations) {
            if (one.snsDestination() == null) {
                continue;
            }
            boolean leadsToQueue = subscription(
                            clients,
                            one.snsDestination().topicArn(),
                            clients.home().arn("sqs", queueName))
                    .isPresent();
            if (leading.isEmpty() || leadsToQueue) {
                leading = Optional.of(one);
            }
            if (leadsToQueue) {
                break;
            }
        }
        return new Names(
                deadLetters,
                queueName,
                leading.map(one -> one.snsDestination().topicArn())
                        .orElseGet(() -> clients.home().arn("sns", queueName)),
                setName,
                leading.map(EventDestination::name).orElse(setName));
    }

    /** The queue of a name, as these keys see it. */
    static Optional<Queue> queue(ChainClients clients, Part part, String name) throws AmazonException {
        Optional<String> url = ChainClients.ask(part, "sqs:GetQueueUrl", () -> {
            try {
                return Optional.of(
                        clients.sqs().getQueueUrl(ask -> ask.queueName(name)).queueUrl());
            } catch (SqsException e) {
                return noneThere(e, Optional.<String>empty());
            }
        });
        if (url.isEmpty()) {
            return Optional.empty();
        }
        return ChainClients.ask(part, "sqs:GetQueueAttributes", () -> {
            try {
                return Optional.of(new Queue(
                        url.get(),
                        clients.sqs()
                                .getQueueAttributes(
                                        ask -> ask.queueUrl(url.get()).attributeNames(QueueAttributeName.ALL))
                                .attributes()));
            } catch (SqsException e) {
                // A queue that was just deleted still has a URL for a while.
                return noneThere(e, Optional.<Queue>empty());
            }
        });
    }

    private static Optional<Map<String, String>> topic(ChainClients clients, String arn) throws AmazonException {
        return ChainClients.ask(Part.TOPIC, "sns:GetTopicAttributes", () -> {
            try {
                return Optional.of(clients.sns()
                        .getTopicAttributes(ask -> ask.topicArn(arn))
                        .attributes());
            } catch (NotFoundException e) {
                return Optional.<Map<String, String>>empty();
            }
        });
    }

    private static Optional<Subscribed> subscription(ChainClients clients, String topicArn, String queueArn)
            throws AmazonException {
        Optional<Subscription> found = ChainClients.ask(Part.SUBSCRIPTION, "sns:ListSubscriptionsByTopic", () -> {
            try {
                return clients
                        .sns()
                        .listSubscriptionsByTopicPaginator(ask -> ask.topicArn(topicArn))
                        .subscriptions()
                        .stream()
                        .filter(one ->
                                one.protocol().equals("sqs") && one.endpoint().equals(queueArn))
                        .findFirst();
            } catch (NotFoundException e) {
                return Optional.<Subscription>empty();
            }
        });
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String arn = found.get().subscriptionArn();
        if (!arn.startsWith("arn:")) {
            return Optional.of(new Subscribed(Optional.empty(), Map.of(UNCONFIRMED, "true")));
        }
        return ChainClients.ask(Part.SUBSCRIPTION, "sns:GetSubscriptionAttributes", () -> {
            try {
                return Optional.of(new Subscribed(
                        Optional.of(arn),
                        clients.sns()
                                .getSubscriptionAttributes(ask -> ask.subscriptionArn(arn))
                                .attributes()));
            } catch (NotFoundException e) {
                return Optional.<Subscribed>empty();
            }
        });
    }

    private static Optional<GetConfigurationSetResponse> configurationSet(ChainClients clients, String name)
            throws AmazonException {
        return ChainClients.ask(Part.CONFIGURATION_SET, "ses:GetConfigurationSet", () -> {
            try {
                return Optional.of(clients.ses().getConfigurationSet(ask -> ask.configurationSetName(name)));
            } catch (SesV2Exception e) {
                return absent(e, Optional.empty());
            }
        });
    }

    private static List<EventDestination> destinations(ChainClients clients, String set) throws AmazonException {
        return ChainClients.ask(Part.EVENT_DESTINATION, "ses:GetConfigurationSetEventDestinations", () -> {
            try {
                return new ArrayList<>(clients.ses()
                        .getConfigurationSetEventDestinations(ask -> ask.configurationSetName(set))
                        .eventDestinations());
            } catch (SesV2Exception e) {
                return absent(e, new ArrayList<>());
            }
        });
    }

    /** Emulators answer 404 without SES's own error where they do not know a call; nothing is there then either. */
    private static <T> T absent(SesV2Exception e, T nothing) {
        if (e.statusCode() == 404) {
            return nothing;
        }
        throw e;
    }

    /** Servers of the protocol differ in how they name the error, so its class is no measure. */
    static <T> T noneThere(SqsException e, T nothing) {
        if (AmazonException.of("", e).code() == AmazonException.Code.NOT_FOUND) {
            return nothing;
        }
        throw e;
    }
}
