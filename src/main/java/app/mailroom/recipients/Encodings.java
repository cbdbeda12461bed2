package app.mailroom.recipients;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which encoding a text file is written: by its byte order mark; as UTF-16 by its zero bytes; as UTF-8 if
 * all of it is valid; as CP949 (Korean Windows) if all of it is valid and most of it reads as Korean; otherwise as
 * Windows-1252. Reads the whole file once or twice, a buffer at a time.
 */
final class Encodings {
    static final Charset CP949 = Charset.forName("x-windows-949");
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int HEAD = 4_096;
    private static final double MOSTLY = 0.8;

    private Encodings() {}

    /** An encoding, and how many bytes of byte order mark come before the text. */
    record Found(Charset charset, int markLength) {}

    static Found find(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        Found marked = byMark(head);
        if (marked != null) {
            return marked;
        }
        Charset wide = byZeroBytes(head);
        if (wide != null) {
            return new Found(wide, 0);
        }
        if (isValid(file, StandardCharsets.UTF_8)) {
            return new Found(StandardCharsets.UTF_8, 0);
        }
        return new Found(isKorean(file) ? CP949 : WINDOWS_1252, 0);
    }

    /** How many bytes of mark a file begins with, for an encoding that a person chose. */
    static int markLength(Path file, Charset charset) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Found marked = byMark(in.readNBytes(4));
            return marked != null && marked.charset().equals(charset) ? marked.markLength() : 0;
        }
    }

    private static @Nullable Found byMark(byte[] head) {
        if (head.length >= 3 && at(head, 0) == 0xEF && at(head, 1) == 0xBB && at(head, 2) == 0xBF) {
            return new Found(StandardCharsets.UTF_8, 3);
        }
        if (head.length >= 2 && at(head, 0) == 0xFF && at(head, 1) == 0xFE) {
            return new Found(StandardCharsets.UTF_16LE, 2);
        }
        if (head.length >= 2 && at(head, 0) == 0xFE && at(head, 1) == 0xFF) {
            return new Found(StandardCharsets.UTF_16BE, 2);
        }
        return null;
    }

    private static @Nullable Charset byZeroBytes(byte[] head) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                if (i % 2 == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        // Every address and delimiter has a zero byte in UTF-16, and no other text has any.
        if (Math.max(even, odd) < head.length / 20 + 1) {
            return null;
        }
        return odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static boolean isValid(Path file, Charset charset) throws IOException {
        char[] buffer = new char[65_536];
        try (Reader reader = strict(file, charset)) {
            int read;
            do {
                read = reader.read(buffer);
            } while (read >= 0);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isKorean(Path file) throws IOException {
        char[] buffer = new char[65_536];
        long foreign = 0;
        long korean = 0;
        try (Reader reader = strict(file, CP949)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] >= 128) {
                        foreign++;
                        korean += isCommonKorean(buffer[i]) ? 1 : 0;
                    }
                }
            }
        } catch (CharacterCodingException e) {
            return false;
        }
        return foreign > 0 && korean >= foreign * MOSTLY;
    }

    /** Syllables of the national standard KS X 1001 have two high bytes; the others of CP949 are rarely used. */
    private static boolean isCommonKorean(char c) {
        if (c >= '\u3000' && c <= '\u303F') {
            return true;
        }
        if ((c < '\uAC00' || c > '\uD7A3') && (c < '\u4E00' || c > '\u9FFF')) {
            return false;
        }
        byte[] bytes = String.valueOf(c).getBytes(CP949);
        return bytes.length == 2 && at(bytes, 0) >= 0xB0 && at(bytes, 1) >= 0xA1;
    }

    private static Reader strict(Path file, Charset charset) throws IOException {
        return new InputStreamReader(
                new BufferedInputStream(Files.newInputStream(file), 65_536),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }
}
