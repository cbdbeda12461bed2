package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.evidence.InputReader;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientRow;
import app.mailroom.store.Database;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Files of recipients, imported into a real workspace. Every address that stands in a text is in the list afterwards, or
 * among what was left out, or the whole file is refused and nothing of it stays.
 */
public final class RecipientFileReader implements InputReader {
    /** An address that is a field of its own; with anything but a separator beside it, it may be part of another. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<=[,;\\t|\"\\r\\n ]|^)u\\d{3}@example\\.com(?=[,;\\t|\"\\r\\n ]|$)");
    /** What is kept of a row that was left out. */
    private static final int KEPT_OF_A_ROW = 500;

    private static final int LARGE = 5 << 20;

    private final boolean workbooks;
    private final Path folder;
    private final Database database;
    private final RecipientStore store;
    private final ListImport lists;
    private int number;

    private RecipientFileReader(boolean workbooks, Path folder) {
        this.workbooks = workbooks;
        this.folder = folder;
        Clock clock = Clock.systemUTC();
        this.database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        this.store = new RecipientStore(database, clock);
        this.lists = new ListImport(store, new SheetStore(database, clock, AddressCell.RULES), clock);
    }

    /** Reads CSV, in a folder of its own. */
    public static RecipientFileReader ofText(Path folder) {
        return new RecipientFileReader(false, folder);
    }

    /** Reads workbooks, in a folder of its own. */
    public static RecipientFileReader ofWorkbooks(Path folder) {
        return new RecipientFileReader(true, folder);
    }

    @Override
    public String name() {
        return workbooks ? "XLSX" : "CSV";
    }

    @Override
    public List<byte[]> corpus() {
        return workbooks ? workbookCorpus() : textCorpus();
    }

    private static List<byte[]> textCorpus() {
        String plain = "email,name,city\r\n"
                + IntStream.range(100, 140)
                        .mapToObj(i -> "u" + i + "@example.com,Reader " + i + ",Seoul")
                        .collect(Collectors.joining("\r\n"));
        String quoted = "name;email;note\n"
                + IntStream.range(200, 230)
                        .mapToObj(i -> "\"Kim; \"\"" + i + "\"\"\";u" + i + "@example.com;\"two\nlines\"")
                        .collect(Collectors.joining("\n"));
        String korean = "이름\temail\n김민준\tu300@example.com\n이서연\tu301@example.com\n";
        return List.of(
                bytes(plain),
                bytes(quoted),
                bytes(korean),
                korean.getBytes(Charset.forName("EUC-KR")),
                ("\uFEFF" + plain).getBytes(StandardCharsets.UTF_16LE));
    }

    private List<byte[]> workbookCorpus() {
        try {
            String rows = HandMadeWorkbook.row(1, "email", "name")
                    + IntStream.range(2, 12)
                            .mapToObj(i -> HandMadeWorkbook.row(i, "u" + (400 + i) + "@example.com", "Reader"))
                            .collect(Collectors.joining());
            Path plain = new HandMadeWorkbook().sheet(rows).write(folder.resolve("plain.xlsx"));
            Path shared = new HandMadeWorkbook()
                    .sheet(
                            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c>"
                                    + "<c r=\"B2\" s=\"0\"><v>45000.5</v></c></row>")
                    .strings("<t>email</t>", "<t>u500@example.com</t>")
                    .formats("#14", "yyyy-mm-dd")
                    .write(folder.resolve("shared.xlsx"));
            return List.of(Files.readAllBytes(plain), Files.readAllBytes(shared));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> words() {
        return workbooks
                ? List.of(
                        "PK\u0003\u0004",
                        "PK\u0001\u0002",
                        "PK\u0005\u0006",
                        "xl/workbook.xml",
                        "\0\0\0\0",
                        "<",
                        "<!DOCTYPE a [",
                        "&lol;")
                : List.of(
                        ",",
                        ";",
                        "\t",
                        "|",
                        "\"",
                        "\"\"",
                        "\n",
                        "\r",
                        "\r\n",
                        "\0",
                        "@",
                        "email",
                        "=cmd|' /C calc'!A0",
                        "\uFEFF",
                        "한글",
                        "\u0085",
                        "u100@example.com",
                        "a@b",
                        "x".repeat(300) + "@example.com",
                        "'",
                        "\\");
    }

    @Override
    public List<byte[]> extremes() {
        return workbooks
                ? List.of(
                        new byte[0],
                        bytes("PK\u0003\u0004"),
                        bytes("PK\u0003\u0004" + "\0".repeat(LARGE)),
                        zipped("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>email" + "x".repeat(LARGE * 10)
                                + "</t></is></c></row>"),
                        zipped("<a>".repeat(LARGE / 3)),
                        zipped("<row r=\"1048577\"><c r=\"ZZZZZZ1\" t=\"inlineStr\"><is><t>email</t></is></c></row>"),
                        zipped("<row r=\"1\">" + "<c t=\"inlineStr\"><is><t>email</t></is></c>".repeat(LARGE / 40)
                                + "</row>"))
                : Stream.of(
                                "",
                                "\n".repeat(LARGE),
                                "email\n\"" + "x".repeat(LARGE),
                                "email," + "a,".repeat(LARGE / 2),
                                "email\n" + "u100@example.com\n".repeat(LARGE / 20),
                                "email,x\n" + "u100@example.com,\"\n".repeat(LARGE / 20),
                                "email\n" + "\"".repeat(LARGE),
                                "\0".repeat(LARGE))
                        .map(RecipientFileReader::bytes)
                        .toList();
    }

    private byte[] zipped(String rows) {
        try {
            return Files.readAllBytes(new HandMadeWorkbook().sheet(rows).write(folder.resolve("extreme.xlsx")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String read(byte[] input) throws Exception {
        number++;
        Path file = folder.resolve("input-" + number + (workbooks ? ".xlsx" : ".csv"));
        Files.write(file, input);
        int before = store.lists().size();
        try {
            RecipientFile inspected = RecipientFile.inspect(file, Optional.empty(), Optional.empty());
            ImportResult result = lists.run(inspected, "list " + number, Progress.NONE);
            requireNothingLost(inspected, result, input);
            store.delete(result.listId());
            return result.added() == 0 ? "nothing in it" : "taken";
        } catch (RecipientFileException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(store.lists()).as("lists after a refusal").hasSize(before);
            return e.code().name().toLowerCase(Locale.ROOT);
        } finally {
            Files.delete(file);
        }
    }

    private void requireNothingLost(RecipientFile file, ImportResult result, byte[] input) {
        List<RecipientRow> rows = store.rows(result.listId(), 0L, Integer.MAX_VALUE);
        assertThat(rows).hasSize((int) result.added());
        List<ImportProblem> problems = store.problems(result.listId(), 0, Integer.MAX_VALUE);
        if (!(file.format() instanceof RecipientFormat.Text text)
                || problems.size() < result.problems()
                || problems.stream().anyMatch(problem -> problem.row().length() >= KEPT_OF_A_ROW)) {
            return;
        }
        TreeSet<String> found = new TreeSet<>();
        rows.forEach(row -> found.addAll(addresses(row.address() + " " + String.join(" ", row.values()))));
        problems.forEach(problem -> found.addAll(addresses(problem.row())));
        file.header().forEach(name -> found.addAll(addresses(name)));
        assertThat(found)
                .as("addresses that stand in the file")
                .containsAll(addresses(new String(input, text.charset())));
    }

    private static List<String> addresses(String text) {
        return ADDRESS.matcher(text).results().map(MatchResult::group).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        database.close();
    }
}
