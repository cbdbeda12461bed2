package app.mailroom.relay;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Where settings stand: in the environment first, then in a file. Collects what is wrong. */
final class SettingSource {
    private static final String PREFIX = "MAILROOM_RELAY_";

    /** A setting as it was found, and how a person calls the place: a line of the file, or a variable. */
    record Found(String value, String place, boolean inFile) {}

    private final Optional<Path> file;
    private final Map<String, String> environment;
    private final Map<String, Found> inFile = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingSource(Optional<Path> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    static SettingSource of(Optional<Path> file, Map<String, String> environment) {
        SettingSource source = new SettingSource(file, environment);
        file.ifPresent(source::read);
        return source;
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    /** The value, without spaces around it; empty if it is not set or set to nothing. */
    Optional<Found> find(String name) {
        String inEnvironment = environment.getOrDefault(variable(name), "").strip();
        if (!inEnvironment.isEmpty()) {
            return Optional.of(new Found(inEnvironment, variable(name), false));
        }
        return Optional.ofNullable(inFile.get(name))
                .filter(found -> !found.value().isEmpty());
    }

    /** A path, from the folder of the file on if it stands there and is not absolute. */
    Path path(Found found) {
        Path base = found.inFile()
                ? file.map(Path::toAbsolutePath).map(Path::getParent).orElseGet(() -> Path.of(""))
                : Path.of("");
        return base.resolve(found.value()).toAbsolutePath().normalize();
    }

    /** Notes settings that there are not, and variables that look like one. */
    void knowOnly(Set<String> names) {
        inFile.forEach((name, found) -> {
            if (!names.contains(name)) {
                problems.add(found.place() + ": there is no setting “" + name + "”. Known are "
                        + String.join(", ", new TreeSet<>(names)) + ".");
            }
        });
        Set<String> variables = new TreeSet<>();
        names.forEach(name -> variables.add(variable(name)));
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !variables.contains(name))
                .sorted()
                .forEach(
                        name -> warnings.add("The variable " + name + " is no setting of the relay and does nothing."));
    }

    static String variable(String name) {
        return PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private void read(Path from) {
        String text;
        try {
            text = Files.readString(from);
        } catch (NoSuchFileException e) {
            problems.add(from + " is not there.");
            return;
        } catch (CharacterCodingException e) {
            problems.add(from + " is not written in UTF-8. Save it as UTF-8.");
            return;
        } catch (IOException e) {
            problems.add(from + " cannot be read: " + e.getMessage() + ".");
            return;
        }
        List<String> lines = text.lines().toList();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object name, Object value) {
                Object before = super.put(name, value);
                if (before != null) {
                    problems.add(
                            place(from, lines, (String) name) + ": “" + name + "” is set twice. Keep one of them.");
                }
                return before;
            }
        };
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(from + " holds a backslash followed by u which is no character (" + e.getMessage()
                    + "). Write \\\\ for a backslash.");
            return;
        }
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> inFile.put(
                        name, new Found(properties.getProperty(name).strip(), place(from, lines, name), true)));
    }

    /** The file and, where it can be found, the line. */
    private static String place(Path file, List<String> lines, String name) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(name)
                    && (line.length() == name.length() || "=: \t".indexOf(line.charAt(name.length())) >= 0)) {
                return file + ", line " + (i + 1);
            }
        }
        return file.toString();
    }
}
