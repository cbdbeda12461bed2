package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.TemplateContent;
import app.mailroom.plan.PlanRequests;
import app.mailroom.store.FieldValues;
import app.mailroom.store.StagedRow;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailings from plan to outcome through the real dispatch, in one process. */
class PracticeMailingIT {
    private static final List<String> HOSTILE = List.of(
            "two\r\nlines",
            "\"quoted\" 'twice'",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "{{name}}",
            "=SUM(A1)",
            "Bcc: everybody@example.com",
            "\r\nBcc: everybody@example.com",
            "서연 & Søren");

    @TempDir
    Path folder;

    private Mailroom mailroom;

    @BeforeEach
    void open() throws Exception {
        mailroom = Mailroom.open(Workspace.in(folder), Clock.systemUTC());
        mailroom.settings.put("practice.rate", "500");
        mailroom.settings.put("practice.latency_ms", "5");
        mailroom.settings.put("practice.outcome_speed", "100");
    }

    @AfterEach
    void close() {
        mailroom.close();
    }

    @Test
    void hostileValuesArriveAsPlainText() throws Exception {
        long planId = plan(HOSTILE);
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            awaitSent(planId);
        }
        List<Message> messages = mailroom.messages.page(MessageQuery.all(planId, 1_000));
        assertThat(messages).hasSize(HOSTILE.size());
        for (int i = 0; i < HOSTILE.size(); i++) {
            String value = HOSTILE.get(i);
            MimeMessage mail = mail(messages.get(i).id());
            String flat = value.replaceAll("\\s+", " ");
            assertThat(mail.getSubject().replaceAll("\\s+", " "))
                    .isEqualTo(("Hello " + flat).replaceAll("\\s+", " ").strip());
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getAllRecipients()).hasSize(1);
            Document html = Jsoup.parse(part(mail, 1));
            assertThat(html.select("script")).isEmpty();
            // The one by which its opening is noticed.
            assertThat(html.select("img").eachAttr("src"))
                    .singleElement()
                    .asString()
                    .startsWith("http://127.0.0.1:");
            assertThat(html.select("p").text().strip())
                    .isEqualTo(("Hello " + flat).replaceAll("\\s+", " ").strip());
            assertThat(part(mail, 0)).contains(value.strip().split("\r\n", 2)[0]);
        }
    }

    @Test
    void anOutageParksTheMailingAndItGoesOnByItself() throws Exception {
        mailroom.settings.put("practice.outage", "true");
        long planId = plan(Collections.nCopies(50, "Mina"));
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> state(planId) == PlanState.PARKED);
            Plan parked = mailroom.plans.find(planId).orElseThrow();
            assertThat(parked.problem()).isEqualTo("OFFLINE");
            assertThat(parked.parkedUntil()).isNotNull();
            mailroom.settings.put("practice.outage", "false");
            awaitSent(planId);
        }
        assertThat(mailroom.practiceMailbox.mailsByRecipient(planId)).hasSize(50);
        assertThat(mailroom.practiceMailbox.mailsByRecipient(planId).values()).containsOnly(1);
    }

    @Test
    void throttlingLosesNothingAndRepeatsNothing() throws Exception {
        mailroom.settings.put("practice.throttle_percent", "30");
        long planId = plan(Collections.nCopies(60, "Mina"));
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            awaitSent(planId);
        }
        assertThat(mailroom.practiceMailbox.mailsByRecipient(planId)).hasSize(60);
        assertThat(mailroom.practiceMailbox.mailsByRecipient(planId).values()).containsOnly(1);
    }

    @Test
    void silenceAfterTheRequestIsUncertainUntilAnEventTells() throws Exception {
        mailroom.settings.put("practice.timeout_percent", "50");
        long planId = plan(Collections.nCopies(80, "Mina"));
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            awaitSent(planId);
            int accepted = mailroom.practiceMailbox.mailsByRecipient(planId).size();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> totals(planId).in(MessageState.UNCERTAIN) == 80 - accepted
                            && totals(planId).in(MessageState.ACCEPTED) == 0);
        }
        assertThat(mailroom.practiceMailbox.mailsByRecipient(planId).values()).containsOnly(1);
    }

    @Test
    void aPausedMailingSendsNothingMoreUntilItIsResumed() throws Exception {
        mailroom.settings.put("practice.rate", "50");
        long planId = plan(Collections.nCopies(200, "Mina"));
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> totals(planId).done() >= 10);
            mailroom.control(dispatch::wake).pause(planId);
            await().atMost(Duration.ofSeconds(30)).until(() -> totals(planId).in(MessageState.CLAIMED) == 0);
            long done = totals(planId).done();
            assertThat(totals(planId).in(MessageState.PLANNED)).isEqualTo(200 - done);
            mailroom.control(dispatch::wake).resume(planId);
            awaitSent(planId);
        }
        assertThat(mailroom.practiceMailbox.mailsByRecipient(planId)).hasSize(200);
    }

    @Test
    void aCancelledMailingKeepsWhatWasSentAndSendsNoMore() throws Exception {
        mailroom.settings.put("practice.rate", "50");
        long planId = plan(Collections.nCopies(200, "Mina"));
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> totals(planId).done() >= 10);
            mailroom.control(dispatch::wake).cancel(planId);
            await().atMost(Duration.ofSeconds(30)).until(() -> totals(planId).unsent() == 0);
        }
        int mails = mailroom.practiceMailbox.mailsByRecipient(planId).size();
        assertThat(totals(planId).in(MessageState.CANCELLED)).isEqualTo(200 - mails);
        assertThat(state(planId)).isEqualTo(PlanState.CANCELLED);
    }

    private long plan(List<String> names) throws Exception {
        long templateId = mailroom.templates.create(
                "letter", new TemplateContent("Hello {{name}}", "", "<p>Hello {{name}}</p>"), "test");
        long listId = mailroom.recipients.begin(
                "people",
                "test",
                List.of(new RecipientColumn(0, 0, "email", "email"), new RecipientColumn(1, 1, "name", "name")));
        List<StagedRow> rows = new ArrayList<>();
        for (String name : names) {
            String address = "person" + rows.size() + "@example.com";
            rows.add(new StagedRow(address, address, FieldValues.toJson(List.of(address, name))));
        }
        mailroom.recipients.append(listId, rows);
        mailroom.recipients.finish(listId);
        return mailroom.planning.plan(PlanRequests.atOnce(
                "mailing",
                mailroom.templates.find(templateId).orElseThrow().newest().id(),
                listId,
                "shop@example.com",
                "The \"Shop\""));
    }

    private void awaitSent(long planId) {
        await().atMost(Duration.ofSeconds(90)).until(() -> state(planId) == PlanState.SENT);
    }

    private PlanState state(long planId) {
        return mailroom.plans.find(planId).orElseThrow().state();
    }

    private PlanTotals totals(long planId) {
        return mailroom.plans.totals(planId);
    }

    private MimeMessage mail(long messageId) throws Exception {
        String eml = mailroom.practiceMailbox.eml(messageId).orElseThrow();
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(eml.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        return (String) ((MimeBodyPart) parts.getBodyPart(index)).getContent();
    }
}
