package app.mailroom.recipients;

import app.mailroom.model.RecipientColumn;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A CSV file of recipients (RFC 4180, with its usual variations): how it is written, and which columns it has. */
public final class RecipientFile {
    /** The variable that the address column fills, whatever its header says. */
    public static final String ADDRESS_VARIABLE = "email";

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int SAMPLE = 50;
    private static final int LONGEST_FIELD = 1 << 20;
    private static final Set<String> ADDRESS_HEADERS = Set.of(
            "email",
            "emails",
            "mail",
            "emailaddress",
            "mailaddress",
            "address",
            "recipient",
            "이메일",
            "이메일주소",
            "메일",
            "메일주소",
            "전자우편",
            "전자메일");

    private final Path path;
    private final Charset charset;
    private final int markLength;
    private final char delimiter;
    private final List<RecipientColumn> columns;
    private final int addressSlot;

    private RecipientFile(
            Path path, Charset charset, int markLength, char delimiter, List<RecipientColumn> columns, int slot) {
        this.path = path;
        this.charset = charset;
        this.markLength = markLength;
        this.delimiter = delimiter;
        this.columns = columns;
        this.addressSlot = slot;
    }

    /**
     * Looks at a file. The encoding and the delimiter are found if they are not given.
     *
     * @throws RecipientFileException when it has no header, or no column with addresses
     * @throws IOException when it cannot be read
     */
    public static RecipientFile inspect(Path path, Optional<Charset> charset, Optional<Character> delimiter)
            throws IOException, RecipientFileException {
        if (Files.size(path) == 0) {
            throw new RecipientFileException("The file " + path.getFileName() + " is empty.");
        }
        Encodings.Found found = charset.isPresent()
                ? new Encodings.Found(charset.get(), Encodings.markLength(path, charset.get()))
                : Encodings.find(path);
        char separator = delimiter.isPresent() ? delimiter.get() : findDelimiter(path, found);
        List<List<String>> sample = sample(path, found, separator);
        if (sample.isEmpty()) {
            throw new RecipientFileException("The file " + path.getFileName() + " has no rows.");
        }
        List<String> header = sample.get(0);
        int slot = addressSlot(header, sample.subList(1, sample.size()));
        if (slot < 0) {
            throw new RecipientFileException("No column of " + path.getFileName()
                    + " holds e-mail addresses. Its first row should name the columns, one of them “email”; it reads: "
                    + String.join(" | ", header));
        }
        return new RecipientFile(path, found.charset(), found.markLength(), separator, columns(header, slot), slot);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The encoding it is read in. */
    public Charset charset() {
        return charset;
    }

    /** What stands between its fields. */
    public char delimiter() {
        return delimiter;
    }

    /** Its columns, in their order. */
    public List<RecipientColumn> columns() {
        return columns;
    }

    /** Which column holds the addresses. */
    public int addressSlot() {
        return addressSlot;
    }

    /** The rows after the header, read as they are asked for; the counter follows the bytes read. */
    CsvReader<CsvRecord> open(AtomicLong bytesRead) throws IOException {
        InputStream in = new FilterInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                if (read > 0) {
                    bytesRead.addAndGet(read);
                }
                return read;
            }
        };
        return reader(in, new Encodings.Found(charset, markLength), delimiter);
    }

    /** The name by which a template calls a column: as {@code Variables.key} does for what stands in a template. */
    static String variable(String header) {
        String normal =
                Normalizer.normalize(header, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
        StringBuilder name = new StringBuilder();
        normal.codePoints()
                .map(c -> Character.isLetterOrDigit(c)
                                || Character.getType(c) == Character.NON_SPACING_MARK
                                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                        ? c
                        : '_')
                .forEach(name::appendCodePoint);
        return name.toString();
    }

    private static CsvReader<CsvRecord> reader(InputStream in, Encodings.Found encoding, char delimiter)
            throws IOException {
        in.skipNBytes(encoding.markLength());
        Reader text = new InputStreamReader(
                in,
                encoding.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(text);
    }

    private static List<List<String>> sample(Path path, Encodings.Found encoding, char delimiter) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = reader(Files.newInputStream(path), encoding, delimiter)) {
            for (CsvRecord row : csv) {
                rows.add(row.getFields());
                if (rows.size() > SAMPLE) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            // A quote that is never closed: what came before it is sample enough, and the import reports its line.
            return rows;
        }
        return rows;
    }

    /** The delimiter that splits most of the first rows into as many fields as the header; the more fields the better. */
    private static char findDelimiter(Path path, Encodings.Found encoding) throws IOException {
        char best = ',';
        double bestScore = 0;
        for (char candidate : DELIMITERS) {
            List<List<String>> rows = sample(path, encoding, candidate);
            if (!rows.isEmpty()) {
                int fields = rows.get(0).size();
                long alike = rows.stream().filter(row -> row.size() == fields).count();
                double score = fields < 2 ? 0 : (double) alike / rows.size() * 100 + fields;
                if (score > bestScore) {
                    best = candidate;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    private static int addressSlot(List<String> header, List<List<String>> rows) {
        for (int i = 0; i < header.size(); i++) {
            if (ADDRESS_HEADERS.contains(variable(header.get(i)).replace("_", ""))) {
                return i;
            }
        }
        for (int i = 0; i < header.size(); i++) {
            int slot = i;
            long addresses = rows.stream()
                    .filter(row -> slot < row.size() && isAddress(row.get(slot)))
                    .count();
            if (!rows.isEmpty() && addresses > rows.size() / 2) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAddress(String text) {
        try {
            EmailAddress.parse(text);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    private static List<RecipientColumn> columns(List<String> header, int addressSlot) {
        Set<String> taken = new HashSet<>(Set.of(ADDRESS_VARIABLE));
        List<RecipientColumn> columns = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip();
            String variable = name.isEmpty() ? "column_" + (i + 1) : variable(name);
            if (i == addressSlot) {
                variable = ADDRESS_VARIABLE;
            } else {
                String plain = variable;
                for (int n = 2; !taken.add(variable); n++) {
                    variable = plain + "_" + n;
                }
            }
            columns.add(new RecipientColumn(i, i, name.isEmpty() ? variable : name, variable));
        }
        return List.copyOf(columns);
    }
}
