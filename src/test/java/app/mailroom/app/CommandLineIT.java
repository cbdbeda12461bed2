package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.store.Database;
import app.mailroom.store.ResultsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands as a person types them, on a real workspace. */
class CommandLineIT extends CommandRun {
    @Test
    void theReadmesRunGoesFromTemplateAndListToResults() throws Exception {
        Path html = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}}</p>");
        Path csv = Files.writeString(
                folder.resolve("guests.csv"),
                "Email,Name\nmina@example.com,\"Mina\nof Busan\"\nnobody,X\nMINA@example.com,Again\n"
                        + "success@simulator.amazonses.com,=SUM(A1)\n");

        assertThat(mailroom("settings", "set", "practice.outcome_speed", "100")).isEqualTo(0);
        assertThat(mailroom("template", "add", "letter", "--subject", "For {{name}}", "--html", html.toString()))
                .isEqualTo(0);
        assertThat(mailroom("recipients", "import", csv.toString(), "--list", "guests", "--json"))
                .isEqualTo(0);
        assertThat(json().path("rows").asInt()).isEqualTo(2);
        assertThat(json().path("refused").asInt()).isEqualTo(1);
        assertThat(json().path("duplicates").asInt()).isEqualTo(1);
        assertThat(mailroom("recipients", "report", "guests")).isEqualTo(0);
        assertThat(out).contains("line 4  NO_AT").contains("line 5  DUPLICATE");
        assertThat(mailroom(
                        "plan",
                        "create",
                        "Evening",
                        "--template",
                        "letter",
                        "--list",
                        "guests",
                        "--from",
                        "shop@example.com",
                        "--json"))
                .isEqualTo(0);
        String plan = json().path("id").asText();
        assertThat(mailroom("plan", "start", plan)).isEqualTo(0);
        assertThat(mailroom("run", "--quiet", "--json")).isEqualTo(0);
        assertThat(json().path(0).path("messages").asInt()).isEqualTo(2);
        assertThat(json().path(0).path("state").asText()).isEqualTo("SENT");
        assertThat(mailroom("results", plan)).isEqualTo(0);
        assertThat(out).contains("“Evening”: SENT, 2 messages");
        Path exported = folder.resolve("result.csv");
        assertThat(mailroom("messages", "export", plan, "--out", exported.toString()))
                .isEqualTo(0);
        assertThat(Files.readAllLines(exported)).hasSize(3);
        assertThat(mailroom("practice", "record", plan)).isEqualTo(0);
        assertThat(out).contains("2 recipients got a mail, 0 of them more than one");
    }

    @Test
    void whatIsNotCountedIsSaidToBeNotCounted() throws Exception {
        Path html = Files.writeString(
                folder.resolve("letter.html"), "<p>Hello <a href='https://shop.example/a'>{{name}}</a></p>");
        StringBuilder rows = new StringBuilder("email,name\n");
        for (int i = 0; i < 100; i++) {
            rows.append("reader").append(i).append("@example.com,Reader\n");
        }
        Path csv = Files.writeString(folder.resolve("guests.csv"), rows);
        mailroom("settings", "set", "practice.outcome_speed", "1000");
        mailroom("settings", "set", "practice.latency_ms", "0");
        mailroom("template", "add", "letter", "--subject", "For {{name}}", "--html", html.toString());
        mailroom("recipients", "import", csv.toString(), "--list", "guests");
        assertThat(mailroom(
                        "plan",
                        "create",
                        "Quiet",
                        "--template",
                        "letter",
                        "--list",
                        "guests",
                        "--from",
                        "shop@example.com",
                        "--no-tracking"))
                .isEqualTo(0);
        assertThat(out).contains("openings and clicks not counted");
        assertThat(mailroom("plan", "list")).isEqualTo(0);
        assertThat(out).contains("Quiet  (not counted)");
        assertThat(mailroom("plan", "start", "1")).isEqualTo(0);
        assertThat(mailroom("run", "--quiet")).isEqualTo(0);

        assertThat(mailroom("results", "1")).isEqualTo(0);
        assertThat(out).contains("opened, clicked: not counted").doesNotContain("opened by people", "clicks by people");
        assertThat(mailroom("results", "1", "--json")).isEqualTo(0);
        assertThat(json().at("/0/tracked").asBoolean(true)).isFalse();
        assertThat(json().at("/0").has("opened")).isFalse();
        assertThat(json().at("/0/measures").has("OPENED")).isFalse();
        assertThat(json().at("/0/measures/ARRIVED").asInt()).isGreaterThan(80);
        assertThat(mailroom("plan", "again", "1", "--to", "NOT_OPENED")).isEqualTo(3);
        assertThat(err).contains("were not counted");
        assertThat(mailroom(
                        "plan",
                        "create",
                        "Loud",
                        "--template",
                        "letter",
                        "--list",
                        "guests",
                        "--from",
                        "shop@example.com",
                        "--json"))
                .isEqualTo(0);
        assertThat(mailroom("plan", "list", "--json")).isEqualTo(0);
        assertThat(json().at("/0/tracked").asBoolean()).isTrue();
        assertThat(json().at("/1/tracked").asBoolean(true)).isFalse();
        assertThat(mailroom("results", "compare", "1", "2")).isEqualTo(0);
        assertThat(out.lines().filter(line -> line.startsWith("opened by people")))
                .singleElement()
                .satisfies(line -> assertThat(line).containsPattern("not counted +0"));
    }

    @Test
    void uncertainMessagesAreDecidedByTheirNumberAndOthersAreLeftAlone() throws Exception {
        Path html = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}}</p>");
        Path csv = Files.writeString(
                folder.resolve("guests.csv"),
                "email,name\nmina@example.com,Mina\njun@example.com,Jun\nsora@example.com,Sora\n");
        mailroom("settings", "set", "practice.outcome_speed", "1000");
        mailroom("settings", "set", "practice.latency_ms", "0");
        mailroom("template", "add", "letter", "--subject", "For {{name}}", "--html", html.toString());
        mailroom("recipients", "import", csv.toString(), "--list", "guests");
        mailroom("plan", "create", "Evening", "--template", "letter", "--list", "guests", "--from", "shop@example.com");
        assertThat(mailroom("plan", "start", "1")).isEqualTo(0);
        assertThat(mailroom("run", "--quiet")).isEqualTo(0);
        execute("UPDATE messages SET state = 'UNCERTAIN', reason = 'TIMEOUT', accepted_at = NULL WHERE id < 3");
        execute("DELETE FROM plan_totals");
        try (Database database =
                Database.open(workspace().resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            new ResultsStore(database).recount(1);
        }

        assertThat(mailroom("messages", "mark-sent", "1", "3", "--json")).isEqualTo(0);
        assertThat(json().path("changed").asInt()).isEqualTo(1);
        assertThat(json().path("unchanged"))
                .singleElement()
                .satisfies(id -> assertThat(id.asInt()).isEqualTo(3));
        assertThat(mailroom("messages", "send-again", "1", "2")).isEqualTo(0);
        assertThat(out).contains("1 messages planned again.").contains("Not uncertain, so left as they are: [1]");
        assertThat(mailroom("plan", "list", "--json")).isEqualTo(0);
        assertThat(json().at("/0/state").asText()).isEqualTo("RUNNING");
    }

    private void execute(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + workspace().resolve("mailroom.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void draftsAreListedAndThrownAway() throws Exception {
        try (Mailroom program = open(workspace())) {
            program.drafts.create("봄 소식", Map.of("title", "봄 소식"));
            program.drafts.create("", Map.of());
        }
        assertThat(mailroom("plan", "drafts")).isEqualTo(0);
        assertThat(out.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("   2  ").endsWith("(no title yet)"),
                        line -> assertThat(line).startsWith("   1  ").endsWith("봄 소식"));
        assertThat(mailroom("plan", "drafts", "--json")).isEqualTo(0);
        assertThat(json().at("/1/title").asText()).isEqualTo("봄 소식");

        assertThat(mailroom("plan", "drafts", "delete", "1")).isEqualTo(0);
        assertThat(mailroom("plan", "drafts", "delete", "1")).isEqualTo(3);
        assertThat(err).contains("There is no draft 1.");
        assertThat(mailroom("plan", "drafts", "--json")).isEqualTo(0);
        assertThat(json()).hasSize(1);
    }

    @Test
    void refusedInputSaysWhatIsWrongAndWhere() throws Exception {
        Path html = Files.writeString(folder.resolve("bad.html"), "<p>fine</p>\n<script>var x = '{{name}}';</script>");

        assertThat(mailroom("template", "add", "bad", "--subject", "x", "--html", html.toString()))
                .isEqualTo(3);
        assertThat(err).contains("2");
        assertThat(mailroom("template", "show", "nothing")).isEqualTo(3);
        assertThat(err).contains("There is no template “nothing”");
        assertThat(mailroom("recipients", "import", folder.resolve("gone.csv").toString(), "--list", "x"))
                .isEqualTo(3);
        assertThat(mailroom("plan", "pause", "77")).isEqualTo(3);
        assertThat(mailroom("no-such-command")).isEqualTo(2);
    }

    @Test
    void aFileIsReadIntoAListThatIsThere() throws Exception {
        Path html = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}} of {{city}}</p>");
        Path first = Files.writeString(folder.resolve("first.csv"), "Mail,이름\na@example.com,A\n");
        Path more = Files.writeString(folder.resolve("more.csv"), "A@example.com;Jeju;x\nb@example.com;Seoul;y\n");
        assertThat(mailroom("template", "add", "letter", "--subject", "x", "--html", html.toString()))
                .isEqualTo(0);

        assertThat(mailroom(
                        "recipients", "import", first.toString(), "--list", "guests", "--template", "letter", "--json"))
                .isEqualTo(0);
        assertThat(json().path("added").asInt()).isEqualTo(1);
        assertThat(mailroom("recipients", "import", more.toString(), "--list", "guests", "--into", "update"))
                .isNotEqualTo(0);
        assertThat(err).contains("a line with names");
        assertThat(mailroom(
                        "recipients",
                        "import",
                        more.toString(),
                        "--list",
                        "guests",
                        "--into",
                        "update",
                        "--first-line",
                        "data",
                        "--map",
                        "Column 2=city",
                        "--map",
                        "Column 3=-",
                        "--json"))
                .isEqualTo(0);
        assertThat(json().path("updated").asInt()).isEqualTo(1);
        assertThat(json().path("added").asInt()).isEqualTo(1);
        assertThat(mailroom("recipients", "import", more.toString(), "--list", "nowhere", "--into", "append"))
                .isEqualTo(3);
        assertThat(mailroom("recipients", "import", more.toString(), "--list", "guests", "--map", "Kunde=name"))
                .isNotEqualTo(0);
    }

    @Test
    void aTemplateThatTheListCannotFillIsNotPlanned() throws Exception {
        Path html = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}}, {{seat}}</p>");
        Path csv = Files.writeString(folder.resolve("guests.csv"), "email,name\na@example.com,A\nb@example.com,\n");
        assertThat(mailroom("template", "add", "letter", "--subject", "x", "--html", html.toString()))
                .isEqualTo(0);
        assertThat(mailroom("recipients", "import", csv.toString(), "--list", "guests"))
                .isEqualTo(0);

        assertThat(mailroom("plan", "create", "x", "--template", "letter", "--list", "guests", "--from", "nobody"))
                .isEqualTo(3);
        assertThat(err).contains("{{seat}}").contains("The sender's address");
    }

    @Test
    void aCheckSaysEverythingThatSpeaksAgainstAMailingAndMakesNone() throws Exception {
        Path html = Files.writeString(
                folder.resolve("letter.html"),
                "<p>Hello {{name}}</p><a href=\"http://127.0.0.1:1/\">Shop</a><a href=\"mailto:shop@example.com\">Us</a>");
        Path csv = Files.writeString(folder.resolve("guests.csv"), "email,name\na@example.com,A\nb@example.com,B\n");
        assertThat(mailroom("template", "add", "letter", "--subject", "x", "--html", html.toString()))
                .isEqualTo(0);
        assertThat(mailroom("recipients", "import", csv.toString(), "--list", "guests"))
                .isEqualTo(0);

        assertThat(check("shop@example.com", "--links")).isEqualTo(0);
        assertThat(out)
                .contains("warning  UNSUBSCRIBE_BY_BUTTON  With the relay")
                .contains("link     UNREACHABLE  http://127.0.0.1:1/  Nobody answers")
                .contains("link     SKIPPED  mailto:shop@example.com");
        assertThat(check("nobody", "--json")).isEqualTo(3);
        assertThat(json().path("blocked").asBoolean()).isTrue();
        assertThat(json().path("findings").path(0).path("code").asText()).isEqualTo("FROM_INVALID");
        assertThat(json().has("links")).isFalse();
        assertThat(mailroom("plan", "list", "--json")).isEqualTo(0);
        assertThat(json()).isEmpty();
    }

    private int check(String from, String option) {
        return mailroom("plan", "check", "x", "--template", "letter", "--list", "guests", "--from", from, option);
    }
}
