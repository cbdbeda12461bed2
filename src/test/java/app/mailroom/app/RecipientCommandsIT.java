package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The commands that make lists of lists. */
class RecipientCommandsIT extends CommandRun {
    @Test
    void listsAreMadeOfListsAndExported() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("guests.csv"), "email,city\na@x.org,Seoul\nb@x.org,=1+1\nnobody,Seoul\nc@x.org,Seoul\n");
        assertThat(mailroom("recipients", "import", csv.toString(), "--list", "guests"))
                .isEqualTo(0);

        assertThat(mailroom("recipients", "split", "guests", "--by", "city", "--json"))
                .isEqualTo(0);
        assertThat(json().findValuesAsText("name")).containsExactly("guests – Seoul", "guests – =1+1");
        assertThat(mailroom("recipients", "merge", "guests – Seoul", "guests – =1+1", "--into", "again", "--json"))
                .isEqualTo(0);
        assertThat(json().path("added").asInt()).isEqualTo(3);
        assertThat(mailroom("recipients", "merge", "again", "--into", "guests – Seoul", "--json"))
                .isEqualTo(0);
        assertThat(json().path("added").asInt()).isEqualTo(1);
        assertThat(json().path("left_out").asInt()).isEqualTo(2);
        assertThat(mailroom("recipients", "duplicate", "guests")).isEqualTo(0);
        assertThat(out).contains("“guests (2)”: 3 recipients");
        assertThat(mailroom("recipients", "rename", "guests (2)", "--as", "visitors"))
                .isEqualTo(0);
        assertThat(mailroom("recipients", "delete", "again")).isEqualTo(0);
        assertThat(mailroom("recipients", "list", "--json")).isEqualTo(0);
        assertThat(json().findValuesAsText("name"))
                .contains("guests", "visitors", "guests – Seoul", "guests – =1+1")
                .doesNotContain("again", "guests (2)");
        assertThat(json().findValuesAsText("left_out")).contains("1");

        Path text = folder.resolve("out.csv");
        assertThat(mailroom(
                        "recipients",
                        "export",
                        "guests",
                        "--to",
                        text.toString(),
                        "--no-mark",
                        "--column",
                        "city",
                        "--column",
                        "email"))
                .isEqualTo(0);
        assertThat(Files.readAllLines(text))
                .containsExactly(
                        "\"city\",\"email\"",
                        "\"Seoul\",\"a@x.org\"",
                        "\"'=1+1\",\"b@x.org\"",
                        "\"Seoul\",\"c@x.org\"");
        Path workbook = folder.resolve("out.xlsx");
        assertThat(mailroom("recipients", "export", "guests", "--to", workbook.toString()))
                .isEqualTo(0);
        assertThat(workbook).isNotEmptyFile();
    }

    @Test
    void whatCannotBeDoneIsRefusedWithAReason() throws Exception {
        Path csv = Files.writeString(folder.resolve("guests.csv"), "email,city\na@x.org,Seoul\n");
        assertThat(mailroom("recipients", "import", csv.toString(), "--list", "guests"))
                .isEqualTo(0);

        assertThat(mailroom("recipients", "export", "guests", "--to", "guests.doc"))
                .isEqualTo(3);
        assertThat(err).contains(".csv or .xlsx");
        assertThat(mailroom("recipients", "split", "guests", "--by", "country")).isEqualTo(3);
        assertThat(err).contains("there are: email, city");
        assertThat(mailroom("recipients", "merge", "guests", "--into", "guests"))
                .isEqualTo(3);
        assertThat(mailroom("recipients", "rename", "nobody", "--as", "x")).isEqualTo(3);
        assertThat(mailroom("recipients", "duplicate", "guests", "--as", "guests"))
                .isEqualTo(3);
    }
}
