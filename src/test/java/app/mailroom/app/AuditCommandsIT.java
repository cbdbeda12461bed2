package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code mailroom audit} on a workspace in which two people did something in 2026. */
class AuditCommandsIT extends CommandRun {
    @BeforeEach
    void entries() throws Exception {
        assertThat(mailroom("template", "list")).as(err).isEqualTo(0);
        add("2025-12-31T12:00:00Z", "mina@example.com", "LIST_MADE", "list 1 “Customers”", "12 rows");
        add("2026-03-01T12:00:00Z", "jun@example.com", "TEMPLATE_MADE", "template 1 “50% off”", "");
        add("2026-03-02T12:00:00Z", "mina@example.com", "MAILING_PLANNED", "mailing 1 “April”", "live");
    }

    @Test
    void entriesAreNarrowedByWhoWhatWhenAndText() throws Exception {
        assertThat(subjects("--actor", "mina@example.com")).containsExactly("mailing 1 “April”", "list 1 “Customers”");
        assertThat(subjects("--action", "template_made", "--action", "LIST_MADE"))
                .contains("template 1 “50% off”", "list 1 “Customers”")
                .doesNotContain("mailing 1 “April”");
        assertThat(subjects("--from", "2025-12-30", "--until", "2026-01-02")).containsExactly("list 1 “Customers”");
        assertThat(subjects("--from", "2026-03-01T12:00:00Z", "--until", "2026-03-02T12:00:00Z"))
                .containsExactly("template 1 “50% off”");
        assertThat(subjects("--search", "50%")).containsExactly("template 1 “50% off”");
        assertThat(subjects("--search", "mailing planned")).containsExactly("mailing 1 “April”");
        assertThat(subjects("--actor", "mina@example.com", "--limit", "1")).containsExactly("mailing 1 “April”");
    }

    @Test
    void aFileGetsAllThatIsWantedAndIsItselfWrittenDown() throws Exception {
        Path csv = folder.resolve("record.csv");
        Path xlsx = folder.resolve("record.XLSX");

        assertThat(mailroom("audit", "--actor", "jun@example.com", "--export", csv.toString()))
                .as(err)
                .isEqualTo(0);
        assertThat(mailroom("audit", "--export", xlsx.toString(), "--json"))
                .as(err)
                .isEqualTo(0);

        assertThat(out).contains("\"rows\"");
        assertThat(Files.readAllLines(csv))
                .containsExactly(
                        "\"Time (UTC)\",\"Who\",\"What\",\"Code\",\"On what\",\"Details\"",
                        "\"2026-03-01T12:00:00Z\",\"jun@example.com\",\"Template made\",\"TEMPLATE_MADE\","
                                + "\"template 1 “50% off”\",\"\"");
        assertThat(xlsx).isNotEmptyFile();
        assertThat(mailroom("audit", "--action", "AUDIT_EXPORTED", "--json")).isEqualTo(0);
        assertThat(json())
                .extracting(entry -> entry.path("detail").asText())
                .hasSize(2)
                .contains("1 entries to record.csv");
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedInWords() {
        assertThat(mailroom("audit", "--from", "yesterday")).isEqualTo(3);
        assertThat(err).contains("“yesterday” is no time", "2026-03-01");
        assertThat(mailroom("audit", "--export", folder.resolve("x.pdf").toString()))
                .isEqualTo(3);
        assertThat(err).contains(".csv or .xlsx");
        assertThat(mailroom("audit", "--search", "x", "--address", "mina@example.com"))
                .isEqualTo(3);
        assertThat(err).contains("not both");
        assertThat(mailroom("audit", "--limit", "0")).isEqualTo(3);
        assertThat(mailroom(
                        "audit",
                        "--limit",
                        "5",
                        "--export",
                        folder.resolve("x.csv").toString()))
                .isEqualTo(3);
        assertThat(folder.resolve("x.csv")).doesNotExist();
        assertThat(mailroom("audit", "--search", "nobody ever did this")).isEqualTo(0);
        assertThat(out).contains("Nothing is noted.");
    }

    private List<String> subjects(String... options) throws Exception {
        String[] command = new String[options.length + 2];
        command[0] = "audit";
        command[1] = "--json";
        System.arraycopy(options, 0, command, 2, options.length);
        assertThat(mailroom(command)).as(err).isEqualTo(0);
        List<JsonNode> entries = new ArrayList<>();
        json().forEach(entries::add);
        return entries.stream().map(entry -> entry.path("subject").asText()).toList();
    }

    private void add(String at, String actor, String action, String subject, String detail) {
        Clock clock = Clock.fixed(Instant.parse(at), ZoneOffset.UTC);
        try (Database database =
                Database.open(workspace().resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, clock)) {
            new AuditStore(database, clock).add(actor, action, subject, detail);
        }
    }
}
