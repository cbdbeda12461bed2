package app.mailroom.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.evidence.Report.Bound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidencePageTest {
    private static final List<String> ORDER = List.of("kills", "pace", "memory");

    @TempDir
    private Path folder;

    @Test
    void aRunOfOnePartLeavesTheOthersAsTheyWere() throws IOException {
        Path file = folder.resolve("evidence.md");
        EvidencePage first = EvidencePage.read(file);
        first.put("pace", "## Pace\n\nas it was");
        first.put("kills", "## Kills\n\n| a | b |\n|---|---:|\n| 1 | 2 |");
        first.write(file, "# Evidence", ORDER);
        String before = Files.readString(file);

        EvidencePage second = EvidencePage.read(file);
        second.put("memory", "## Memory");
        second.write(file, "# Evidence", ORDER);

        assertThat(before).containsSubsequence("# Evidence", "## Kills", "| 1 | 2 |", "## Pace", "as it was");
        assertThat(Files.readString(file)).isEqualTo(before + "\n<!-- part memory -->\n## Memory\n");
    }

    @Test
    void whatDoesNotHoldIsKeptApartFromGoalsThatAreMissed() {
        Report report = new Report();
        report.check("nobody gets it twice", true);
        report.check("nobody is forgotten", false);
        report.goal("ratio", 0.79, Bound.AT_LEAST, 0.8);
        report.goal("seconds", 3, Bound.AT_MOST, 3);

        assertThat(report.broken()).containsExactly("nobody is forgotten");
        assertThat(report.missed()).containsExactly("ratio: 0.79 (goal ≥ 0.80)");
        assertThat(report.markdown().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith("- "));
    }

    @Test
    void aRowThatDoesNotFitItsTableIsRefused() {
        assertThatThrownBy(() -> new Report().table(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figuresAreToldInThreeDigits() {
        assertThat(List.of(0.0, 0.001234, 0.7512, 14.26, 1234.6, 1_000_000.0))
                .extracting(Report::number)
                .containsExactly("0", "0.0012", "0.75", "14.3", "1,235", "1,000,000");
    }

    @Test
    void aChartIsAPictureInText() throws IOException {
        Path file = folder.resolve("chart.svg");
        Chart.logarithmic("Import", "rows", "seconds")
                .line("Mailroom", List.of(10_000, 100_000, 1_000_000), List.of(0.2, 1.9, 20.0))
                .line("sqlite3", List.of(10_000, 100_000, 1_000_000), List.of(0.1, 0.8, 8.0))
                .write(file);

        assertThat(Files.readString(file)).contains("<svg").contains("</svg>");
    }
}
