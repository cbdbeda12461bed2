package app.mailroom.ui.templates;

import app.mailroom.template.ProgramVariables;
import app.mailroom.template.Spot;
import app.mailroom.template.TemplateProblem;
import app.mailroom.template.VariableUse;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.cell.TextFieldTableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.converter.DefaultStringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The variables of the template being written: where they stand, what fills them, and what the list has besides. */
final class VariablesPane {
    /** What the person wants done. */
    interface Wishes {
        /** To be brought to a use. */
        void goTo(Spot spot);

        /** To have it inserted where they write. */
        void insert(String name);

        /** To have it called otherwise everywhere; what is no name is refused with a message. */
        void rename(String key, String name);

        /** To have another fallback everywhere, or none for null; what cannot be one is refused with a message. */
        void fallback(String key, @Nullable String fallback);
    }

    /** A variable beside the row in view. */
    private record Line(VariableUse use, String sample, Status status) {}

    private enum Status {
        FINE,
        FALLBACK,
        PROGRAM,
        UNKNOWN,
        MISSING
    }

    private final Texts texts;
    private final Wishes wishes;
    private final SampleRows rows;
    private final TableView<Line> table = Look.table();
    private final FlowPane more = new FlowPane(8, 8);
    private final Label moreHead;
    private final VBox node;
    private final Map<String, Integer> visited = new HashMap<>();
    private List<VariableUse> uses = List.of();

    VariablesPane(Texts texts, SampleRows rows, Wishes wishes) {
        this.texts = texts;
        this.rows = rows;
        this.wishes = wishes;
        moreHead = new Label(texts.get("variables.more"));
        moreHead.getStyleClass().add("section");
        moreHead.managedProperty().bind(moreHead.visibleProperty());
        more.managedProperty().bind(more.visibleProperty());
        table();
        Label hint = Look.hint(texts.get("variables.hint"));
        node = new VBox(8, table, buttons(), moreHead, more, hint);
        node.getStyleClass().add("tab-body");
        node.setMinWidth(0);
        rows.row.addListener((property, before, now) -> fill());
        rows.columns.addListener((property, before, now) -> fill());
    }

    private void table() {
        table.setId("variables");
        table.setEditable(true);
        table.setFixedCellSize(48);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        table.setPlaceholder(Look.muted(texts.get("templates.variables.none")));
        TableColumn<Line, Line> name = Look.drawn(texts.get("variables.name"), 132, this::name);
        TableColumn<Line, String> fallback = Look.column(
                texts.get("variables.fallback"), 100, line -> line.use().fallback());
        fallback.setEditable(true);
        fallback.setCellFactory(column -> new TextFieldTableCell<>(new DefaultStringConverter()));
        fallback.setOnEditCommit(event -> setFallback(event.getRowValue(), event.getNewValue()));
        TableColumn<Line, Line> sample = Look.drawn(texts.get("variables.sample"), 120, this::sample);
        name.setEditable(false);
        sample.setEditable(false);
        table.getColumns().addAll(List.of(name, fallback, sample));
        table.setRowFactory(any -> {
            TableRow<Line> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !row.isEmpty() && table.getEditingCell() == null) {
                    wishes.insert(row.getItem().use().name());
                }
            });
            return row;
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && table.getEditingCell() == null) {
                event.consume();
                goToNext();
            }
        });
    }

    private Node buttons() {
        BooleanBinding none = table.getSelectionModel().selectedItemProperty().isNull();
        Button insert = Look.button(
                texts.get("variables.insert"),
                "fth-plus",
                () -> chosen().ifPresent(line -> wishes.insert(line.use().name())));
        insert.setId("variable-insert");
        Button next = Look.button(texts.get("variables.next"), "fth-corner-down-right", this::goToNext);
        next.setId("variable-next");
        Button rename = Look.button(texts.get("variables.rename"), "fth-edit-2", this::rename);
        rename.setId("variable-rename");
        List.of(insert, next, rename).forEach(button -> button.disableProperty().bind(none));
        return new FlowPane(8, 8, insert, next, rename);
    }

    private Optional<Line> chosen() {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem());
    }

    /** Each time to the use after the one of the last time. */
    private void goToNext() {
        chosen().ifPresent(line -> {
            List<Spot> spots = line.use().spots();
            int use = visited.merge(line.use().key(), 1, Integer::sum) - 1;
            wishes.goTo(spots.get(use % spots.size()));
        });
    }

    private void rename() {
        chosen().ifPresent(line -> Ask.line(
                        node,
                        texts,
                        texts.get("variables.rename.title", line.use().name()),
                        texts.get("variables.rename.label"),
                        line.use().name())
                .ifPresent(name -> wishes.rename(line.use().key(), name)));
    }

    private void setFallback(Line line, String fallback) {
        String stripped = fallback.strip();
        wishes.fallback(line.use().key(), stripped.isEmpty() ? null : stripped);
        // What was typed stands in the cell even if it is refused.
        table.refresh();
    }

    private Node name(Line line) {
        Label name = new Label(line.use().name());
        name.getStyleClass().add("code");
        Label where = Look.muted(where(line.use()));
        where.setWrapText(false);
        where.getStyleClass().add(Styles.TEXT_SMALL);
        VBox box = new VBox(name, where);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private String where(VariableUse use) {
        Map<TemplateProblem.Part, Long> counts =
                use.spots().stream().collect(Collectors.groupingBy(Spot::part, Collectors.counting()));
        List<String> words = new ArrayList<>();
        for (TemplateProblem.Part part : TemplateProblem.Part.values()) {
            Long count = counts.get(part);
            if (count != null) {
                String name = texts.code("variables.part", part);
                words.add(count == 1 ? name : texts.get("variables.count", name, count));
            }
        }
        return String.join(", ", words);
    }

    private Node sample(Line line) {
        return switch (line.status()) {
            case FINE -> new Label(line.sample());
            case FALLBACK -> {
                Label fallback = Look.muted(line.use().fallback());
                fallback.setWrapText(false);
                yield fallback;
            }
            case PROGRAM -> mark("fth-cpu", "mark-accent", texts.get("variables.program"), line.sample());
            case UNKNOWN ->
                mark(
                        "fth-alert-triangle",
                        "mark-warning",
                        texts.get("variables.unknown.hint"),
                        texts.get("variables.unknown"));
            case MISSING ->
                mark(
                        "fth-alert-triangle",
                        "mark-warning",
                        texts.get("variables.missing.hint"),
                        texts.get("variables.missing"));
        };
    }

    private static Node mark(String icon, String tone, String hint, String words) {
        FontIcon picture = new FontIcon(icon);
        picture.getStyleClass().add(tone);
        Label label = new Label(words.isEmpty() ? hint : words, picture);
        label.setTooltip(new Tooltip(hint));
        HBox box = new HBox(label);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /** Shows the variables of this text. */
    void show(List<VariableUse> found) {
        uses = found;
        fill();
    }

    private void fill() {
        Optional<SampleRow> row = rows.row.get();
        Set<String> columns = rows.columnKeys();
        String chosen = chosen().map(line -> line.use().key()).orElse("");
        List<Line> lines = uses.stream().map(use -> line(use, row, columns)).toList();
        if (!lines.equals(table.getItems())) {
            table.getItems().setAll(lines);
            for (Line line : lines) {
                if (line.use().key().equals(chosen)) {
                    table.getSelectionModel().select(line);
                }
            }
        }
        Set<String> used = uses.stream().map(VariableUse::key).collect(Collectors.toSet());
        more.getChildren().clear();
        for (String name : rows.names()) {
            if (!used.contains(Variables.key(name))) {
                Button button = new Button(name, new FontIcon("fth-plus"));
                button.getStyleClass().addAll(Styles.SMALL, "code");
                button.setOnAction(event -> wishes.insert(name));
                more.getChildren().add(button);
            }
        }
        boolean any = !more.getChildren().isEmpty();
        more.setVisible(any);
        moreHead.setVisible(any);
    }

    private static Line line(VariableUse use, Optional<SampleRow> row, Set<String> columns) {
        String value = row.map(one -> one.values().getOrDefault(use.key(), "")).orElse("");
        boolean program = ProgramVariables.KEYS.contains(use.key()) && !columns.contains(use.key());
        if (program) {
            return new Line(use, "", Status.PROGRAM);
        }
        if (!columns.isEmpty() && !columns.contains(use.key())) {
            return new Line(use, "", Status.UNKNOWN);
        }
        if (row.isPresent() && value.isBlank()) {
            return new Line(use, "", use.hasFallback() ? Status.FALLBACK : Status.MISSING);
        }
        return new Line(use, value, Status.FINE);
    }

    Node node() {
        return node;
    }
}
