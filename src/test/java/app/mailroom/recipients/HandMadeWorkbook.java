package app.mailroom.recipients;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An Excel workbook put together of XML parts, for what no writer of workbooks lets one write. */
final class HandMadeWorkbook {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final int PIECE = 1 << 16;

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private String properties = "";
    private int count;

    /** Adds a sheet: the rows of its {@code sheetData}, and what stands behind it. */
    HandMadeWorkbook sheet(String name, String state, String rows, String behind) {
        count++;
        parts.put(
                "xl/worksheets/sheet" + count + ".xml",
                "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData>" + behind + "</worksheet>");
        sheets.append("<sheet name=\"%s\" sheetId=\"%d\" %s r:id=\"rId%d\"/>"
                .formatted(name, count, state.isEmpty() ? "" : "state=\"" + state + "\"", count));
        relations.append("<Relationship Id=\"rId%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
                .formatted(count, RELATIONS, count));
        return this;
    }

    /** Adds a visible sheet. */
    HandMadeWorkbook sheet(String rows) {
        return sheet("Sheet" + (count + 1), "", rows, "");
    }

    /** Gives it shared strings, each the inside of an {@code si}. */
    HandMadeWorkbook strings(String... items) {
        StringBuilder xml = new StringBuilder("<sst xmlns=\"" + MAIN + "\">");
        for (String item : items) {
            xml.append("<si>").append(item).append("</si>");
        }
        parts.put("xl/sharedStrings.xml", xml.append("</sst>").toString());
        return this;
    }

    /** Gives it formats with these codes; the style of a cell is their index. A code of digits is a built-in format. */
    HandMadeWorkbook formats(String... codes) {
        StringBuilder formats = new StringBuilder();
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            boolean builtIn = codes[i].matches("#\\d+");
            int id = builtIn ? Integer.parseInt(codes[i].substring(1)) : 164 + i;
            if (!builtIn) {
                formats.append("<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>"
                        .formatted(
                                id,
                                codes[i].replace("&", "&amp;")
                                        .replace("\"", "&quot;")
                                        .replace("<", "&lt;")));
            }
            cells.append("<xf numFmtId=\"%d\"/>".formatted(id));
        }
        parts.put(
                "xl/styles.xml",
                "<styleSheet xmlns=\"" + MAIN + "\"><numFmts>" + formats + "</numFmts><cellXfs>" + cells
                        + "</cellXfs></styleSheet>");
        return this;
    }

    /** Lets it count days from 1904 on. */
    HandMadeWorkbook from1904() {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    /** Writes it. */
    Path write(Path file) throws IOException {
        StringBuilder types =
                new StringBuilder("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + TYPES + "sheet.main+xml\"/>");
        if (parts.containsKey("xl/sharedStrings.xml")) {
            types.append(
                    "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" + TYPES + "sharedStrings+xml\"/>");
        }
        if (parts.containsKey("xl/styles.xml")) {
            types.append("<Override PartName=\"/xl/styles.xml\" ContentType=\"" + TYPES + "styles+xml\"/>");
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "[Content_Types].xml", types + "</Types>");
            put(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONS + "\">" + properties + "<sheets>" + sheets
                            + "</sheets></workbook>");
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + relations
                            + "</Relationships>");
            for (Map.Entry<String, String> part : parts.entrySet()) {
                put(zip, part.getKey(), part.getValue());
            }
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        // In pieces: of text as large as those that are to bring a reader down, no second copy fits beside it.
        Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        for (int from = 0; from < text.length(); from += PIECE) {
            out.write(text, from, Math.min(PIECE, text.length() - from));
        }
        out.flush();
        zip.closeEntry();
    }

    /** A row of cells, each text as an inline string. */
    static String row(int number, String... texts) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < texts.length; i++) {
            if (!texts[i].isEmpty()) {
                row.append("<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted('A' + i, number, texts[i]));
            }
        }
        return row.append("</row>").toString();
    }
}
