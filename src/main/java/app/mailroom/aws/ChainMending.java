package app.mailroom.aws;

import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.aws.ChainSight.Names;
import app.mailroom.aws.ChainSight.Queue;
import app.mailroom.aws.ChainSight.Subscribed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.EventDestinationDefinition;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;
import software.amazon.awssdk.services.sesv2.model.Tag;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Makes the parts of the event chain that are missing, and mends those that differ, one at a time and in order. */
final class ChainMending {
    /** What every queue and topic that is made here carries, with the workspace's id. */
    static final String TAG = "mailroom-workspace";

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

    private final ChainClients clients;
    private final ChainSight sight;
    private final Names names;
    private final ChainDifferences wanted;
    private final String workspace;
    private String queueUrl;

    /** Mends what was seen, towards what is wanted. */
    ChainMending(ChainClients clients, ChainSight sight, ChainDifferences wanted, String workspace) {
        this.clients = clients;
        this.sight = sight;
        names = sight.names();
        this.wanted = wanted;
        this.workspace = workspace;
        queueUrl = sight.queue().map(Queue::url).orElse("");
    }

    private boolean ours(Part part) {
        return wanted.ours(part, names);
    }

    /** Makes or mends the part of a finding. */
    void make(Finding finding) throws AmazonException, InterruptedException {
        switch (finding.part()) {
            case DEAD_LETTER_QUEUE ->
                queue(
                        Part.DEAD_LETTER_QUEUE,
                        names.deadLetters(),
                        sight.deadLetters(),
                        ChainDifferences.deadLetterAttributes());
            case QUEUE ->
                queueUrl = queue(
                        Part.QUEUE,
                        names.queue(),
                        sight.queue(),
                        names.deadLetters().isEmpty()
                                ? ChainDifferences.deadLetterAttributes()
                                : ChainDifferences.queueAttributes(
                                        clients.home().arn("sqs", names.deadLetters())));
            case TOPIC ->
                change(
                        Part.TOPIC,
                        "sns:CreateTopic",
                        () -> clients.sns()
                                .createTopic(ask -> ask.name(names.topic())
                                        .tags(software.amazon.awssdk.services.sns.model.Tag.builder()
                                                .key(TAG)
                                                .value(workspace)
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
                            .setQueueAttributes(ask -> ask.queueUrl(found.get().url())
                                    .attributes(ChainDifferences.differing(found.get(), attributes))));
            return found.get().url();
        }
        try {
            return ChainClients.ask(
                    part,
                    "sqs:CreateQueue",
                    () -> clients.sqs()
                            .createQueue(ask ->
                                    ask.queueName(name).attributes(attributes).tags(Map.of(TAG, workspace)))
                            .queueUrl());
        } catch (AmazonException e) {
            if (String.valueOf(e.getMessage()).contains("QueueDeletedRecently")) {
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
        String text = policy.with(wanted.sesMayPublish(names)).text();
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
                .with(wanted.topicMaySend(names))
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
        if (ours(Part.SUBSCRIPTION) && !ChainDifferences.rawDelivery(found.get())) {
            set(arn.get(), "RawMessageDelivery", "true");
        }
        // What others hold back, they may have their reasons for: it is shown, and stays.
        if (ours(Part.SUBSCRIPTION) && ChainDifferences.filtered(found.get())) {
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
                                            .value(workspace)
                                            .build())));
            return;
        }
        GetConfigurationSetResponse found = sight.configurationSet().get();
        // Sending that is switched off stays so: a person or an alarm on bounces and complaints switched it off.
        if (ours(Part.CONFIGURATION_SET) && !ChainDifferences.reputation(found)) {
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
        Set<EventType> types = wanted.wantedTypes();
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
                if (!(e.getCause() instanceof BadRequestException) || tries == AwsSetup.LOOKS) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(AwsSetup.BETWEEN_LOOKS_SECONDS);
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

    /** The queue's URL, once it is there. */
    String queueUrl() {
        return queueUrl;
    }

    private static void change(Part part, String action, Runnable call) throws AmazonException {
        ChainClients.ask(part, action, () -> {
            call.run();
            return true;
        });
    }
}
