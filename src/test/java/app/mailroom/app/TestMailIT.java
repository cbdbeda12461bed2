package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.SesStub;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.TestSend;
import app.mailroom.delivery.TestSend.Request;
import app.mailroom.delivery.TestSend.Sent;
import app.mailroom.model.AccountProblem;
import app.mailroom.model.PlanState;
import app.mailroom.model.SendResult;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that are tried before a mailing is made of them, through the real dispatch. */
class TestMailIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TemplateImage LOGO = new TemplateImage("logo.png", "image/png", 1, 1, new byte[] {1, 2, 3});
    private static final TemplateContent LETTER = new TemplateContent(
            "Hello {{name}}",
            "",
            "<p>Hello {{name}}</p><img src=\"logo.png\"><a href=\"{{unsubscribe}}\">Leave</a>",
            List.of(LOGO));

    @TempDir
    Path folder;

    @Test
    void inPracticeTheMailIsKeptAndNothingElseIs() throws Exception {
        try (Mailroom mailroom = practice();
                Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            List<Sent> sent =
                    tests(mailroom, dispatch).send(request("a@example.com", "bounce@simulator.amazonses.com"));

            assertThat(sent).extracting(Sent::to).containsExactly("a@example.com", "bounce@simulator.amazonses.com");
            assertThat(sent).allSatisfy(mail -> {
                assertThat(mail.result()).isInstanceOf(SendResult.Accepted.class);
                MimeMessage read = read(mail.eml());
                assertThat(read.getSubject()).isEqualTo("[Test] Hello Mina");
                assertThat(read.getAllRecipients()).extracting(Object::toString).containsExactly(mail.to());
                assertThat(read.isMimeType("multipart/related")).isTrue();
                // Whoever looks at the page to leave sees the real one, which does nothing for a mail that is no
                // message.
                assertThat(read.getHeader("List-Unsubscribe", null))
                        .startsWith("<http://127.0.0.1:"
                                + mailroom.settings.get("practice.relay_port").orElseThrow() + "/u/");
                String body = (String) ((MimeMultipart) ((MimeMultipart) read.getContent())
                                .getBodyPart(0)
                                .getContent())
                        .getBodyPart(1)
                        .getContent();
                assertThat(Jsoup.parse(body).select("a").attr("href"))
                        .isEqualTo(read.getHeader("List-Unsubscribe", null).replaceAll("[<>]", ""));
                assertThat(Jsoup.parse(body).select("img").eachAttr("src"))
                        .hasSize(1)
                        .allMatch(src -> src.startsWith("cid:"));
            });
            // Events about them come, and are dealt with.
            await().atMost(PATIENCE).until(() -> eventsInThePracticeQueue() == 0);
            assertThat(mailroom.outcomes.quarantined(10)).isEmpty();
            assertThat(mailroom.suppressions.list("", 10)).isEmpty();
            assertThat(mailroom.plans.overviews()).isEmpty();
        }
    }

    @Test
    void oneAddressGetsOneMailAndMoreThanTenAreRefused() throws Exception {
        try (Mailroom mailroom = practice();
                Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            TestSend tests = tests(mailroom, dispatch);

            assertThat(tests.send(request("a@example.com", "a@example.com"))).hasSize(1);
            assertThatThrownBy(() -> tests.send(request())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tests.send(request(addresses(11)))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTemplateThatMakesNoMailIsRefusedBeforeAnythingIsSent() throws Exception {
        try (Mailroom mailroom = practice();
                Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            TestSend tests = tests(mailroom, dispatch);
            Request broken = new Request(
                    new TemplateContent("x", "", "<script>{{name}}</script>"),
                    Map.of(),
                    "news@example.com",
                    "",
                    "",
                    List.of("a@example.com"));
            Request empty = new Request(LETTER, Map.of(), "news@example.com", "", "", List.of("a@example.com"));

            assertThatThrownBy(() -> tests.send(broken)).isInstanceOf(TemplateException.class);
            assertThatThrownBy(() -> tests.send(empty)).isInstanceOf(RenderException.class);
        }
        assertThat(eventsInThePracticeQueue()).isZero();
    }

    @Test
    void throttledTestsAreSentAgain() throws Exception {
        try (LiveWorld world = new LiveWorld(folder);
                Dispatch dispatch = world.mailroom.dispatch()) {
            world.ses.account(50, 1_000, false);
            world.ses.behave(request -> request.number() == 1 ? SesStub.Answer.THROTTLE : SesStub.Answer.ACCEPT);
            start(dispatch);

            List<Sent> sent = tests(world.mailroom, dispatch).send(request("a@example.com"));

            assertThat(sent).extracting(Sent::result).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(world.ses.arrivals()).hasSize(2);
        }
    }

    @Test
    void inLiveModeTheMailGoesOutWithItsImagesAndItsEventsAreRecognised() throws Exception {
        try (LiveWorld world = new LiveWorld(folder);
                Dispatch dispatch = world.mailroom.dispatch()) {
            world.ses.account(50, 1_000, false);
            start(dispatch);

            List<Sent> sent = tests(world.mailroom, dispatch).send(request("a@example.com", "bounce1@example.com"));

            assertThat(sent).allSatisfy(mail -> {
                assertThat(mail.result()).isInstanceOf(SendResult.Accepted.class);
                assertThat(mail.eml()).isEmpty();
            });
            SesStub.Accepted arrived = world.ses.accepted().get(0);
            assertThat(arrived.request().at("/Content/Simple/Subject/Data").asText())
                    .isEqualTo("[Test] Hello Mina");
            assertThat(arrived.request().at("/Content/Simple/Body/Html/Data").asText())
                    .contains("cid:", "href=\"mailto:help@example.com?subject=Unsubscribe\"");
            assertThat(arrived.request()
                            .at("/Content/Simple/Attachments/0/ContentDisposition")
                            .asText())
                    .isEqualTo("INLINE");
            assertThat(arrived.messageTag()).matches("[A-Za-z0-9_-]{1,256}");
            assertThat(world.ses.acceptedByTag()).hasSize(2);
            await().atMost(PATIENCE).until(() -> world.eventsMade() == 4 && world.allEventsTaken());
            assertThat(world.mailroom.outcomes.quarantined(10)).isEmpty();
            assertThat(world.mailroom.suppressions.list("", 10)).isEmpty();
        }
    }

    @Test
    void testsAndAMailingTogetherKeepThePace() throws Exception {
        try (LiveWorld world = new LiveWorld(folder, false);
                Dispatch dispatch = world.mailroom.dispatch()) {
            world.ses.account(10, 1_000, false);
            world.ses.latency(Duration.ofMillis(30));
            long plan = world.plan(40);
            start(dispatch);
            world.mailroom.control(dispatch::wake).start(plan);
            await().atMost(PATIENCE).until(() -> !world.ses.arrivals().isEmpty());

            List<Sent> sent = tests(world.mailroom, dispatch).send(request(addresses(10)));

            assertThat(sent).extracting(Sent::result).hasOnlyElementsOfType(SendResult.Accepted.class);
            await().atMost(PATIENCE)
                    .until(() -> world.mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT);
            List<Long> arrivals = world.ses.arrivals();
            assertThat(arrivals).hasSize(50);
            // Half as many again may arrive within a second on a busy computer. Tests that passed the pace by would all
            // arrive at once, beside those of the mailing.
            for (int i = 15; i < arrivals.size(); i++) {
                assertThat(arrivals.get(i) - arrivals.get(i - 15)).isGreaterThanOrEqualTo(1_000_000_000L);
            }
        }
    }

    @Test
    void whatNoQuotaIsLeftForIsNotAskedFor() throws Exception {
        try (LiveWorld world = new LiveWorld(folder, false);
                Dispatch dispatch = world.mailroom.dispatch()) {
            world.ses.account(50, 1, false);
            start(dispatch);
            TestSend tests = tests(world.mailroom, dispatch);
            assertThat(tests.send(request("a@example.com")).get(0).result()).isInstanceOf(SendResult.Accepted.class);

            assertThat(tests.send(request("b@example.com")).get(0).result())
                    .isInstanceOfSatisfying(
                            SendResult.Stopped.class,
                            stopped -> assertThat(stopped.problem()).isEqualTo(AccountProblem.QUOTA_USED));
            assertThat(world.ses.arrivals()).hasSize(1);
        }
    }

    @Test
    void liveModeThatIsNotSetUpIsRefusedWithWhatIsMissing() throws Exception {
        try (Mailroom mailroom = practice();
                Dispatch dispatch = mailroom.dispatch()) {
            mailroom.settings.put("mode", "live");
            dispatch.start();
            TestSend tests = tests(mailroom, dispatch);
            await().atMost(PATIENCE).until(() -> dispatch.snapshot().problem().isPresent());

            assertThatThrownBy(() -> tests.send(request("a@example.com")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not set up");
        }
    }

    @Test
    void aPausedAccountIsRefusedWithoutAskingToSend() throws Exception {
        try (LiveWorld world = new LiveWorld(folder, false);
                Dispatch dispatch = world.mailroom.dispatch()) {
            world.ses.account(new SesStub.Account(10, 1_000, 0, false, false, "HEALTHY"));
            dispatch.start();
            await().atMost(PATIENCE).until(() -> dispatch.snapshot().problem().isPresent());

            assertThatThrownBy(() -> tests(world.mailroom, dispatch).send(request("a@example.com")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("paused");
            assertThat(world.ses.arrivals()).isEmpty();
        }
    }

    @Test
    void nothingIsSentThroughADispatchThatIsClosed() throws Exception {
        try (Mailroom mailroom = practice()) {
            Dispatch dispatch = mailroom.dispatch();
            TestSend tests = tests(mailroom, dispatch);
            assertThatThrownBy(() -> tests.send(request("a@example.com"))).isInstanceOf(IOException.class);
            dispatch.start();
            dispatch.close();

            assertThatThrownBy(() -> tests.send(request("a@example.com"))).isInstanceOf(IOException.class);
        }
    }

    private Mailroom practice() throws IOException {
        Mailroom mailroom = Mailroom.open(
                Workspace.in(folder),
                Clock.systemUTC(),
                Surroundings.EMPTY,
                id -> new app.mailroom.secrets.SessionSecrets());
        mailroom.settings.put("practice.rate", "200");
        mailroom.settings.put("practice.latency_ms", "5");
        mailroom.settings.put("practice.outcome_speed", "1000");
        return mailroom;
    }

    private static void start(Dispatch dispatch) {
        dispatch.start();
        await().atMost(PATIENCE).until(() -> dispatch.snapshot().account().isPresent());
    }

    private static TestSend tests(Mailroom mailroom, Dispatch dispatch) {
        return new TestSend(
                dispatch, mailroom.workspaceId, mailroom.practiceMailbox::eml, mailroom.session, mailroom.audit);
    }

    private static Request request(String... to) {
        return new Request(LETTER, Map.of("name", "Mina"), "news@example.com", "News", "help@example.com", List.of(to));
    }

    private static String[] addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "me" + i + "@example.com")
                .toArray(String[]::new);
    }

    private long eventsInThePracticeQueue() {
        try (var file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("practice.sqlite"));
                var answer = file.createStatement().executeQuery("SELECT count(*) FROM practice_queue")) {
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage read(String eml) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(eml.getBytes(StandardCharsets.US_ASCII)));
    }
}
