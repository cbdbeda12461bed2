package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.TemplateContent;
import app.mailroom.plan.PlanRequests;
import app.mailroom.store.FieldValues;
import app.mailroom.store.StagedRow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** {@code mailroom person …} and {@code mailroom audit} after a mailing in the practice world. */
class PersonCommandsIT extends CommandRun {
    private static final String MINA = "complaint+mina_1@simulator.amazonses.com";
    private static final String NAME = "<b>Mina</b> Quillfeather";

    @Test
    void aPersonIsShownHandedOverAndErased() throws Exception {
        long plan = mail();
        Path zip = folder.resolve("mina.zip");

        assertThat(mailroom("person", "show", MINA, "--json")).as(err).isEqualTo(0);
        assertThat(json().path("kept").path("rows").asInt()).isEqualTo(1);
        assertThat(json().path("kept").path("messages").asInt()).isEqualTo(1);
        assertThat(json().path("kept").path("practice_mails").asInt()).isEqualTo(1);
        assertThat(json().path("kept").path("suppressions").asInt()).isEqualTo(1);

        assertThat(mailroom("person", "export", MINA, "--to", zip.toString()))
                .as(err)
                .isEqualTo(0);
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            JsonNode document = new ObjectMapper().readTree(text(archive, "person.json"));
            assertThat(document.path("address").asText()).isEqualTo(MINA);
            JsonNode message = document.path("kept").path("messages").path(0);
            assertThat(message.path("values").path("name").asText()).isEqualTo(NAME);
            assertThat(message.path("state").asText()).isEqualTo("COMPLAINED");
            assertThat(Instant.parse(message.path("accepted_at").asText())).isBefore(Instant.now());
            assertThat(document.path("kept").path("events")).isNotEmpty();
            String eml = document.path("kept")
                    .path("practice_mails")
                    .path(0)
                    .path("file")
                    .asText();
            assertThat(text(archive, eml)).contains("To: " + MINA);
            assertThat(text(archive, "person.html"))
                    .contains("&lt;b&gt;Mina&lt;/b&gt;", "발송 제외 목록", "Suppression list")
                    .doesNotContain(NAME);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }

        assertThat(mailroom("person", "erase", MINA)).isEqualTo(3);
        assertThat(err).contains("--yes");
        assertThat(mailroom("person", "erase", MINA, "--yes", "--keep-suppressed", "--json"))
                .as(err)
                .isEqualTo(0);
        assertThat(json().path("erased").path("messages").asInt()).isEqualTo(1);
        assertThat(LocalDate.parse(json().path("inBackupsUntil").asText()))
                .isEqualTo(LocalDate.now(ZoneOffset.UTC).plusDays(7));
        assertThat(mailroom("person", "show", MINA)).isEqualTo(0);
        assertThat(out).contains("suppression list").doesNotContain("messages");
        assertThat(mailroom("person", "erase", MINA, "--yes")).isEqualTo(0);
        assertThat(mailroom("person", "show", MINA)).isEqualTo(0);
        assertThat(out).contains("Nothing is kept");

        try (Mailroom mailroom = open(workspace())) {
            assertThat(mailroom.plans.totals(plan).in(MessageState.COMPLAINED)).isEqualTo(1);
            assertThat(mailroom.messages.page(MessageQuery.all(plan, 10)))
                    .extracting(message -> message.address())
                    .anyMatch(address -> address.startsWith("erased-"));
        }
        assertThat(mailroom("audit", "--address", MINA.toUpperCase(java.util.Locale.ROOT), "--json"))
                .isEqualTo(0);
        assertThat(json())
                .extracting(entry -> entry.path("action").asText())
                .containsExactly(
                        "PERSON_ERASED",
                        "PERSON_ERASURE_BEGUN",
                        "PERSON_ERASED",
                        "PERSON_ERASURE_BEGUN",
                        "PERSON_EXPORTED");
        assertThat(out).doesNotContain("mina_1", "Quillfeather");
        assertThat(mailroom("audit")).isEqualTo(0);
        assertThat(out.lines().filter(line -> line.contains("PERSON_"))).hasSize(5);
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThat(mailroom("person", "show", "mina")).isEqualTo(3);
        assertThat(err).contains("@");
        assertThat(mailroom(
                        "person",
                        "export",
                        MINA,
                        "--to",
                        folder.resolve("no/such/mina.zip").toString()))
                .isEqualTo(3);
        assertThat(err).contains("no folder");
    }

    /** Mails two people in the practice world; one complains. */
    private long mail() throws Exception {
        try (Mailroom mailroom = open(workspace());
                Dispatch dispatch = mailroom.dispatch()) {
            mailroom.settings.put("practice.outcome_speed", "100");
            long template = mailroom.templates.create(
                    "letter", new TemplateContent("Hello {{name}}", "", "<p>Hello {{name}}</p>"), "test");
            long list = mailroom.recipients.begin(
                    "people",
                    "test",
                    List.of(new RecipientColumn(0, 0, "email", "email"), new RecipientColumn(1, 1, "name", "name")));
            mailroom.recipients.append(list, List.of(row(MINA, NAME), row("success@simulator.amazonses.com", "Jun")));
            mailroom.recipients.finish(list);
            long plan = mailroom.planning.plan(PlanRequests.atOnce(
                    "mailing",
                    mailroom.templates.find(template).orElseThrow().newest().id(),
                    list,
                    "shop@example.com",
                    "Shop"));
            dispatch.start();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT
                            && mailroom.plans.totals(plan).in(MessageState.COMPLAINED) == 1
                            && mailroom.plans.totals(plan).in(MessageState.DELIVERED) == 1);
            Files.createDirectories(workspace().resolve("backups"));
            Files.createFile(workspace().resolve("backups/mailroom-" + LocalDate.now(ZoneOffset.UTC) + ".sqlite"));
            return plan;
        }
    }

    private static StagedRow row(String address, String name) {
        return new StagedRow(address, address, FieldValues.toJson(List.of(address, name)));
    }

    private static String text(ZipFile archive, String name) throws IOException {
        return new String(archive.getInputStream(archive.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
