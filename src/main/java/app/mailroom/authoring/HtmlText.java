package app.mailroom.authoring;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML as bytes: in the encoding that it names itself, or else in one that fits. */
final class HtmlText {
    /** Every byte means something in it, so it comes last; older Korean editors still write it. */
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    private static final int PROLOGUE = 4096;
    private static final Pattern DECLARED =
            Pattern.compile("(?i)<meta[^>]{0,200}?charset\\s*=\\s*[\"']?\\s*([\\w:.-]+)");

    private HtmlText() {}

    /** The text, without a byte order mark. */
    static String decoded(byte[] content) {
        if (begins(content, 0xEF, 0xBB, 0xBF)) {
            return new String(content, 3, content.length - 3, StandardCharsets.UTF_8);
        }
        if (begins(content, 0xFF, 0xFE)) {
            return new String(content, 2, content.length - 2, StandardCharsets.UTF_16LE);
        }
        if (begins(content, 0xFE, 0xFF)) {
            return new String(content, 2, content.length - 2, StandardCharsets.UTF_16BE);
        }
        Set<Charset> charsets = new LinkedHashSet<>();
        declared(new String(content, 0, Math.min(content.length, PROLOGUE), StandardCharsets.ISO_8859_1))
                .ifPresent(charsets::add);
        charsets.add(StandardCharsets.UTF_8);
        for (Charset charset : charsets) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            } catch (CharacterCodingException e) {
                // Then it is another one.
            }
        }
        return new String(content, KOREAN);
    }

    /** In UTF-8, with a byte order mark where a reader would else take it for another encoding. */
    static byte[] encoded(String html) {
        byte[] text = html.getBytes(StandardCharsets.UTF_8);
        boolean ascii = text.length == html.length();
        Optional<Charset> declared = declared(html.substring(0, Math.min(html.length(), PROLOGUE)));
        if (ascii || declared.filter(StandardCharsets.UTF_8::equals).isPresent()) {
            return text;
        }
        byte[] marked = new byte[text.length + 3];
        marked[0] = (byte) 0xEF;
        marked[1] = (byte) 0xBB;
        marked[2] = (byte) 0xBF;
        System.arraycopy(text, 0, marked, 3, text.length);
        return marked;
    }

    /** A path with its percent signs resolved; as it stands if they mean nothing. */
    static String percentDecoded(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '%') {
                int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
                int low = i + 2 < text.length ? Character.digit(text[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return path;
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(text[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            return path;
        }
    }

    private static Optional<Charset> declared(String prologue) {
        Matcher declared = DECLARED.matcher(prologue);
        if (!declared.find()) {
            return Optional.empty();
        }
        String name = declared.group(1).toLowerCase(Locale.ROOT);
        if (name.startsWith("utf-16")) {
            // Were it so, the declaration could not have been read.
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (name.equals("euc-kr") || name.equals("ks_c_5601-1987") || name.equals("cp949") || name.equals("ksc5601")) {
            return Optional.of(KOREAN);
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static boolean begins(byte[] content, int... bytes) {
        if (content.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((content[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
