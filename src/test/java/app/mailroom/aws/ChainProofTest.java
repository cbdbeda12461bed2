package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.ChainProof.Link;
import app.mailroom.aws.ChainProof.Step;
import app.mailroom.model.ProofState;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

/** Against a whole account behind one port, each of whose links can be broken, see {@link FakeAws}. */
@Timeout(120)
class ChainProofTest {
    private static final String NAME = AmazonWorkspace.NAME;
    private static final String FROM = "news@example.com";
    private static final Duration LONG = Duration.ofSeconds(20);
    /** A broken link is waited for in vain. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static FakeAws aws;

    @TempDir
    private Path directory;

    private final List<List<Step>> told = new CopyOnWriteArrayList<>();
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
    void start() throws Exception {
        aws.reset();
        workspace = new AmazonWorkspace(directory, aws.endpoint());
        workspace.amazon.setup().apply(finding -> {});
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    @Test
    void aChainJustSetUpIsProvenLinkByLink() throws Exception {
        List<Step> steps = prove(LONG);

        assertThat(steps).extracting(Step::link).containsExactly(Link.values());
        assertThat(steps).extracting(Step::state).containsOnly(ProofState.PROVEN);
        assertThat(told.get(0)).extracting(Step::state).containsOnly(ProofState.WAITING);
        assertThat(told).hasSize(1 + Link.values().length);
        assertThat(told.get(told.size() - 1)).isEqualTo(steps);
        assertThat(workspace.outcomes.quarantined(10)).isEmpty();
        assertNoThreadIsLeft();
    }

    @Test
    void aChainWithEnvelopesIsProvenToo() throws Exception {
        aws.subscriptions.values().forEach(one -> one.put("RawMessageDelivery", "false"));

        assertThat(prove(LONG)).extracting(Step::state).containsOnly(ProofState.PROVEN);
    }

    @Test
    void realEventsThatComeMeanwhileAreKept() throws Exception {
        aws.send(NAME, "{\"eventType\":\"Elsewhere\"}");

        assertThat(prove(LONG)).extracting(Step::state).containsOnly(ProofState.PROVEN);

        assertThat(workspace.outcomes.quarantined(10)).hasSize(1);
    }

    @Test
    void aSignThatABrokenOffReceiveTookIsSentAgain() throws Exception {
        aws.takenByAnother.set(1);

        // Half of the patience passes before the second sign.
        assertThat(prove(Duration.ofSeconds(4))).extracting(Step::state).containsOnly(ProofState.PROVEN);
    }

    @Test
    void theRateOfTheSandboxIsWaitedFor() throws Exception {
        aws.throttles.set(2);

        assertThat(prove(LONG)).extracting(Step::state).containsOnly(ProofState.PROVEN);
    }

    @Test
    void withoutAChainNothingIsTried() throws Exception {
        workspace.amazon.keep(workspace.amazon.settings().with(EventChain.NONE));
        aws.forgetChanges();

        assertStopped(prove(SHORT), Link.QUEUE, "No event chain is set up yet");
        assertThat(aws.changes()).isEmpty();
    }

    /** How the chain is broken, where the proof stops, and what it says. */
    private record Breakage(Consumer<FakeAws> breaking, Link at, List<String> said) {}

    static Stream<Arguments> breakages() {
        return Stream.of(
                broken("queue gone", aws -> aws.deleteQueue(NAME), Link.QUEUE, "There is no queue " + NAME),
                broken(
                        "another receiver",
                        aws -> aws.takenByAnother.set(100),
                        Link.QUEUE,
                        "Another program, or another workspace, receives from the queue"),
                broken(
                        "may not receive",
                        aws -> aws.denied.add("sqs:ReceiveMessage"),
                        Link.QUEUE,
                        "Receiving from the queue fails",
                        "sqs:ReceiveMessage"),
                broken(
                        "may not put on the queue",
                        aws -> aws.denied.add("sqs:SendMessage"),
                        Link.QUEUE,
                        "sqs:SendMessage",
                        "mailroom-setup-policy.json"),
                broken(
                        "may not publish",
                        aws -> aws.denied.add("sns:Publish"),
                        Link.TOPIC,
                        "sns:Publish",
                        "mailroom-setup-policy.json"),
                broken(
                        "topic gone",
                        aws -> aws.topics.clear(),
                        Link.TOPIC,
                        "the topic (" + NAME + "): the topic does not exist"),
                broken(
                        "subscription gone",
                        aws -> aws.subscriptions.clear(),
                        Link.TOPIC,
                        "the subscription does not exist"),
                broken(
                        "subscription unconfirmed",
                        aws -> aws.subscriptions.values().forEach(one -> one.put("PendingConfirmation", "true")),
                        Link.TOPIC,
                        "it waits for its confirmation"),
                broken(
                        "filter",
                        aws -> aws.subscriptions.values().forEach(one -> one.put("FilterPolicy", "{\"a\":[\"b\"]}")),
                        Link.TOPIC,
                        "a filter policy holds events back"),
                broken(
                        "queue policy for another topic",
                        aws -> aws.setQueue(
                                NAME, "Policy", aws.queuePolicy(NAME).replace(":sns:", ":sns:x")),
                        Link.TOPIC,
                        "may not send to the queue",
                        "no statement says so"),
                broken(
                        "destination with a topic that is gone",
                        aws -> aws.destination(NAME, NAME)
                                .withObject("/SnsDestination")
                                .put("TopicArn", FakeAws.arn("sns", "elsewhere")),
                        Link.TOPIC,
                        "it publishes on the topic " + FakeAws.arn("sns", "elsewhere") + " instead of"),
                broken(
                        "destination with a topic of others",
                        aws -> {
                            aws.topics.put(FakeAws.arn("sns", "other"), new ConcurrentHashMap<>());
                            aws.destination(NAME, NAME)
                                    .withObject("/SnsDestination")
                                    .put("TopicArn", FakeAws.arn("sns", "other"));
                        },
                        Link.TOPIC,
                        "it publishes on the topic " + FakeAws.arn("sns", "other") + " instead of"),
                broken(
                        "sender not verified",
                        aws -> aws.verified.add("other@example.com"),
                        Link.SENDING,
                        "Email address is not verified",
                        "The sender " + FROM + " must be verified",
                        "sandbox"),
                broken(
                        "set gone",
                        aws -> aws.configurationSets.clear(),
                        Link.SENDING,
                        "The configuration set " + NAME + " is missing"),
                broken(
                        "sending paused",
                        aws -> aws.setNamed(NAME).sending = false,
                        Link.SENDING,
                        "Sending is switched off"),
                broken("throttled", aws -> aws.throttles.set(100), Link.SENDING, "try again later"),
                broken(
                        "may not send",
                        aws -> aws.denied.add("ses:SendEmail"),
                        Link.SENDING,
                        "ses:SendEmail",
                        "mailroom-policy.json"),
                broken(
                        "destination off",
                        aws -> aws.destination(NAME, NAME).put("Enabled", false),
                        Link.SEND,
                        "the event destination (" + NAME + "): it is switched off"),
                broken(
                        "destination gone",
                        aws -> aws.setNamed(NAME).destinations.clear(),
                        Link.SEND,
                        "the event destination does not exist"),
                broken(
                        "topic policy without SES",
                        aws -> aws.topicNamed(NAME).put("Policy", ""),
                        Link.SEND,
                        "SES (ses.amazonaws.com) may not publish on the topic"),
                broken("no Send events", aws -> drop(aws, "SEND"), Link.SEND, "it does not report SEND"),
                broken("no Delivery events", aws -> drop(aws, "DELIVERY"), Link.DELIVERY, "not report DELIVERY"),
                broken("no Bounce events", aws -> drop(aws, "BOUNCE"), Link.BOUNCE, "not report BOUNCE"),
                broken("no Complaint events", aws -> drop(aws, "COMPLAINT"), Link.COMPLAINT, "not report COMPLAINT"),
                broken(
                        "nothing may be looked at",
                        aws -> {
                            aws.subscriptions.clear();
                            aws.denied.add("ses:GetConfigurationSet");
                        },
                        Link.TOPIC,
                        "ses:GetConfigurationSet"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void theProofStopsAtTheBrokenLinkAndSaysWhy(String name, Object breakage) throws Exception {
        Breakage broken = (Breakage) breakage;
        broken.breaking().accept(aws);

        List<Step> steps = prove(SHORT);

        assertStopped(steps, broken.at(), broken.said().toArray(String[]::new));
        assertThat(told.get(told.size() - 1)).isEqualTo(steps);
    }

    @Test
    void anEventThatDidArriveIsProvenAlthoughAnEarlierOneIsMissing() throws Exception {
        drop(aws, "DELIVERY");

        // The events after the missing one have a second to arrive.
        assertThat(prove(SHORT))
                .extracting(Step::state)
                .containsExactly(
                        ProofState.PROVEN,
                        ProofState.PROVEN,
                        ProofState.PROVEN,
                        ProofState.PROVEN,
                        ProofState.FAILED,
                        ProofState.PROVEN,
                        ProofState.PROVEN);
    }

    @Test
    void anInterruptEndsTheProofAndLeavesNoThreadBehind() throws Exception {
        aws.subscriptions.clear();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread proof = new Thread(
                () -> {
                    try {
                        prove(Duration.ofMinutes(10));
                        thrown.completeExceptionally(new AssertionError("it ended"));
                    } catch (Exception e) {
                        thrown.complete(e);
                    }
                },
                "proof-under-test");
        proof.start();
        await().atMost(LONG).until(() -> told.size() == 2);

        proof.interrupt();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertNoThreadIsLeft();
    }

    @Test
    void aQueueUrlOfAnotherAccountIsRecognised() throws Exception {
        workspace.amazon.keep(
                workspace.amazon.settings().with(new EventChain(NAME, aws.endpoint() + "/999999999999/" + NAME)));
        aws.takenByAnother.set(100);

        assertStopped(prove(SHORT), Link.QUEUE, "/999999999999/" + NAME, "these keys see it at " + aws.queueUrl(NAME));
    }

    private List<Step> prove(Duration patience) throws Exception {
        return workspace.amazon.proof().run(FROM, patience, told::add);
    }

    private static void drop(FakeAws aws, String type) {
        ArrayNode types = (ArrayNode) aws.destination(NAME, NAME).get("MatchingEventTypes");
        List<String> left = new ArrayList<>();
        types.forEach(one -> left.add(one.asText()));
        left.remove(type);
        types.removeAll();
        left.forEach(types::add);
    }

    private static void assertStopped(List<Step> steps, Link at, String... said) {
        for (Step step : steps) {
            int place = step.link().compareTo(at);
            if (place < 0) {
                assertThat(step.state()).as(steps.toString()).isEqualTo(ProofState.PROVEN);
            } else if (place == 0) {
                assertThat(step.state()).as(steps.toString()).isEqualTo(ProofState.FAILED);
                assertThat(step.detail()).contains(said);
            } else {
                assertThat(step.state()).as(steps.toString()).isNotEqualTo(ProofState.FAILED);
            }
        }
    }

    private static void assertNoThreadIsLeft() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("chain-proof") || name.startsWith("sqs-")));
    }

    private static Arguments broken(String name, Consumer<FakeAws> breaking, Link at, String... said) {
        return Arguments.of(name, new Breakage(breaking, at, List.of(said)));
    }
}
