package app.mailroom.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.SettableClock;
import app.mailroom.model.ProofState;
import app.mailroom.tracking.RelayProof.Link;
import app.mailroom.tracking.RelayProof.Step;
import app.mailroom.tracking.RelayStub.Fault;
import app.mailroom.tracking.TrackingException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proof against servers of HTTP and TLS that are as a relay should be, or are not. */
class RelayProofTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For what never comes. */
    private static final Duration LITTLE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private TrackedWorkspace workspace;
    private Tracking tracking;

    @BeforeEach
    void open() {
        workspace = new TrackedWorkspace(folder);
        tracking = workspace.tracking();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private RelayStub relay() throws Exception {
        RelayStub relay = new RelayStub(TrackedWorkspace.keys(tracking), workspace.probes, null);
        tracking.keep(relay.address());
        return relay;
    }

    private List<Step> prove(Duration patience) throws Exception {
        return tracking.proof().run(patience, steps -> {});
    }

    private List<Step> prove(SSLContext trust) throws Exception {
        return tracking.proof().run(new RelayVisit(PATIENCE, trust), LITTLE, steps -> {});
    }

    private static Step failed(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.state() == ProofState.FAILED)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing failed: " + steps));
    }

    @Test
    void aRelayAsItShouldBeIsProvenStepByStepAndThatIsKept() throws Exception {
        List<List<Step>> told = new ArrayList<>();
        try (RelayStub relay = relay()) {
            List<Step> steps = tracking.proof().run(PATIENCE, told::add);

            assertThat(steps).extracting(Step::link).containsExactly(Link.values());
            assertThat(steps).allSatisfy(step -> assertThat(step.state()).isEqualTo(ProofState.PROVEN));
            assertThat(relay.asked)
                    .containsExactly(
                            "GET /he", "GET /o/", "GET /c/", "GET /u/", "GET /o/", "GET /c/", "GET /u/", "POST /u/");
        }
        assertThat(told).hasSize(Link.values().length + 1);
        assertThat(told.get(0)).extracting(Step::state).containsOnly(ProofState.WAITING);
        assertThat(tracking.standing().provenAt()).contains(SettableClock.START);
        tracking.switchOn();
        assertThat(workspace.tracking().on()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_A_RELAY, REACHED, no relay",
        "SENDS_ON, REACHED, https://www.example.com/",
        "BEHIND_A_LOGIN, REACHED, asks who is there",
        "PROXY_FINDS_NOBODY, REACHED, proxy does not reach",
        "OVERLOADED, REACHED, too much to do",
        "TAKES_FORGED_LINKS, FORGERY, nobody signed",
        "PICTURE_CHANGED, OPEN, 35 bytes",
        "PICTURE_KEPT, OPEN, max-age=3600",
        "LINK_CHANGED, CLICK, utm=1",
        "LINK_FOLLOWED, CLICK, HTTP 200",
        "PAGE_CHANGED, UNSUBSCRIBE, application/json",
        "NO_POST, UNSUBSCRIBE, POST",
        "NO_ROOM, UNSUBSCRIBE, disk",
        "LOOKING_LEAVES, UNSUBSCRIBE_ARRIVED, only looked",
        "FORWARDS_NOTHING, OPEN_ARRIVED, sqs:SendMessage",
        "FORWARDS_OPENINGS_ALONE, CLICK_ARRIVED, sqs:SendMessage"
    })
    void whatIsWrongIsFoundAtItsLinkAndSaidWithWhatToDo(Fault fault, Link link, String words) throws Exception {
        try (RelayStub relay = relay()) {
            relay.fault = fault;
            boolean arrives = link.compareTo(Link.UNSUBSCRIBE) > 0 && link != Link.UNSUBSCRIBE_ARRIVED;

            List<Step> steps = prove(arrives ? Duration.ofSeconds(1) : PATIENCE);

            assertThat(failed(steps).link()).as(steps.toString()).isEqualTo(link);
            assertThat(failed(steps).detail()).contains(words);
            assertThat(steps)
                    .filteredOn(step -> step.link().compareTo(link) < 0)
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(ProofState.PROVEN));
            assertThat(steps)
                    .filteredOn(step -> step.link().compareTo(link) > 0)
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(ProofState.SKIPPED));
        }
        assertThat(tracking.standing().provenAt()).isEmpty();
        assertThatThrownBy(() -> tracking.switchOn())
                .isInstanceOfSatisfying(
                        TrackingException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_PROVEN));
    }

    @Test
    void aRelayWithAnotherKeyIsToldByTheIdOfOurs() throws Exception {
        try (RelayStub relay = relay()) {
            relay.keys = relay.keys.rotated(SigningKey.random(new SecureRandom()));
            assertThat(prove(PATIENCE))
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(ProofState.PROVEN));

            relay.keys = new SigningKeys(List.of(relay.keys.current()));
            Step failed = failed(prove(PATIENCE));

            assertThat(failed.link()).isEqualTo(Link.OPEN);
            assertThat(failed.detail())
                    .contains(
                            "does not know the key "
                                    + tracking.standing().keyIds().get(0),
                            "mailroom tracking key");
        }
    }

    @Test
    void aNewKeySignsOnlyAfterTheRelayWasProvenToKnowIt() throws Exception {
        try (RelayStub relay = relay()) {
            prove(PATIENCE);
            tracking.switchOn();
            String first = tracking.standing().keyIds().get(0);
            Object mark = tracking.mark();

            tracking.renewKey();
            assertThat(tracking.standing().keyIds()).hasSize(2).startsWith(first);
            assertThat(tracking.standing().waitingKey()).isPresent();
            assertThat(keyOf(tracking)).isEqualTo(first);
            assertThat(tracking.mark()).isEqualTo(mark);

            assertThat(failed(prove(PATIENCE)).link()).isEqualTo(Link.OPEN);
            assertThat(keyOf(tracking)).isEqualTo(first);

            relay.keys = TrackedWorkspace.keys(tracking);
            workspace.clock.advance(Duration.ofHours(1));
            assertThat(prove(PATIENCE))
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(ProofState.PROVEN));
            assertThat(tracking.standing().waitingKey()).isEmpty();
            assertThat(tracking.standing().provenAt()).contains(SettableClock.START.plus(Duration.ofHours(1)));
            assertThat(keyOf(tracking)).isNotEqualTo(first);
            assertThat(tracking.mark()).isNotEqualTo(mark);

            relay.keys = new SigningKeys(List.of(relay.keys.current()));
            assertThat(prove(PATIENCE))
                    .filteredOn(step -> step.link() == Link.OPEN)
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.state()).isEqualTo(ProofState.PROVEN);
                        assertThat(step.detail()).contains("older keys " + first);
                    });
        }
    }

    private static String keyOf(Tracking tracking) throws TrackingException {
        String open = tracking.links().orElseThrow().of("workspace01-1").open();
        return open.substring(open.lastIndexOf('/') + 1, open.indexOf('.', open.lastIndexOf('/')));
    }

    @Test
    void withoutAQueueTheRelayIsVisitedAndTheQueueIsSaidToBeMissing() throws Exception {
        workspace.noQueue = "The way of events is not set up yet.";
        try (RelayStub relay = relay()) {
            List<Step> steps = prove(PATIENCE);

            assertThat(failed(steps).link()).isEqualTo(Link.OPEN_ARRIVED);
            assertThat(failed(steps).detail()).contains("The way of events is not set up yet.");
            assertThat(relay.asked).contains("POST /u/");
        }
    }

    @Test
    void aQueueThatCannotBeReadIsNotWaitedFor() throws Exception {
        workspace.trouble = "The keys lack the right sqs:ReceiveMessage.";
        try (RelayStub relay = relay()) {
            relay.fault = Fault.FORWARDS_NOTHING;

            Step failed = failed(prove(Duration.ofHours(1)));

            assertThat(failed.link()).isEqualTo(Link.OPEN_ARRIVED);
            assertThat(failed.detail()).contains("sqs:ReceiveMessage");
        }
    }

    @Test
    void nothingIsProvenWithoutAnAddressOrAKey() {
        assertRefused(Code.NO_ADDRESS);
        tracking.keep(RelayAddress.parse("hits.example.com"));
        assertRefused(Code.NO_KEY);
    }

    private void assertRefused(Code code) {
        assertThatThrownBy(() -> prove(PATIENCE))
                .isInstanceOfSatisfying(
                        TrackingException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void interruptingEndsAWaitForWhatDoesNotArrive() throws Exception {
        try (RelayStub relay = relay()) {
            relay.fault = Fault.FORWARDS_NOTHING;
            CountDownLatch waits = new CountDownLatch(1);
            CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();
            Thread proving = new Thread(
                    () -> {
                        try {
                            tracking.proof().run(Duration.ofHours(1), steps -> {
                                if (steps.contains(new Step(Link.UNSUBSCRIBE, ProofState.PROVEN, ProofNote.NONE))) {
                                    waits.countDown();
                                }
                            });
                            ended.complete(null);
                        } catch (InterruptedException | TrackingException e) {
                            ended.complete(e);
                        }
                    },
                    "proving");
            proving.start();
            assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();

            proving.interrupt();

            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aNameThatNobodyKnowsIsSaid() throws Exception {
        tracking.keyFile();
        tracking.keep(RelayAddress.parse("https://no-such-relay.invalid"));

        assertThat(failed(prove(PATIENCE)).detail()).contains("no server of the name no-such-relay.invalid", "DNS");
    }

    @Test
    void aPortAtWhichNobodyListensIsSaid() throws Exception {
        tracking.keyFile();
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        tracking.keep(RelayAddress.onLoopback(port));

        assertThat(failed(prove(PATIENCE)).detail()).contains("Nobody listens at 127.0.0.1, port " + port);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        tracking.keyFile();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            tracking.keep(RelayAddress.onLoopback(silent.getLocalPort()));

            Step failed = failed(prove(Duration.ofSeconds(1)));

            assertThat(failed.link()).isEqualTo(Link.REACHED);
            assertThat(failed.detail()).contains("did not answer within 1 seconds", "firewall");
        }
    }

    @Test
    void certificatesAreTrustedForTheirNameAndTimeAlone() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        SSLContext trust = certificates.trust();
        SSLContext good = certificates.server("localhost", "-1d");
        assertCertificate(good, trust, null);
        assertCertificate(good, null, "not signed by anybody whom browsers trust");
        assertCertificate(certificates.server("localhost", "-20d"), trust, "has expired");
        assertCertificate(certificates.server("localhost", "+5d"), trust, "not valid yet");
        assertCertificate(certificates.server("hits.example.com", "-1d"), trust, "is for another name");
    }

    private void assertCertificate(SSLContext server, @Nullable SSLContext trust, @Nullable String fault)
            throws Exception {
        try (RelayStub relay = new RelayStub(TrackedWorkspace.keys(tracking), workspace.probes, server)) {
            tracking.keep(RelayAddress.parse("https://localhost:" + relay.port()));
            List<Step> steps = trust == null ? prove(PATIENCE) : prove(trust);
            if (fault == null) {
                assertThat(steps).allSatisfy(step -> assertThat(step.state()).isEqualTo(ProofState.PROVEN));
            } else {
                assertThat(failed(steps).link()).isEqualTo(Link.REACHED);
                assertThat(failed(steps).detail()).contains(fault);
            }
        }
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsSaid() throws Exception {
        tracking.keyFile();
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerInPlain(plain), "plain-server");
            answering.start();
            tracking.keep(RelayAddress.parse("https://localhost:" + plain.getLocalPort()));

            assertThat(failed(prove(PATIENCE)).detail()).contains("cannot be made secure", "speaks TLS");
            answering.join();
        }
    }

    private static void answerInPlain(ServerSocket server) {
        try (Socket asking = server.accept()) {
            asking.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            asking.shutdownOutput();
            asking.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noWordOfAProofHoldsAKeyOrWhatIsSigned() throws Exception {
        List<String> said = new ArrayList<>();
        try (RelayStub relay = relay()) {
            String secret = relay.keys.current().secretText();
            for (Fault fault : Fault.values()) {
                relay.fault = fault;
                for (Step step : prove(Duration.ofSeconds(1))) {
                    said.add(step.toString());
                }
            }
            assertThat(String.join("\n", said))
                    .doesNotContain(secret.substring(secret.indexOf(':') + 1))
                    .doesNotContain("." + relay.keys.current().id())
                    .doesNotContainPattern("/[ocu]/[A-Za-z0-9]+\\.");
        }
    }
}
