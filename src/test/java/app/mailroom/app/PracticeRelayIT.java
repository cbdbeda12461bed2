package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Measure;
import app.mailroom.model.Message;
import app.mailroom.model.MessageEvent;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.Suppression;
import app.mailroom.model.TemplateContent;
import app.mailroom.plan.PlanRequests;
import app.mailroom.practice.PracticeLinks;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.FieldValues;
import app.mailroom.store.StagedRow;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Practice mails in a reader's browser: sent through the real dispatch, asked for over real HTTP, counted in the results. */
class PracticeRelayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    /** Later than now, as readers are: what comes within seconds of a delivery was no person. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));

    private final HttpClient browser = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void whatAReaderDoesInABrowserShowsInTheResults() throws Exception {
        long plan;
        try (Mailroom mailroom = open(Clock.systemUTC())) {
            plan = sent(mailroom, 2);
        }
        // The program was closed in between: the mails still lead to where it is.
        try (Mailroom mailroom = open(LATER);
                Dispatch dispatch = mailroom.dispatch();
                PracticeRelay relay = mailroom.practiceRelay()) {
            dispatch.start();
            relay.start();
            await().atMost(PATIENCE).until(() -> relay.standing() == PracticeRelayStanding.HERE);
            Message message = messages(mailroom, plan).get(0);
            Document mail = html(mailroom, message);

            HttpResponse<byte[]> picture = get(mail.select("img").attr("src"));
            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(picture.headers().firstValue("Content-Type")).contains("image/gif");
            assertThat(picture.body()).hasSize(43);

            HttpResponse<byte[]> followed = get(mail.select("a").get(1).attr("href"));
            assertThat(followed.statusCode()).isEqualTo(302);
            assertThat(followed.headers().firstValue("Location")).contains("https://shop.example/second?a=1&b=2");

            String page = mail.select("a").get(2).attr("href");
            HttpResponse<byte[]> asked = get(page);
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(new String(asked.body(), StandardCharsets.UTF_8)).contains("<button");
            await().atMost(PATIENCE).until(() -> totals(mailroom, plan).clicked() == 1);
            assertThat(totals(mailroom, plan).unsubscribed()).isZero();
            assertThat(mailroom.suppressions.list("", 10)).isEmpty();

            assertThat(post(page).statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> totals(mailroom, plan).unsubscribed() == 1);
            PlanTotals totals = totals(mailroom, plan);
            assertThat(totals.opened()).isEqualTo(1);
            assertThat(totals.of(Measure.OPENED_BY_MACHINES)).isZero();
            assertThat(mailroom.results.links(plan))
                    .extracting(OfLink::number, OfLink::clicks)
                    .containsExactlyInAnyOrder(tuple(1, 0L), tuple(2, 1L), tuple(3, 0L));
            assertThat(mailroom.suppressions.list("", 10))
                    .extracting(Suppression::address)
                    .containsExactly(message.address());
            assertThat(mailroom.messages.events(message.id()))
                    .extracting(MessageEvent::kind)
                    .contains(OutcomeKind.OPEN, OutcomeKind.CLICK, OutcomeKind.UNSUBSCRIBE);
            assertThat(mailroom.outcomes.quarantined(10)).isEmpty();
        }
    }

    @Test
    void theMailProgramsOwnButtonUnsubscribesAndAForgedAddressDoesNot() throws Exception {
        try (Mailroom mailroom = open(Clock.systemUTC());
                PracticeRelay relay = mailroom.practiceRelay()) {
            long plan = sent(mailroom, 1);
            relay.start();
            await().atMost(PATIENCE).until(() -> relay.standing() == PracticeRelayStanding.HERE);
            MimeMessage mail = mime(mailroom, messages(mailroom, plan).get(0));
            assertThat(mail.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
            String page = mail.getHeader("List-Unsubscribe", null).replaceAll("[<>]", "");

            char last = page.charAt(page.length() - 2);
            String forged =
                    page.substring(0, page.length() - 2) + (last == 'A' ? 'B' : 'A') + page.charAt(page.length() - 1);
            assertThat(get(forged).statusCode()).isEqualTo(404);
            assertThat(post(forged).statusCode()).isEqualTo(404);
            assertThat(get(page.replace("/u/", "/c/")).statusCode()).isEqualTo(404);

            assertThat(post(page).statusCode()).isEqualTo(200);
            try (Dispatch dispatch = mailroom.dispatch()) {
                dispatch.start();
                await().atMost(PATIENCE).until(() -> totals(mailroom, plan).unsubscribed() == 1);
            }
        }
    }

    @Test
    void oneProcessAnswersForAllAndTheNextTakesItsPlace() throws Exception {
        try (Mailroom mailroom = open(Clock.systemUTC());
                Mailroom other = open(Clock.systemUTC());
                PracticeRelay next = other.practiceRelay()) {
            long plan = sent(other, 1);
            String page = html(mailroom, messages(mailroom, plan).get(0))
                    .select("a")
                    .get(2)
                    .attr("href");
            try (PracticeRelay first = mailroom.practiceRelay()) {
                first.start();
                await().atMost(PATIENCE).until(() -> first.standing() == PracticeRelayStanding.HERE);
                next.start();
                await().atMost(PATIENCE).until(() -> next.standing() == PracticeRelayStanding.IN_ANOTHER_PROCESS);
                assertThat(get(page).statusCode()).isEqualTo(200);
            }
            await().atMost(PATIENCE).until(() -> next.standing() == PracticeRelayStanding.HERE);
            assertThat(get(page).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatAnotherProgramHasIsWaitedFor() throws Exception {
        try (Mailroom mailroom = open(Clock.systemUTC());
                PracticeRelay relay = mailroom.practiceRelay()) {
            int port = new PracticeLinks(mailroom.settings).port();
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(taken.isBound()).isTrue();
                relay.start();
                await().atMost(PATIENCE).until(() -> relay.standing() == PracticeRelayStanding.NOT_REACHABLE);
            }
            await().atMost(PATIENCE).until(() -> relay.standing() == PracticeRelayStanding.HERE);
        }
    }

    private Mailroom open(Clock clock) throws IOException {
        Mailroom mailroom =
                Mailroom.open(Workspace.in(folder), clock, Surroundings.EMPTY, workspace -> new SessionSecrets());
        mailroom.settings.put("practice.latency_ms", "5");
        mailroom.settings.put("practice.outcome_speed", "100");
        return mailroom;
    }

    /** A mailing whose mails were sent and delivered, to readers that do nothing of themselves. */
    private static long sent(Mailroom mailroom, int readers) throws Exception {
        long template = mailroom.templates.create(
                "letter",
                new TemplateContent(
                        "Hello",
                        "",
                        "<p>Hello</p><a href=\"https://shop.example/first\">1</a>"
                                + "<a href=\"https://shop.example/second?a=1&amp;b=2\">2</a>"
                                + "<a href=\"{{unsubscribe}}\">Leave</a>"),
                "test");
        long list = mailroom.recipients.begin("people", "test", List.of(new RecipientColumn(0, 0, "email", "email")));
        List<StagedRow> rows = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            String address = "success+" + i + "@simulator.amazonses.com";
            rows.add(new StagedRow(address, address, FieldValues.toJson(List.of(address))));
        }
        mailroom.recipients.append(list, rows);
        mailroom.recipients.finish(list);
        long plan = mailroom.planning.plan(PlanRequests.atOnce(
                "mailing",
                mailroom.templates.find(template).orElseThrow().newest().id(),
                list,
                "shop@example.com",
                ""));
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            await().atMost(PATIENCE)
                    .until(() -> mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT
                            && totals(mailroom, plan).in(MessageState.DELIVERED) == readers);
        }
        return plan;
    }

    private static List<Message> messages(Mailroom mailroom, long plan) {
        return mailroom.messages.page(MessageQuery.all(plan, 10));
    }

    private static PlanTotals totals(Mailroom mailroom, long plan) {
        return mailroom.plans.totals(plan);
    }

    private static MimeMessage mime(Mailroom mailroom, Message message) throws Exception {
        String eml = mailroom.practiceMailbox.eml(message.id()).orElseThrow();
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(eml.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Document html(Mailroom mailroom, Message message) throws Exception {
        MimeMultipart parts = (MimeMultipart) mime(mailroom, message).getContent();
        return Jsoup.parse((String) ((MimeBodyPart) parts.getBodyPart(1)).getContent());
    }

    private HttpResponse<byte[]> get(String address) throws Exception {
        return browser.send(request(address).build(), BodyHandlers.ofByteArray());
    }

    /** As RFC 8058 has it, which is what the page's button sends too. */
    private HttpResponse<byte[]> post(String address) throws Exception {
        HttpRequest request = request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        return browser.send(request, BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("User-Agent", BROWSER)
                .header("Accept-Language", "ko-KR,ko;q=0.9");
    }
}
