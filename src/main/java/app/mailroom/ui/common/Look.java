package app.mailroom.ui.common;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/** The parts that all screens are built of, so that they look alike: headers, buttons, badges, columns, empty states. */
public final class Look {
    private Look() {}

    /** The head of a page: its title, and what can be done on it. */
    public static HBox header(String title, Node... actions) {
        Label label = new Label(title);
        label.getStyleClass().add(Styles.TITLE_2);
        label.setMinWidth(0);
        HBox head = new HBox(8, label, gap());
        head.getChildren().addAll(actions);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(40);
        return head;
    }

    /** Room that pushes what follows to the other side. */
    public static Region gap() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        VBox.setVgrow(gap, Priority.ALWAYS);
        return gap;
    }

    /** A page with the usual margins; what grows has to say so itself. */
    public static VBox page(Node... parts) {
        VBox page = new VBox(16, parts);
        page.setPadding(new Insets(24));
        page.getStyleClass().add("page");
        return page;
    }

    /** The one button that a page is about. */
    public static Button primary(String text, String icon, Runnable action) {
        Button button = button(text, icon, action);
        button.getStyleClass().add(Styles.ACCENT);
        return button;
    }

    /** A button with an icon. */
    public static Button button(String text, String icon, Runnable action) {
        Button button = new Button(text, new FontIcon(icon));
        button.setOnAction(event -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** A button that is only an icon; the text is its tooltip and what a screen reader says. */
    public static Button iconButton(String text, String icon, Runnable action) {
        Button button = new Button(null, new FontIcon(icon));
        button.setOnAction(event -> action.run());
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        button.setTooltip(new Tooltip(text));
        button.setAccessibleText(text);
        return button;
    }

    /** A small button that puts a text into the clipboard; the name is its tooltip and what a screen reader says. */
    public static Button copyButton(String name, Supplier<String> text) {
        Button button = iconButton(name, "fth-copy", () -> {});
        button.getStyleClass().add(Styles.SMALL);
        FontIcon done = new FontIcon("fth-check");
        PauseTransition shown = new PauseTransition(Duration.seconds(1.5));
        Node usual = button.getGraphic();
        shown.setOnFinished(event -> button.setGraphic(usual));
        button.setOnAction(event -> {
            copy(text.get());
            button.setGraphic(done);
            shown.playFromStart();
        });
        return button;
    }

    /** Puts a text into the clipboard. */
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** A search field. */
    public static TextField searchField(String prompt) {
        atlantafx.base.controls.CustomTextField field = new atlantafx.base.controls.CustomTextField();
        field.setPromptText(prompt);
        field.setLeft(new FontIcon("fth-search"));
        field.setPrefWidth(260);
        return field;
    }

    /** A small coloured label; tone is one of neutral, accent, success, warning, danger. */
    public static Label badge(String text, String tone) {
        Label badge = new Label(text);
        badge.getStyleClass().addAll("badge", "badge-" + tone);
        badge.setMinWidth(Region.USE_PREF_SIZE);
        return badge;
    }

    /** Text that explains. */
    public static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        label.setWrapText(true);
        return label;
    }

    /** The same, smaller, and never cut: beneath or beside what it explains. */
    public static Label hint(String text) {
        Label label = muted(text);
        label.getStyleClass().add(Styles.TEXT_SMALL);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /**
     * A choice between a few values, of which one always holds.
     *
     * @param prefix of the keys of their words, and of the ids of the buttons
     */
    public static HBox choice(Texts texts, StringProperty property, String prefix, List<String> values) {
        ToggleGroup group = new ToggleGroup();
        HBox box = new HBox();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            ToggleButton button = new ToggleButton(texts.code(prefix, value));
            button.setId(prefix + "-" + value);
            button.getStyleClass()
                    .add(i == 0 ? Styles.LEFT_PILL : i == values.size() - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
            button.setToggleGroup(group);
            button.setSelected(value.equals(property.get()));
            button.setOnAction(event -> {
                button.setSelected(true);
                property.set(value);
            });
            property.addListener((any, before, now) -> button.setSelected(value.equals(now)));
            box.getChildren().add(button);
        }
        return box;
    }

    /** Sections one below the other that scroll as one, at the left and no wider than they read well. */
    public static ScrollPane scrolled(VBox sections, double width) {
        sections.setMaxWidth(width);
        sections.setPadding(new Insets(0, 16, 24, 0));
        HBox aligned = new HBox(sections);
        HBox.setHgrow(sections, Priority.ALWAYS);
        ScrollPane scroll = new ScrollPane(aligned);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        return scroll;
    }

    /** A label over its field. */
    public static VBox field(String name, Node control) {
        Label label = new Label(name);
        label.getStyleClass().add("field-name");
        label.setLabelFor(control);
        VBox box = new VBox(4, label, control);
        HBox.setHgrow(box, Priority.ALWAYS);
        if (control instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        return box;
    }

    /** What stands where there is nothing yet: what this is, and what to do next. */
    public static VBox empty(String icon, String title, String hint, Node... actions) {
        FontIcon picture = new FontIcon(icon);
        picture.getStyleClass().add("empty-icon");
        Label head = new Label(title);
        head.getStyleClass().add(Styles.TITLE_4);
        Label text = muted(hint);
        text.setMaxWidth(420);
        text.setAlignment(Pos.CENTER);
        text.setStyle("-fx-text-alignment: center;");
        HBox buttons = new HBox(8, actions);
        buttons.setAlignment(Pos.CENTER);
        VBox box = new VBox(8, picture, head, text, buttons);
        VBox.setMargin(buttons, new Insets(8, 0, 0, 0));
        box.setAlignment(Pos.CENTER);
        box.setPadding(new Insets(32));
        return box;
    }

    /** A column of texts. */
    public static <R> TableColumn<R, String> column(String title, double width, Function<R, String> value) {
        TableColumn<R, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.setSortable(false);
        return column;
    }

    /** A column of numbers, set flush right. */
    public static <R> TableColumn<R, String> numbers(String title, double width, Function<R, String> value) {
        TableColumn<R, String> column = column(title, width, value);
        column.getStyleClass().add("numeric");
        return column;
    }

    /** A column that draws its rows itself. */
    public static <R> TableColumn<R, R> drawn(String title, double width, Function<R, Node> picture) {
        TableColumn<R, R> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(R row, boolean empty) {
                super.updateItem(row, empty);
                setText(null);
                setGraphic(empty || row == null ? null : picture.apply(row));
            }
        });
        return column;
    }

    /** A table as it is used throughout: full width, one kind of line. */
    public static <R> TableView<R> table() {
        TableView<R> table = new TableView<>();
        table.getStyleClass().addAll(Styles.DENSE, "plain-table");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setFixedCellSize(36);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.getColumns().addListener((ListChangeListener<TableColumn<R, ?>>) change -> {
            while (change.next()) {
                for (TableColumn<R, ?> column : change.getAddedSubList()) {
                    column.widthProperty().addListener(any -> UiThread.later(() -> alignHeads(table)));
                }
            }
        });
        return table;
    }

    /** A width that changes while the table is laid out, because a scroll bar came, reaches the cells and not the heads. */
    private static void alignHeads(TableView<?> table) {
        for (Node heads : table.lookupAll(".nested-column-header")) {
            if (heads instanceof Parent parent) {
                parent.requestLayout();
            }
        }
    }
}
