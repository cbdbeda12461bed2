package app.mailroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;

/** Prints either lines for a person or one JSON value for a script, never both. */
final class Output {
    private final PrintWriter out;
    private final boolean json;
    private final ObjectMapper mapper = new ObjectMapper();

    Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints the value as JSON, or the text. */
    void print(Object value, String text) {
        if (json) {
            try {
                out.println(mapper.writeValueAsString(value));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a result cannot be written as JSON", e);
            }
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** The same for something with an id. */
    void printMade(String kind, long id, String text) {
        print(Map.of("kind", kind, "id", id), text);
    }
}
