package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.aws.AwsSetup.State;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.World;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a whole account behind one port, see {@link FakeAws}. */
@Timeout(120)
class AwsSetupTest {
    private static final String NAME = AmazonWorkspace.NAME;
    private static final String DEAD = NAME + "-dead";
    private static final String TOPIC = FakeAws.arn("sns", NAME);

    private static FakeAws aws;

    @TempDir
    private Path directory;

    private final List<Finding> told = new ArrayList<>();
    private AmazonWorkspace workspace;

    @BeforeAll
    static void startAccount() {
        aws = FakeAws.start();
    }

    @AfterAll
    static void stopAccount() {
        aws.close();
    }

    @BeforeEach
    void start() {
        aws.reset();
        workspace = new AmazonWorkspace(directory, aws.endpoint());
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    @Test
    void lookingAtAFreshAccountFindsNothingAndChangesNothing() throws Exception {
        List<Finding> found = setup().inspect();

        assertThat(found).extracting(Finding::part).containsExactly(Part.values());
        assertThat(found).extracting(Finding::state).containsOnly(State.MISSING);
        assertThat(found)
                .extracting(Finding::name)
                .containsExactly(DEAD, NAME, NAME, NAME, NAME, NAME + " → " + NAME, NAME, NAME);
        assertThat(aws.changes()).isEmpty();
    }

    @Test
    void applyingMakesEveryPartAndKeepsTheChain() throws Exception {
        List<Finding> found = setup().apply(this::tell);

        assertThat(found).extracting(Finding::state).containsOnly(State.PRESENT);
        assertThat(told).extracting(Finding::part).containsExactly(Part.values());
        assertThat(told).extracting(Finding::detail).containsOnly("made");
        assertThat(workspace.amazon.settings().chain()).isEqualTo(new EventChain(NAME, aws.queueUrl(NAME)));
        assertThat(aws.queue(NAME))
                .containsEntry("VisibilityTimeout", "60")
                .containsEntry("MessageRetentionPeriod", "1209600")
                .containsEntry("ReceiveMessageWaitTimeSeconds", "20")
                .containsEntry("SqsManagedSseEnabled", "true");
        assertThat(aws.subscriptions.values())
                .singleElement()
                .satisfies(one -> assertThat(one).containsEntry("RawMessageDelivery", "true"));
        assertThat(aws.topicNamed(NAME).getOrDefault("Policy", "")).contains("MailroomOwner", "ses.amazonaws.com");
        assertThat(types()).doesNotContain("OPEN", "CLICK").hasSize(8);
    }

    @Test
    void applyingTwiceChangesNothingTheSecondTime() throws Exception {
        setup().apply(this::tell);
        aws.forgetChanges();

        List<Finding> found = setup().apply(this::tell);

        assertThat(found).extracting(Finding::state).containsOnly(State.PRESENT);
        assertThat(aws.changes()).isEmpty();
    }

    @Test
    void opensAndClicksAreReportedOnlyIfAskedFor() throws Exception {
        setup().apply(this::tell);
        tracking(true);

        assertThat(differing()).containsExactly("EVENT_DESTINATION: it does not report OPEN, CLICK");
        assertThat(workspace.amazon.countsHits()).isTrue();
        setup().apply(this::tell);
        assertThat(types()).contains("OPEN", "CLICK").hasSize(10);

        tracking(false);
        assertThat(workspace.amazon.countsHits()).as("until it is mended").isTrue();
        assertThat(differing()).containsExactly("EVENT_DESTINATION: it reports OPEN, CLICK, which is not asked for");
        setup().apply(this::tell);
        assertThat(types()).doesNotContain("OPEN", "CLICK");
        assertThat(workspace.amazon.countsHits()).isFalse();
    }

    @Test
    void whatAmazonsOwnDashboardMeasuresIsCountedToo() throws Exception {
        setup().apply(this::tell);
        assertThat(workspace.amazon.countsHits()).isFalse();

        aws.setNamed(NAME).engagementMetrics = true;
        assertThat(finding(Part.CONFIGURATION_SET).detail()).contains("Virtual Deliverability Manager");
        assertThat(differing()).isEmpty();
        assertThat(workspace.amazon.countsHits()).isTrue();

        aws.setNamed(NAME).engagementMetrics = false;
        setup().inspect();
        assertThat(workspace.amazon.countsHits()).isFalse();
    }

    /** How a part is broken, what is said of it, and which calls mend it. */
    private record Breakage(Consumer<FakeAws> breaking, String said, List<String> mending) {}

    static Stream<Arguments> breakages() {
        return Stream.of(
                broken(
                        "retention of dead letters",
                        aws -> aws.setQueue(DEAD, "MessageRetentionPeriod", "60"),
                        "DEAD_LETTER_QUEUE: MessageRetentionPeriod is “60” instead of “1209600”",
                        "sqs:SetQueueAttributes"),
                broken(
                        "encryption of dead letters",
                        aws -> aws.setQueue(DEAD, "SqsManagedSseEnabled", "false"),
                        "DEAD_LETTER_QUEUE: SqsManagedSseEnabled is “false” instead of “true”",
                        "sqs:SetQueueAttributes"),
                broken(
                        "visibility",
                        aws -> aws.setQueue(NAME, "VisibilityTimeout", "30"),
                        "QUEUE: VisibilityTimeout is “30” instead of “60”",
                        "sqs:SetQueueAttributes"),
                broken(
                        "redrive count",
                        aws -> aws.setQueue(
                                NAME,
                                "RedrivePolicy",
                                "{\"deadLetterTargetArn\":\"" + FakeAws.arn("sqs", DEAD) + "\",\"maxReceiveCount\":3}"),
                        "QUEUE: RedrivePolicy is “{\"deadLetterTargetArn\":\"" + FakeAws.arn("sqs", DEAD)
                                + "\",\"maxReceiveCount\":3}” instead of “{\"deadLetterTargetArn\":\""
                                + FakeAws.arn("sqs", DEAD) + "\",\"maxReceiveCount\":100}”",
                        "sqs:SetQueueAttributes"),
                broken(
                        "topic policy without SES",
                        aws -> aws.topicNamed(NAME).put("Policy", "{\"Statement\":[]}"),
                        "TOPIC_POLICY: SES (ses.amazonaws.com) may not publish on the topic for the configuration set "
                                + NAME + ": no statement says so",
                        "sns:SetTopicAttributes"),
                broken(
                        "topic policy for another account",
                        aws -> aws.topicNamed(NAME)
                                .compute(
                                        "Policy",
                                        (key, text) -> String.valueOf(text)
                                                .replace(
                                                        "SourceAccount\":\"" + FakeAws.ACCOUNT, "SourceAccount\":\"1")),
                        "TOPIC_POLICY: SES (ses.amazonaws.com) may not publish on the topic for the configuration set "
                                + NAME + ": the statement MailroomSesMayPublishmailroomtestspace1 says something else",
                        "sns:SetTopicAttributes"),
                broken(
                        "queue policy for another topic",
                        aws -> aws.setQueue(
                                NAME, "Policy", aws.queuePolicy(NAME).replace(":sns:", ":sns:x")),
                        "QUEUE_POLICY: the topic " + TOPIC + " may not send to the queue: no statement says so",
                        "sqs:SetQueueAttributes"),
                broken(
                        "queue policy gone",
                        aws -> aws.setQueue(NAME, "Policy", ""),
                        "QUEUE_POLICY: the topic " + TOPIC + " may not send to the queue: no statement says so",
                        "sqs:SetQueueAttributes"),
                broken(
                        "subscription gone",
                        aws -> aws.subscriptions.clear(),
                        "SUBSCRIPTION: the subscription does not exist",
                        "sns:Subscribe"),
                broken(
                        "subscription unconfirmed",
                        aws -> aws.subscriptions.values().forEach(one -> one.put("PendingConfirmation", "true")),
                        "SUBSCRIPTION: it waits for its confirmation",
                        "sns:Subscribe"),
                broken(
                        "enveloped delivery",
                        aws -> aws.subscriptions.values().forEach(one -> one.put("RawMessageDelivery", "false")),
                        "SUBSCRIPTION: raw message delivery is off",
                        "sns:SetSubscriptionAttributes"),
                broken(
                        "filter",
                        aws -> aws.subscriptions.values().forEach(one -> one.put("FilterPolicy", "{\"a\":[\"b\"]}")),
                        "SUBSCRIPTION: a filter policy holds events back: {\"a\":[\"b\"]}",
                        "sns:SetSubscriptionAttributes"),
                broken(
                        "reputation off",
                        aws -> aws.setNamed(NAME).reputation = false,
                        "CONFIGURATION_SET: reputation metrics are off",
                        "ses:PutConfigurationSetReputationOptions"),
                broken(
                        "destination gone",
                        aws -> aws.setNamed(NAME).destinations.clear(),
                        "EVENT_DESTINATION: the event destination does not exist",
                        "ses:CreateConfigurationSetEventDestination"),
                broken(
                        "destination off",
                        aws -> destination(aws).put("Enabled", false),
                        "EVENT_DESTINATION: it is switched off",
                        "ses:UpdateConfigurationSetEventDestination"),
                broken(
                        "another topic",
                        aws -> destination(aws).withObject("/SnsDestination").put("TopicArn", TOPIC + "x"),
                        "EVENT_DESTINATION: it publishes on the topic " + TOPIC + "x instead of " + TOPIC,
                        "ses:UpdateConfigurationSetEventDestination"),
                broken(
                        "a missing type",
                        aws -> ((ArrayNode) destination(aws).get("MatchingEventTypes")).remove(0),
                        "EVENT_DESTINATION: it does not report SEND",
                        "ses:UpdateConfigurationSetEventDestination"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void whatWasBrokenIsNamedAndMendedAlone(String name, Object breakage) throws Exception {
        Breakage broken = (Breakage) breakage;
        setup().apply(this::tell);
        broken.breaking().accept(aws);
        aws.forgetChanges();

        assertThat(differing()).containsExactly(broken.said());
        List<Finding> found = setup().apply(this::tell);

        assertThat(found).extracting(Finding::state).containsOnly(State.PRESENT);
        assertThat(aws.changes()).containsExactlyElementsOf(broken.mending());
    }

    @Test
    void sendingThatIsSwitchedOffIsShownAndNotSwitchedOnAgain() throws Exception {
        setup().apply(this::tell);
        aws.setNamed(NAME).sending = false;
        aws.forgetChanges();
        told.clear();

        List<Finding> found = setup().apply(this::tell);

        assertThat(aws.changes()).isEmpty();
        assertThat(aws.setNamed(NAME).sending).isFalse();
        for (List<Finding> findings : List.of(found, told)) {
            assertThat(findings)
                    .filteredOn(finding -> finding.state() != State.PRESENT)
                    .extracting(Finding::part, Finding::state, Finding::detail)
                    .containsExactly(tuple(
                            Part.CONFIGURATION_SET,
                            State.BY_HAND,
                            "sending through it is switched off, by a person or by an alarm on bounces and complaints:"
                                    + " find out why, then switch it on in the SES console"));
        }
    }

    @Test
    void whatCanBeMendedBesideSendingThatIsSwitchedOffIsMendedAlone() throws Exception {
        setup().apply(this::tell);
        aws.setNamed(NAME).sending = false;
        aws.setNamed(NAME).reputation = false;
        aws.forgetChanges();
        told.clear();

        assertThat(finding(Part.CONFIGURATION_SET).state()).isEqualTo(State.DIFFERS);
        setup().apply(this::tell);

        assertThat(aws.changes()).containsExactly("ses:PutConfigurationSetReputationOptions");
        assertThat(finding(Part.CONFIGURATION_SET).state()).isEqualTo(State.BY_HAND);
        assertThat(told)
                .filteredOn(finding -> finding.part() == Part.CONFIGURATION_SET)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(State.BY_HAND);
                    assertThat(finding.detail())
                            .startsWith("mended: reputation metrics are off; not mended: sending through it");
                });
    }

    @Test
    void whatWasDeletedIsMadeAgain() throws Exception {
        setup().apply(this::tell);
        aws.deleteQueue(NAME);
        aws.deleteQueue(DEAD);
        aws.topics.clear();
        aws.subscriptions.clear();
        aws.configurationSets.clear();

        assertThat(setup().inspect()).extracting(Finding::state).containsOnly(State.MISSING);
        assertThat(setup().apply(this::tell)).extracting(Finding::state).containsOnly(State.PRESENT);
    }

    @Test
    void orderAndArraysOfOneMakeNoDifferenceInAPolicy() throws Exception {
        setup().apply(this::tell);
        aws.setQueue(
                NAME,
                "Policy",
                "{\"Statement\":{\"Resource\":[\"" + FakeAws.arn("sqs", NAME)
                        + "\"],\"Condition\":{\"ArnEquals\":{\"AWS:SourceArn\":[\"" + TOPIC
                        + "\"]}},\"Action\":[\"SQS:SendMessage\"],\"Principal\":{\"Service\":[\"sns.amazonaws.com\"]},"
                        + "\"Effect\":\"Allow\",\"Sid\":\"somebody\"},\"Version\":\"2012-10-17\"}");

        assertThat(differing()).isEmpty();
    }

    @Test
    void statementsOfOthersStayWhereTheyAre() throws Exception {
        setup().apply(this::tell);
        aws.setQueue(
                NAME,
                "Policy",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"OnlyTls\",\"Effect\":\"Deny\",\"Principal\":\"*\","
                        + "\"Action\":\"sqs:*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":"
                        + "{\"aws:SecureTransport\":\"false\"}}}]}");

        setup().apply(this::tell);

        assertThat(aws.queuePolicy(NAME)).contains("OnlyTls", "MailroomTopicMaySend");
        assertThat(finding(Part.QUEUE_POLICY).detail()).isEqualTo("it also refuses something, in OnlyTls");
        assertThat(finding(Part.QUEUE_POLICY).state()).isEqualTo(State.PRESENT);
    }

    /** The name that this program once gave, and the one that it gives now, used by others. */
    @ParameterizedTest
    @ValueSource(strings = {"", "mailroomtestspace1"})
    void statementsForOtherConfigurationSetsAndTopicsAreNeverReplaced(String ending) throws Exception {
        setup().apply(this::tell);
        String publish = policy().replaceAll("MailroomSesMayPublish[0-9a-z]*", "MailroomSesMayPublish" + ending)
                .replace("configuration-set/" + NAME, "configuration-set/mailroom-other");
        aws.topicNamed(NAME).put("Policy", publish);
        String send = aws.queuePolicy(NAME)
                .replaceAll("MailroomTopicMaySend[0-9a-z]*", "MailroomTopicMaySend" + ending)
                .replace(TOPIC, TOPIC + "-other");
        aws.setQueue(NAME, "Policy", send);

        assertThat(setup().apply(this::tell)).extracting(Finding::state).containsOnly(State.PRESENT);

        assertThat(policy()).contains("configuration-set/mailroom-other\"", "configuration-set/" + NAME + "\"");
        assertThat(aws.queuePolicy(NAME)).contains(TOPIC + "-other\"", TOPIC + "\"");
        for (String text : List.of(policy(), aws.queuePolicy(NAME))) {
            assertThat(sids(text)).doesNotHaveDuplicates().allMatch(sid -> sid.matches("[A-Za-z0-9]+"));
        }
    }

    @Test
    void aStatementWithANumberAfterItsNameIsMendedInItsPlace() throws Exception {
        setup().apply(this::tell);
        aws.topicNamed(NAME)
                .put("Policy", policy().replace("configuration-set/" + NAME, "configuration-set/mailroom-other"));
        setup().apply(this::tell);
        List<String> before = sids(policy());
        String ours = "\"AWS:SourceAccount\":\"" + FakeAws.ACCOUNT + "\"";
        int last = policy().lastIndexOf(ours);
        aws.topicNamed(NAME)
                .put(
                        "Policy",
                        policy().substring(0, last) + "\"AWS:SourceAccount\":\"1\""
                                + policy().substring(last + ours.length()));

        assertThat(setup().apply(this::tell)).extracting(Finding::state).containsOnly(State.PRESENT);

        assertThat(sids(policy())).containsExactlyElementsOf(before);
        assertThat(policy()).doesNotContain("\"AWS:SourceAccount\":\"1\"");
    }

    @Test
    void twoWorkspacesMayShareATopic() throws Exception {
        setup().apply(this::tell);
        String mine = policy();
        try (AmazonWorkspace second =
                new AmazonWorkspace(Files.createDirectory(directory.resolve("second")), aws.endpoint())) {
            othersChain();
            aws.topicNamed("feed").put("Policy", mine.replace(TOPIC, FakeAws.arn("sns", "feed")));
            second.amazon.keep(
                    AmazonWorkspace.settings(aws.endpoint(), new EventChain("letters", aws.queueUrl("news")), false));

            second.amazon.setup().apply(this::tell);

            assertThat(aws.topicNamed("feed").get("Policy"))
                    .contains("configuration-set/" + NAME + "\"", "configuration-set/letters\"");
        }
    }

    @Test
    void aKeyOfTheAccountsOwnIsLeftInPlaceAndMentioned() throws Exception {
        setup().apply(this::tell);
        aws.setQueue(NAME, "SqsManagedSseEnabled", "false");
        aws.setQueue(NAME, "KmsMasterKeyId", "alias/own");

        assertThat(differing()).isEmpty();
        assertThat(finding(Part.QUEUE).detail()).contains("alias/own", "key policy");
    }

    @Test
    void removingTakesAwayEverythingInReverseAndForgetsTheChain() throws Exception {
        setup().apply(this::tell);
        aws.forgetChanges();

        List<Finding> done = setup().remove(this::tell);

        assertThat(done).extracting(Finding::part).first().isEqualTo(Part.EVENT_DESTINATION);
        assertThat(done).extracting(Finding::detail).doesNotContain("was not there");
        assertThat(aws.changes())
                .containsExactly(
                        "ses:DeleteConfigurationSetEventDestination",
                        "ses:DeleteConfigurationSet",
                        "sns:Unsubscribe",
                        "sns:DeleteTopic",
                        "sqs:DeleteQueue",
                        "sqs:DeleteQueue");
        assertThat(workspace.amazon.settings().chain()).isEqualTo(EventChain.NONE);
        assertThat(setup().inspect()).extracting(Finding::state).containsOnly(State.MISSING);
    }

    @Test
    void nothingIsRemovedWhileTheModeIsLive() throws Exception {
        setup().apply(this::tell);
        Dispatch.setMode(workspace.amazon.stores().settings(), World.LIVE);
        aws.forgetChanges();

        assertThatExceptionOfType(AmazonException.class)
                .isThrownBy(() -> setup().remove(this::tell))
                .withMessageContaining("mailroom mode practice")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(AmazonException.Code.REFUSED));
        assertThatExceptionOfType(AmazonException.class)
                .isThrownBy(() -> setup().removable())
                .withMessageContaining("mailroom mode practice");
        assertThat(aws.changes()).isEmpty();
        assertThat(workspace.amazon.settings().chain().complete()).isTrue();

        Dispatch.setMode(workspace.amazon.stores().settings(), World.PRACTICE);
        setup().remove(this::tell);
        assertThat(setup().inspect()).extracting(Finding::state).containsOnly(State.MISSING);
    }

    @Test
    void theChainIsForgottenBeforeAnythingIsDeleted() throws Exception {
        setup().apply(this::tell);
        aws.denied.add("ses:DeleteConfigurationSetEventDestination");
        aws.forgetChanges();

        assertThatExceptionOfType(AmazonException.class).isThrownBy(() -> setup().remove(this::tell));

        assertThat(aws.changes()).isEmpty();
        assertThat(workspace.amazon.settings().chain()).isEqualTo(EventChain.NONE);
        aws.denied.clear();
        setup().remove(this::tell);
        assertThat(setup().inspect()).extracting(Finding::state).containsOnly(State.MISSING);
    }

    @Test
    void whatWouldBeRemovedBearsTheWorkspacesOwnName() throws Exception {
        setup().apply(this::tell);
        aws.createQueue("news");
        workspace.amazon.keep(
                AmazonWorkspace.settings(aws.endpoint(), new EventChain(NAME, aws.queueUrl("news")), false));
        aws.forgetChanges();

        List<Finding> shown = setup().removable();

        assertThat(aws.changes()).isEmpty();
        assertThat(shown).extracting(Finding::name).allMatch(name -> name.startsWith(NAME));
        List<Finding> done = setup().remove(this::tell);
        assertThat(done)
                .filteredOn(finding -> !finding.detail().equals("was not there"))
                .extracting(Finding::part, Finding::name)
                .containsExactlyElementsOf(shown.stream()
                        .map(finding -> tuple(finding.part(), finding.name()))
                        .toList());
        assertThat(aws.queueUrl("news")).isNotEmpty();
    }

    @Test
    void removingWhatIsGoneAlreadyIsNoError() throws Exception {
        setup().apply(this::tell);
        aws.topics.clear();
        aws.subscriptions.clear();
        aws.deleteQueue(DEAD);

        List<Finding> done = setup().remove(this::tell);

        assertThat(done)
                .filteredOn(finding -> finding.detail().equals("was not there"))
                .extracting(Finding::part)
                .containsExactly(Part.SUBSCRIPTION, Part.TOPIC_POLICY, Part.TOPIC, Part.DEAD_LETTER_QUEUE);
        assertThat(setup().remove(this::tell)).extracting(Finding::detail).containsOnly("was not there");
    }

    @Test
    void aChainThatOthersMadeIsLookedAtUnderItsOwnNames() throws Exception {
        othersChain();
        aws.forgetChanges();
        assertThat(workspace.amazon.countsHits()).isFalse();

        assertThat(setup().inspect()).extracting(Finding::state).containsOnly(State.PRESENT);
        assertThat(workspace.amazon.countsHits())
                .as("it asks for openings, whether this program does or not")
                .isTrue();
        assertThat(setup().inspect())
                .extracting(Finding::name)
                .containsExactly("", "news", "feed", "feed", "news", "feed → news", "letters", "to-feed");
        setup().apply(this::tell);
        assertThat(aws.changes()).isEmpty();
        assertThat(workspace.amazon.settings().chain()).isEqualTo(new EventChain("letters", aws.queueUrl("news")));
    }

    @Test
    void aChainThatOthersMadeIsMendedOnlyByAddingWhatEventsNeed() throws Exception {
        othersChain();
        aws.destination("letters", "to-feed").withArray("/MatchingEventTypes").remove(0);
        aws.setQueue("news", "Policy", "");
        aws.forgetChanges();

        assertThat(setup().apply(this::tell)).extracting(Finding::state).containsOnly(State.PRESENT);

        assertThat(aws.changes())
                .containsExactly("sqs:SetQueueAttributes", "ses:UpdateConfigurationSetEventDestination");
        assertThat(aws.destination("letters", "to-feed").toString()).contains("OPEN", "SEND");
        assertThat(aws.setNamed("letters").reputation).isFalse();
    }

    @Test
    void aFilterThatOthersMadeIsShownAndNotCleared() throws Exception {
        othersChain();
        String topic = FakeAws.arn("sns", "feed");
        aws.subscriptions
                .values()
                .forEach(one -> one.put("FilterPolicy", "{\"mail\":{\"source\":[\"news@example.com\"]}}"));
        aws.forgetChanges();

        assertThat(setup().apply(this::tell))
                .filteredOn(finding -> finding.state() != State.PRESENT)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.part()).isEqualTo(Part.SUBSCRIPTION);
                    assertThat(finding.state()).isEqualTo(State.BY_HAND);
                    assertThat(finding.detail()).contains("news@example.com", "whoever made it");
                });

        assertThat(aws.changes()).isEmpty();
        assertThat(aws.subscriptions.get(topic + ":s")).containsKey("FilterPolicy");
    }

    @Test
    void aChainThatOthersMadeIsForgottenAndNotRemoved() throws Exception {
        othersChain();
        aws.forgetChanges();

        setup().remove(this::tell);

        assertThat(aws.changes()).isEmpty();
        assertThat(workspace.amazon.settings().chain()).isEqualTo(EventChain.NONE);
        assertThat(aws.configurationSets).containsKey("letters");
    }

    @Test
    void aMissingRightNamesThePartTheActionAndThePolicy() throws Exception {
        for (Map.Entry<String, Part> right : Map.of(
                        "sqs:CreateQueue", Part.DEAD_LETTER_QUEUE,
                        "sqs:SetQueueAttributes", Part.QUEUE_POLICY,
                        "sns:CreateTopic", Part.TOPIC,
                        "sns:SetTopicAttributes", Part.TOPIC_POLICY,
                        "sns:ListSubscriptionsByTopic", Part.SUBSCRIPTION,
                        "ses:GetConfigurationSet", Part.CONFIGURATION_SET,
                        "ses:CreateConfigurationSetEventDestination", Part.EVENT_DESTINATION)
                .entrySet()) {
            setup().remove(this::tell);
            aws.denied.add(right.getKey());
            assertThatExceptionOfType(AmazonException.class)
                    .as(right.getKey())
                    .isThrownBy(() -> setup().apply(this::tell))
                    .satisfies(failure -> {
                        assertThat(failure.code()).isEqualTo(AmazonException.Code.NOT_ALLOWED);
                        assertThat(failure)
                                .hasMessageContaining(right.getKey())
                                .hasMessageContaining(right.getValue().name())
                                .hasMessageContaining("installer/aws/mailroom-setup-policy.json");
                    });
            aws.denied.clear();
        }
        assertThat(setup().apply(this::tell)).extracting(Finding::state).containsOnly(State.PRESENT);
    }

    @Test
    void aQueueThatWasJustDeletedIsExplained() throws Exception {
        aws.remembersDeletedQueues = true;
        setup().apply(this::tell);
        setup().remove(this::tell);

        assertThatExceptionOfType(AmazonException.class)
                .isThrownBy(() -> setup().apply(this::tell))
                .withMessageContaining("less than 60 seconds ago")
                .withMessageContaining("Wait a minute");

        aws.remembersDeletedQueues = false;
        assertThat(setup().apply(this::tell)).extracting(Finding::state).containsOnly(State.PRESENT);
    }

    private void tell(Finding finding) {
        told.add(finding);
    }

    private AwsSetup setup() {
        return workspace.amazon.setup();
    }

    private void tracking(boolean on) throws AmazonException {
        workspace.amazon.keep(AmazonWorkspace.settings(
                aws.endpoint(), workspace.amazon.settings().chain(), on));
    }

    /** As an administrator might make it by hand: other names, an envelope, more event types, no dead-letter queue. */
    private void othersChain() throws Exception {
        setup().apply(this::tell);
        String queueArn = FakeAws.arn("sqs", "news");
        String topic = FakeAws.arn("sns", "feed");
        aws.createQueue("news");
        aws.setQueue("news", "Policy", renamed(aws.queuePolicy(NAME)));
        aws.topics.put(
                topic,
                new ConcurrentHashMap<>(
                        Map.of("Policy", renamed(aws.topicNamed(NAME).getOrDefault("Policy", "")))));
        aws.subscriptions.put(
                topic + ":s",
                new ConcurrentHashMap<>(Map.of("TopicArn", topic, "Endpoint", queueArn, "Protocol", "sqs")));
        FakeAws.SetOfOptions set = new FakeAws.SetOfOptions();
        ObjectNode made = destination(aws).deepCopy().put("Name", "to-feed");
        set.destinations.put("to-feed", made);
        made.withObject("/SnsDestination").put("TopicArn", topic);
        made.withArray("/MatchingEventTypes").add("OPEN");
        aws.configurationSets.put("letters", set);
        setup().remove(this::tell);
        workspace.amazon.keep(
                AmazonWorkspace.settings(aws.endpoint(), new EventChain("letters", aws.queueUrl("news")), false));
    }

    private static String renamed(String policy) {
        return policy.replace("configuration-set/" + NAME, "configuration-set/letters")
                .replace(TOPIC, FakeAws.arn("sns", "feed"))
                .replace(FakeAws.arn("sqs", NAME), FakeAws.arn("sqs", "news"));
    }

    private Finding finding(Part part) throws AmazonException {
        return setup().inspect().stream()
                .filter(found -> found.part() == part)
                .findFirst()
                .orElseThrow();
    }

    private List<String> differing() throws AmazonException {
        return setup().inspect().stream()
                .filter(finding -> finding.state() != State.PRESENT)
                .map(finding -> finding.part() + ": " + finding.detail())
                .toList();
    }

    private List<String> types() {
        List<String> types = new ArrayList<>();
        destination(aws).path("MatchingEventTypes").forEach(type -> types.add(type.asText()));
        return types;
    }

    private static ObjectNode destination(FakeAws aws) {
        return aws.destination(NAME, NAME);
    }

    private static String policy() {
        return aws.topicNamed(NAME).getOrDefault("Policy", "");
    }

    private static List<String> sids(String policy) {
        return Pattern.compile("\"Sid\":\"([^\"]*)\"")
                .matcher(policy)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Arguments broken(String name, Consumer<FakeAws> breaking, String said, String... mending) {
        return Arguments.of(name, new Breakage(breaking, said, List.of(mending)));
    }
}
