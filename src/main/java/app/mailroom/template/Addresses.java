package app.mailroom.template;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of links and images as they stand in an attribute of a {@link TrackedBody}. */
final class Addresses {
    private static final Pattern DATA = Pattern.compile("data:([^;,]*)([^,]*),", Pattern.CASE_INSENSITIVE);

    private Addresses() {}

    /** As browsers read it: without what they pass over. */
    static String read(String value) {
        return value.replaceAll("[\\t\\n\\r]", "").replaceAll("^[\\x00-\\x20\\u00A0]+|[\\x00-\\x20\\u00A0]+$", "");
    }

    static boolean startsWithVariable(String address) {
        return !address.isEmpty() && address.charAt(0) == VariableScan.OPEN;
    }

    /** The media type that a data address names; empty for another address. */
    static String dataType(String address) {
        Matcher data = DATA.matcher(address);
        return data.lookingAt() ? data.group(1).strip() : "";
    }

    /** How many bytes a data address holds, nearly; 0 for another address. */
    static long dataSize(String address) {
        Matcher data = DATA.matcher(address);
        if (!data.lookingAt()) {
            return 0;
        }
        long written = address.length() - (long) data.end();
        return data.group(2).toLowerCase(Locale.ROOT).contains("base64") ? written * 3 / 4 : written;
    }
}
