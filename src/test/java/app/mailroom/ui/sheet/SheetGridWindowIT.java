package app.mailroom.ui.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.ui.sheet.SheetContent.Column;
import app.mailroom.ui.sheet.SheetContent.Kind;
import app.mailroom.ui.sheet.SheetContent.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.geometry.Point2D;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People at work in a sheet of some thousand rows. */
class SheetGridWindowIT {
    private SheetHost host;

    @BeforeEach
    void open() throws Exception {
        host = new SheetHost(5_000, 6);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void typingReplacesACellAndEnterGoesDown() {
        host.at(1, 1);
        host.robot.write("new").push(KeyCode.ENTER);
        assertThat(host.fake.deeds).containsExactly("type 1 1 new");
        assertThat(host.selected()).isEqualTo("2 1 2 1");
        host.shown("new");
        host.robot.write("up").push(KeyCode.SHIFT, KeyCode.ENTER);
        assertThat(host.fake.text(2, 1)).isEqualTo("up");
        assertThat(host.selected()).isEqualTo("1 1 1 1");
    }

    @Test
    void aHangulSyllableAsTheFirstKeyIsNotLost() {
        host.at(1, 1);
        host.robot.write("한글").push(KeyCode.TAB);
        assertThat(host.fake.deeds).containsExactly("type 1 1 한글");
        assertThat(host.selected()).isEqualTo("1 2 1 2");
    }

    @Test
    void enterAfterTabsGoesToWhereTheRowBegan() {
        host.at(1, 1);
        host.robot.write("a").push(KeyCode.TAB).write("b").push(KeyCode.TAB).push(KeyCode.ENTER);
        assertThat(host.selected()).isEqualTo("2 1 2 1");
        host.robot.push(KeyCode.TAB).push(KeyCode.RIGHT).push(KeyCode.ENTER);
        assertThat(host.selected()).as("an arrow ends the run").isEqualTo("3 3 3 3");
    }

    @Test
    void whatIsBeingTypedStaysWithItsRow() {
        host.at(1, 1);
        host.robot.write("ab");
        host.robot.interact(() -> {
            host.fake.push(3);
            host.grid().reset();
        });
        host.robot.write("c").push(KeyCode.TAB);
        assertThat(host.fake.deeds).containsExactly("type 4 1 abc");
        assertThat(host.selected()).isEqualTo("4 2 4 2");
    }

    @Test
    void whatIsBeingTypedIsHandedOnWhenItsRowIsNoLongerShown() {
        host.at(5, 1);
        host.robot.write("ab");
        host.robot.interact(() -> {
            host.fake.size(3);
            host.grid().reset();
        });
        assertThat(host.fake.deeds).containsExactly("type unseen 5 1 ab");
    }

    @Test
    void f2KeepsWhatIsThereWithTheCaretBehindIt() {
        host.at(3, 2);
        host.robot.push(KeyCode.F2);
        assertThat(host.isTyping()).isTrue();
        assertThat(host.typing().getText()).isEqualTo("값 4.2");
        assertThat(host.typing().getCaretPosition()).isEqualTo(5);
        host.robot.write("!").push(KeyCode.ENTER);
        assertThat(host.fake.deeds).containsExactly("type 3 2 값 4.2!");
    }

    @Test
    void escapeLeavesEverythingAsItWas() {
        host.at(1, 1);
        host.robot.write("no").push(KeyCode.ESCAPE);
        assertThat(host.isTyping()).isFalse();
        assertThat(host.fake.deeds).isEmpty();
        assertThat(host.selected()).isEqualTo("1 1 1 1");
        host.robot.push(KeyCode.F2).push(KeyCode.ENTER);
        assertThat(host.fake.deeds).as("nothing was changed").isEmpty();
    }

    @Test
    void aLineBreakIsTypedWithAltEnterAndShownInOneLine() {
        host.at(1, 1);
        host.robot.write("a").push(KeyCode.ALT, KeyCode.ENTER).write("b").push(KeyCode.ENTER);
        assertThat(host.fake.deeds).containsExactly("type 1 1 a\nb");
        host.shown("a↵b");
    }

    @Test
    void arrowsAfterTypingTakeItInAndMove() {
        host.at(1, 1);
        host.robot.write("x").push(KeyCode.RIGHT);
        assertThat(host.fake.deeds).containsExactly("type 1 1 x");
        assertThat(host.selected()).isEqualTo("1 2 1 2");
        host.robot.push(KeyCode.F2).push(KeyCode.LEFT).write("-").push(KeyCode.ENTER);
        assertThat(host.fake.text(1, 2)).isEqualTo("값 2.-2");
    }

    @Test
    void tabWrapsToTheNextRow() {
        host.at(1, 5);
        host.robot.push(KeyCode.TAB);
        assertThat(host.selected()).isEqualTo("2 0 2 0");
        host.robot.push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(host.selected()).isEqualTo("1 5 1 5");
    }

    @Test
    void keysMoveAndExtend() {
        host.at(1, 1);
        host.robot.push(KeyCode.SHIFT, KeyCode.DOWN).push(KeyCode.SHIFT, KeyCode.RIGHT);
        assertThat(host.selected()).isEqualTo("1 1 2 2");
        host.robot.push(KeyCode.DOWN);
        assertThat(host.selected()).isEqualTo("2 1 2 1");
        host.robot.push(KeyCode.END);
        assertThat(host.selected()).isEqualTo("2 5 2 5");
        host.robot.push(KeyCode.CONTROL, KeyCode.DOWN);
        assertThat(host.selected()).isEqualTo("4999 5 4999 5");
        host.shown("user5000@example.com");
        host.robot.push(KeyCode.CONTROL, KeyCode.HOME);
        assertThat(host.selected()).isEqualTo("0 0 0 0");
        host.shown("user1@example.com");
        host.robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.END);
        assertThat(host.selected()).isEqualTo("0 0 4999 5");
        host.robot.push(KeyCode.HOME);
        host.robot.push(KeyCode.PAGE_DOWN);
        assertThat(host.selected()).isNotEqualTo("0 0 0 0");
        host.robot.push(KeyCode.PAGE_UP);
        assertThat(host.selected()).isEqualTo("0 0 0 0");
    }

    @Test
    void wholeRowsColumnsAndEverythingAreSelectedByKeys() {
        host.area(3, 2, 4, 2);
        host.robot.push(KeyCode.SHIFT, KeyCode.SPACE);
        assertThat(host.selected()).isEqualTo("3 0 4 5");
        host.area(3, 2, 4, 3);
        host.robot.push(KeyCode.CONTROL, KeyCode.SPACE);
        assertThat(host.selected()).isEqualTo("0 2 4999 3");
        host.robot.push(KeyCode.CONTROL, KeyCode.A);
        assertThat(host.selected()).isEqualTo("0 0 4999 5");
        assertThat(host.fake.deeds).isEmpty();
        assertThat(host.isTyping()).isFalse();
    }

    @Test
    void keysAskForWhatIsDoneWithCells() {
        host.area(3, 1, 4, 2);
        host.robot.push(KeyCode.DELETE).push(KeyCode.CONTROL, KeyCode.C);
        host.robot.push(KeyCode.CONTROL, KeyCode.X).push(KeyCode.CONTROL, KeyCode.D);
        host.robot.push(KeyCode.CONTROL, KeyCode.Z).push(KeyCode.CONTROL, KeyCode.Y);
        host.robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        host.robot.push(KeyCode.CONTROL, KeyCode.ADD).push(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(host.fake.deeds)
                .containsExactly(
                        "clear 3 1 4 2",
                        "copy 3 1 4 2",
                        "cut 3 1 4 2",
                        "fill 3 1 4 2",
                        "undo",
                        "redo",
                        "redo",
                        "insert rows 3 2",
                        "delete rows 3 4");
    }

    @Test
    void aWholeColumnIsInsertedAndDeletedByKeys() {
        host.at(0, 2);
        host.robot.push(KeyCode.CONTROL, KeyCode.SPACE).push(KeyCode.CONTROL, KeyCode.ADD);
        host.robot.push(KeyCode.CONTROL, KeyCode.SUBTRACT);
        assertThat(host.fake.deeds).containsExactly("insert column 2", "delete column 2");
    }

    @Test
    void theClipboardIsTakenApart() {
        host.area(2, 1, 3, 2);
        host.clipboard("a\t\"b\n\"\"c\"\"\"\r\nd\te\r\n");
        host.robot.push(KeyCode.CONTROL, KeyCode.V);
        assertThat(host.fake.deeds).containsExactly("paste 2 1 3 2");
        assertThat(host.fake.pasted).containsExactly(List.of(List.of("a", "b\n\"c\""), List.of("d", "e")));
    }

    @Test
    void aLargeClipboardIsTakenApartInTheBackground() {
        host.at(2, 1);
        host.clipboard("someone@example.com\tname\tcompany\r\n".repeat(10_000));
        host.robot.push(KeyCode.CONTROL, KeyCode.V);
        await().until(() -> host.fake.pasted.size() == 1);
        assertThat(host.fake.pasted.get(0)).hasSize(10_000);
    }

    @Test
    void theMouseSelects() {
        host.robot.clickOn(host.shown("값 3.1"));
        assertThat(host.selected()).isEqualTo("2 1 2 1");
        host.robot.press(KeyCode.SHIFT).clickOn(host.shown("값 5.2")).release(KeyCode.SHIFT);
        assertThat(host.selected()).isEqualTo("2 1 4 2");
        host.robot.drag(host.shown("값 2.1")).moveTo(host.shown("값 4.3")).drop();
        assertThat(host.selected()).isEqualTo("1 1 3 3");
        await().until(() -> {
            // On a slow machine two clicks may be none that belong together.
            host.robot.doubleClickOn(host.shown("값 6.1"));
            return host.isTyping();
        });
        assertThat(host.typing().getText()).isEqualTo("값 6.1");
        host.robot.push(KeyCode.END).write("x").clickOn(host.shown("값 8.1"));
        assertThat(host.fake.deeds).containsExactly("type 5 1 값 6.1x");
        assertThat(host.selected()).isEqualTo("7 1 7 1");
    }

    @Test
    void headersSelectWholeRowsAndColumns() {
        host.robot.clickOn(host.header("field2"));
        assertThat(host.selected()).isEqualTo("0 2 4999 2");
        host.robot.drag(host.header("field1")).moveTo(host.header("field2")).drop();
        assertThat(host.selected()).isEqualTo("0 1 4999 2");
        host.robot.clickOn(host.rowHeader("4"));
        assertThat(host.selected()).isEqualTo("3 0 3 5");
        host.robot.drag(host.rowHeader("4")).moveTo(host.rowHeader("6")).drop();
        assertThat(host.selected()).isEqualTo("3 0 5 5");
        Point2D corner = host.on(() -> host.grid().node().localToScreen(20, 10));
        host.robot.clickOn(corner);
        assertThat(host.selected()).isEqualTo("0 0 4999 5");
    }

    @Test
    void draggingBeyondTheEdgeScrolls() {
        Point2D below = host.middle(host.shown("값 3.1")).add(0, 600);
        host.robot.drag(host.shown("값 3.1")).moveTo(below);
        await().until(() -> host.firstRow() > 20);
        host.robot.drop();
        assertThat(host.on(() -> host.grid().selected().orElseThrow().height())).isGreaterThan(20);
    }

    @Test
    void theMenuOfAColumnOpensFromItsHead() {
        host.robot.clickOn(host.header("field1"));
        openColumnMenu(1);
        host.choose("Sort Z to A");
        openColumnMenu(1);
        host.choose("Rename…");
        openColumnMenu(1);
        host.choose("Insert a column to the right");
        openColumnMenu(2);
        host.choose("Move right");
        openColumnMenu(2);
        host.choose("Delete the column");
        assertThat(host.fake.deeds)
                .containsExactly(
                        "sort 1 DESCENDING",
                        "rename column 1",
                        "insert column 2",
                        "move column 2 3",
                        "delete column 2");
        openColumnMenu(0);
        assertThat(host.item("Delete the column").isDisable()).isTrue();
        assertThat(host.item("Of the page").isDisable()).isFalse();
    }

    private void openColumnMenu(int column) {
        List<javafx.scene.Node> arrows = new ArrayList<>(host.grid().node().lookupAll("." + SheetHeader.MENU));
        arrows.sort(
                java.util.Comparator.comparingDouble(node -> host.middle(node).getX()));
        host.robot.clickOn(arrows.get(column));
        host.settle();
    }

    @Test
    void theMenuOfCellsOpensByKeys() {
        host.area(2, 1, 4, 1);
        host.openMenuBy(KeyCode.SHIFT, KeyCode.F10);
        host.choose("Insert 3 rows above");
        // Not by the robot, which presses Alt Graph in its place on X.
        host.robot.interact(() -> host.typing()
                .fireEvent(
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.CONTEXT_MENU, false, false, false, false)));
        host.choose("Delete 3 rows");
        assertThat(host.fake.deeds).containsExactly("insert rows 2 3", "delete rows 2 4");
    }

    @Test
    void whatIsTypedOutlivesAReset() {
        host.at(3, 1);
        host.robot.write("half");
        host.fake.size(6_000);
        host.robot.interact(() -> host.grid().reset());
        host.settle();
        host.robot.write(" done").push(KeyCode.ENTER);
        assertThat(host.fake.deeds).containsExactly("type 3 1 half done");
    }

    @Test
    void whatIsTypedStaysInItsColumnWhenAnotherComesBefore() {
        host.at(3, 1);
        host.robot.write("text");
        List<Column> more = new ArrayList<>(host.fake.columns());
        more.add(1, new Column(99, "added", "", Kind.USED));
        host.fake.columns(more);
        host.robot.interact(() -> host.grid().reset());
        host.robot.push(KeyCode.ENTER);
        assertThat(host.fake.deeds).containsExactly("type 3 2 text");
    }

    @Test
    void whatIsTypedIsTakenInWhenThePersonGoesElsewhere() {
        host.at(3, 1);
        host.robot.write("text");
        host.robot.interact(() -> host.grid().commit());
        assertThat(host.fake.deeds).containsExactly("type 3 1 text");
    }

    @Test
    void aDoubleClickOnABorderMakesTheColumnFit() {
        List<String> told = new ArrayList<>();
        host.fake.put(2, 1, "a text that is by far longer than the others in this column");
        host.robot.interact(() -> host.grid().onWidth((id, width) -> told.add(Integer.toString(id))));
        host.robot.interact(() -> host.grid().refresh(2, 2));
        double before = host.on(
                () -> host.header("field1").getParent().getLayoutBounds().getWidth());
        Point2D border = host.on(() -> host.header("field1").getParent().localToScreen(before + 7, 8));
        await().until(() -> {
            host.robot.moveTo(border).doubleClickOn(MouseButton.PRIMARY);
            return !told.isEmpty();
        });
        assertThat(told).containsExactly("1");
        assertThat(host.on(() ->
                        host.header("field1").getParent().getLayoutBounds().getWidth()))
                .isGreaterThan(before + 100);
    }

    @Test
    void aWidthFollowsItsColumn() {
        host.robot.interact(() -> host.grid().setWidths(Map.of(2, 300.0)));
        host.settle();
        List<Column> turned = new ArrayList<>(host.fake.columns());
        turned.add(1, turned.remove(2));
        host.fake.columns(turned);
        host.robot.interact(() -> host.grid().reset());
        host.settle();
        assertThat(host.on(() ->
                        host.header("field2").getParent().getLayoutBounds().getWidth()))
                .isEqualTo(290);
    }

    @Test
    void aResetKeepsPlaceSelectionAndWidths() {
        host.area(2_000, 1, 2_003, 2);
        int first = host.firstRow();
        host.robot.interact(() -> host.grid().setWidths(Map.of(1, 222.0)));
        host.fake.size(7_000);
        host.robot.interact(() -> host.grid().reset());
        host.settle();
        assertThat(host.firstRow()).isEqualTo(first);
        assertThat(host.selected()).isEqualTo("2000 1 2003 2");
        List<Column> more = new ArrayList<>(host.fake.columns());
        more.add(1, new Column(99, "added", "", Kind.UNUSED));
        host.fake.columns(more);
        host.robot.interact(() -> host.grid().reset());
        host.settle();
        assertThat(host.firstRow()).isEqualTo(first);
        host.header("added");
        assertThat(host.on(() -> ((Labeled) host.header("field1")).getScene() != null))
                .isTrue();
        assertThat(host.on(() ->
                        host.header("field1").getParent().getLayoutBounds().getWidth()))
                .isEqualTo(212);
        host.fake.size(10);
        host.robot.interact(() -> host.grid().reset());
        host.settle();
        assertThat(host.selected()).isEqualTo("9 1 9 2");
        host.shown("user10@example.com");
        host.fake.size(0);
        host.robot.interact(() -> host.grid().reset());
        host.settle();
        assertThat(host.selected()).isEqualTo("nothing");
        host.robot.write("x").push(KeyCode.ENTER).push(KeyCode.F2).push(KeyCode.CONTROL, KeyCode.V);
        assertThat(host.fake.deeds).isEmpty();
    }

    @Test
    void aRefreshShowsWhatHasChanged() {
        host.fake.put(2, 1, "otherwise");
        host.fake.mark(3, 0, "bad", Mark.INVALID, "no such address");
        host.robot.interact(() -> host.grid().refresh(2, 3));
        host.settle();
        host.shown("otherwise");
        assertThat(host.shown("bad").getStyleClass()).contains("sheet-invalid");
        assertThat(host.on(() -> ((javafx.scene.control.Control) host.shown("bad"))
                        .getTooltip()
                        .getText()))
                .isEqualTo("no such address");
        host.fake.mark(3, 0, "good@example.com", Mark.NONE, "");
        host.robot.interact(() -> host.grid().refresh(3, 3));
        host.settle();
        assertThat(host.shown("good@example.com").getStyleClass()).doesNotContain("sheet-invalid");
    }

    @Test
    void aDraggedBorderIsToldOf() {
        List<String> told = new ArrayList<>();
        host.robot.interact(() -> host.grid().onWidth((id, width) -> told.add(id + " " + Math.round(width))));
        Point2D border = host.on(() -> host.header("field1").getParent().localToScreen(157, 8));
        host.robot.moveTo(border).press(MouseButton.PRIMARY).moveBy(40, 0).release(MouseButton.PRIMARY);
        host.settle();
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith("1 ");
        assertThat(host.fake.deeds).isEmpty();
    }

    @Test
    void headsStayWhereTheyAre() {
        host.robot.interact(() -> host.grid().select(new SheetDeeds.Area(3_000, 5, 3_000, 5)));
        host.settle();
        host.shown("값 3001.5");
        Point2D address = host.middle(host.shown("user3001@example.com"));
        Point2D head = host.middle(host.header("email"));
        assertThat(Math.abs(address.getX() - head.getX())).isLessThan(240);
        assertThat(host.on(() -> host.grid().node().localToScreen(0, 0).getY() + 30))
                .isGreaterThan(head.getY());
        host.robot.clickOn(host.shown("값 3001.5"));
        assertThat(host.selected()).isEqualTo("3000 5 3000 5");
    }
}
