package app.mailroom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;

/** The values of a row or a message as they are stored: a JSON array of strings, one per slot. */
public final class FieldValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = MAPPER.writerFor(String[].class);
    private static final ObjectReader READER = MAPPER.readerFor(String[].class);

    private FieldValues() {}

    /** The stored form. */
    public static String toJson(List<String> values) {
        try {
            return WRITER.writeValueAsString(values.toArray(String[]::new));
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot write values", e);
        }
    }

    /**
     * The values of a stored form.
     *
     * @throws StoreException when it is not an array of strings
     */
    public static List<String> fromJson(String json) {
        try {
            String[] values = READER.readValue(json);
            return List.of(values);
        } catch (JsonProcessingException e) {
            throw new StoreException("stored values are damaged", e);
        }
    }
}
