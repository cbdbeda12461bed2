package app.mailroom.ui.results;

import static app.mailroom.ui.results.SentMailings.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Measure;
import app.mailroom.model.PlanResults;
import app.mailroom.model.World;
import app.mailroom.results.Rate;
import app.mailroom.ui.OpenWindow;
import app.mailroom.ui.common.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The page of all mailings in the real window. */
class ResultsWindowIT {
    @TempDir
    Path folder;

    @Nested
    class WithMailings {
        private final Texts texts = Texts.in(Locale.ENGLISH);
        private final RateWords words = new RateWords(texts);
        private SentMailings real;

        @BeforeEach
        void open() throws Exception {
            real = new SentMailings(folder.resolve("workspace"));
            real.robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
            until(() -> real.table().getItems().size() == 3);
        }

        @AfterEach
        void close() {
            real.close();
        }

        @Test
        void figuresAreThoseOfTheStoreForOneWorldAtATime() {
            assertFigures(World.LIVE);
            toPractice();
            assertFigures(World.PRACTICE);
        }

        private void assertFigures(World world) {
            List<PlanResults> expected = real.window.features().stores().results().all().stream()
                    .filter(results -> results.plan().world() == world)
                    .toList();
            long all = expected.stream()
                    .mapToLong(results -> results.totals().all())
                    .sum();
            assertThat(real.text("#figure-PLANNED")).isEqualTo(texts.number(all));
            for (Rate rate : List.of(
                    Rate.ACCEPTED,
                    Rate.DELIVERED,
                    Rate.BOUNCED,
                    Rate.COMPLAINED,
                    Rate.OPENED,
                    Rate.CLICKED,
                    Rate.UNSUBSCRIBED,
                    Rate.UNCERTAIN)) {
                assertThat(real.text("#figure-" + rate))
                        .as(rate.name())
                        .isEqualTo(texts.number(rate.of(expected).count()));
                assertThat(real.text("#figure-rate-" + rate)).isEqualTo(words.share(rate, rate.of(expected)));
            }
            assertThat(real.text("#figure-more-OPENED"))
                    .contains(texts.number(Rate.OPENED_BY_MACHINES.of(expected).count()));
        }

        private void toPractice() {
            real.robot.clickOn("#world-PRACTICE");
            until(() -> real.table().getItems().size() == 8);
        }

        @Test
        void whatIsNotCountedIsSaidInWordsAndLeftOutOfTheSums() {
            until(() -> real.robot.lookup(".cell-none").queryAllAs(Label.class).stream()
                            .filter(label -> "not counted".equals(label.getText()))
                            .count()
                    == 2);
            List<PlanResults> counted = real.window.features().stores().results().all().stream()
                    .filter(results -> results.plan().world() == World.LIVE
                            && results.plan().tracked())
                    .toList();
            assertThat(real.text("#figure-rate-OPENED")).isEqualTo(words.share(Rate.OPENED, Rate.OPENED.of(counted)));
        }

        @Test
        void theTableIsSortedByTheRateOfAnyColumn() {
            toPractice();
            for (Rate rate : ResultsTable.RATES) {
                real.robot.interact(() -> {
                    TableColumn<PlanResults, ?> column = real.table().getColumns().stream()
                            .filter(one -> one.getId() != null && one.getId().equals("column-" + rate))
                            .findFirst()
                            .orElseThrow();
                    column.setSortType(TableColumn.SortType.DESCENDING);
                    real.table().getSortOrder().setAll(List.of(column));
                });
                assertThat(List.copyOf(real.table().getItems()))
                        .as(rate.name())
                        .isSortedAccordingTo(Comparator.<PlanResults>comparingDouble(
                                        results -> rate.of(results).rate().orElse(-1))
                                .reversed());
            }
        }

        @Test
        void theNewestStandsFirst() {
            assertThat(real.titles()).containsExactly("Newsletter 2", "Newsletter 1", "Newsletter 0");
        }

        @Test
        void theSearchFindsTitlesAndLeavesTheFigures() {
            String planned = real.text("#figure-PLANNED");
            real.robot.push(KeyCode.CONTROL, KeyCode.F);
            real.robot.write("LETTER 1");
            until(() -> real.titles().equals(List.of("Newsletter 1")));
            assertThat(real.text("#figure-PLANNED")).isEqualTo(planned);
            real.robot.write("x");
            until(() -> real.titles().isEmpty());
        }

        @Test
        void whatIsChosenAndItsOrderStayWhileOutcomesArrive() throws Exception {
            real.choose("Newsletter 0", "Newsletter 2");
            real.robot.interact(() -> {
                TableColumn<PlanResults, ?> title = real.table().getColumns().get(0);
                title.setSortType(TableColumn.SortType.ASCENDING);
                real.table().getSortOrder().setAll(List.of(title));
            });
            long before = real.table().getItems().get(1).totals().of(Measure.TAKEN);
            real.change("UPDATE plan_totals SET count = count + 1 WHERE plan_id = 2 AND measure = 'TAKEN'");
            until(() -> real.table().getItems().get(1).totals().of(Measure.TAKEN) == before + 1);
            assertThat(real.titles()).containsExactly("Newsletter 0", "Newsletter 1", "Newsletter 2");
            assertThat(real.table().getSelectionModel().getSelectedItems())
                    .extracting(results -> results.plan().title())
                    .containsExactlyInAnyOrder("Newsletter 0", "Newsletter 2");
        }

        @Test
        void rowsAreCopiedWithoutAndAsATableWithHeads() throws Exception {
            real.choose("Newsletter 1", "Newsletter 0");
            real.robot.push(KeyCode.CONTROL, KeyCode.C);
            String[] rows = real.copied().strip().split("\n");
            assertThat(rows).hasSize(2);
            assertThat(rows[0]).startsWith("Newsletter 1\t");
            real.robot.interact(() -> real.table().getContextMenu().getItems().stream()
                    .filter(item -> "results-menu-copy-table".equals(item.getId()))
                    .findFirst()
                    .orElseThrow()
                    .fire());
            String[] table = real.copied().strip().split("\n");
            assertThat(table).hasSize(3);
            assertThat(table[0]).startsWith("Title\tBegun\t").contains("Delivered, of accepted");
        }

        @Test
        void enterOpensTheMailingAndEscapeLeadsBack() {
            real.choose("Newsletter 1");
            real.robot.push(KeyCode.ENTER);
            until(() -> real.robot.lookup("#mailing-title").tryQuery().isPresent()
                    && real.text("#mailing-title").equals("Newsletter 1"));
            real.robot.push(KeyCode.ESCAPE);
            until(() -> real.titles().size() == 3);
        }

        @Test
        void theyOpenInKorean() {
            real.window.features().stores().settings().put("ui.language", "ko");
            real.window.hide();
            real.window.show();
            real.robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
            until(() -> real.table().getItems().size() == 3);
            assertThat(real.text("#figure-rate-DELIVERED")).startsWith("접수의 ");
        }
    }

    @Test
    void anEmptyWorkspaceSaysWhatWillStandHere() throws Exception {
        FxRobot robot = new FxRobot();
        try (OpenWindow window = new OpenWindow(folder, robot, Duration.ofSeconds(40))) {
            assertThat(window.features().stores().results().all()).isEmpty();
            robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
            until(() -> robot.lookup("No results yet").tryQuery().isPresent());
            assertThat(robot.lookup("#compare").query().getParent().isVisible()).isFalse();
        }
    }
}
