package app.mailroom.results;

import app.mailroom.model.ProgramVersion;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.WholeFile;
import app.mailroom.results.HangulFonts.Family;
import app.mailroom.results.PageText.Style;
import app.mailroom.results.ReportPage.Chart;
import app.mailroom.results.ReportPage.Fact;
import app.mailroom.results.ReportPage.Figure;
import app.mailroom.results.ReportPage.Ranking;
import app.mailroom.results.ReportPage.Row;
import app.mailroom.results.ReportPage.Step;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Draws the page about one mailing: always one page of A4, whatever stands on it. Lengths are in points. */
public final class PdfReport {
    private static final Color INK = new Color(0x1f2328);
    private static final Color MUTED = new Color(0x59636e);
    private static final Color LINE = new Color(0xd1d9e0);
    private static final Color TILE = new Color(0xf6f8fa);
    private static final Color BAR = new Color(0xddf4ff);
    private static final Color WARNING = new Color(0x9a6700);
    private static final List<Color> SERIES = List.of(new Color(0x0969da), new Color(0x1a7f37), new Color(0xafb8c1));

    private static final Style KIND = new Style(9, false, MUTED);
    private static final Style TITLE = new Style(18, true, INK);
    private static final Style MARK = new Style(9, true, WARNING);
    private static final Style SECTION = new Style(10, true, INK);
    private static final Style NAME = new Style(8, false, MUTED);
    private static final Style VALUE = new Style(8.5f, false, INK);
    private static final Style NUMBER = new Style(14, true, INK);
    private static final Style SMALL = new Style(7, false, MUTED);

    private static final float MARGIN = 42;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float GAP = 8;
    private static final int TILES_IN_ROW = 4;
    private static final int TILES = 16;
    private static final float TILE_HEIGHT = 46;
    private static final float CHART_HEIGHT = 124;
    private static final float ROW_HEIGHT = 15;
    private static final int RANKED = 6;
    private static final int LABELS = 5;
    private static final int NOTE_LINES = 3;

    private final List<Family> hangul;

    /** With the fonts of this system. */
    public PdfReport() {
        this(HangulFonts.present());
    }

    PdfReport(List<Family> hangul) {
        this.hangul = List.copyOf(hangul);
    }

    /** Writes the page into a file, in the place of one that may be there. */
    public void write(ReportPage page, Path file) throws IOException, ImportCancelledException {
        WholeFile.write(file, stream -> {
            write(page, stream);
            return page;
        });
    }

    /** Writes the page. */
    void write(ReportPage page, OutputStream stream) throws IOException {
        try (PDDocument document = new PDDocument();
                PageText text = new PageText(document, page.locale(), hangul)) {
            PDPage paper = new PDPage(PDRectangle.A4);
            document.addPage(paper);
            try (PDPageContentStream content = new PDPageContentStream(document, paper)) {
                new Drawing(content, text, page).draw();
            }
            document.getDocumentCatalog().setLanguage(page.locale().toLanguageTag());
            PDDocumentInformation about = document.getDocumentInformation();
            about.setTitle(PageText.line(page.head().title()));
            about.setCreator("Mailroom " + ProgramVersion.NUMBER);
            document.save(stream);
        }
    }

    /** Draws from the top downwards; y is the lower edge of what is drawn already. */
    private static final class Drawing {
        private final PDPageContentStream content;
        private final PageText text;
        private final ReportPage page;
        private final NumberFormat number;
        private float y = PDRectangle.A4.getHeight() - MARGIN;

        Drawing(PDPageContentStream content, PageText text, ReportPage page) {
            this.content = content;
            this.text = text;
            this.page = page;
            this.number = NumberFormat.getIntegerInstance(page.locale());
        }

        void draw() throws IOException {
            head();
            facts();
            figures();
            chart(page.chart());
            rankings();
            notes();
        }

        private void head() throws IOException {
            y -= KIND.size();
            left(page.head().kind(), KIND, MARGIN, WIDTH / 2);
            right(page.head().mark(), MARK, MARGIN + WIDTH, WIDTH / 2);
            y -= TITLE.size() + 6;
            left(page.head().title(), TITLE, MARGIN, WIDTH);
            y -= 10;
            rule();
        }

        private void facts() throws IOException {
            float half = (WIDTH - 2 * GAP) / 2;
            List<Fact> facts = page.facts();
            y -= 4;
            for (int i = 0; i < facts.size(); i++) {
                if (i % 2 == 0) {
                    y -= ROW_HEIGHT - 1;
                }
                float x = MARGIN + i % 2 * (half + 2 * GAP);
                left(facts.get(i).name(), NAME, x, 72);
                left(facts.get(i).value(), VALUE, x + 76, half - 76);
            }
            y -= 14;
        }

        private void figures() throws IOException {
            float width = (WIDTH - (TILES_IN_ROW - 1) * GAP) / TILES_IN_ROW;
            List<Figure> figures = page.figures().stream().limit(TILES).toList();
            for (int i = 0; i < figures.size(); i++) {
                float x = MARGIN + i % TILES_IN_ROW * (width + GAP);
                if (i % TILES_IN_ROW == 0) {
                    y -= TILE_HEIGHT + (i == 0 ? 0 : GAP - 2);
                }
                box(TILE, x, y, width, TILE_HEIGHT);
                float top = y + TILE_HEIGHT;
                at(figures.get(i).name(), NAME, x + GAP, top - 12, width - 2 * GAP);
                at(figures.get(i).number(), NUMBER, x + GAP, top - 28, width - 2 * GAP);
                at(figures.get(i).share(), SMALL, x + GAP, top - 39, width - 2 * GAP);
            }
            y -= 20;
        }

        private void chart(Chart chart) throws IOException {
            left(chart.title(), SECTION, MARGIN, WIDTH / 2);
            int shown = Math.min(chart.series().size(), SERIES.size());
            float x = MARGIN + WIDTH;
            for (int i = shown - 1; i >= 0; i--) {
                String name = text.fitted(chart.series().get(i), NAME, WIDTH / 7);
                x -= text.width(name, NAME);
                text.write(content, name, NAME, x, y);
                x -= 10;
                box(SERIES.get(i), x, y, 6, 6);
                x -= 12;
            }
            y -= 8 + CHART_HEIGHT;
            List<Step> steps = chart.steps();
            if (steps.isEmpty()) {
                at(chart.nothing(), NAME, MARGIN, y + CHART_HEIGHT / 2, WIDTH);
                y -= 30;
                return;
            }
            long most = Math.max(
                    1,
                    steps.stream()
                            .flatMap(step -> step.counts().stream().limit(shown))
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(1));
            String label = number.format(most);
            float axis = MARGIN + text.width(label, SMALL) + 6;
            for (int i = 0; i <= 2; i++) {
                float height = y + CHART_HEIGHT * i / 2;
                line(axis, height, MARGIN + WIDTH);
            }
            rightAt(label, SMALL, axis - 4, y + CHART_HEIGHT - 2.5f, 100);
            rightAt(number.format(0), SMALL, axis - 4, y - 2.5f, 100);
            bars(steps, shown, most, axis);
            y -= 30;
        }

        private void bars(List<Step> steps, int shown, long most, float axis) throws IOException {
            float step = (MARGIN + WIDTH - axis) / steps.size();
            float bar = Math.min(14, step * 0.8f / shown);
            int every = (steps.size() + LABELS - 1) / LABELS;
            for (int i = 0; i < steps.size(); i++) {
                float x = axis + i * step + (step - bar * shown) / 2;
                List<Long> counts = steps.get(i).counts();
                for (int j = 0; j < Math.min(shown, counts.size()); j++) {
                    if (counts.get(j) > 0) {
                        float height = Math.max(0.75f, CHART_HEIGHT * counts.get(j) / most);
                        box(SERIES.get(j), x + j * bar, y, Math.max(0.5f, bar - 0.3f), height);
                    }
                }
                if (i % every == 0) {
                    at(steps.get(i).label(), SMALL, axis + i * step, y - 10, every * step - 4);
                }
            }
        }

        private void rankings() throws IOException {
            float half = (WIDTH - 2 * GAP) / 2;
            float top = y;
            for (int i = 0; i < Math.min(3, page.rankings().size()); i++) {
                if (i == 2) {
                    top -= RANKED * ROW_HEIGHT + 26;
                }
                ranking(page.rankings().get(i), i == 1 ? MARGIN + half + 2 * GAP : MARGIN, top, i == 2 ? WIDTH : half);
            }
        }

        private void ranking(Ranking ranking, float x, float top, float width) throws IOException {
            at(ranking.title(), SECTION, x, top, width);
            float base = top - 6;
            if (ranking.rows().isEmpty()) {
                at(ranking.nothing(), NAME, x, base - 11, width);
            }
            for (Row row : ranking.rows().stream().limit(RANKED).toList()) {
                base -= ROW_HEIGHT;
                String count = text.fitted(row.number(), VALUE, width / 2);
                float taken = text.width(count, VALUE);
                box(BAR, x, base, (float) Math.max(0, Math.min(1, row.length())) * width, ROW_HEIGHT - 2);
                at(row.name(), VALUE, x + 4, base + 3.5f, width - taken - 16);
                text.write(content, count, VALUE, x + width - taken - 4, base + 3.5f);
            }
        }

        /** At the foot, whatever stands above: each note on as many lines as it needs, up to three. */
        private void notes() throws IOException {
            float base = MARGIN - 12;
            for (int i = page.notes().size() - 1; i >= 0; i--) {
                List<String> lines = text.wrapped(page.notes().get(i), SMALL, WIDTH, NOTE_LINES);
                for (int j = lines.size() - 1; j >= 0; j--) {
                    text.write(content, lines.get(j), SMALL, MARGIN, base);
                    base += 9;
                }
            }
            y = base + 4;
            line(MARGIN, y, MARGIN + WIDTH);
        }

        private void left(String line, Style style, float x, float width) throws IOException {
            at(line, style, x, y, width);
        }

        private void right(String line, Style style, float x, float width) throws IOException {
            rightAt(line, style, x, y, width);
        }

        private void at(String line, Style style, float x, float base, float width) throws IOException {
            text.write(content, text.fitted(line, style, width), style, x, base);
        }

        private void rightAt(String line, Style style, float x, float base, float width) throws IOException {
            String fitted = text.fitted(line, style, width);
            text.write(content, fitted, style, x - text.width(fitted, style), base);
        }

        private void rule() throws IOException {
            line(MARGIN, y, MARGIN + WIDTH);
        }

        private void line(float from, float height, float to) throws IOException {
            content.setStrokingColor(LINE);
            content.setLineWidth(0.5f);
            content.moveTo(from, height);
            content.lineTo(to, height);
            content.stroke();
        }

        private void box(Color color, float x, float base, float width, float height) throws IOException {
            content.setNonStrokingColor(color);
            content.addRect(x, base, width, height);
            content.fill();
        }
    }
}
