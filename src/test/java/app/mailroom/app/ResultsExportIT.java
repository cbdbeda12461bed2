package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.store.ResultsWorkspace;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results written into files by command. */
class ResultsExportIT extends CommandRun {
    private String plan = "";

    @BeforeEach
    void mailingWithResults() throws Exception {
        ResultsWorkspace.main(new String[] {workspace().toString(), "400", "3"});
        assertThat(mailroom("results", "--json")).isEqualTo(0);
        plan = json().path(0).path("id").asText();
    }

    @Test
    void everyCountIsARowOfText() throws Exception {
        Path file = folder.resolve("counts.csv");

        assertThat(mailroom("results", "export", plan, file.toString(), "--json"))
                .isEqualTo(0);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("\"part\",\"of\",\"measure\",\"count\"");
        assertThat(json().path("rows").asInt()).isEqualTo(lines.size() - 1);
        assertThat(lines).anyMatch(line -> line.matches("\"mailing\",\"\",\"TAKEN\",\"\\d+\""));
        assertThat(lines).anyMatch(line -> line.startsWith("\"link\",\""));
    }

    @Test
    void aWorkbookHasASheetForEachTable() throws Exception {
        Path file = folder.resolve("results.XLSX");

        assertThat(mailroom("results", "export", plan, file.toString())).isEqualTo(0);

        try (InputStream stream = Files.newInputStream(file);
                ReadableWorkbook workbook = new ReadableWorkbook(stream)) {
            assertThat(workbook.getSheets().map(Sheet::getName))
                    .containsExactly("Figures", "States", "Reasons", "Domains", "Over time", "Links");
            List<Row> figures = workbook.getFirstSheet().read();
            assertThat(figures.get(1).getCellText(0)).isEqualTo("Messages");
            assertThat(figures.get(1).getCell(1).asNumber()).isEqualByComparingTo("400");
        }
    }

    @Test
    void aReportIsOnePage() throws Exception {
        Path file = folder.resolve("report.pdf");

        assertThat(mailroom("results", "export", plan, file.toString())).isEqualTo(0);

        assertThat(out).contains("The report is in");
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Mailing report", "Opened by people", "of delivered", "Bounces by reason");
        }
    }

    @Test
    void allMailingsAreATable() throws Exception {
        Path csv = folder.resolve("all.csv");
        Path xlsx = folder.resolve("all.xlsx");

        assertThat(mailroom("results", "export", "--all", csv.toString())).isEqualTo(0);
        assertThat(mailroom("results", "export", "--all", xlsx.toString())).isEqualTo(0);

        assertThat(Files.readAllLines(csv).get(0))
                .startsWith("\"Plan\",\"Title\"")
                .contains("\"Hard bounces\"");
        assertThat(Files.size(xlsx)).isPositive();
    }

    @Test
    void whatCannotBeWrittenIsRefusedWithWhatCan() {
        assertThat(mailroom("results", "export", plan, folder.resolve("x.docx").toString()))
                .isEqualTo(3);
        assertThat(err).contains(".csv, .xlsx or .pdf");
        assertThat(mailroom(
                        "results", "export", "--all", folder.resolve("x.pdf").toString()))
                .isEqualTo(3);
        assertThat(err).contains(".csv or .xlsx");
        assertThat(mailroom("results", "export", "77", folder.resolve("x.csv").toString()))
                .isEqualTo(3);
        assertThat(err).contains("There is no mailing 77");
        assertThat(mailroom("results", "export", plan)).isEqualTo(3);
        assertThat(mailroom("results", "export", "one", folder.resolve("x.csv").toString()))
                .isEqualTo(3);
        assertThat(err).contains("“one” is not the number of a mailing");
        assertThat(folder.resolve("x.csv")).doesNotExist();
    }
}
