package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.authoring.TextComparison.Change;
import app.mailroom.authoring.TextComparison.Line;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextComparisonTest {
    @Example
    void aChangedLineIsRemovedAndAdded() {
        assertThat(TextComparison.of("a\nb\nc\n", "a\r\nx\nc\nd"))
                .containsExactly(
                        new Line(Change.SAME, 1, 1, "a"),
                        new Line(Change.REMOVED, 2, 0, "b"),
                        new Line(Change.ADDED, 0, 2, "x"),
                        new Line(Change.SAME, 3, 3, "c"),
                        new Line(Change.ADDED, 0, 4, "d"));
    }

    @Example
    void nothingComparedWithNothingIsNothing() {
        assertThat(TextComparison.of("", "")).isEmpty();
        assertThat(TextComparison.of("", "a")).containsExactly(new Line(Change.ADDED, 0, 1, "a"));
    }

    @Property
    void bothTextsCanBeReadFromTheComparison(@ForAll("texts") String before, @ForAll("texts") String after) {
        List<Line> lines = TextComparison.of(before, after);

        assertThat(lines.stream().filter(line -> line.before() > 0).map(Line::text))
                .containsExactlyElementsOf(before.lines().toList());
        assertThat(lines.stream().filter(line -> line.after() > 0).map(Line::text))
                .containsExactlyElementsOf(after.lines().toList());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "c", "").list().ofMaxSize(12).map(lines -> String.join("\n", lines));
    }
}
