package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.SesStub.Accepted;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.ProofState;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.Suppression;
import app.mailroom.relay.Relay;
import app.mailroom.relay.RelaySettings;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.SigningKeys;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live mails with a relay: its key in a keychain, the relay at a port, what it notices on a real server of the SQS protocol, and
 * a server that answers as SES does and keeps what it was handed.
 */
class LiveRelayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
    private static final String KEYS = "relay-signing-keys";
    private static final String HTML = "<html><body><p>Hello {{name}}</p><a href=\"https://shop.example/one\">1</a>"
            + "<a href=\"https://shop.example/two\">2</a><a href=\"{{unsubscribe}}\">Leave</a></body></html>";
    private static final List<String> LINKS =
            List.of("https://shop.example/one", "https://shop.example/two", "{{unsubscribe}}");

    /** Later than now, as readers are: what comes within seconds of a delivery was no person. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));

    private final HttpClient browser = HttpClient.newHttpClient();
    private final SecretStore keychain = new LastingSecrets();

    @TempDir
    Path folder;

    private LiveWorld world;
    private Relay relay;

    @BeforeEach
    void proveAndSwitchOn() throws Exception {
        world = new LiveWorld(folder, true, keychain);
        SigningKeys keys = SigningKeys.parse(world.mailroom.tracking.keyFile());
        relay = Relay.start(
                RelaySettings.onLoopback(0, keys, folder.resolve("spool")),
                world.sqs.openForHits(world.queueUrl),
                LATER);
        world.mailroom.tracking.keep(RelayAddress.onLoopback(relay.port()));
        assertThat(world.mailroom.tracking.proof().run(PATIENCE, steps -> {}))
                .allSatisfy(step -> assertThat(step.state()).as(step.toString()).isEqualTo(ProofState.PROVEN));
        world.mailroom.tracking.switchOn();
    }

    @AfterEach
    void close() {
        relay.close();
        world.close();
    }

    @Test
    void whatReadersOfLiveMailsDoIsCountedAndWhoLeavesIsMailedNoMore() throws Exception {
        long plan = world.plan(2, true, HTML, LINKS);
        sent(plan, 2);
        Accepted mail = to("reader0@example.com");
        Document html = html(mail);

        assertThat(html.select("a[href]").eachAttr("href"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(base() + "/c/"),
                        second -> assertThat(second).startsWith(base() + "/c/"),
                        leave -> assertThat(leave).startsWith(base() + "/u/"));
        assertThat(header(mail, "List-Unsubscribe"))
                .isEqualTo("<" + html.select("a").get(2).attr("href") + ">");
        assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(mail.request().toString())
                .as("the relay of practice")
                .doesNotContain(
                        ":" + world.mailroom.settings.get("practice.relay_port").orElse("none"));

        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            assertThat(get(html.select("img").attr("src"))).isEqualTo(200);
            assertThat(get(html.select("a").get(1).attr("href"))).isEqualTo(302);
            String page = html.select("a").get(2).attr("href");
            assertThat(get(page)).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> totals(plan).clicked() == 1);
            assertThat(world.mailroom.suppressions.list("", 10)).isEmpty();

            assertThat(post(page)).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> totals(plan).unsubscribed() == 1);
            // The queue keeps no order, and several hands empty it.
            await().atMost(PATIENCE).until(() -> totals(plan).opened() == 1);
        }
        assertThat(world.mailroom.results.links(plan))
                .extracting(OfLink::number, OfLink::clicks)
                .containsExactlyInAnyOrder(tuple(1, 0L), tuple(2, 1L), tuple(3, 0L));
        assertThat(world.mailroom.suppressions.list("", 10))
                .extracting(Suppression::address)
                .containsExactly("reader0@example.com");
        assertThat(world.mailroom.outcomes.quarantined(10)).isEmpty();

        long next = world.plan(2, true, HTML, LINKS);
        sent(next, 1);
        assertThat(world.ses.accepted()).extracting(Accepted::recipient).containsOnlyOnce("reader0@example.com");
    }

    @Test
    void aMailingOfWhichNothingMayBeCountedHasItsWayToLeaveAtTheRelayAndNothingElse() throws Exception {
        long plan = world.plan(1, false, HTML, LINKS);
        sent(plan, 1);
        Accepted mail = to("reader0@example.com");
        Document html = html(mail);

        assertThat(html.select("a[href]").eachAttr("href"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("https://shop.example/one"),
                        second -> assertThat(second).isEqualTo("https://shop.example/two"),
                        leave -> assertThat(leave).startsWith(base() + "/u/"));
        assertThat(html.select("img")).isEmpty();
        assertThat(header(mail, "List-Unsubscribe")).startsWith("<" + base() + "/u/");
        assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    }

    @Test
    void nothingIsSentWhileTheKeyIsNotThere() {
        String keys = keychain.get(KEYS).orElseThrow();
        keychain.remove(KEYS);
        long plan = world.plan(3, true, HTML, LINKS);
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(plan);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dispatch.snapshot().problem())
                            .hasValueSatisfying(
                                    why -> assertThat(why).contains("The keychain does not give the signing keys")));
            assertThat(world.ses.arrivals()).isEmpty();
            assertThat(totals(plan).all() - totals(plan).in(MessageState.PLANNED))
                    .isZero();

            keychain.put(KEYS, keys);
            dispatch.wake();
            awaitSent(plan);
        }
        assertThat(world.ses.accepted())
                .hasSize(3)
                .allSatisfy(mail -> assertThat(header(mail, "List-Unsubscribe")).startsWith("<" + base() + "/u/"));
    }

    @Test
    void aMailingWaitsThatAmazonAndTheRelayWouldBothCount() {
        // As another program or an older version might leave it; this one lets nobody switch on both.
        world.mailroom.settings.put("aws.ses_tracking", "true");
        long plan = world.plan(3, true, HTML, LINKS);
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(plan);
            await().atMost(PATIENCE).until(() -> state(plan) == PlanState.PARKED);
            assertThat(world.mailroom.plans.find(plan).orElseThrow().problem()).isEqualTo("COUNTED_TWICE");
            assertThat(world.ses.arrivals()).isEmpty();

            world.mailroom.settings.put("aws.ses_tracking", "false");
            dispatch.wake();
            // The pipeline is built anew a moment later; until then it is parked once more.
            await().atMost(PATIENCE).until(() -> {
                if (state(plan) == PlanState.PARKED) {
                    world.mailroom.control(dispatch::wake).resume(plan);
                }
                return state(plan) == PlanState.SENT;
            });
        }
        assertThat(world.ses.accepted()).hasSize(3);
    }

    private void sent(long plan, int delivered) {
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(plan);
            awaitSent(plan);
            await().atMost(PATIENCE).until(() -> totals(plan).in(MessageState.DELIVERED) == delivered);
        }
    }

    private void awaitSent(long plan) {
        await().atMost(PATIENCE).until(() -> state(plan) == PlanState.SENT);
    }

    private String base() {
        return "http://127.0.0.1:" + relay.port();
    }

    private Accepted to(String address) {
        return world.ses.accepted().stream()
                .filter(mail -> mail.recipient().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static Document html(Accepted mail) {
        return Jsoup.parse(mail.request().at("/Content/Simple/Body/Html/Data").asText());
    }

    private static String header(Accepted mail, String name) {
        for (JsonNode header : mail.request().at("/Content/Simple/Headers")) {
            if (header.path("Name").asText().equals(name)) {
                return header.path("Value").asText();
            }
        }
        return "";
    }

    private int get(String address) throws Exception {
        return browser.send(request(address).build(), BodyHandlers.discarding()).statusCode();
    }

    /** As mail programs do it at one click (RFC 8058). */
    private int post(String address) throws Exception {
        HttpRequest request = request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        return browser.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("User-Agent", BROWSER)
                .header("Accept-Language", "ko-KR,ko;q=0.9");
    }

    private PlanState state(long plan) {
        return world.mailroom.plans.find(plan).orElseThrow().state();
    }

    private PlanTotals totals(long plan) {
        return world.mailroom.plans.totals(plan);
    }
}
