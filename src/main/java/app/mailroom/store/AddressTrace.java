package app.mailroom.store;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Finds one address in text that people and programs wrote: in capitals or not, with the domain in its own letters or in
 * punycode, and as it stands in a link ({@code mina%40example.com}). An address that merely ends or begins like this
 * one is another person's. What is written so as to hide an address is not found.
 */
final class AddressTrace {
    /** Signs of another address that ends like this one; a quotation mark only where a letter stands before it. */
    private static final String BEFORE =
            "(?<![a-z0-9._%+-])(?<![a-z0-9._%+-]')|(?<=%(?:20|22|26|27|2c|2f|3a|3b|3c|3d|0a|0d|09))";

    private static final String AFTER = "(?![a-z0-9-])(?!\\.[a-z0-9])";

    private final String key;
    private final Set<String> domains = new LinkedHashSet<>();
    private final Set<String> starts = new LinkedHashSet<>();
    private final Pattern inText;
    private final Pattern inJson;

    /** Of an address in the form in which it is compared ({@link SuppressionStore#key}). */
    AddressTrace(String key) {
        int at = key.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("not an address");
        }
        this.key = key;
        String local = key.substring(0, at);
        domains.add(key.substring(at + 1));
        domains.add(IDN.toUnicode(key.substring(at + 1)).toLowerCase(Locale.ROOT));
        for (String name : List.of(local, escaped(local))) {
            starts.add(name + '@');
            starts.add(name + "%40");
        }
        String domain =
                String.join("|", domains.stream().map(AddressTrace::pattern).toList());
        String address = pattern(local) + "(?:@|%40)(?:" + domain + ")" + AFTER;
        this.inText = Pattern.compile("(?:" + BEFORE + ")" + address, Pattern.CASE_INSENSITIVE);
        this.inJson = Pattern.compile("(?:" + BEFORE + "|(?<=\\\\[nrtbf]))" + address, Pattern.CASE_INSENSITIVE);
    }

    /** The address as compared. */
    String key() {
        return key;
    }

    /** Whether the address stands in a text. */
    boolean in(@Nullable String text) {
        return text != null && inText.matcher(text).find();
    }

    /** Whether it stands in the written form of JSON, where an escaped line break may be before it. */
    boolean inJson(@Nullable String json) {
        return json != null && inJson.matcher(json).find();
    }

    /** Whether it stands in one of these texts. */
    boolean in(List<String> texts) {
        return texts.stream().anyMatch(this::in);
    }

    /** Whether it stands in the name of a file, whose ending is no part of an address before it. */
    boolean inFileName(String name) {
        return in(name) || in(name.substring(0, ending(name)));
    }

    /** The name of a file with the address taken out; it keeps its ending and is never empty. */
    String withoutInFileName(String name) {
        if (!inFileName(name)) {
            return name;
        }
        int ending = ending(name);
        String kept = without(name.substring(0, ending)).strip();
        String scrubbed = without((kept.isEmpty() ? "file" : kept) + name.substring(ending));
        return scrubbed.isBlank() ? "file" : scrubbed;
    }

    private static int ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name.length() : dot;
    }

    /** Whether a text names this address and no other. */
    boolean isAll(@Nullable String text) {
        return text != null && in(text) && without(text).indexOf('@') < 0;
    }

    /** The text with the address taken out. */
    String without(String text) {
        return inText.matcher(text).replaceAll("");
    }

    /** The same for the written form of JSON. */
    String withoutInJson(String json) {
        return inJson.matcher(json).replaceAll("");
    }

    /** The same for each of several texts. */
    List<String> without(List<String> texts) {
        return texts.stream().map(this::without).toList();
    }

    /** Chooses what may hold the address. Some of that does not: each text must still be looked at. */
    Condition maybe(Field<String> text) {
        Condition any = DSL.noCondition();
        for (String start : starts) {
            any = any.or(DSL.position(DSL.lower(text), DSL.inline(start)).gt(0));
        }
        return any;
    }

    private static String pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(c -> {
            String sign = Character.toString(c);
            String escaped = escaped(sign);
            pattern.append(
                    escaped.equals(sign) ? Pattern.quote(sign) : "(?:" + Pattern.quote(sign) + '|' + escaped + ')');
        });
        return pattern.toString();
    }

    /** As in the query of a link, in small letters. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
            escaped.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02x", c));
        }
        return escaped.toString();
    }
}
