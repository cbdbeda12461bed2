package app.mailroom.ui.sheet;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The keys of a spreadsheet, in the places where people know them. */
final class SheetKeys {
    /** What keys do. */
    interface Hands {
        SheetSelection selection();

        /** Shows the selection, without scrolling. */
        void selected();

        /** Shows the selection and brings the corner that moved into view. */
        void moved();

        int rows();

        int columns();

        int page();

        void edit();

        /** Takes in what is typed. */
        void commit();

        void cancel();

        void breakLine();

        boolean isTyping();

        boolean isOvertyping();

        void act(Act act);
    }

    /** What is done with the selected cells. */
    enum Act {
        CLEAR,
        COPY,
        CUT,
        PASTE,
        FILL_DOWN,
        UNDO,
        REDO,
        INSERT,
        DELETE,
        MENU
    }

    private static final int NOWHERE = -1;

    private final Hands hands;
    private boolean swallowsTyped;
    private int tabbedFrom = NOWHERE;
    private int tabbedRow;
    private int tabbedColumn;

    SheetKeys(Hands hands) {
        this.hands = hands;
    }

    /** A key was pressed, and nobody has seen it yet. */
    void pressed(KeyEvent event) {
        swallowsTyped = false;
        boolean taken = hands.isTyping() ? whileTyping(event) : whileResting(event);
        if (taken) {
            event.consume();
            swallowsTyped = true;
        }
    }

    /** The letter of a key that has been dealt with is not typed as well. */
    void typed(KeyEvent event) {
        if (swallowsTyped) {
            event.consume();
        }
    }

    private boolean whileTyping(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> {
                if (event.isAltDown()) {
                    hands.breakLine();
                } else {
                    hands.commit();
                    enter(event.isShiftDown());
                }
                return true;
            }
            case TAB -> {
                if (event.isShortcutDown()) {
                    return false;
                }
                hands.commit();
                tab(event.isShiftDown());
                return true;
            }
            case ESCAPE -> {
                hands.cancel();
                return true;
            }
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN -> {
                if (!hands.isOvertyping()) {
                    return false;
                }
                hands.commit();
                return move(event);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean whileResting(KeyEvent event) {
        if (event.isShortcutDown() && !event.isAltDown()) {
            return withShortcut(event) || move(event);
        }
        if (event.isAltDown() || event.isMetaDown()) {
            return false;
        }
        switch (event.getCode()) {
            case ENTER -> enter(event.isShiftDown());
            case TAB -> tab(event.isShiftDown());
            case F2 -> hands.edit();
            case DELETE, BACK_SPACE -> hands.act(Act.CLEAR);
            case CONTEXT_MENU -> hands.act(Act.MENU);
            case F10 -> {
                if (!event.isShiftDown()) {
                    return false;
                }
                hands.act(Act.MENU);
            }
            case SPACE -> {
                if (!event.isShiftDown()) {
                    return false;
                }
                hands.selection().wholeRowsOfSelection();
                hands.selected();
            }
            default -> {
                return move(event);
            }
        }
        return true;
    }

    private boolean withShortcut(KeyEvent event) {
        boolean shift = event.isShiftDown();
        switch (event.getCode()) {
            case A -> {
                hands.selection().selectAll();
                hands.selected();
            }
            case SPACE -> {
                hands.selection().wholeColumnsOfSelection();
                hands.selected();
            }
            case C, INSERT -> hands.act(Act.COPY);
            case X -> hands.act(Act.CUT);
            case V -> hands.act(Act.PASTE);
            case D -> hands.act(Act.FILL_DOWN);
            case Z -> hands.act(shift ? Act.REDO : Act.UNDO);
            case Y -> hands.act(Act.REDO);
            case PLUS, ADD, EQUALS -> hands.act(Act.INSERT);
            case MINUS, SUBTRACT -> hands.act(Act.DELETE);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Arrows and their kind: they move the active cell, or the end of the selection while Shift is held. */
    private boolean move(KeyEvent event) {
        SheetSelection selection = hands.selection();
        boolean far = event.isShortcutDown();
        boolean extend = event.isShiftDown();
        int row = extend ? selection.endRow() : selection.row();
        int column = extend ? selection.endColumn() : selection.column();
        int lastRow = hands.rows() - 1;
        int lastColumn = hands.columns() - 1;
        KeyCode code = event.getCode();
        switch (code) {
            case UP, KP_UP -> row = far ? 0 : row - 1;
            case DOWN, KP_DOWN -> row = far ? lastRow : row + 1;
            case LEFT, KP_LEFT -> column = far ? 0 : column - 1;
            case RIGHT, KP_RIGHT -> column = far ? lastColumn : column + 1;
            case PAGE_UP -> row -= hands.page();
            case PAGE_DOWN -> row += hands.page();
            case HOME -> {
                row = far ? 0 : row;
                column = 0;
            }
            case END -> {
                row = far ? lastRow : row;
                column = lastColumn;
            }
            default -> {
                return false;
            }
        }
        if (extend) {
            selection.extend(row, column);
        } else {
            selection.go(row, column);
        }
        hands.moved();
        return true;
    }

    /** Goes down, or up. After a run of Tabs it goes to where the run began, so that rows are typed one by one. */
    private void enter(boolean back) {
        SheetSelection selection = hands.selection();
        int column = !back && isTabbing() ? tabbedFrom : selection.column();
        selection.go(selection.row() + (back ? -1 : 1), column);
        tabbedFrom = NOWHERE;
        hands.moved();
    }

    private void tab(boolean back) {
        SheetSelection selection = hands.selection();
        int from = isTabbing() ? tabbedFrom : selection.column();
        if (back) {
            selection.previous();
        } else {
            selection.next();
        }
        tabbedFrom = back ? NOWHERE : from;
        tabbedRow = selection.row();
        tabbedColumn = selection.column();
        hands.moved();
    }

    /** Whether the active cell is where the last Tab left it. */
    private boolean isTabbing() {
        SheetSelection selection = hands.selection();
        return tabbedFrom != NOWHERE && selection.row() == tabbedRow && selection.column() == tabbedColumn;
    }
}
