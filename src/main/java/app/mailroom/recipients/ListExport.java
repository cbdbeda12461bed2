package app.mailroom.recipients;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Right;
import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.store.AuditStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes the rows of a sheet to a file. It is written beside the wanted one and takes its place when all of it is there;
 * whatever goes wrong, a file that was there stays as it was. Blank rows are left out.
 */
public final class ListExport {
    /** How a text file is written. The mark is only written where the encoding is one of Unicode. */
    public record TextForm(Charset charset, char delimiter, boolean byteOrderMark) {}

    /**
     * What is written: the rows that a query shows, in its order, and of them these columns, in this order.
     *
     * @param slots of the columns; at least one
     */
    public record Choice(SheetQuery query, SheetSituation situation, List<Integer> slots) {}

    private static final int ROWS_AT_ONCE = 500;
    private static final int SHEET_ROWS = 1_048_576;
    private static final int CELL_LIMIT = 32_767;
    private static final int ROWS_BETWEEN_FLUSHES = 1_000;
    private static final double NARROWEST = 10;
    private static final double WIDEST = 48;

    private final RecipientStore recipients;
    private final SheetStore sheets;
    private final AuditStore audit;
    private final Access access;

    /** Over the given stores, for whoever uses them. */
    public ListExport(RecipientStore recipients, SheetStore sheets, AuditStore audit, Access access) {
        this.audit = audit;
        this.access = access;
        this.recipients = recipients;
        this.sheets = sheets;
    }

    /**
     * Writes delimited text with a header. What a spreadsheet would run as a formula gets an apostrophe before it, in
     * headers too, except plain numbers with a sign; so such a value does not come back as it was.
     *
     * @return how many rows were written
     * @throws app.mailroom.model.NotAllowedException when they may not export; the same for workbooks
     * @throws ListExportException when the encoding does not have a character
     * @throws ImportCancelledException when {@code progress} asked to stop
     */
    public long toText(long listId, Choice choice, TextForm form, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        access.require(Right.EXPORT);
        List<RecipientColumn> columns = columns(listId, choice);
        CharsetEncoder encoder = form.charset().newEncoder();
        long rows = WholeFile.write(file, stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, form.charset()));
            // Java itself writes the mark of this one.
            boolean marked = form.charset().equals(StandardCharsets.UTF_16);
            if (form.byteOrderMark() && !marked && form.charset().name().startsWith("UTF-")) {
                writer.write('\uFEFF');
            }
            // All is quoted: a program that takes another sign for the delimiter would find a formula behind it.
            CsvWriter csv = CsvWriter.builder()
                    .fieldSeparator(form.delimiter())
                    .quoteStrategy(QuoteStrategies.ALWAYS)
                    .build(writer);
            long written = each(listId, choice, columns, progress, (number, values) -> {
                List<String> cells = new ArrayList<>(values.size());
                for (int i = 0; i < values.size(); i++) {
                    String cell = HarmlessText.of(values.get(i));
                    if (!encoder.canEncode(cell)) {
                        throw new ListExportException(
                                number,
                                columns.get(i).name(),
                                "the encoding " + form.charset().displayName()
                                        + " does not have all its characters. Choose UTF-8.");
                    }
                    cells.add(cell);
                }
                csv.writeRecord(cells);
            });
            csv.flush();
            return written;
        });
        tell(listId, rows + " rows, text");
        return rows;
    }

    /**
     * Writes a workbook for Excel, with a header that stays in view; more rows than a worksheet holds go on in further
     * ones. All cells are text, so that leading zeros stay, and text is never run as a formula.
     *
     * @return how many rows were written
     * @throws ListExportException when a value is longer than a cell may be
     * @throws ImportCancelledException when {@code progress} asked to stop
     */
    public long toWorkbook(long listId, Choice choice, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        access.require(Right.EXPORT);
        List<RecipientColumn> columns = columns(listId, choice);
        long rows = WholeFile.write(file, stream -> {
            try (Workbook workbook = new Workbook(stream, "Mailroom", "1.0")) {
                Pages pages = new Pages(workbook, columns);
                return each(listId, choice, columns, progress, pages::add);
            }
        });
        tell(listId, rows + " rows, XLSX");
        return rows;
    }

    private void tell(long listId, String detail) {
        String name = recipients.find(listId).map(RecipientList::name).orElse("");
        audit.add(AuditAction.LIST_EXPORTED, AuditStore.subject("list", listId, name), detail);
    }

    /** The worksheets of a workbook, one after the other. */
    private static final class Pages {
        private final Workbook workbook;
        private final List<RecipientColumn> columns;
        private final double[] widths;
        private Worksheet page;
        private int next;
        private int number = 1;

        Pages(Workbook workbook, List<RecipientColumn> columns) {
            this.workbook = workbook;
            this.columns = columns;
            this.widths = new double[columns.size()];
            Arrays.fill(widths, NARROWEST);
            this.page = workbook.newWorksheet("1");
        }

        void add(long row, List<String> values) throws IOException {
            if (next == SHEET_ROWS) {
                fixWidths();
                page.finish();
                page = workbook.newWorksheet(Integer.toString(++number));
                next = 0;
                put(0, columns.stream().map(RecipientColumn::name).toList());
            }
            put(row, values);
        }

        private void put(long row, List<String> values) throws IOException {
            for (int i = 0; i < values.size(); i++) {
                String value = values.get(i);
                if (value.length() > CELL_LIMIT) {
                    throw new ListExportException(
                            row,
                            columns.get(i).name(),
                            "the value is longer than the 32,767 characters that a cell of Excel may have. Export it as"
                                    + " CSV.");
                }
                if (value.isEmpty()) {
                    continue;
                }
                if (value.strip().length() == value.length()) {
                    page.inlineString(next, i, value);
                } else {
                    // Only what stands in the table of texts keeps its blanks at both ends.
                    page.value(next, i, value);
                }
                widths[i] = Math.max(widths[i], Math.min(WIDEST, width(value)));
            }
            if (next == 0) {
                page.range(0, 0, 0, columns.size() - 1).style().bold().set();
                page.freezePane(0, 1);
            }
            next++;
            if (next % ROWS_BETWEEN_FLUSHES == 0) {
                fixWidths();
                page.flush();
            }
        }

        /** By what was seen so far: widths stand before the first row that is written out. */
        private void fixWidths() {
            for (int i = 0; i < widths.length; i++) {
                page.width(i, widths[i]);
            }
        }

        /** In characters; those of East Asian scripts take two. */
        private static double width(String value) {
            int line = value.indexOf('\n');
            String first = line < 0 ? value : value.substring(0, line);
            long wide = first.chars().filter(c -> c >= 0x1100).count();
            return first.length() + wide + 2.0;
        }
    }

    /** What a row of the file is made of; the number is 0 for the header. */
    private interface Row {
        void add(long number, List<String> values) throws IOException;
    }

    private long each(long listId, Choice choice, List<RecipientColumn> columns, Progress progress, Row row)
            throws IOException, ImportCancelledException {
        long[] ids = sheets.ids(listId, choice.query(), choice.situation());
        row.add(0, columns.stream().map(RecipientColumn::name).toList());
        long written = 0;
        for (int from = 0; from < ids.length; from += ROWS_AT_ONCE) {
            if (progress.cancelled()) {
                throw new ImportCancelledException();
            }
            int to = Math.min(from + ROWS_AT_ONCE, ids.length);
            List<Long> some = Arrays.stream(ids, from, to).boxed().toList();
            for (SheetRow found : sheets.rows(listId, some, choice.situation().world())) {
                if (found.standing() != RowStanding.BLANK) {
                    written++;
                    row.add(
                            written,
                            columns.stream()
                                    .map(column -> found.value(column.slot()))
                                    .toList());
                }
            }
            progress.at(to, to, ids.length);
        }
        if (progress.cancelled()) {
            throw new ImportCancelledException();
        }
        return written;
    }

    private List<RecipientColumn> columns(long listId, Choice choice) {
        List<RecipientColumn> all = recipients.columns(listId);
        List<RecipientColumn> chosen = choice.slots().stream()
                .flatMap(slot -> all.stream().filter(column -> column.slot() == slot))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no column of the list is to be written");
        }
        return chosen;
    }
}
