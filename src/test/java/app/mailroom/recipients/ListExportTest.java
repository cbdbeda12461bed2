package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.Access;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetQuery.ColumnOrder;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.recipients.ListExport.Choice;
import app.mailroom.recipients.ListExport.TextForm;
import app.mailroom.store.AuditStore;
import app.mailroom.store.FieldValues;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.StagedRow;
import app.mailroom.store.TestWorkspace;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListExportTest {
    private static final TextForm PLAIN = new TextForm(StandardCharsets.UTF_8, ',', false);
    private static final SheetSituation PRACTICE = new SheetSituation(World.PRACTICE, Set.of());

    @TempDir
    private Path folder;

    private TestWorkspace workspace;
    private RecipientStore store;
    private ListExport exports;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        store = new RecipientStore(workspace.database, workspace.clock);
        exports = new ListExport(
                store,
                new SheetStore(workspace.database, workspace.clock, AddressCell.RULES),
                new AuditStore(workspace.database, workspace.clock),
                Access.PROGRAM);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+82-10-1234", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"})
    void aFormulaGetsAnApostrophe(String text) {
        assertThat(HarmlessText.of(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "+3.5", "-1,000.25", "a=b", "'x", " =1", "미나", "a@x.org"})
    void otherTextStaysAsItIs(String text) {
        assertThat(HarmlessText.of(text)).isEqualTo(text);
    }

    @Test
    void headersAreMadeHarmlessToo() throws Exception {
        long list = list(List.of("email", "=HYPERLINK(\"http://x\")"), List.of(List.of("a@x.org", "@x")));
        Path file = folder.resolve("out.csv");
        assertThat(exports.toText(list, everything(list), PLAIN, file, Progress.NONE))
                .isEqualTo(1);
        assertThat(Files.readString(file))
                .isEqualTo("\"email\",\"'=HYPERLINK(\"\"http://x\"\")\"\r\n\"a@x.org\",\"'@x\"\r\n");
    }

    @ParameterizedTest
    @CsvSource({"1, ','", "2, ';'", "3, '\t'"})
    void textComesBackAsItWas(long seed, String delimiter) throws Exception {
        List<List<String>> rows = anything(new Random(seed), 700);
        long list = list(List.of("email", "이름", "note"), rows);
        Path file = folder.resolve("out.csv");

        exports.toText(
                list,
                everything(list),
                new TextForm(StandardCharsets.UTF_8, delimiter.charAt(0), true),
                file,
                Progress.NONE);

        assertThat(Files.readAllBytes(file)).startsWith(0xEF, 0xBB, 0xBF);
        List<List<String>> read = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter.charAt(0))
                .detectBomHeader(true)
                .skipEmptyLines(false)
                .ofCsvRecord(file)) {
            reader.forEach(row -> read.add(row.getFields()));
        }
        assertThat(read.remove(0)).containsExactly("email", "이름", "note");
        assertThat(read)
                .isEqualTo(rows.stream()
                        .map(row -> row.stream().map(HarmlessText::of).toList())
                        .toList());
    }

    @Test
    void noOtherDelimiterFindsAFormulaInACell() throws Exception {
        long id = list(List.of("email", "note"), List.of(List.of("a@x.org", "x;=HYPERLINK(1)")));
        Path file = folder.resolve("out.csv");
        exports.toText(id, everything(id), PLAIN, file, Progress.NONE);
        assertThat(Files.readString(file)).contains("\"x;=HYPERLINK(1)\"");
    }

    @Test
    void aTextHasOneByteOrderMarkAtMost() throws Exception {
        long id = list(List.of("email"), List.of(List.of("a@x.org")));
        Path file = folder.resolve("out.csv");
        for (java.nio.charset.Charset charset :
                List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            exports.toText(id, everything(id), new TextForm(charset, ',', true), file, Progress.NONE);
            String text = new String(Files.readAllBytes(file), charset);
            assertThat(text.lastIndexOf('\uFEFF')).as(charset.name()).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void aWorkbookComesBackAsItWas() throws Exception {
        List<List<String>> rows = anything(new Random(4), 1_500);
        long list = list(List.of("email", "=1+1", "note"), rows);
        Path file = folder.resolve("out.xlsx");

        assertThat(exports.toWorkbook(list, everything(list), file, Progress.NONE))
                .isEqualTo(1_500);

        List<List<String>> read = read(file, 3);
        assertThat(read.remove(0)).containsExactly("email", "=1+1", "note");
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i)).as("row %d", i).isEqualTo(rows.get(i));
        }
    }

    @Test
    void whatIsChosenIsWrittenInTheOrderChosen() throws Exception {
        long list = list(List.of("email", "name"), List.of(List.of("a@x.org", "007"), List.of("b@x.org", "010")));
        Path file = folder.resolve("out.csv");
        SheetQuery reversed = new SheetQuery("", Optional.empty(), List.of(), Optional.of(new ColumnOrder(0, true)));
        exports.toText(list, new Choice(reversed, PRACTICE, List.of(1, 0)), PLAIN, file, Progress.NONE);
        assertThat(Files.readAllLines(file))
                .containsExactly("\"name\",\"email\"", "\"010\",\"b@x.org\"", "\"007\",\"a@x.org\"");
    }

    @Test
    void whatAnEncodingDoesNotHaveIsNotWrittenAsSomethingElse() throws Exception {
        long list = list(List.of("email", "name"), List.of(List.of("a@x.org", "미나"), List.of("b@x.org", "Zoë 🎈")));
        Path file = folder.resolve("out.csv");
        Files.writeString(file, "as it was");
        TextForm korean = new TextForm(Charset.forName("x-windows-949"), ',', true);

        assertThatThrownBy(() -> exports.toText(list, everything(list), korean, file, Progress.NONE))
                .isInstanceOf(ListExportException.class)
                .hasMessageContaining("Row 2, column “name”");

        assertThat(Files.readString(file)).isEqualTo("as it was");
        assertNothingIsLeftBeside(file);
    }

    @Test
    void aCellThatIsTooLongForExcelIsNamed() throws Exception {
        long list = list(List.of("email", "note"), List.of(List.of("a@x.org", "x".repeat(32_768))));
        Path file = folder.resolve("out.xlsx");
        assertThatThrownBy(() -> exports.toWorkbook(list, everything(list), file, Progress.NONE))
                .isInstanceOf(ListExportException.class)
                .hasMessageContaining("Row 1, column “note”");
        assertNothingIsLeftBeside(file);
        assertThat(file).doesNotExist();
    }

    @Test
    void aCancelledExportLeavesNothing() throws Exception {
        long list = list(List.of("email"), List.of(List.of("a@x.org")));
        Path file = folder.resolve("out.xlsx");
        Progress stopped = new Progress() {
            @Override
            public void at(long rows, long bytesRead, long bytesTotal) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> exports.toWorkbook(list, everything(list), file, stopped))
                .isInstanceOf(ImportCancelledException.class);
        assertThat(file).doesNotExist();
        assertNothingIsLeftBeside(file);
    }

    private void assertNothingIsLeftBeside(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).noneMatch(other -> other.toString().endsWith(".part"));
        }
    }

    private Choice everything(long list) {
        return new Choice(
                SheetQuery.ALL,
                PRACTICE,
                store.columns(list).stream().map(RecipientColumn::slot).toList());
    }

    private long list(List<String> columns, List<List<String>> rows) {
        long id = store.begin(
                "list",
                "test",
                IntStream.range(0, columns.size())
                        .mapToObj(i -> new RecipientColumn(i, i, columns.get(i), i == 0 ? "email" : "v" + i))
                        .toList());
        store.append(
                id,
                rows.stream()
                        .map(row -> new StagedRow(row.get(0), row.get(0), FieldValues.toJson(row)))
                        .toList());
        store.finish(id);
        return id;
    }

    private static List<List<String>> read(Path file, int width) throws IOException {
        List<List<String>> read = new ArrayList<>();
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
            Sheet sheet = workbook.getFirstSheet();
            try (Stream<Row> rows = sheet.openStream()) {
                rows.forEach(row -> read.add(IntStream.range(0, width)
                        .mapToObj(i -> row.getCellAsString(i).orElse(""))
                        .toList()));
            }
        }
        return read;
    }

    /** Rows of text that is hard to write: signs, quotes, line breaks, blanks, formulas, other scripts. */
    private static List<List<String>> anything(Random random, int count) {
        String[] pieces = {
            "a", "007", "\"", ",", ";", "\t", "\n", " ", "=1+1", "-5", "+", "@", "'", "미나", "é", "🎈", "<b>", "&amp;",
            "]]>"
        };
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> row = new ArrayList<>(List.of("r" + i + "@x.org"));
            for (int j = 0; j < 2; j++) {
                StringBuilder text = new StringBuilder();
                for (int k = random.nextInt(5); k > 0; k--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
                row.add(text.toString());
            }
            rows.add(List.copyOf(row));
        }
        return rows;
    }
}
