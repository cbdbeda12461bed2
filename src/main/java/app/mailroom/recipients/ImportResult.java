package app.mailroom.recipients;

import java.nio.charset.Charset;

/**
 * What became of a file's rows.
 *
 * @param rows rows that can be mailed
 * @param duplicates rows left out because an earlier one has their address
 * @param refused rows left out for what is wrong with them
 */
public record ImportResult(long listId, long rows, long duplicates, long refused, Charset charset, char delimiter) {
    /** All rows left out. */
    public long problems() {
        return duplicates + refused;
    }
}
