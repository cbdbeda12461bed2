package app.mailroom.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manual says is on the screen, both languages say the same, and every link leads somewhere. */
class ManualTest {
    private static final Path MANUAL = Path.of("docs/manual");
    private static final Path BUNDLES = Path.of("src/main/resources/app/mailroom/ui");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#+) (.+)$");
    private static final Pattern PICTURE = Pattern.compile("!\\[([^]]*)]\\(([^)]+)\\)");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^]]*]\\(([^)]+)\\)");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    private static final Pattern CODE = Pattern.compile("(?m)^ {4,}(?! *-).*$|`[^`\n]*`");
    /** What is left of a text of the bundle must be long enough to tell it from others. */
    private static final int TELLING = 4;

    @Test
    void bothLanguagesHaveTheSameChaptersAndPictures() throws IOException {
        assertThat(outline("ko")).isEqualTo(outline("en"));
    }

    @Test
    void bothLanguagesHaveTheSameTablesAndSteps() throws IOException {
        assertThat(shape("ko")).isEqualTo(shape("en"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void everyPictureIsThereWithWordsForWhoSeesNoneAndNoneIsLeftOver(String language) throws IOException {
        Set<String> shown = new TreeSet<>();
        for (MatchResult picture : found(PICTURE, manual(language))) {
            assertThat(picture.group(1)).isNotBlank();
            assertThat(picture.group(2)).startsWith("images/" + language + "/");
            assertThat(MANUAL.resolve(picture.group(2))).isRegularFile();
            shown.add(MANUAL.resolve(picture.group(2)).getFileName().toString());
        }
        try (Stream<Path> files = Files.list(MANUAL.resolve("images").resolve(language))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(shown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void picturesAreSmall(String language) throws IOException {
        try (Stream<Path> files = Files.list(MANUAL.resolve("images").resolve(language))) {
            for (Path file : files.toList()) {
                assertThat(Files.size(file)).as(file.toString()).isLessThan(100_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void wordsInBoldAreThoseOfTheWindow(String language) throws IOException {
        List<Predicate<String>> texts = texts(language);
        Set<String> unknown = found(BOLD, manual(language).replaceAll("\\s+", " ")).stream()
                .map(bold -> bold.group(1))
                .filter(word -> texts.stream().noneMatch(text -> text.test(word)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/manual/en.md",
                "docs/manual/ko.md",
                "docs/administrator.md",
                "docs/developers.md",
                "docs/amazon.md",
                "docs/relay.md",
                "docs/signing-in.md",
                "README.md",
                "ARCHITECTURE.md",
                "CHANGELOG.md"
            })
    void everyLinkLeadsSomewhere(String page) throws IOException {
        Path file = Path.of(page);
        for (MatchResult link : found(LINK, CODE.matcher(Files.readString(file)).replaceAll(""))) {
            String target = link.group(1);
            if (target.matches("[a-z]+:.*")) {
                continue;
            }
            String[] parts = target.split("#", 2);
            Path there =
                    parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
            assertThat(there).as("%s: %s", page, target).exists();
            if (parts.length == 2) {
                assertThat(anchors(there)).as("%s: %s", page, target).contains(parts[1]);
            }
        }
    }

    private static String manual(String language) throws IOException {
        return Files.readString(MANUAL.resolve(language + ".md"));
    }

    /** Levels of headings and names of pictures, in their order. */
    private static List<String> outline(String language) throws IOException {
        List<String> outline = new ArrayList<>();
        for (String line : manual(language).lines().toList()) {
            if (HEADING.matcher(line).matches()) {
                outline.add(line.substring(0, line.indexOf(' ')));
            }
            found(PICTURE, line).forEach(picture -> outline.add(picture.group(2).replace("/" + language + "/", "/")));
        }
        return outline;
    }

    /** For each heading its number of rows of tables and of steps. */
    private static List<String> shape(String language) throws IOException {
        List<String> shape = new ArrayList<>();
        for (String chapter : manual(language).split("(?m)^#+ ", -1)) {
            shape.add("%d rows, %d steps, %d points"
                    .formatted(
                            found(Pattern.compile("(?m)^\\|"), chapter).size(),
                            found(Pattern.compile("(?m)^[0-9]\\. "), chapter).size(),
                            found(Pattern.compile("(?m)^ *- "), chapter).size()));
        }
        return shape;
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path file) throws IOException {
        return found(HEADING, Files.readString(file)).stream()
                .map(heading -> heading.group(2).toLowerCase(java.util.Locale.ROOT))
                .map(words -> words.replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The texts of the window; where something is put in, anything may stand. */
    private static List<Predicate<String>> texts(String language) throws IOException {
        Properties bundle = new Properties();
        try (Reader reader = Files.newBufferedReader(
                BUNDLES.resolve(language.equals("en") ? "messages.properties" : "messages_ko.properties"))) {
            bundle.load(reader);
        }
        List<Predicate<String>> texts = new ArrayList<>();
        for (String key : bundle.stringPropertyNames()) {
            String text = bundle.getProperty(key);
            List<String> fixed = fixed(text);
            if (fixed.size() == 1) {
                texts.add(text::equals);
            } else if (String.join("", fixed).replaceAll("[^\\p{L}]", "").length() >= TELLING) {
                texts.add(Pattern.compile(fixed.stream().map(Pattern::quote).collect(Collectors.joining(".+")))
                        .asMatchPredicate());
            }
        }
        return texts;
    }

    /** What stands between the outermost braces of a text. */
    private static List<String> fixed(String text) {
        List<String> fixed = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '{') {
                if (depth == 0) {
                    fixed.add(piece.toString());
                    piece.setLength(0);
                }
                depth++;
            } else if (letter == '}') {
                depth--;
            } else if (depth == 0) {
                piece.append(letter);
            }
        }
        fixed.add(piece.toString());
        return fixed;
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
