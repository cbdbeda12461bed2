package app.mailroom.ui.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/**
 * A million rows behave as a thousand do. What these tests count is what the control does inside: should a newer version
 * of it look at every row, they tell.
 */
class MillionRowsWindowIT {
    private static final int ROWS = 1_000_000;
    private static final long A_FEW_SCREENS = 2_000;

    @Test
    void onlyWhatIsSeenIsAskedFor() throws Exception {
        try (SheetHost host = new SheetHost(ROWS, 6)) {
            assertThat(host.fake.asked).as("to show").isLessThan(A_FEW_SCREENS);
            host.fake.asked = 0;
            host.robot.push(KeyCode.CONTROL, KeyCode.A);
            host.robot.clickOn(host.header("field2"));
            host.robot.push(KeyCode.CONTROL, KeyCode.SPACE);
            host.robot.clickOn(host.rowHeader("3"));
            assertThat(host.fake.asked).as("to select").isLessThan(A_FEW_SCREENS);
            host.robot.push(KeyCode.CONTROL, KeyCode.END);
            host.settle();
            assertThat(host.firstRow()).isGreaterThan(999_970);
            host.shown("user1000000@example.com");
            assertThat(host.selected()).isEqualTo("999999 5 999999 5");
            host.robot.write("끝").push(KeyCode.ENTER);
            assertThat(host.fake.deeds).containsExactly("type 999999 5 끝");
            assertThat(host.fake.asked).as("to go to the end").isLessThan(A_FEW_SCREENS);
            host.fake.size(ROWS + 1);
            host.fake.asked = 0;
            host.robot.interact(() -> host.grid().reset());
            host.settle();
            host.shown("user1000000@example.com");
            assertThat(host.fake.asked).as("to show anew").isLessThan(A_FEW_SCREENS * 2);
        }
    }

    @Test
    void theControlHoldsNoRowsAndNoSelectionOfItsOwn() throws Exception {
        try (SheetHost host = new SheetHost(ROWS, 6)) {
            host.robot.push(KeyCode.CONTROL, KeyCode.A);
            var view = host.on(() -> (org.controlsfx.control.spreadsheet.SpreadsheetView)
                    host.grid().node().lookup(".SpreadsheetView"));
            assertThat(host.on(() -> view.getItems().size())).isEqualTo(ROWS);
            assertThat(host.on(() -> view.getGrid().getRows().size())).isZero();
            assertThat(host.on(() -> view.getSelectionModel().getSelectedCells().size()))
                    .isZero();
            assertThat(host.on(() -> view.getModelRow(765_432))).isEqualTo(765_432);
        }
    }

    @Test
    void everySelectedCellLooksSelectedWhereverOneScrolls() throws Exception {
        try (SheetHost host = new SheetHost(ROWS, 6)) {
            host.area(10, 1, 900_000, 2);
            host.robot.interact(() -> host.flow().scrollTo(500_000));
            host.settle();
            assertThat(host.shown("값 500003.1").getStyleClass()).contains("sheet-selected");
            assertThat(host.shown("값 500003.3").getStyleClass()).doesNotContain("sheet-selected");
            assertThat(host.rowHeader("500003").getStyleClass()).contains("selected");
        }
    }
}
