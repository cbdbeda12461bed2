package app.mailroom.ui.results;

import static app.mailroom.ui.results.SentMailings.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.PlanResults;
import app.mailroom.results.Rate;
import app.mailroom.ui.common.Texts;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailings side by side in the real window. */
class CompareWindowIT {
    @TempDir
    Path folder;

    private final RateWords words = new RateWords(Texts.in(Locale.ENGLISH));
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

    private void compare(String... titles) {
        real.choose(titles);
        real.robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        until(() -> sides().size() == titles.length);
    }

    /** The titles over the columns, from left to right. */
    private List<String> sides() {
        return real.robot.lookup(".compare-title").queryAllAs(Hyperlink.class).stream()
                .sorted(Comparator.comparingDouble(
                        title -> title.localToScene(0, 0).getX()))
                .map(Hyperlink::getText)
                .toList();
    }

    @Test
    void itTakesTwoToCompare() {
        real.choose("Newsletter 1");
        until(() -> real.robot.lookup("#compare").queryButton().isDisabled());
        real.robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        assertThat(real.shown("#results")).isTrue();
        real.choose("Newsletter 1", "Newsletter 0");
        real.robot.clickOn("#compare");
        until(() -> sides().equals(List.of("Newsletter 1", "Newsletter 0")));
    }

    @Test
    void figuresAreThoseOfTheStore() {
        compare("Newsletter 1", "Newsletter 0");
        for (long id : List.of(1L, 2L)) {
            PlanResults expected =
                    real.window.features().stores().results().of(id).orElseThrow();
            for (Rate rate : List.of(Rate.DELIVERED, Rate.OPENED, Rate.CLICKED, Rate.BOUNCED_HARD)) {
                assertThat(real.text("#side-" + rate + "-" + id)).isEqualTo(words.percent(rate.of(expected)));
            }
        }
    }

    @Test
    void columnsChangePlacesAndAreTakenOutUntilNothingIsLeftToCompare() {
        compare("Newsletter 2", "Newsletter 1", "Newsletter 0");
        real.robot.clickOn("#side-right-3");
        until(() -> sides().equals(List.of("Newsletter 1", "Newsletter 2", "Newsletter 0")));
        real.robot.clickOn("#side-remove-3");
        until(() -> sides().equals(List.of("Newsletter 1", "Newsletter 0")));
        real.robot.clickOn("#side-remove-1");
        until(() -> real.shown("#compare-add")
                && real.robot.lookup("Nothing to compare").tryQuery().isPresent());
    }

    @Test
    void whoComesBackFromAMailingFindsTheColumnsAsTheyWere() {
        compare("Newsletter 2", "Newsletter 1", "Newsletter 0");
        real.robot.clickOn("#side-right-3");
        real.robot.clickOn("#side-remove-1");
        until(() -> sides().equals(List.of("Newsletter 1", "Newsletter 2")));
        real.robot.clickOn("#side-open-2");
        until(() -> !real.shown("#compare-add"));
        real.robot.push(KeyCode.ESCAPE);
        until(() -> sides().equals(List.of("Newsletter 1", "Newsletter 2")));
    }

    @Test
    void anotherIsAddedFromTheBoxWhichOffersOnlyTheSameWorld() {
        compare("Newsletter 2", "Newsletter 1");
        ComboBox<PlanResults> box = real.robot.lookup("#compare-add").queryComboBox();
        until(() -> box.getItems().size() == 1);
        real.robot.interact(() -> box.getSelectionModel().select(0));
        until(() -> sides().equals(List.of("Newsletter 2", "Newsletter 1", "Newsletter 0")));
        assertThat(box.isDisabled()).isTrue();
    }

    @Test
    void whatIsNotCountedIsSaidInWords() {
        compare("Newsletter 2", "Newsletter 1");
        assertThat(real.robot.lookup(".cell-none").queryAll()).hasSize(4);
        assertThat(real.robot.lookup("#side-OPENED-3").tryQuery()).isEmpty();
    }

    @Test
    void theComparisonIsCopiedAsATable() throws Exception {
        compare("Newsletter 2", "Newsletter 1");
        real.robot.push(KeyCode.CONTROL, KeyCode.C);
        assertThat(real.copied()).startsWith("Figure\tNewsletter 2\tNewsletter 2: rate\tNewsletter 1");
    }

    @Test
    void escapeLeadsBackToTheTable() {
        compare("Newsletter 2", "Newsletter 1");
        real.robot.push(KeyCode.ESCAPE);
        until(() -> real.shown("#results"));
    }
}
