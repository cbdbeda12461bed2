package app.mailroom.ui.templates;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.authoring.TextComparison.Change;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.ui.templates.Comparison.Row;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void alikeLinesFarFromAChangeAreFoldedAndNothingIsLost() {
        String before = lines(40);
        Comparison comparison = Comparison.of(html(before), html(before.replace("line 20\n", "line twenty\n")));
        assertThat(comparison.changes()).isEqualTo(1);
        assertThat(comparison.rows()).hasSize(1 + 3 + 2 + 3 + 1);
        assertThat(comparison.rows().get(0)).isInstanceOf(Row.Fold.class);
        int all = comparison.rows().stream()
                .mapToInt(row -> row instanceof Row.Fold fold ? fold.lines().size() : 1)
                .sum();
        assertThat(all).isEqualTo(41);
    }

    @Test
    void whatDiffersWithinALineIsMarked() {
        Comparison comparison = Comparison.of(html("<p>Good morning</p>"), html("<p>Good evening</p>"));
        assertThat(comparison.rows())
                .map(Row.Text.class::cast)
                .extracting(row -> row.line().text().substring(row.from(), row.to()))
                .containsExactly("mor", "eve");
    }

    @Test
    void aLongLineIsBrokenAfterATagAndKeepsItsNumber() {
        String cells =
                IntStream.range(0, 60).mapToObj(i -> "<td>cell " + i + "</td>").collect(Collectors.joining());
        Comparison comparison =
                Comparison.of(html("<table>\n" + cells), html("<table>\n" + cells.replace("cell 30<", "cell x<")));
        assertThat(comparison.changes()).isEqualTo(1);
        List<Row.Text> changed = comparison.rows().stream()
                .filter(Row.Text.class::isInstance)
                .map(Row.Text.class::cast)
                .filter(Row.Text::changed)
                .toList();
        assertThat(changed).hasSize(2).allMatch(row -> row.line().text().length() < 400);
        assertThat(changed.get(0).line().before()).isEqualTo(2);
        assertThat(changed.get(1).line().after()).isEqualTo(2);
    }

    @Test
    void subjectPreheaderAndImagesCount() {
        TemplateImage image = new TemplateImage("images/a.png", "image/png", 1, 1, new byte[] {1});
        Comparison comparison = Comparison.of(
                new TemplateContent("a", "b", "<p></p>"), new TemplateContent("x", "y", "<p></p>", List.of(image)));
        assertThat(comparison.words()).extracting(Comparison.Words::after).containsExactly("x", "y");
        assertThat(comparison.images()).containsExactly(new Comparison.Image(Change.ADDED, "images/a.png"));
        assertThat(comparison.changes()).isEqualTo(3);
    }

    @Test
    void equalStatesHaveNoChange() {
        assertThat(Comparison.of(html(lines(5)), html(lines(5))).changes()).isZero();
    }

    private static TemplateContent html(String html) {
        return new TemplateContent("", "", html);
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining())
                .strip();
    }
}
