package app.mailroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.results.HangulFonts.Family;
import app.mailroom.results.ReportPage.Chart;
import app.mailroom.results.ReportPage.Fact;
import app.mailroom.results.ReportPage.Figure;
import app.mailroom.results.ReportPage.Head;
import app.mailroom.results.ReportPage.Ranking;
import app.mailroom.results.ReportPage.Row;
import app.mailroom.results.ReportPage.Step;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfReportTest {
    private static final List<Family> NO_FONTS = List.of();

    @TempDir
    Path folder;

    @Test
    void textCanBeReadOutOfThePage() throws IOException {
        try (PDDocument document = written(new PdfReport(NO_FONTS), page(Locale.ENGLISH, "Spring offer – café", 12))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(read(document))
                    .contains(
                            "Spring offer – café", "Figure 3", "1,203", "3.3 % of delivered", "fine office affliction")
                    .contains("Counted like this", "Made today");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Spring offer – café");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "봄맞이 특가 안내 – 남은 수량 한정",
                "Sale 🎉👩‍👩‍👧 now",
                "عرض الربيع 50% خصم",
                "מבצע האביב",
                "हिन्दी ไทย 中文 日本語",
                "line\nbreak\tand\u0000zero\u2028",
                "half \ud83d of a sign",
                "   ",
                ""
            })
    void anyTextFitsOnOnePage(String text) throws IOException {
        for (String given : List.of(text, text.repeat(400))) {
            assertFits(new PdfReport(NO_FONTS), page(Locale.ENGLISH, given, 60));
            assertFits(new PdfReport(), page(Locale.KOREAN, given, 60));
        }
    }

    private static void assertFits(PdfReport report, ReportPage page) throws IOException {
        try (PDDocument document = written(report, page)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(read(document)).contains("1,203").contains("60,000");
            assertThat(inkInTheMargins(document)).isZero();
        }
    }

    @Test
    void hangulIsSeenWithoutAnyFontOfTheSystem() throws IOException {
        try (PDDocument empty = written(new PdfReport(NO_FONTS), page(Locale.KOREAN, "", 1));
                PDDocument korean = written(new PdfReport(NO_FONTS), page(Locale.KOREAN, "봄맞이 특가", 1))) {
            assertThat(ink(korean)).isGreaterThan(ink(empty));
        }
    }

    @Test
    void aFontThatIsNoneIsPassedOver() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.ttf"), "this is no font");
        Family none = new Family(broken, broken);

        try (PDDocument document = written(new PdfReport(List.of(none)), page(Locale.KOREAN, "봄", 3))) {
            assertThat(read(document)).contains("1,203");
        }
    }

    @Test
    void aMailingOfWhichNothingIsKnownHasAPage() throws IOException {
        ReportPage nothing = new ReportPage(
                Locale.ENGLISH,
                new Head("", "", ""),
                List.of(),
                List.of(),
                new Chart("Over time", List.of(), List.of(), "Nothing yet"),
                List.of(new Ranking("Links", List.of(), "None")),
                List.of());

        try (PDDocument document = written(new PdfReport(NO_FONTS), nothing)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(read(document)).contains("Nothing yet", "None");
        }
    }

    @Test
    void aFileThatWasThereStaysWhenNothingCanBeWritten() throws Exception {
        Path file = folder.resolve("report.pdf");
        new PdfReport(NO_FONTS).write(page(Locale.ENGLISH, "First", 3), file);
        Path gone = folder.resolve("gone").resolve("report.pdf");

        assertThatThrownBy(() -> new PdfReport(NO_FONTS).write(page(Locale.ENGLISH, "Second", 3), gone))
                .isInstanceOf(IOException.class);
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            assertThat(read(document)).contains("First");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private static ReportPage page(Locale locale, String text, int many) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < Math.max(16, many); i++) {
            figures.add(new Figure(
                    i == 0 ? text : "Figure " + i, i == 4 ? "1,203" : "98,765,432", i + ".3 % of delivered"));
        }
        List<Row> rows = IntStream.range(0, many)
                .mapToObj(i -> new Row(i == 0 ? "fine office affliction" : text, "1,000 · 98.7 %", 1.0 / (i + 1)))
                .toList();
        return new ReportPage(
                locale,
                new Head("Report " + text, text, text),
                Collections.nCopies(6, new Fact(text, text)),
                figures,
                new Chart(
                        text,
                        List.of("Delivered", text, "Clicked"),
                        IntStream.range(0, many)
                                .mapToObj(i -> new Step("Step " + text, List.of(60_000L / (i + 1), 100L * i, 30L * i)))
                                .toList(),
                        text),
                List.of(
                        new Ranking(text, rows, text),
                        new Ranking("Domains", rows, text),
                        new Ranking("Links", List.of(), text)),
                List.of("Counted like this " + text, "Made today"));
    }

    private static PDDocument written(PdfReport report, ReportPage page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report.write(page, bytes);
        return Loader.loadPDF(bytes.toByteArray());
    }

    private static String read(PDDocument document) throws IOException {
        return new PDFTextStripper().getText(document);
    }

    private static long ink(PDDocument document) throws IOException {
        BufferedImage image = new PDFRenderer(document).renderImage(0);
        return IntStream.range(0, image.getHeight())
                .mapToLong(y -> dark(image, y, 0, image.getWidth()))
                .sum();
    }

    private static long inkInTheMargins(PDDocument document) throws IOException {
        BufferedImage image = new PDFRenderer(document).renderImage(0);
        return IntStream.range(0, image.getHeight())
                .mapToLong(y -> dark(image, y, 0, 38) + dark(image, y, image.getWidth() - 38, image.getWidth()))
                .sum();
    }

    private static long dark(BufferedImage image, int y, int from, int to) {
        return IntStream.range(from, to)
                .filter(x -> (image.getRGB(x, y) & 0xffffff) != 0xffffff)
                .count();
    }
}
