package app.mailroom.recipients;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a sheet one by one, each cell as a person sees it. Of the workbook only its texts are in memory. */
final class SheetRecords implements Records {
    /** The most columns that a spreadsheet has. */
    private static final int WIDEST = 16_384;

    /**
     * A sheet to read.
     *
     * @param size of the file in bytes
     */
    record Chosen(Path file, long size, String name, boolean from1904, SheetScan scan) {}

    private final Chosen sheet;
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final Map<String, CellFormat> formats = new HashMap<>();
    private final List<Spread> spreads = new ArrayList<>();
    private int nextBlock;
    private long read;
    private long lastRow;

    /** A merged block that reaches into the rows which are being read, and its text. */
    private record Spread(SheetScan.Block block, String text) {}

    /** Of a workbook that was opened, and is closed with this. */
    SheetRecords(Chosen sheet, ReadableWorkbook workbook, Stream<Row> stream) {
        this.sheet = sheet;
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
    }

    @Override
    public @Nullable FileRecord next() throws RecipientFileException {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            Row row = rows.next();
            lastRow = row.getRowNum();
            read++;
            return new FileRecord(lastRow, fields(row), false);
        } catch (RuntimeException e) {
            // The reader says in many ways, all unchecked, that the XML is not what it should be.
            RecipientFileException damaged = new RecipientFileException(
                    RecipientFileFault.DAMAGED,
                    "After row " + lastRow + " the sheet “" + sheet.name()
                            + "” cannot be read. Open the workbook in Excel or LibreOffice and save it anew.",
                    lastRow);
            damaged.initCause(e);
            throw damaged;
        }
    }

    @Override
    public long bytesRead() {
        long all = Math.max(1, sheet.scan().rows());
        return Math.min(sheet.size(), (long) ((double) sheet.size() * read / all));
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }

    private List<String> fields(Row row) {
        int width = Math.min(WIDEST, row.getCellCount());
        List<String> fields = new ArrayList<>(width);
        int filled = 0;
        for (int i = 0; i < width; i++) {
            String text = row.getOptionalCell(i).map(this::text).orElse("");
            fields.add(text);
            if (!text.isEmpty()) {
                filled = i + 1;
            }
        }
        List<String> trimmed = fields.subList(0, filled);
        return sheet.scan().merged().isEmpty() ? List.copyOf(trimmed) : spread(row.getRowNum(), trimmed);
    }

    /** Puts what merged blocks show into the cells that they cover; a row with nothing of its own stays blank. */
    private List<String> spread(int row, List<String> fields) {
        List<SheetScan.Block> blocks = sheet.scan().merged();
        spreads.removeIf(spread -> spread.block().bottom() < row);
        while (nextBlock < blocks.size() && blocks.get(nextBlock).top() <= row) {
            SheetScan.Block block = blocks.get(nextBlock++);
            if (block.top() == row && block.left() < fields.size()) {
                spreads.add(new Spread(block, fields.get(block.left())));
            }
        }
        if (spreads.isEmpty() || fields.stream().allMatch(String::isBlank)) {
            return List.copyOf(fields);
        }
        List<String> filled = new ArrayList<>(fields);
        for (Spread spread : spreads) {
            for (int column = spread.block().left();
                    column <= Math.min(spread.block().right(), WIDEST - 1);
                    column++) {
                while (filled.size() <= column) {
                    filled.add("");
                }
                if (filled.get(column).isEmpty()) {
                    filled.set(column, spread.text());
                }
            }
        }
        return List.copyOf(filled);
    }

    private String text(Cell cell) {
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return format(cell).text(number, sheet.from1904());
        }
        if (value instanceof Boolean flag) {
            return flag.toString().toUpperCase(Locale.ROOT);
        }
        if (cell.getType() == CellType.ERROR || value == null) {
            String raw = cell.getRawValue();
            return raw == null ? "" : raw;
        }
        return value.toString();
    }

    private CellFormat format(Cell cell) {
        Integer id = cell.getDataFormatId();
        String code = cell.getDataFormatString();
        if (id == null && code == null) {
            return CellFormat.GENERAL;
        }
        return formats.computeIfAbsent(code == null ? "#" + id : code, any -> CellFormat.of(id, code));
    }
}
