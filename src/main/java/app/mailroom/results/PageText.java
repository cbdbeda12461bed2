package app.mailroom.results;

import app.mailroom.results.HangulFonts.Family;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines of any text on a page. A line that a font can write in full is real text, to be selected and searched: Latin,
 * Greek and Cyrillic by a font that comes with PDFBox, Hangul by one of the system. Any other line, with emoji or from right
 * to left for instance, and all Hangul where the system has no such font, is drawn as shapes by the fonts that Java finds,
 * and carries its text for those who copy or listen. To be closed after the document is saved.
 */
final class PageText implements Closeable {
    /**
     * How a line looks.
     *
     * @param size in points
     */
    record Style(float size, boolean bold, Color color) {}

    private static final Logger log = LoggerFactory.getLogger(PageText.class);

    /** PDFBox falls back on this one itself, so that every version of it brings it along. */
    private static final String LATIN = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final String ELLIPSIS = "…";

    /** No place on a page takes more characters. */
    private static final int LONGEST = 500;

    /** How much heavier bold is where a font has no bold of its own, as a part of its size. */
    private static final float HEAVIER = 0.03f;

    private static final FontRenderContext PAPER = new FontRenderContext(null, true, true);

    private record Face(PDType0Font font, CmapLookup glyphs, boolean bold) {
        boolean writes(String text) {
            return text.codePoints().allMatch(c -> glyphs.getGlyphId(c) != 0);
        }
    }

    private final PDDocument document;
    private final List<Family> hangul;
    private final boolean korean;
    private final List<TrueTypeFont> open = new ArrayList<>();
    private final List<Face> usual = new ArrayList<>();
    private final List<Face> bold = new ArrayList<>();
    private boolean hangulTried;

    /**
     * For a document in that language.
     *
     * @param hangul fonts to try, the best first; those that cannot be read or may not be embedded are passed over
     */
    PageText(PDDocument document, Locale locale, List<Family> hangul) throws IOException {
        this.document = document;
        this.hangul = hangul;
        this.korean = Locale.KOREAN.getLanguage().equals(locale.getLanguage());
        try (InputStream file = PDDocument.class.getResourceAsStream(LATIN)) {
            if (file == null) {
                throw new IOException("PDFBox comes without its font");
            }
            Face latin = face(new RandomAccessReadBuffer(file), false);
            usual.add(latin);
            bold.add(latin);
        }
        if (korean) {
            tryHangul();
        }
    }

    /** What can stand on one line: no line breaks or other signs that cannot be seen, and no halves of signs. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}]+", " ").strip();
    }

    /** The line, cut with an ellipsis where it is wider than that many points. */
    String fitted(String line, Style style, float width) throws IOException {
        String clean = line(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
        if (line.length() <= LONGEST && width(clean, style) <= width) {
            return clean;
        }
        BreakIterator signs = BreakIterator.getCharacterInstance(Locale.ROOT);
        signs.setText(clean);
        List<Integer> ends = new ArrayList<>();
        for (int end = signs.first(); end != BreakIterator.DONE; end = signs.next()) {
            ends.add(end);
        }
        int fits = 0;
        int tooWide = ends.size();
        while (tooWide - fits > 1) {
            int middle = (fits + tooWide) / 2;
            if (width(clean.substring(0, ends.get(middle)) + ELLIPSIS, style) <= width) {
                fits = middle;
            } else {
                tooWide = middle;
            }
        }
        return clean.substring(0, ends.get(fits)).stripTrailing() + ELLIPSIS;
    }

    /** The text on lines of that width, broken between words; what does not fit on the last one is cut. */
    List<String> wrapped(String text, Style style, float width, int mostLines) throws IOException {
        List<String> lines = new ArrayList<>();
        String rest = line(text.length() > LONGEST * mostLines ? text.substring(0, LONGEST * mostLines) : text);
        while (!rest.isEmpty() && lines.size() < mostLines - 1) {
            BreakIterator places = BreakIterator.getLineInstance(Locale.ROOT);
            places.setText(rest);
            int end = 0;
            for (int next = places.next(); next != BreakIterator.DONE; next = places.next()) {
                if (width(rest.substring(0, next).stripTrailing(), style) > width) {
                    break;
                }
                end = next;
            }
            if (end == 0) {
                break;
            }
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(fitted(rest, style, width));
        }
        return lines;
    }

    /** How many points wide a line is. */
    float width(String line, Style style) throws IOException {
        if (line.isBlank()) {
            return 0;
        }
        Optional<Face> face = face(line, style);
        return face.isPresent()
                ? face.get().font().getStringWidth(line) * style.size() / 1000
                : shaped(line, style).getAdvance();
    }

    /** Writes a line that begins there, on that base line. */
    void write(PDPageContentStream page, String line, Style style, float x, float y) throws IOException {
        if (line.isBlank()) {
            return;
        }
        page.saveGraphicsState();
        page.setNonStrokingColor(style.color());
        Optional<Face> face = face(line, style);
        if (face.isPresent()) {
            page.beginText();
            page.setFont(face.get().font(), style.size());
            if (style.bold() && !face.get().bold()) {
                page.setRenderingMode(RenderingMode.FILL_STROKE);
                page.setStrokingColor(style.color());
                page.setLineWidth(style.size() * HEAVIER);
            }
            page.newLineAtOffset(x, y);
            page.showText(line);
            page.endText();
        } else {
            COSDictionary said = new COSDictionary();
            said.setString(COSName.ACTUAL_TEXT, line);
            page.beginMarkedContent(COSName.getPDFName("Span"), PDPropertyList.create(said));
            fill(page, shaped(line, style).getOutline(new AffineTransform(1, 0, 0, -1, x, y)));
            page.endMarkedContent();
        }
        page.restoreGraphicsState();
    }

    /** The first font that writes all of the line; none where it has to be drawn. */
    private Optional<Face> face(String line, Style style) {
        char[] signs = line.toCharArray();
        if (Bidi.requiresBidi(signs, 0, signs.length)) {
            return Optional.empty();
        }
        Optional<Face> found = known(line, style);
        if (found.isEmpty() && !hangulTried) {
            tryHangul();
            return known(line, style);
        }
        return found;
    }

    private Optional<Face> known(String line, Style style) {
        return (style.bold() ? bold : usual)
                .stream().filter(face -> face.writes(line)).findFirst();
    }

    private void tryHangul() {
        hangulTried = true;
        for (Family family : hangul) {
            Optional<Face> found = face(family.usual(), false);
            if (found.isPresent()) {
                // In Korean, the digits are to look like the words around them.
                int at = korean ? 0 : usual.size();
                usual.add(at, found.get());
                Path heavy = family.bold();
                bold.add(at, heavy == null ? found.get() : face(heavy, true).orElse(found.get()));
                return;
            }
        }
    }

    private Optional<Face> face(Path file, boolean heavy) {
        try {
            return Optional.of(face(new RandomAccessReadBufferedFile(file), heavy));
        } catch (IOException | RuntimeException e) {
            // PDFBox has several ways to say that a font is damaged or may not be embedded.
            log.info("The font {} is not used: {}", file.getFileName(), e.getMessage());
            return Optional.empty();
        }
    }

    private Face face(RandomAccessRead file, boolean heavy) throws IOException {
        TrueTypeFont font = new TTFParser().parse(file);
        open.add(font);
        return new Face(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup(), heavy);
    }

    private static TextLayout shaped(String line, Style style) {
        Font font = new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont(style.size());
        return new TextLayout(line, font, PAPER);
    }

    private static void fill(PDPageContentStream page, Shape shape) throws IOException {
        PathIterator path = shape.getPathIterator(null);
        if (path.isDone()) {
            return;
        }
        float[] to = new float[6];
        float x = 0;
        float y = 0;
        for (; !path.isDone(); path.next()) {
            int kind = path.currentSegment(to);
            switch (kind) {
                case PathIterator.SEG_MOVETO -> page.moveTo(to[0], to[1]);
                case PathIterator.SEG_LINETO -> page.lineTo(to[0], to[1]);
                // PDF knows cubic curves only.
                case PathIterator.SEG_QUADTO ->
                    page.curveTo(
                            x + (to[0] - x) * 2 / 3,
                            y + (to[1] - y) * 2 / 3,
                            to[2] + (to[0] - to[2]) * 2 / 3,
                            to[3] + (to[1] - to[3]) * 2 / 3,
                            to[2],
                            to[3]);
                case PathIterator.SEG_CUBICTO -> page.curveTo(to[0], to[1], to[2], to[3], to[4], to[5]);
                default -> page.closePath();
            }
            int end = kind == PathIterator.SEG_QUADTO ? 2 : kind == PathIterator.SEG_CUBICTO ? 4 : 0;
            if (kind != PathIterator.SEG_CLOSE) {
                x = to[end];
                y = to[end + 1];
            }
        }
        page.fill();
    }

    @Override
    public void close() throws IOException {
        for (TrueTypeFont font : open) {
            font.close();
        }
    }
}
