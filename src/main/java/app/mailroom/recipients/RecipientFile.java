package app.mailroom.recipients;

import app.mailroom.model.RecipientColumn;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A delimited text file of recipients: how it is written, and what its columns are. Its rows are read on import. */
public final class RecipientFile {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int SAMPLE = 50;

    /** What an address column is called, without blanks and punctuation; the earlier name wins. */
    private static final List<String> ADDRESS_NAMES = List.of(
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
            "emailid",
            "이메일",
            "이메일주소",
            "전자우편",
            "전자우편주소",
            "전자메일",
            "전자메일주소",
            "메일",
            "메일주소");

    /** This one may as well be where somebody lives. */
    private static final String DOUBTFUL_NAME = "address";

    private final Path path;
    private final long size;
    private final Charset charset;
    private final char delimiter;
    private final List<String> header;
    private final int addressSlot;
    private final List<RecipientColumn> columns;

    private RecipientFile(Path path, Charset charset, char delimiter, List<String> header, int addressSlot)
            throws IOException {
        this.path = path;
        this.size = Files.size(path);
        this.charset = charset;
        this.delimiter = delimiter;
        this.header = List.copyOf(header);
        this.addressSlot = addressSlot;
        List<String> variables = VariableNames.ofHeader(header, addressSlot);
        List<RecipientColumn> found = new ArrayList<>();
        for (int slot = 0; slot < header.size(); slot++) {
            found.add(new RecipientColumn(slot, slot, header.get(slot), variables.get(slot)));
        }
        this.columns = List.copyOf(found);
    }

    /**
     * Looks at a file. To find the encoding all of it is read once or twice; of its records only the first.
     *
     * @param charset the encoding, if a person chose one
     * @param delimiter the character between fields, if a person chose one
     * @throws RecipientFileException when the file cannot be a recipient list
     */
    public static RecipientFile inspect(Path file, Optional<Charset> charset, Optional<Character> delimiter)
            throws IOException, RecipientFileException {
        TextDecoding.refuseWhatIsNotText(file);
        Charset text = charset.isPresent() ? charset.get() : TextDecoding.detect(file);
        char separator = delimiter.isPresent() ? delimiter.get() : delimiter(file, text);
        List<List<String>> sample = sample(file, text, separator);
        if (sample.isEmpty()) {
            throw new RecipientFileException(
                    RecipientFileFault.EMPTY, "The file has no readable column names in its first line.");
        }
        List<String> header = sample.get(0).stream().map(String::strip).toList();
        List<List<String>> rows = sample.subList(1, sample.size());
        for (String name : header) {
            if (isAddress(name)) {
                throw new RecipientFileException(
                        RecipientFileFault.NO_HEADER,
                        "The first line has the address " + name
                                + " where the names of the columns should be. Put a line with names above it.");
            }
        }
        return new RecipientFile(file, text, separator, header, addressSlot(header, rows));
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Its size in bytes when it was inspected. */
    public long size() {
        return size;
    }

    /** The encoding, as found or as chosen. */
    public Charset charset() {
        return charset;
    }

    /** The character between fields, as found or as chosen. */
    public char delimiter() {
        return delimiter;
    }

    /** The names of the columns, without blanks around them. */
    public List<String> header() {
        return header;
    }

    /** The columns, in the order of the file. */
    public List<RecipientColumn> columns() {
        return columns;
    }

    /** The slot of the column that holds the addresses. */
    public int addressSlot() {
        return addressSlot;
    }

    /** Its records, the header first. */
    RecordReader open() throws IOException, RecipientFileException {
        return new RecordReader(path, charset, delimiter);
    }

    /** The delimiter with which most records are as wide as the header; of equals, the one that gives more columns. */
    private static char delimiter(Path file, Charset charset) throws IOException, RecipientFileException {
        char best = DELIMITERS.get(0);
        int bestShare = 0;
        int bestWidth = 1;
        for (char candidate : DELIMITERS) {
            List<List<String>> sample = sample(file, charset, candidate);
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
    private static List<List<String>> sample(Path file, Charset charset, char delimiter)
            throws IOException, RecipientFileException {
        List<List<String>> sample = new ArrayList<>();
        try (RecordReader reader = new RecordReader(file, charset, delimiter)) {
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

    private static int addressSlot(List<String> header, List<List<String>> rows) throws RecipientFileException {
        List<String> folded = header.stream().map(RecipientFile::fold).toList();
        for (String name : ADDRESS_NAMES) {
            int slot = folded.indexOf(name);
            if (slot >= 0) {
                return slot;
            }
        }
        int doubtful = folded.indexOf(DOUBTFUL_NAME);
        if (doubtful >= 0 && (rows.isEmpty() || isMostlyAddresses(rows, doubtful))) {
            return doubtful;
        }
        for (int slot = 0; slot < header.size(); slot++) {
            if (isMostlyAddresses(rows, slot)) {
                return slot;
            }
        }
        throw new RecipientFileException(
                RecipientFileFault.NO_ADDRESS_COLUMN,
                "No column holds e-mail addresses. The columns found are: " + String.join(", ", header)
                        + ". Call the right one \"email\", or choose another delimiter.");
    }

    private static boolean isMostlyAddresses(List<List<String>> rows, int slot) {
        int filled = 0;
        int addresses = 0;
        for (List<String> row : rows) {
            if (slot < row.size() && !row.get(slot).isBlank()) {
                filled++;
                if (isAddress(row.get(slot))) {
                    addresses++;
                }
            }
        }
        return addresses * 2 > filled;
    }

    private static boolean isAddress(String text) {
        try {
            EmailAddress.parse(text);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    private static String fold(String name) {
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
