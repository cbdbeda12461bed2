package app.mailroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final ResultTable TABLE = new ResultTable(
            "Domains",
            List.of("Domain", "=Delivered", "Rate", "Since"),
            List.of(
                    List.of("gmail.com", 12_345L, 0.98765, Instant.parse("2026-03-01T15:30:00Z")),
                    List.of("=cmd|' /C calc'!A0", 0L, 1.0, ""),
                    List.of("네이버 \"naver\",\nkr <b>&amp;", -3L, "", " blank at both ends ")));

    @TempDir
    Path folder;

    @Test
    void textComesBackAsItWas() throws Exception {
        Path file = folder.resolve("table.csv");

        long rows = new TableFiles(SEOUL).toText(TABLE, true, file, Progress.NONE);

        assertThat(rows).isEqualTo(3);
        assertThat(Files.readString(file)).startsWith("\uFEFF\"Domain\",\"'=Delivered\"");
        try (CsvReader<de.siegmar.fastcsv.reader.CsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
            assertThat(reader.stream().map(de.siegmar.fastcsv.reader.CsvRecord::getFields))
                    .containsExactly(
                            List.of("Domain", "'=Delivered", "Rate", "Since"),
                            List.of("gmail.com", "12345", "98.77%", "2026-03-02 00:30"),
                            List.of("'=cmd|' /C calc'!A0", "0", "100%", ""),
                            List.of("네이버 \"naver\",\nkr <b>&amp;", "-3", "", " blank at both ends "));
        }
    }

    @Test
    void aFileForProgramsHasNoMark() throws Exception {
        Path file = folder.resolve("table.csv");

        new TableFiles(SEOUL).toText(TABLE, false, file, Progress.NONE);

        assertThat(Files.readAllBytes(file)).startsWith("\"Domain\"".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWorkbookHasNumbersToCalculateWith() throws Exception {
        Path file = folder.resolve("table.xlsx");

        new TableFiles(SEOUL).toWorkbook(List.of(TABLE), file, Progress.NONE);

        try (InputStream stream = Files.newInputStream(file);
                ReadableWorkbook workbook = new ReadableWorkbook(stream)) {
            Sheet sheet = workbook.getFirstSheet();
            List<Row> rows = sheet.read();
            assertThat(sheet.getName()).isEqualTo("Domains");
            assertThat(rows.get(0).stream().map(Cell::asString))
                    .containsExactly("Domain", "=Delivered", "Rate", "Since");
            assertThat(rows.get(1).getCell(1).asNumber()).isEqualByComparingTo("12345");
            assertThat(rows.get(1).getCell(2).asNumber().doubleValue()).isEqualTo(0.98765);
            assertThat(rows.get(1).getCell(3).asDate()).isEqualTo(LocalDateTime.of(2026, 3, 2, 0, 30));
            assertThat(rows.get(2).getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(rows.get(2).getCell(0).asString()).isEqualTo("=cmd|' /C calc'!A0");
            assertThat(rows.get(3).getCell(0).asString()).isEqualTo("네이버 \"naver\",\nkr <b>&amp;");
            assertThat(rows.get(3).getCell(3).asString()).isEqualTo(" blank at both ends ");
        }
        assertThat(part(file, "xl/worksheets/sheet1.xml"))
                .contains("state=\"frozen\"")
                .contains("<cols>");
        assertThat(part(file, "xl/styles.xml")).contains("0.0%", "#,##0", "yyyy-mm-dd hh:mm", "<b/>");
    }

    @Test
    void everyTableHasASheetWithANameThatExcelTakes() throws Exception {
        Path file = folder.resolve("tables.xlsx");
        List<ResultTable> tables = Stream.of(
                        "Links",
                        "links",
                        "a/b:c*d?e[f]",
                        "'quoted'",
                        "x".repeat(40),
                        "x".repeat(50),
                        "",
                        "\ud83c\udf89")
                .map(title -> new ResultTable(title, List.of("A"), List.of(List.of(1L))))
                .toList();

        new TableFiles(SEOUL).toWorkbook(tables, file, Progress.NONE);

        try (InputStream stream = Files.newInputStream(file);
                ReadableWorkbook workbook = new ReadableWorkbook(stream)) {
            assertThat(workbook.getSheets().map(Sheet::getName))
                    .containsExactly(
                            "Links",
                            "links 2",
                            "a b c d e f",
                            "quoted",
                            "x".repeat(31),
                            "x".repeat(29) + " 2",
                            "1",
                            "\ud83c\udf89");
        }
    }

    @Test
    void whatIsTooLongForACellIsRefusedAndNothingIsLeft() throws Exception {
        Path file = Files.writeString(folder.resolve("old.xlsx"), "what was there");
        ResultTable table =
                new ResultTable("Links", List.of("Link"), List.of(List.of("x"), List.of("y".repeat(32_768))));

        assertThatThrownBy(() -> new TableFiles(SEOUL).toWorkbook(List.of(table), file, Progress.NONE))
                .isInstanceOf(UnfitForWorkbookException.class)
                .hasMessageContaining("“Links”, row 2, column “Link”")
                .hasMessageContaining("CSV");

        assertThat(Files.readString(file)).isEqualTo("what was there");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writingCanBeStopped() throws IOException {
        Progress stopped = new Progress() {
            @Override
            public void at(long rows, long done, long inAll) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> new TableFiles(SEOUL).toText(TABLE, true, folder.resolve("a.csv"), stopped))
                .isInstanceOf(ImportCancelledException.class);
        assertThatThrownBy(() -> new TableFiles(SEOUL).toWorkbook(List.of(TABLE), folder.resolve("a.xlsx"), stopped))
                .isInstanceOf(ImportCancelledException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void htmlShowsTextAndNeverRunsIt() {
        ResultTable table = new ResultTable(
                "x",
                List.of("<script>alert(1)</script>", "Rate"),
                List.of(List.of("a & \"b\" <img src=x>\nc", 0.5), List.of("=1+1", 7L)));

        assertThat(new TableText(Locale.GERMANY, SEOUL).html(table)).isEqualTo("""
                        <table>
                        <thead><tr><th>&lt;script&gt;alert(1)&lt;/script&gt;</th><th>Rate</th></tr></thead>
                        <tbody>
                        <tr><td>a &amp; &quot;b&quot; &lt;img src=x&gt;<br>c</td><td align="right">50%</td></tr>
                        <tr><td>'=1+1</td><td align="right">7</td></tr>
                        </tbody>
                        </table>
                        """);
    }

    @Test
    void sharesAreWrittenAsTheReadingProgramWritesThem() {
        ResultTable table = new ResultTable("x", List.of("Rate"), List.of(List.of(0.12345), List.of(0.5)));

        assertThat(new TableText(Locale.GERMANY, SEOUL).cells(table))
                .containsExactly(List.of("Rate"), List.of("12,35%"), List.of("50%"));
    }

    private static String part(Path workbook, String name) throws IOException {
        try (ZipFile zip = new ZipFile(workbook.toFile());
                InputStream stream = zip.getInputStream(zip.getEntry(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
