package app.mailroom.results;

import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.WholeFile;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes tables of results into files. A file that was there stays as it was until all of the new one is written. */
final class TableFiles {
    private static final int SHEET_ROWS = 1_048_576;
    private static final int CELL_LIMIT = 32_767;
    private static final int NAME_LIMIT = 31;
    private static final int ROWS_BETWEEN_LOOKS = 1_000;
    private static final double NARROWEST = 10;
    private static final double WIDEST = 60;
    private static final double TIME_WIDTH = 18;

    private final ZoneId zone;

    /** Times are written as the clocks of this zone show them. */
    TableFiles(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Writes a table as comma-separated text in UTF-8. All is quoted, and what a spreadsheet would run as a formula gets an
     * apostrophe before it.
     *
     * @param marked whether the file begins with a byte order mark, without which Excel takes it for another encoding
     * @return how many rows were written, without the header
     * @throws ImportCancelledException when {@code progress} asked to stop
     */
    long toText(ResultTable table, boolean marked, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        List<List<String>> cells = new TableText(Locale.ROOT, zone).cells(table);
        return WholeFile.write(file, stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            if (marked) {
                writer.write('\uFEFF');
            }
            CsvWriter csv =
                    CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).build(writer);
            for (int i = 0; i < cells.size(); i++) {
                look(progress, i, cells.size());
                csv.writeRecord(cells.get(i));
            }
            csv.flush();
            return cells.size() - 1L;
        });
    }

    /**
     * Writes a workbook for Excel: a worksheet for each table, with a header that stays in view, and numbers, percentages
     * and times that can be calculated with. Text is never run as a formula.
     *
     * @param tables at least one
     * @return how many rows were written, without the headers
     * @throws UnfitForWorkbookException when a table does not fit into a worksheet
     * @throws ImportCancelledException when {@code progress} asked to stop
     */
    long toWorkbook(List<ResultTable> tables, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("no table is to be written");
        }
        long all = tables.stream().mapToLong(table -> table.rows().size()).sum();
        return WholeFile.write(file, stream -> {
            try (Workbook workbook = new Workbook(stream, "Mailroom", "1.0")) {
                Set<String> names = new HashSet<>();
                long written = 0;
                for (ResultTable table : tables) {
                    Worksheet sheet = workbook.newWorksheet(name(table.title(), names));
                    fill(sheet, table, progress, written, all);
                    written += table.rows().size();
                    sheet.finish();
                }
                return written;
            }
        });
    }

    private void fill(Worksheet sheet, ResultTable table, Progress progress, long before, long all)
            throws IOException, ImportCancelledException {
        if (table.rows().size() >= SHEET_ROWS) {
            throw new UnfitForWorkbookException("“" + table.title()
                    + "” has more than the 1,048,575 rows that a worksheet of Excel may have. Export it as CSV.");
        }
        double[] widths = new double[table.columns().size()];
        Arrays.fill(widths, NARROWEST);
        for (int i = 0; i < widths.length; i++) {
            String header = table.columns().get(i);
            sheet.inlineString(0, i, header);
            widths[i] = Math.max(widths[i], width(header));
        }
        for (int row = 0; row < table.rows().size(); row++) {
            look(progress, before + row, all);
            List<Object> cells = table.rows().get(row);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], put(sheet, table, row, i, cells.get(i)));
            }
        }
        if (widths.length > 0) {
            sheet.range(0, 0, 0, widths.length - 1).style().bold().set();
            sheet.freezePane(0, 1);
        }
        for (int i = 0; i < widths.length; i++) {
            sheet.width(i, Math.min(WIDEST, widths[i]));
        }
    }

    /** Writes a cell and says how wide its column should be, in characters. */
    private double put(Worksheet sheet, ResultTable table, int row, int column, Object cell) throws IOException {
        int line = row + 1;
        if (cell instanceof Double share) {
            sheet.value(line, column, share);
            sheet.style(line, column).format("0.0%").set();
            return NARROWEST;
        }
        if (cell instanceof Long count) {
            sheet.value(line, column, count);
            sheet.style(line, column).format("#,##0").set();
            return NARROWEST;
        }
        if (cell instanceof Instant time) {
            sheet.value(line, column, LocalDateTime.ofInstant(time, zone));
            sheet.style(line, column).format("yyyy-mm-dd hh:mm").set();
            return TIME_WIDTH;
        }
        String text = cell.toString();
        if (text.length() > CELL_LIMIT) {
            throw new UnfitForWorkbookException(
                    "“" + table.title() + "”, row " + line + ", column “"
                            + table.columns().get(column)
                            + "”: the value is longer than the 32,767 characters that a cell of Excel may have. Export it as CSV.");
        }
        if (text.strip().length() == text.length()) {
            sheet.inlineString(line, column, text);
        } else {
            // Only what stands in the table of texts keeps its blanks at both ends.
            sheet.value(line, column, text);
        }
        return width(text);
    }

    /** In characters; those of East Asian scripts take two. */
    private static double width(String value) {
        long wide = value.chars().filter(c -> c >= 0x1100).count();
        return value.length() + wide + 2.0;
    }

    /** A name as Excel allows it, different from those before it. */
    private static String name(String title, Set<String> names) {
        String plain = title.replaceAll("[\\[\\]:*?/\\\\\\p{Cntrl}]", " ")
                .replaceAll("^'+|'+$", "")
                .strip();
        String base = plain.isEmpty() ? "1" : plain;
        String name = cut(base, NAME_LIMIT);
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
            String number = " " + i;
            name = cut(base, NAME_LIMIT - number.length()) + number;
        }
        return name;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end).strip();
    }

    private static void look(Progress progress, long done, long all) throws ImportCancelledException {
        if (done % ROWS_BETWEEN_LOOKS == 0) {
            if (progress.cancelled()) {
                throw new ImportCancelledException();
            }
            progress.at(done, done, all);
        }
    }
}
