package app.mailroom.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * How a hit lies in a file of the spool, numbers with their highest byte first: CRC32C (RFC 3720, appendix B.4) of all that
 * follows, 4 bytes; length of the event, 4 bytes; milliseconds since 1970 at which it came, 8 bytes; the event in UTF-8.
 */
final class SpoolRecord {
    /** What stands before the event, in bytes. */
    static final int HEAD = 16;
    /** The longest event, in bytes. An address of the relay is refused long before. */
    static final int LONGEST_EVENT = 64 * 1_024;

    /** The bytes end before the record does, or before it can be told. */
    static final int CUT = 0;
    /** No record begins here. */
    static final int NONE = -1;

    private static final int LENGTH_AT = Integer.BYTES;
    private static final int TIME_AT = 2 * Integer.BYTES;

    private SpoolRecord() {}

    /** The record of an event. Whoever writes it looks first whether it is too long. */
    static byte[] of(String event, Instant at) {
        byte[] text = event.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(HEAD + text.length);
        record.putInt(LENGTH_AT, text.length)
                .putLong(TIME_AT, at.toEpochMilli())
                .put(HEAD, text)
                .putInt(0, checksum(record.array(), LENGTH_AT, record.capacity() - LENGTH_AT));
        return record.array();
    }

    /** How many bytes the whole record has that begins at an index, or {@link #CUT}, or {@link #NONE}. */
    static int sizeAt(ByteBuffer bytes, int index) {
        int left = bytes.limit() - index;
        if (left < HEAD) {
            return CUT;
        }
        int length = bytes.getInt(index + LENGTH_AT);
        if (length <= 0 || length > LONGEST_EVENT) {
            return NONE;
        }
        int size = HEAD + length;
        if (left < size) {
            return CUT;
        }
        int checksum = checksum(bytes.array(), bytes.arrayOffset() + index + LENGTH_AT, size - LENGTH_AT);
        return checksum == bytes.getInt(index) ? size : NONE;
    }

    /** The hit of a record that {@link #sizeAt} has found whole. */
    static SpooledHit hitAt(ByteBuffer bytes, int index, long end) {
        int length = bytes.getInt(index + LENGTH_AT);
        return new SpooledHit(
                new String(bytes.array(), bytes.arrayOffset() + index + HEAD, length, StandardCharsets.UTF_8),
                Instant.ofEpochMilli(bytes.getLong(index + TIME_AT)),
                end);
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
