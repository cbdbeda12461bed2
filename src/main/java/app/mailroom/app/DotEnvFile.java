package app.mailroom.app;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: lines of {@code NAME=value}, a value in quotation marks where it holds a {@code #}. The library
 * reads it; which line is at fault is found here, since the library's own messages show what the line holds.
 *
 * @param path where it lies, or would
 * @param values what it says, by name; holds secrets
 * @param lines in which line each name stands, counted from one
 * @param warnings what is wrong with it, without a value
 */
record DotEnvFile(Path path, Map<String, String> values, Map<String, Integer> lines, List<String> warnings) {
    private static final String NAME = ".env";
    private static final Pattern LINE = Pattern.compile("\\s*(?<name>[\\w.\\-]+)\\s*=\\s*(?<value>.*)");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'(?<text>[^']*)'");

    /** Reads the file in this folder; one that is not there, or cannot be read, says nothing. */
    static DotEnvFile in(Path folder) {
        Path path = folder.resolve(NAME);
        if (!Files.isRegularFile(path)) {
            return new DotEnvFile(path, Map.of(), Map.of(), List.of());
        }
        try {
            Map<String, Integer> lines = new HashMap<>();
            List<String> warnings = check(path, Files.readAllLines(path, StandardCharsets.UTF_8), lines);
            return new DotEnvFile(path, values(folder), lines, warnings);
        } catch (CharacterCodingException e) {
            return unread(path, "is not UTF-8 text");
        } catch (IOException | DotenvException e) {
            return unread(path, "cannot be read");
        }
    }

    /** Without a value. */
    @Override
    public String toString() {
        return "DotEnvFile[" + path + "]";
    }

    private static DotEnvFile unread(Path path, String why) {
        return new DotEnvFile(path, Map.of(), Map.of(), List.of(path + " " + why + ". Nothing in it is used."));
    }

    private static Map<String, String> values(Path folder) {
        Map<String, String> values = new HashMap<>();
        Dotenv file = Dotenv.configure()
                .directory(folder.toString())
                .filename(NAME)
                .ignoreIfMissing()
                .ignoreIfMalformed()
                .load();
        for (DotenvEntry entry : file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
            Matcher single = SINGLE_QUOTED.matcher(entry.getValue());
            values.put(entry.getKey(), single.matches() ? single.group("text") : entry.getValue());
        }
        return values;
    }

    private static List<String> check(Path path, List<String> text, Map<String, Integer> lines) {
        List<String> warnings = new ArrayList<>();
        int opened = 0;
        for (int number = 1; number <= text.size(); number++) {
            String line = text.get(number - 1);
            if (opened > 0) {
                opened = line.indexOf('"') >= 0 ? 0 : opened;
                continue;
            }
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher setting = LINE.matcher(line);
            if (setting.matches()) {
                lines.put(setting.group("name"), number);
                opened = opens(setting.group("value")) ? number : 0;
            } else if (!line.strip().startsWith("#")) {
                warnings.add(path + ", line " + number + " " + fault(line) + ". It is not used.");
            }
        }
        if (opened > 0) {
            warnings.add(path + ", line " + opened
                    + " opens a quotation mark that is never closed. Nothing from there on is used.");
        }
        return warnings;
    }

    private static boolean opens(String value) {
        return value.startsWith("\"") && value.indexOf('"', 1) < 0;
    }

    private static String fault(String line) {
        if (line.startsWith("\uFEFF")) {
            return "begins with a byte order mark; save the file as UTF-8 without one";
        }
        return line.strip().startsWith("export ")
                ? "begins with “export”; write NAME=value alone"
                : "is not of the form NAME=value";
    }
}
