package app.mailroom.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** A piece of a template as it is read, with what was written in another notation resolved, and the way back to what is written. */
final class Reading {
    private static final Pattern ENCODED_VARIABLE =
            Pattern.compile("%7B%7B([^\\s<>\"'{}]{1,2000}?)%7D%7D", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile("&(?:#[xX]?[0-9a-fA-F]{1,9}|[a-zA-Z][a-zA-Z0-9]{0,40});?");
    private static final Pattern OCTETS = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

    private final String text;

    /** Where each character is written, and where the text ends; -1 within a notation for several. Null if it is the same. */
    private final int @Nullable [] origins;

    private Reading(String text, int @Nullable [] origins) {
        this.text = text;
        this.origins = origins;
    }

    static Reading plain(String source) {
        return new Reading(source, null);
    }

    /** Browsers and HTML editors write the braces of a variable in a link percent-encoded. */
    static Reading withDecodedBraces(String html) {
        Matcher encoded = ENCODED_VARIABLE.matcher(html);
        Writing writing = null;
        int from = 0;
        while (encoded.find()) {
            if (!isDecodable(encoded.group(1))) {
                continue;
            }
            writing = writing == null ? new Writing(html) : writing;
            writing.copy(from, encoded.start());
            writing.resolve("{", encoded.start());
            writing.resolve("{", encoded.start() + 3);
            writing.octets(encoded.start(1), encoded.end(1));
            writing.resolve("}", encoded.end() - 6);
            writing.resolve("}", encoded.end() - 3);
            from = encoded.end();
        }
        return writing == null ? plain(html) : writing.upTo(from, html.length());
    }

    /** The inside of a variable whose braces are percent-encoded. */
    static Reading percentDecoded(String source) {
        Writing writing = new Writing(source);
        writing.octets(0, source.length());
        return writing.upTo(source.length(), source.length());
    }

    /** The same with character references resolved as an HTML parser does. */
    Reading unescaped() {
        if (text.indexOf('&') < 0) {
            return this;
        }
        Writing writing = new Writing(text);
        Matcher reference = REFERENCE.matcher(text);
        int from = 0;
        while (reference.find()) {
            writing.copy(from, reference.start());
            writing.resolve(Parser.unescapeEntities(reference.group(), false), reference.start());
            from = reference.end();
        }
        Reading inner = writing.upTo(from, text.length());
        String whole = Parser.unescapeEntities(text, false);
        if (!inner.text.equals(whole)) {
            int[] unknown = new int[whole.length() + 1];
            Arrays.fill(unknown, -1);
            unknown[0] = origin(0);
            unknown[whole.length()] = origin(text.length());
            return new Reading(whole, unknown);
        }
        int[] through = new int[inner.text.length() + 1];
        for (int i = 0; i < through.length; i++) {
            int within = inner.origin(i);
            through[i] = within < 0 ? -1 : origin(within);
        }
        return new Reading(inner.text, through);
    }

    String text() {
        return text;
    }

    /** Where in the source the character is written, or the end for the text's length; -1 if that cannot be told. */
    int origin(int index) {
        return origins == null ? index : origins[index];
    }

    /** The same, or the nearest place before it that can be told. */
    int near(int index) {
        int known = index;
        while (origin(known) < 0) {
            known--;
        }
        return origin(known);
    }

    private static boolean isDecodable(String inner) {
        return OCTETS.matcher(inner).replaceAll("").indexOf('%') < 0;
    }

    /** A reading that is being put together. */
    private static final class Writing {
        private final String source;
        private final StringBuilder out;
        private int[] origins;

        Writing(String source) {
            this.source = source;
            this.out = new StringBuilder(source.length());
            this.origins = new int[source.length() + 1];
        }

        void copy(int from, int to) {
            for (int i = from; i < to; i++) {
                add(source.charAt(i), i);
            }
        }

        void resolve(String resolved, int origin) {
            for (int i = 0; i < resolved.length(); i++) {
                add(resolved.charAt(i), i == 0 ? origin : -1);
            }
        }

        void octets(int from, int to) {
            Matcher octets = OCTETS.matcher(source).region(from, to);
            int next = from;
            while (octets.find()) {
                copy(next, octets.start());
                characters(octets.group(), octets.start());
                next = octets.end();
            }
            copy(next, to);
        }

        /** What is no UTF-8 becomes U+FFFD, octet by octet, so that the rest keeps its place. */
        private void characters(String octets, int start) {
            byte[] bytes = new byte[octets.length() / 3];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(octets, 3 * i + 1, 3 * i + 3, 16);
            }
            int i = 0;
            while (i < bytes.length) {
                int length = Math.min(lengthOfSequence(bytes[i]), bytes.length - i);
                String character = new String(bytes, i, length, StandardCharsets.UTF_8);
                if (character.codePointCount(0, character.length()) > 1 || character.equals("\uFFFD")) {
                    character = "\uFFFD";
                    length = 1;
                }
                resolve(character, start + 3 * i);
                i += length;
            }
        }

        private static int lengthOfSequence(byte first) {
            int octet = first & 0xFF;
            if (octet < 0xC0) {
                return 1;
            }
            return octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
        }

        private void add(char c, int origin) {
            if (out.length() + 1 == origins.length) {
                origins = Arrays.copyOf(origins, 2 * origins.length);
            }
            origins[out.length()] = origin;
            out.append(c);
        }

        Reading upTo(int from, int end) {
            copy(from, end);
            origins = Arrays.copyOf(origins, out.length() + 1);
            origins[out.length()] = end;
            return new Reading(out.toString(), origins);
        }
    }
}
