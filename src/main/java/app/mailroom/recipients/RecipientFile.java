package app.mailroom.recipients;

import app.mailroom.model.RecipientColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A source of recipients, looked at: how it is written, what its columns are called, and its first rows. The rest is
 * read on import.
 */
public final class RecipientFile {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int SAMPLE = 50;
    private static final int HEAD = 4;

    private final RecipientSource source;
    private final Opening opening;
    private final boolean named;
    private final List<String> header;
    private final List<List<String>> sample;
    private final Optional<Integer> addressSlot;
    private final String columnName;

    /** How the records are reached. */
    private record Opening(RecipientFormat format, long size, Reached reached) {}

    private interface Reached {
        Records open() throws IOException, RecipientFileException;
    }

    private RecipientFile(RecipientSource source, Opening opening, boolean named, List<List<String>> rows, ReadAs as) {
        this.source = source;
        this.opening = opening;
        this.named = named;
        this.columnName = as.columnName();
        this.sample = List.copyOf(named ? rows.subList(1, rows.size()) : rows);
        this.header = header(opening.format(), rows, named);
        this.addressSlot = ColumnMatching.addressColumn(header, sample);
    }

    /**
     * Looks at a source. To find the encoding all of a text is read once or twice; of its records only the first. Of a
     * workbook the chosen sheet is looked through once.
     *
     * @throws RecipientFileException when the source cannot be read as records
     */
    public static RecipientFile inspect(RecipientSource source, ReadAs as) throws IOException, RecipientFileException {
        Opening opening = opening(source, as);
        List<List<String>> rows = sample(opening.reached());
        if (rows.isEmpty()) {
            throw new RecipientFileException(
                    RecipientFileFault.EMPTY, "There is nothing readable in the first line, nor below it.");
        }
        boolean named =
                as.named().isPresent() ? as.named().get() : rows.get(0).stream().noneMatch(ColumnMatching::isAddress);
        return new RecipientFile(source, opening, named, rows, as);
    }

    /**
     * Looks at a text file or workbook that is to be imported as it is: the first line names the columns, and one of
     * them holds addresses.
     *
     * @param charset the encoding, if a person chose one
     * @param delimiter the character between fields, if a person chose one
     * @throws RecipientFileException when the file cannot be a recipient list
     */
    public static RecipientFile inspect(Path file, Optional<Charset> charset, Optional<Character> delimiter)
            throws IOException, RecipientFileException {
        ReadAs as = new ReadAs(charset, delimiter, Optional.empty(), Optional.empty(), ReadAs.FOUND_OUT.columnName());
        RecipientFile found = inspect(new RecipientSource.OfFile(file), as);
        found.refuseWithoutNames();
        found.refuseWithoutAddresses();
        return found;
    }

    /**
     * Refuses what has an address where the names of columns should be.
     *
     * @throws RecipientFileException if so
     */
    public void refuseWithoutNames() throws RecipientFileException {
        if (!named) {
            String address = sample.get(0).stream()
                    .filter(ColumnMatching::isAddress)
                    .findFirst()
                    .orElse("");
            throw new RecipientFileException(
                    RecipientFileFault.NO_HEADER,
                    "The first line has the address " + address.strip()
                            + " where the names of the columns should be. Put a line with names above it.");
        }
    }

    private void refuseWithoutAddresses() throws RecipientFileException {
        if (addressSlot.isEmpty()) {
            throw noAddressColumn();
        }
    }

    RecipientFileException noAddressColumn() {
        return new RecipientFileException(
                RecipientFileFault.NO_ADDRESS_COLUMN,
                "No column holds e-mail addresses. The columns found are: " + String.join(", ", header)
                        + ". Call the right one \"email\", or choose another delimiter.");
    }

    /** Where the recipients are taken from. */
    public RecipientSource source() {
        return source;
    }

    /** How it is written, as found or as chosen. */
    public RecipientFormat format() {
        return opening.format();
    }

    /** Its size in bytes when it was inspected. */
    public long size() {
        return opening.size();
    }

    /** Whether the first line has the names of the columns, as found or as chosen. */
    public boolean named() {
        return named;
    }

    /** The names of the columns, without blanks around them; empty ones where there are no names. */
    public List<String> header() {
        return header;
    }

    /** The first rows, without the names; a row may be shorter than the header. */
    public List<List<String>> sample() {
        return sample;
    }

    /** What a column without a name is called. */
    public String placeholder(int column) {
        return columnName + " " + (column + 1);
    }

    /** The columns, in the order of the file. */
    public List<RecipientColumn> columns() {
        List<String> variables = VariableNames.ofHeader(header, addressSlot.orElse(-1));
        List<RecipientColumn> found = new ArrayList<>();
        for (int slot = 0; slot < header.size(); slot++) {
            found.add(new RecipientColumn(slot, slot, header.get(slot), variables.get(slot)));
        }
        return List.copyOf(found);
    }

    /** The column that holds the addresses, where one was found. */
    public Optional<Integer> addressSlot() {
        return addressSlot;
    }

    /** Its records from the first on, the names included. */
    Records open() throws IOException, RecipientFileException {
        return opening.reached().open();
    }

    private static Opening opening(RecipientSource source, ReadAs as) throws IOException, RecipientFileException {
        SourceBytes bytes = SourceBytes.of(source);
        byte[] head;
        try (InputStream start = bytes.open()) {
            head = start.readNBytes(HEAD);
        }
        if (head.length == 0) {
            throw new RecipientFileException(RecipientFileFault.EMPTY, "The file is empty.");
        }
        if (source instanceof RecipientSource.OfFile file && WorkbookFile.looksLikeOne(head)) {
            WorkbookFile workbook = WorkbookFile.open(file.path());
            SheetRecords.Chosen sheet =
                    as.sheet().isPresent() ? workbook.choose(as.sheet().get()) : workbook.proposed();
            return new Opening(
                    new RecipientFormat.Workbook(sheet.name(), workbook.sheets()),
                    sheet.size(),
                    () -> workbook.read(sheet));
        }
        Charset text = charset(source, bytes, as);
        char separator = as.delimiter().isPresent() ? as.delimiter().get() : delimiter(bytes, text);
        return new Opening(
                new RecipientFormat.Text(text, separator),
                bytes.size(),
                () -> new RecordReader(bytes, text, separator));
    }

    private static Charset charset(RecipientSource source, SourceBytes bytes, ReadAs as)
            throws IOException, RecipientFileException {
        if (source instanceof RecipientSource.OfText) {
            return StandardCharsets.UTF_8;
        }
        return as.charset().isPresent() ? as.charset().get() : TextDecoding.detect(bytes);
    }

    /** The names in a text's first line say how wide it is; in a sheet values may stand below no name. */
    private static List<String> header(RecipientFormat format, List<List<String>> rows, boolean named) {
        List<String> first = named ? rows.get(0).stream().map(String::strip).toList() : List.of();
        if (named && format instanceof RecipientFormat.Text) {
            return first;
        }
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        List<String> header = new ArrayList<>(Collections.nCopies(width, ""));
        for (int i = 0; i < first.size(); i++) {
            header.set(i, first.get(i));
        }
        return List.copyOf(header);
    }

    /** The delimiter with which most records are as wide as the header; of equals, the one that gives more columns. */
    private static char delimiter(SourceBytes file, Charset charset) throws IOException, RecipientFileException {
        char best = DELIMITERS.get(0);
        int bestShare = 0;
        int bestWidth = 1;
        for (char candidate : DELIMITERS) {
            List<List<String>> sample = sample(() -> new RecordReader(file, charset, candidate));
            int width = sample.isEmpty() ? 0 : sample.get(0).size();
            if (width < 2) {
                continue;
            }
            long alike = sample.stream().filter(r -> r.size() == width).count();
            int share = (int) (alike * 100 / sample.size());
            if (share > bestShare || (share == bestShare && width > bestWidth)) {
                best = candidate;
                bestShare = share;
                bestWidth = width;
            }
        }
        return best;
    }

    /** The first records that are not blank, up to the first broken one. */
    private static List<List<String>> sample(Reached reached) throws IOException, RecipientFileException {
        List<List<String>> sample = new ArrayList<>();
        try (Records reader = reached.open()) {
            FileRecord row = reader.next();
            while (row != null && sample.size() <= SAMPLE) {
                if (row.broken() && sample.isEmpty()) {
                    break;
                }
                if (!row.broken() && !row.isBlank()) {
                    sample.add(row.fields());
                }
                row = row.broken() ? null : reader.next();
            }
        }
        return sample;
    }
}
