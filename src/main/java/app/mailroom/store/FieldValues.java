package app.mailroom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** The values of a row as one column of the database holds them: a JSON array of strings, one per slot. */
public final class FieldValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FieldValues() {}

    /** The array as text. */
    public static String toJson(List<String> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot write the values of a row", e);
        }
    }

    /** Whether two such texts say the same; what is missing at the end of one is empty. */
    static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        List<String> left = fromJson(one);
        List<String> right = fromJson(other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String a = i < left.size() ? left.get(i) : "";
            String b = i < right.size() ? right.get(i) : "";
            if (!a.equals(b)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The values of such a text.
     *
     * @throws StoreException when it is not a JSON array of strings
     */
    public static List<String> fromJson(String json) {
        try {
            return List.of(JSON.readValue(json, String[].class));
        } catch (JsonProcessingException | NullPointerException e) {
            throw new StoreException("cannot read the values of a row", e);
        }
    }
}
