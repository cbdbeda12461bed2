package app.mailroom.recipients;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** Finds out in which encoding a file was written. Reads it in pieces, up to twice. */
final class TextDecoding {
    /** What Korean Windows writes; holds all Hangul syllables. */
    static final Charset CP949 = Charset.forName("x-windows-949");

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int HEAD = 4096;
    private static final int PERCENT_COMMON = 80;

    private TextDecoding() {}

    /** The encoding that the file's own bytes speak for. */
    static Charset detect(SourceBytes file) throws IOException, RecipientFileException {
        byte[] head = head(file);
        if (startsWith(head, StandardCharsets.UTF_8)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(head, StandardCharsets.UTF_16LE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(head, StandardCharsets.UTF_16BE)) {
            return StandardCharsets.UTF_16BE;
        }
        int zeroFirst = zeros(head, 0);
        int zeroSecond = zeros(head, 1);
        if (zeroFirst + zeroSecond > 0) {
            int units = head.length / 2;
            if (zeroSecond * 4 > units && zeroFirst * 10 < zeroSecond) {
                return StandardCharsets.UTF_16LE;
            }
            if (zeroFirst * 4 > units && zeroSecond * 10 < zeroFirst) {
                return StandardCharsets.UTF_16BE;
            }
            throw new RecipientFileException(
                    RecipientFileFault.NOT_TEXT, "The file is not a text file. Save the list as CSV (UTF-8).");
        }
        if (decodes(file, StandardCharsets.UTF_8, new Tally())) {
            return StandardCharsets.UTF_8;
        }
        Tally korean = new Tally();
        if (decodes(file, CP949, korean) && korean.isMostlyCommonKorean()) {
            return CP949;
        }
        return WINDOWS_1252;
    }

    /** The text of a file without its byte order mark; reading fails on bytes that are no text in the encoding. */
    static Reader open(SourceBytes file, InputStream bytes, Charset charset) throws IOException {
        byte[] head = head(file);
        if (startsWith(head, charset)) {
            bytes.skipNBytes(bom(charset).length);
        }
        return new InputStreamReader(bytes, strict(charset));
    }

    private static boolean decodes(SourceBytes file, Charset charset, Tally tally) throws IOException {
        try (Reader text = new InputStreamReader(file.open(), strict(charset))) {
            char[] buffer = new char[1 << 15];
            for (int n = text.read(buffer); n >= 0; n = text.read(buffer)) {
                tally.count(buffer, n);
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static byte[] head(SourceBytes file) throws IOException {
        try (InputStream bytes = file.open()) {
            return bytes.readNBytes(HEAD);
        }
    }

    private static boolean startsWith(byte[] head, Charset charset) {
        byte[] bom = bom(charset);
        return bom.length > 0 && startsWith(head, bom);
    }

    private static boolean startsWith(byte[] head, byte[] start) {
        return head.length >= start.length && Arrays.equals(head, 0, start.length, start, 0, start.length);
    }

    private static byte[] bom(Charset charset) {
        boolean hasOne = charset.equals(StandardCharsets.UTF_8)
                || charset.equals(StandardCharsets.UTF_16LE)
                || charset.equals(StandardCharsets.UTF_16BE);
        return hasOne ? "\uFEFF".getBytes(charset) : new byte[0];
    }

    private static int zeros(byte[] bytes, int offset) {
        int zeros = 0;
        for (int i = offset; i < bytes.length; i += 2) {
            if (bytes[i] == 0) {
                zeros++;
            }
        }
        return zeros;
    }

    /** How many characters are not ASCII, and how many of those are in the everyday Korean set KS X 1001. */
    private static final class Tally {
        private final BitSet common = new BitSet();
        private long foreign;
        private long known;

        Tally() {
            Charset wansung = Charset.forName("EUC-KR");
            for (int lead = 0xA1; lead <= 0xFE; lead++) {
                for (int trail = 0xA1; trail <= 0xFE; trail++) {
                    String decoded = new String(new byte[] {(byte) lead, (byte) trail}, wansung);
                    // The set has gaps, which decode to the replacement character.
                    if (decoded.charAt(0) != '\uFFFD') {
                        common.set(decoded.charAt(0));
                    }
                }
            }
        }

        void count(char[] text, int length) {
            for (int i = 0; i < length; i++) {
                if (text[i] >= 0x80) {
                    foreign++;
                    if (common.get(text[i])) {
                        known++;
                    }
                }
            }
        }

        boolean isMostlyCommonKorean() {
            return known * 100 >= foreign * PERCENT_COMMON;
        }
    }
}
