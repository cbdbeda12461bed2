package app.mailroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Prints either lines for a person or one JSON value for a script, never both. */
final class Output {
    private final PrintWriter out;
    private final boolean json;
    private final ObjectMapper mapper = new ObjectMapper();

    Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Takes lines that are no part of a command's result, so that a script's JSON stays clean. */
    static Consumer<String> beside(CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        return line -> {
            err.println(line);
            err.flush();
        };
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
