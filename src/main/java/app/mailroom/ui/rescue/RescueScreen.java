package app.mailroom.ui.rescue;

import app.mailroom.model.BackupCopy;
import app.mailroom.model.RestoreReport;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says what is wrong with the database and offers its copies, the newest that is well chosen already. */
public final class RescueScreen {
    private static final double WIDTH = 640;
    private static final double LIST_HEIGHT = 176;
    private static final double MEGABYTE = 1e6;

    private final Rescue rescue;
    private final Texts texts;
    private final Background background;
    private final Runnable goOn;
    private final ListView<Rescue.Checked> copies = new ListView<>();
    private final Label state = words("");
    private final Button restore;
    private final Button folder;
    private final Button quit;
    private final VBox card = new VBox(16);
    private final StackPane node;

    /**
     * Begins to read the copies.
     *
     * @param goOn opens the restored workspace
     * @param leave ends the program
     * @param show opens a folder for the person
     * @param language is told which one was chosen, as a tag
     */
    public RescueScreen(
            Rescue rescue,
            Texts texts,
            Background background,
            Runnable goOn,
            Runnable leave,
            Consumer<Path> show,
            Consumer<String> language) {
        this.rescue = rescue;
        this.texts = texts;
        this.background = background;
        this.goOn = goOn;
        restore = Look.primary(texts.get("rescue.restore"), "fth-rotate-ccw", this::restore);
        restore.setId("rescue-restore");
        restore.setDefaultButton(true);
        restore.disableProperty()
                .bind(copies.getSelectionModel()
                        .selectedItemProperty()
                        .map(one -> !one.well())
                        .orElse(true)
                        .flatMap(no -> copies.disabledProperty().map(busy -> no || busy)));
        folder = Look.button(texts.get("rescue.folder"), "fth-folder", () -> show.accept(rescue.workspace()));
        folder.setId("rescue-folder");
        quit = Look.button(texts.get("rescue.quit"), "fth-x", leave);
        quit.setId("rescue-quit");
        quit.setCancelButton(true);
        quit.disableProperty().bind(copies.disabledProperty());
        copies.setId("rescue-copies");
        copies.setPrefHeight(LIST_HEIGHT);
        copies.setCellFactory(list -> new CopyCell());
        copies.setPlaceholder(words(texts.get("rescue.reading")));
        state.setId("rescue-state");
        Label title = new Label(texts.get("rescue.title"), new FontIcon("fth-alert-triangle"));
        title.getStyleClass().add(Styles.TITLE_2);
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        Label what = words(texts.code("rescue.damage", rescue.damage().kind()));
        what.setId("rescue-what");
        Label file = words(rescue.damage().file().toString());
        file.setId("rescue-file");
        file.getStyleClass().add(Styles.TEXT_SMALL);
        Label heading = new Label(texts.get("rescue.copies"));
        heading.getStyleClass().add("field-name");
        heading.setLabelFor(copies);
        card.getStyleClass().addAll("card-box", "gate-card");
        card.setMaxWidth(WIDTH);
        card.setPrefWidth(WIDTH);
        HBox buttons = new HBox(8, restore, folder, Look.gap(), quit);
        buttons.setAlignment(Pos.CENTER_LEFT);
        card.getChildren()
                .setAll(
                        title,
                        new VBox(4, what, file),
                        new VBox(4, heading, copies),
                        words(texts.get("rescue.hint")),
                        state,
                        buttons);
        Label brand = new Label("Mailroom", new FontIcon("fth-mail"));
        brand.getStyleClass().addAll("brand", "gate-brand");
        StringProperty tongue = new SimpleStringProperty(texts.locale().getLanguage());
        tongue.addListener((property, before, now) -> language.accept(now));
        HBox languages = Look.choice(texts, tongue, "language", List.of("en", "ko"));
        languages.setAlignment(Pos.CENTER);
        VBox column = new VBox(24, brand, card, languages);
        column.setAlignment(Pos.CENTER);
        column.setMaxWidth(WIDTH);
        node = new StackPane(column);
        node.getStyleClass().add("gate");
        node.setId("rescue-screen");
        background.get(rescue::checked, this::show, this::failed);
    }

    /** What is shown. */
    public Node node() {
        return node;
    }

    private static Label words(String text) {
        Label words = Look.muted(text);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.managedProperty().bind(words.textProperty().isEmpty().not());
        return words;
    }

    private void show(List<Rescue.Checked> found) {
        copies.setPlaceholder(words(texts.get("rescue.none")));
        copies.getItems().setAll(found);
        found.stream()
                .filter(Rescue.Checked::well)
                .findFirst()
                .ifPresentOrElse(
                        well -> {
                            copies.getSelectionModel().select(well);
                            restore.requestFocus();
                        },
                        quit::requestFocus);
    }

    private void failed(Throwable failure) {
        copies.setDisable(false);
        state.setText(texts.get("rescue.failed", String.valueOf(failure.getMessage())));
        quit.requestFocus();
    }

    private void restore() {
        Rescue.Checked chosen = copies.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            copies.setDisable(true);
            state.setText(texts.get("rescue.restoring"));
            background.get(() -> rescue.restore(chosen.copy()), this::tell, this::failed);
        }
    }

    private void tell(RestoreReport report) {
        Button open = Look.primary(texts.get("rescue.open"), "fth-check", goOn);
        open.setId("rescue-open");
        open.setDefaultButton(true);
        restore.setDefaultButton(false);
        Label title = new Label(texts.get("rescue.done"));
        title.getStyleClass().add(Styles.TITLE_2);
        Label known = words(texts.get(
                report.readable() ? "rescue.done.known" : "rescue.done.unreadable",
                texts.number(report.learnt()),
                texts.number(report.suppressions())));
        Label doubt = words(
                report.uncertain() == 0
                        ? texts.get("rescue.done.certain")
                        : texts.get("rescue.done.uncertain", texts.number(report.uncertain())));
        doubt.setId("rescue-uncertain");
        VBox lines = new VBox(8, known, doubt);
        if (!report.parked().isEmpty()) {
            lines.getChildren().add(words(texts.get("rescue.done.parked", String.join(", ", report.parked()))));
        }
        if (!report.scheduled().isEmpty()) {
            lines.getChildren().add(words(texts.get("rescue.done.scheduled", String.join(", ", report.scheduled()))));
        }
        report.lost()
                .forEach(lost -> lines.getChildren()
                        .add(words(texts.get("rescue.done.lost", lost.title(), texts.number(lost.begun())))));
        if (report.erasures() > 0) {
            lines.getChildren().add(words(texts.get("rescue.done.erasures", texts.number(report.erasures()))));
        }
        lines.getChildren()
                .addAll(
                        words(texts.get("rescue.done.suppressions")),
                        words(texts.get("rescue.done.aside", report.setAside().toString())));
        card.getChildren().setAll(title, lines, new HBox(8, open, folder));
        open.requestFocus();
    }

    private final class CopyCell extends ListCell<Rescue.Checked> {
        @Override
        protected void updateItem(Rescue.Checked item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : line(item));
        }

        private Node line(Rescue.Checked item) {
            BackupCopy copy = item.copy();
            Label made = new Label(texts.time(copy.madeAt()) + " · "
                    + texts.get("rescue.megabytes", texts.rate(copy.bytes() / MEGABYTE)));
            String inside = copy.contents()
                    .map(in -> texts.get(
                            "rescue.contents",
                            texts.number(in.templates()),
                            texts.number(in.lists()),
                            texts.number(in.mailings())))
                    .orElse("");
            VBox words = new VBox(2, made, Look.hint(inside));
            HBox line = new HBox(
                    8,
                    words,
                    Look.gap(),
                    Look.badge(
                            item.well() ? texts.code("rescue.kind", copy.kind()) : texts.get("rescue.copy.damaged"),
                            item.well() ? "neutral" : "danger"));
            line.setAlignment(Pos.CENTER_LEFT);
            return line;
        }
    }
}
