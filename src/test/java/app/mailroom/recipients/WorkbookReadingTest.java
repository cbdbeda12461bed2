package app.mailroom.recipients;

import static app.mailroom.recipients.HandMadeWorkbook.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks as programs write them, and as they come damaged. */
class WorkbookReadingTest {
    @TempDir
    private Path folder;

    @Test
    void readsCellsAsAPersonSeesThem() throws Exception {
        Path path = folder.resolve("cells.xlsx");
        try (OutputStream out = Files.newOutputStream(path);
                Workbook workbook = new Workbook(out, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Guests");
            List<String> names = List.of("email", "code", "count", "day", "moment", "share", "yes", "price");
            for (int i = 0; i < names.size(); i++) {
                sheet.value(0, i, names.get(i));
            }
            sheet.value(1, 0, "mina@example.com");
            sheet.value(1, 1, "00712");
            sheet.value(1, 2, 42.0);
            sheet.value(1, 3, LocalDate.of(2026, 11, 25));
            sheet.style(1, 3).format("yyyy-mm-dd").set();
            sheet.value(1, 4, LocalDateTime.of(2026, 11, 25, 14, 30));
            sheet.style(1, 4).format("m/d/yyyy h:mm").set();
            sheet.value(1, 5, new BigDecimal("0.256"));
            sheet.style(1, 5).format("0.0%").set();
            sheet.value(1, 6, true);
            sheet.value(1, 7, 1_234_567);
            sheet.style(1, 7).format("#,##0").set();
        }

        RecipientFile file = inspect(path);

        assertThat(file.format())
                .isEqualTo(new RecipientFormat.Workbook(
                        "Guests", List.of(new RecipientFormat.SheetName("Guests", false))));
        assertThat(file.header()).containsExactly("email", "code", "count", "day", "moment", "share", "yes", "price");
        assertThat(file.sample())
                .containsExactly(List.of(
                        "mina@example.com",
                        "00712",
                        "42",
                        "2026-11-25",
                        "2026-11-25 14:30",
                        "25.6%",
                        "TRUE",
                        "1,234,567"));
    }

    @Test
    void readsSharedStringsFormulasAndErrors() throws Exception {
        Path path = new HandMadeWorkbook()
                .strings(
                        "<t>email</t>",
                        "<r><t>na</t></r><r><rPr><b/></rPr><t>me</t></r>",
                        "<t>김민준</t><rPh sb=\"0\" eb=\"1\"><t>kim</t></rPh>",
                        "<t xml:space=\"preserve\"> a@example.com </t>")
                .sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                        + "<c r=\"C1\" t=\"str\"><f>\"x\"&amp;\"y\"</f><v>xy</v></c></row>"
                        + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"B3\" t=\"s\"><v>2</v></c>"
                        + "<c r=\"C3\"><f>1+1</f><v>2</v></c><c r=\"D3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
                        + "<c r=\"E3\" t=\"b\"><v>0</v></c><c r=\"F3\" t=\"e\"><v>#N/A</v></c></row>")
                .write(folder.resolve("shared.xlsx"));

        RecipientFile file = inspect(path);

        assertThat(file.header()).containsExactly("email", "name", "xy", "", "", "");
        assertThat(file.sample()).containsExactly(List.of(" a@example.com ", "김민준", "2", "#DIV/0!", "FALSE", "#N/A"));
    }

    @Test
    void numbersRowsAsTheSpreadsheetDoesAndPassesOverEmptyOnes() throws Exception {
        Path path = new HandMadeWorkbook()
                .sheet(row(3, "email") + row(4) + row(7, "a@example.com") + row(9, " ") + row(20, "b@example.com"))
                .write(folder.resolve("gaps.xlsx"));

        List<FileRecord> records = records(inspect(path));

        assertThat(records.stream().filter(record -> !record.isBlank()))
                .extracting(FileRecord::line)
                .containsExactly(3L, 7L, 20L);
    }

    @Test
    void countsRowsThatSayNoNumber() throws Exception {
        Path path = new HandMadeWorkbook()
                .sheet("<row><c t=\"inlineStr\"><is><t>email</t></is></c></row>"
                        + "<row><c t=\"inlineStr\"><is><t>a@example.com</t></is></c></row>")
                .write(folder.resolve("bare.xlsx"));

        assertThat(records(inspect(path))).extracting(FileRecord::line).containsExactly(1L, 2L);
    }

    @Test
    void spreadsMergedCellsOverWhatTheyCover() throws Exception {
        Path path = new HandMadeWorkbook()
                .sheet(
                        "Sheet1",
                        "",
                        row(1, "email", "team", "city")
                                + row(2, "a@example.com", "Red", "Seoul")
                                + row(3, "b@example.com")
                                + row(4, "c@example.com", "Blue")
                                + row(5),
                        "<mergeCells count=\"2\"><mergeCell ref=\"B2:C3\"/><mergeCell ref=\"B4:B5\"/></mergeCells>")
                .write(folder.resolve("merged.xlsx"));

        assertThat(inspect(path).sample())
                .containsExactly(
                        List.of("a@example.com", "Red", "Seoul"),
                        List.of("b@example.com", "Red", "Red"),
                        List.of("c@example.com", "Blue"));
    }

    @Test
    void writesDatesOfFormatsAnd1904() throws Exception {
        Path path = new HandMadeWorkbook()
                .formats("#0", "#14", "yyyy\"년\" m\"월\"", "#31", "#10")
                .from1904()
                .sheet(row(1, "email", "a", "b", "c", "d")
                        + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a@example.com</t></is></c>"
                        + "<c r=\"B2\" s=\"1\"><v>44889</v></c><c r=\"C2\" s=\"2\"><v>44889</v></c>"
                        + "<c r=\"D2\" s=\"3\"><v>44889.4</v></c><c r=\"E2\" s=\"4\"><v>0.5</v></c></row>")
                .write(folder.resolve("dates.xlsx"));

        assertThat(inspect(path).sample())
                .containsExactly(List.of("a@example.com", "2026-11-25", "2026-11-25", "2026-11-25", "50.00%"));
    }

    @Test
    void proposesTheFirstVisibleSheetWithSomethingInIt() throws Exception {
        Path path = new HandMadeWorkbook()
                .sheet("Old", "hidden", row(1, "email") + row(2, "old@example.com"), "")
                .sheet("Cover", "", "", "")
                .sheet("Guests", "", row(1, "email") + row(2, "new@example.com"), "")
                .sheet("Vault", "veryHidden", row(1, "x"), "")
                .write(folder.resolve("sheets.xlsx"));

        RecipientFile file = inspect(path);
        RecipientFile other = RecipientFile.inspect(new RecipientSource.OfFile(path), ReadAs.FOUND_OUT.from("Old"));

        assertThat(((RecipientFormat.Workbook) file.format()).sheet()).isEqualTo("Guests");
        assertThat(((RecipientFormat.Workbook) file.format()).sheets())
                .extracting(RecipientFormat.SheetName::name)
                .containsExactly("Cover", "Guests", "Old", "Vault");
        assertThat(other.sample()).containsExactly(List.of("old@example.com"));
        assertFault(
                () -> RecipientFile.inspect(new RecipientSource.OfFile(path), ReadAs.FOUND_OUT.from("Nowhere")),
                RecipientFileFault.NO_SHEET,
                "Cover, Guests, Old, Vault");
    }

    @Test
    void saysThatAWorkbookIsOldOrEncrypted() throws Exception {
        byte[] ole = new byte[4096];
        System.arraycopy(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, 0, ole, 0, 4);
        Path old = Files.write(folder.resolve("old.xls"), ole);
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, ole, 2048, name.length);
        Path encrypted = Files.write(folder.resolve("encrypted.xlsx"), ole);

        assertFault(() -> inspect(old), RecipientFileFault.OLD_WORKBOOK, ".xlsx");
        assertFault(() -> inspect(encrypted), RecipientFileFault.ENCRYPTED, "password");
    }

    @Test
    void saysThatAZipIsNoWorkbook() throws Exception {
        Path path = folder.resolve("letters.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("content.xml"));
            zip.closeEntry();
        }

        assertFault(() -> inspect(path), RecipientFileFault.NOT_TEXT, "neither text nor an Excel workbook");
    }

    @Test
    void refusesACutWorkbookAndOneWithBrokenRows() throws Exception {
        Path whole = new HandMadeWorkbook()
                .sheet(row(1, "email") + row(2, "a@example.com"))
                .write(folder.resolve("whole.xlsx"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.xlsx"), Arrays.copyOf(bytes, bytes.length / 2));
        Path broken = new HandMadeWorkbook()
                .sheet(row(1, "email") + row(2, "a@example.com") + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</row>")
                .write(folder.resolve("broken.xlsx"));

        assertFault(() -> inspect(cut), RecipientFileFault.DAMAGED, "broken");
        assertThatThrownBy(() -> inspect(broken)).isInstanceOfSatisfying(RecipientFileException.class, e -> {
            assertThat(e.code()).isEqualTo(RecipientFileFault.DAMAGED);
            assertThat(e.line()).isEqualTo(2);
        });
    }

    @Test
    void refusesAWorkbookMadeToBurst() throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int i = 0; i < 80 << 10; i++) {
            rows.write(" ".repeat(1 << 10).getBytes(StandardCharsets.US_ASCII));
        }
        Path path = new HandMadeWorkbook()
                .sheet(row(1, "email") + rows.toString(StandardCharsets.US_ASCII))
                .write(folder.resolve("bomb.xlsx"));

        assertFault(() -> inspect(path), RecipientFileFault.TOO_LARGE, "CSV");
    }

    @Test
    void refusesARowThatWouldFillTheMemoryAndOnlyThat() throws Exception {
        String random = new Random(4)
                .ints(17 << 20, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Path path =
                new HandMadeWorkbook().sheet(row(1, "email") + row(2, random)).write(folder.resolve("long.xlsx"));
        Path behind = new HandMadeWorkbook()
                .sheet("Sheet1", "", row(1, "email") + row(2, "a@example.com"), "<extLst>" + random + "</extLst>")
                .write(folder.resolve("behind.xlsx"));

        assertFault(() -> inspect(path), RecipientFileFault.TOO_LARGE, "CSV");
        assertThat(inspect(behind).header()).containsExactly("email");
    }

    @Test
    void refusesACellBeyondTheLastColumn() throws Exception {
        Path path = new HandMadeWorkbook()
                .sheet(row(1, "email") + "<row r=\"2\"><c t=\"inlineStr\" r = 'ZZZZZZ2'><is><t>x</t></is></c></row>")
                .write(folder.resolve("beyond.xlsx"));
        Path last = new HandMadeWorkbook()
                .sheet(row(1, "email") + "<row r=\"2\"><c r=\"XFD2\" t=\"inlineStr\"><is><t>x</t></is></c></row>")
                .write(folder.resolve("last.xlsx"));

        assertFault(() -> inspect(path), RecipientFileFault.DAMAGED, "workbook");
        assertThat(inspect(last).header()).startsWith("email");
    }

    @Test
    void refusesAWorkbookWhosePartsBreakOff() throws Exception {
        byte[] whole = Files.readAllBytes(new HandMadeWorkbook()
                .sheet(row(1, "email") + row(2, "a@example.com".repeat(50)))
                .write(folder.resolve("whole.xlsx")));
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x15;
            try {
                inspect(Files.write(folder.resolve("broken.xlsx"), broken));
            } catch (RecipientFileException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void refusesARowWithMoreCellsThanASheetHas() throws Exception {
        Path path = new HandMadeWorkbook()
                .sheet(row(1, "email") + "<row r=\"2\">" + "<c/>".repeat(20_000) + "</row>")
                .write(folder.resolve("wide.xlsx"));

        assertFault(() -> inspect(path), RecipientFileFault.DAMAGED, "workbook");
    }

    private static void assertFault(ThrowingCallable reading, RecipientFileFault fault, String words) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        RecipientFileException.class, e -> assertThat(e.code()).isEqualTo(fault))
                .hasMessageContaining(words);
    }

    private static List<FileRecord> records(RecipientFile file) throws Exception {
        List<FileRecord> records = new ArrayList<>();
        try (Records reader = file.open()) {
            for (FileRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    private static RecipientFile inspect(Path path) throws Exception {
        return RecipientFile.inspect(new RecipientSource.OfFile(path), ReadAs.FOUND_OUT);
    }
}
