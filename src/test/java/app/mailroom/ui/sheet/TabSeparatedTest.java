package app.mailroom.ui.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TabSeparatedTest {
    @Property(tries = 300)
    void whatWasWrittenIsReadBack(@ForAll("blocks") List<List<String>> block) {
        assertThat(TabSeparated.parse(TabSeparated.format(block))).isEqualTo(block);
    }

    @Provide
    Arbitrary<List<List<String>>> blocks() {
        Arbitrary<String> cell = Arbitraries.strings()
                .withChars("ab한 \"\t\n',;")
                .ofMaxLength(6)
                .edgeCases(edges -> edges.add("", "\"", "\"\"", "\n", "\"a", "a\"\tb\""));
        return Arbitraries.integers()
                .between(1, 4)
                .flatMap(width -> cell.list().ofSize(width).list().ofMinSize(1).ofMaxSize(4));
    }

    @Test
    void whatExcelWritesIsRead() {
        assertThat(TabSeparated.parse("a\t\"two\nlines\"\r\n\"say \"\"hi\"\"\"\tb\r\n\0"))
                .containsExactly(List.of("a", "two\nlines"), List.of("say \"hi\"", "b"));
    }

    @Test
    void whatGoogleSheetsWritesIsRead() {
        assertThat(TabSeparated.parse("a\tb\n\tc")).containsExactly(List.of("a", "b"), List.of("", "c"));
    }

    @Test
    void quotesThatAreNoMarksOfACellStay() {
        assertThat(TabSeparated.parse("5\" nail\t\"open\n\"Hi\" she said\tx"))
                .containsExactly(List.of("5\" nail", "\"open"), List.of("\"Hi\" she said", "x"));
    }

    @Test
    void theLastLineBreakIsNoRow() {
        assertThat(TabSeparated.parse("a\r\nb\r\n")).containsExactly(List.of("a"), List.of("b"));
        assertThat(TabSeparated.parse("a\n\n")).containsExactly(List.of("a"), List.of(""));
        assertThat(TabSeparated.parse("")).isEmpty();
        assertThat(TabSeparated.parse("\r\n")).containsExactly(List.of(""));
    }

    @Test
    void shortRowsAreFilledUp() {
        assertThat(TabSeparated.parse("a\nb\tc\t")).containsExactly(List.of("a", "", ""), List.of("b", "c", ""));
    }

    @Test
    void oneCellGoesIntoALineOfText() {
        assertThat(TabSeparated.format(List.of(List.of("word")))).isEqualTo("word");
        assertThat(TabSeparated.format(List.of(List.of("a", "b")))).isEqualTo("a\tb\r\n");
    }
}
