package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientRow;
import app.mailroom.store.Database;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListImportTest {
    @TempDir
    private Path folder;

    private Database database;
    private RecipientStore store;
    private ListImport lists;

    @BeforeEach
    void open() {
        Clock clock = Clock.systemUTC();
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        store = new RecipientStore(database, clock);
        lists = new ListImport(store, new SheetStore(database, clock, AddressCell.RULES), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesGoodRowsAsTheyAreAndMailsTheNormalAddress() throws Exception {
        ImportResult result = run("""
                name,email,note
                Kim , Kim@EXAMPLE.com ,"a
                ""b""\"

                ,,
                Lee,lee@example.com
                """);

        assertThat(result.added()).isEqualTo(2);
        assertThat(result.problems()).isZero();
        assertThat(store.rows(result.listId(), 0L, 10))
                .extracting(RecipientRow::values)
                .containsExactly(List.of("Kim ", "Kim@example.com", "a\n\"b\""), List.of("Lee", "lee@example.com", ""));
        assertThat(store.find(result.listId())).get().satisfies(list -> {
            assertThat(list.rowCount()).isEqualTo(2);
            assertThat(list.source()).isEqualTo("list.csv");
        });
    }

    @Test
    void countsLinesAsAnEditorDoes() throws Exception {
        ImportResult result = run(String.join(
                "\r\n",
                "email,note",
                "\"a@example.com\",\"one",
                "two\nthree\"",
                "",
                "bad,x",
                "b@example.com,y,too,many",
                "A@EXAMPLE.COM,z"));

        assertThat(problems(result))
                .extracting(ImportProblem::line, ImportProblem::reason, ImportProblem::row)
                .containsExactly(
                        tuple(6L, "NO_AT", "bad,x"),
                        tuple(7L, "TOO_MANY_FIELDS", "b@example.com,y,too,many"),
                        tuple(8L, "DUPLICATE", "A@EXAMPLE.COM,z"));
        assertThat(result.duplicates()).isEqualTo(1);
        assertThat(result.problems()).isEqualTo(3);
    }

    @Test
    void takesTheFirstOfSeveralRowsWithOneAddressIgnoringCase() throws Exception {
        ImportResult result = run("""
                email,n
                Kim@Example.com,1
                kim@example.com,2
                 KIM@example.COM,3
                """);

        assertThat(store.rows(result.listId(), 0L, 10))
                .extracting(RecipientRow::values)
                .containsExactly(List.of("Kim@example.com", "1"));
        assertThat(result.duplicates()).isEqualTo(2);
    }

    @Test
    void leavesOutOnlyTheRowWhoseQuoteIsNotClosed() throws Exception {
        ImportResult result = run("""
                email,note
                a@example.com,"x
                y"
                b@example.com,"open
                c@example.com,z
                d@example.com,"closed"
                e@example.com,"open to the end
                f@example.com,z""");

        assertThat(store.rows(result.listId(), 0L, 10))
                .extracting(RecipientRow::address)
                .containsExactly("a@example.com", "c@example.com", "d@example.com", "f@example.com");
        assertThat(problems(result))
                .extracting(ImportProblem::line, ImportProblem::reason, ImportProblem::row)
                .containsExactly(
                        tuple(4L, "QUOTE_NOT_CLOSED", "b@example.com,\"open"),
                        tuple(7L, "QUOTE_NOT_CLOSED", "e@example.com,\"open to the end"));
    }

    @Test
    void isNotDrownedByAQuoteThatIsOpenOverMegabytes() throws Exception {
        Path path = folder.resolve("list.csv");
        try (BufferedWriter out = Files.newBufferedWriter(path)) {
            out.write("email,note\r\nx@example.com,\"open\r\n");
            for (int i = 0; i < 120_000; i++) {
                out.write("user" + i + "@example.com,some text\r\n");
            }
        }

        ImportResult result = lists.run(inspect(path), "List", Progress.NONE);

        assertThat(result.added()).isEqualTo(120_000);
        assertThat(problems(result))
                .extracting(ImportProblem::line, ImportProblem::reason)
                .containsExactly(tuple(2L, "QUOTE_NOT_CLOSED"));
    }

    @Test
    void refusesAFileFullOfBrokenQuotesAndLeavesNothing() throws Exception {
        StringBuilder text = new StringBuilder("email,note\n");
        for (int i = 0; i < 200; i++) {
            text.append("u").append(i).append("@example.com,\"a\"b\n");
        }
        RecipientFile file = inspect(write(text.toString()));

        assertThatThrownBy(() -> lists.run(file, "List", Progress.NONE))
                .isInstanceOfSatisfying(
                        RecipientFileException.class, e -> assertThat(e.code()).isEqualTo(RecipientFileFault.QUOTES));
        assertNothingIsLeft();
    }

    @Test
    void keepsProblemsInLineOrderAndCutsTheirRows() throws Exception {
        ImportResult result =
                run("email,note\na@example.com,\na@example.com,\nbad," + "x".repeat(2000) + "\na@example.com,\n");

        assertThat(problems(result)).extracting(ImportProblem::line).containsExactly(3L, 4L, 5L);
        assertThat(problems(result).get(1).row()).hasSize(500);
    }

    @Test
    void leavesNothingWhenItIsCancelled() throws Exception {
        RecipientFile file = inspect(write("email,n\n" + "a@example.com,1\n".repeat(5_000)));
        Progress stop = new Progress() {
            private long seen;

            @Override
            public void at(long rows, long bytesRead, long bytesTotal) {
                assertThat(bytesRead).isPositive().isLessThanOrEqualTo(bytesTotal);
                seen = rows;
            }

            @Override
            public boolean cancelled() {
                return seen > 0;
            }
        };

        assertThatThrownBy(() -> lists.run(file, "List", stop)).isInstanceOf(ImportCancelledException.class);
        assertNothingIsLeft();
    }

    @Test
    void leavesNothingWhenTheEncodingBreaksLate() throws Exception {
        byte[] text = ("email,n\n" + "a@example.com,김\n".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
        Path path = Files.write(folder.resolve("list.csv"), text);
        RecipientFile file = inspect(path);
        text[text.length - 2] = (byte) 0xFF;
        Files.write(path, text);

        assertThatThrownBy(() -> lists.run(file, "List", Progress.NONE))
                .isInstanceOfSatisfying(
                        RecipientFileException.class, e -> assertThat(e.code()).isEqualTo(RecipientFileFault.ENCODING));
        assertNothingIsLeft();
    }

    @Test
    void refusesATakenNameBeforeItReads() throws Exception {
        run("email\na@example.com\n");
        Path path = write("email\nb@example.com\n");
        RecipientFile file = inspect(path);
        Files.delete(path);

        assertThatThrownBy(() -> lists.run(file, "List", Progress.NONE)).isInstanceOf(NameTakenException.class);
    }

    private void assertNothingIsLeft() {
        assertThat(store.lists()).isEmpty();
        assertThat(store.purgeAbandoned(Duration.ofDays(-1))).isZero();
        assertThat(store.rows(1, 0L, 1)).isEmpty();
        assertThat(store.problems(1, 0, 1)).isEmpty();
    }

    private ImportResult run(String text) throws Exception {
        return lists.run(inspect(write(text)), "List", Progress.NONE);
    }

    private List<ImportProblem> problems(ImportResult result) {
        return store.problems(result.listId(), 0, 100);
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("list.csv"), text);
    }

    private static RecipientFile inspect(Path path) throws Exception {
        return RecipientFile.inspect(path, Optional.empty(), Optional.empty());
    }
}
