package app.mailroom.recipients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * What has to be known of a sheet before its first row is read, and stands behind its last.
 *
 * @param rows how many there are, blank ones included
 * @param merged blocks of cells that are shown as one, by their top row
 */
record SheetScan(long rows, List<Block> merged) {
    /** Longer tags are not looked at: what is looked for is short. */
    private static final int TAG = 160;

    /** More merged blocks than this are no list of recipients; those beyond stay as they are. */
    private static final int BLOCKS = 200_000;

    /** The element around all rows. */
    private static final String ROWS = "sheetData";

    private static final Pattern REFERENCE =
            Pattern.compile("\\sref=[\"']([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})[\"']");

    /** A block of merged cells; rows as people number them, columns from 0. */
    record Block(int top, int left, int bottom, int right) {}

    /** A row is in memory as a whole, so it may have no more cells than a sheet has columns. */
    private static final int CELLS_IN_A_ROW = 16_384;

    private static final int LETTERS_OF_A_COLUMN = 3;

    /** For the same reason; the longest list of recipients with a letter in every row stays far below. */
    private static final long BYTES_IN_A_ROW = 16L << 20;

    /** Looks through the XML of a sheet; much faster than parsing it. */
    static SheetScan of(InputStream xml) throws IOException {
        byte[] buffer = new byte[1 << 16];
        byte[] tag = new byte[TAG];
        int length = -1;
        long rows = 0;
        int cells = 0;
        long bytes = 0;
        boolean inRows = true;
        List<Block> merged = new ArrayList<>();
        for (int n = xml.read(buffer); n >= 0; n = xml.read(buffer)) {
            bytes += inRows ? n : 0;
            if (bytes > BYTES_IN_A_ROW) {
                throw new WorkbookFile.TooLargeException();
            }
            for (int i = 0; i < n; i++) {
                byte b = buffer[i];
                if (b == '<') {
                    length = 0;
                } else if (length >= 0 && b == '>') {
                    if (is(tag, length, "row")) {
                        rows++;
                        cells = 0;
                        bytes = 0;
                    } else if (is(tag, length, "c")) {
                        if (++cells > CELLS_IN_A_ROW || isBeyondTheLastColumn(tag, length)) {
                            throw new ZipException("row " + rows + " has more cells than a sheet has columns");
                        }
                    } else if (endsRows(tag, length)) {
                        inRows = false;
                    } else if (is(tag, length, "mergeCell") && merged.size() < BLOCKS) {
                        add(new String(tag, 0, length, StandardCharsets.UTF_8), merged);
                    }
                    length = -1;
                } else if (length >= 0 && length < TAG) {
                    tag[length++] = b;
                }
            }
        }
        merged.sort(Comparator.comparingInt(Block::top));
        return new SheetScan(rows, List.copyOf(merged));
    }

    private static boolean is(byte[] tag, int length, String name) {
        int from = 0;
        for (int i = 0; i < length && tag[i] != ' ' && tag[i] != '/'; i++) {
            if (tag[i] == ':') {
                from = i + 1;
            }
        }
        int end = from + name.length();
        if (end > length) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (tag[i] != name.charAt(i - from)) {
                return false;
            }
        }
        return end == length || tag[end] == '/' || Character.isWhitespace(tag[end]);
    }

    /** Columns have at most three letters; room is made for all that stand before a cell. */
    private static boolean isBeyondTheLastColumn(byte[] tag, int length) {
        int at = 0;
        while (at + 1 < length && !(Character.isWhitespace(tag[at]) && tag[at + 1] == 'r')) {
            at++;
        }
        at += 2;
        while (at < length && (Character.isWhitespace(tag[at]) || tag[at] == '=')) {
            at++;
        }
        int letters = at + 1;
        while (letters < length && Character.isLetter(tag[letters])) {
            letters++;
        }
        return letters - at - 1 > LETTERS_OF_A_COLUMN;
    }

    private static boolean endsRows(byte[] tag, int length) {
        return length > ROWS.length()
                && length < TAG
                && tag[0] == '/'
                && new String(tag, length - ROWS.length(), ROWS.length(), StandardCharsets.US_ASCII).equals(ROWS);
    }

    private static void add(String tag, List<Block> merged) {
        Matcher matcher = REFERENCE.matcher(tag);
        if (matcher.find()) {
            merged.add(new Block(
                    Integer.parseInt(matcher.group(2)),
                    column(matcher.group(1)),
                    Integer.parseInt(matcher.group(4)),
                    column(matcher.group(3))));
        }
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column - 1;
    }
}
