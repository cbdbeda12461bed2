package app.mailroom.ui.recipients;

import app.mailroom.model.Right;
import app.mailroom.model.Suppression;
import app.mailroom.store.PersonStore.Found;
import app.mailroom.store.PersonStore.Place;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.kordamp.ikonli.javafx.FontIcon;

/** Shows how much is kept of a person and where, hands it over as a file, and erases it. */
public final class PersonDialog {
    private static final double WIDTH = 620;
    private static final double HEIGHT = 640;
    private static final Set<String> AT_THEIR_WISH = Set.of("COMPLAINT", "UNSUBSCRIBE");

    private final Permits permits;
    private final Texts texts;
    private final PersonViewModel model;
    private final Stage stage = new Stage();
    private final VBox found = new VBox(12);
    private final CheckBox keep = new CheckBox();
    private final VBox page;

    private PersonDialog(ScreenContext context, Node owner) {
        this.permits = context.permits();
        this.texts = context.texts();
        this.model = new PersonViewModel(context);
        this.page = page();
        model.found.addListener((property, before, now) -> showFound());
        model.erased.addListener((property, before, now) -> showFound());
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("person.title"));
        Scene scene = new Scene(page, WIDTH, HEIGHT);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setMinWidth(480);
        stage.setMinHeight(480);
        stage.setOnCloseRequest(event -> {
            // What is being erased is to be seen through, and its result to be read.
            if (model.erasing.get()) {
                event.consume();
            }
        });
    }

    /**
     * Opens it.
     *
     * @param address of the person who is looked for at once; where there is none, it is asked for
     */
    public static void open(ScreenContext context, Node owner, Optional<String> address) {
        PersonDialog dialog = new PersonDialog(context, owner);
        address.ifPresent(given -> {
            dialog.model.address.set(given);
            dialog.model.look();
        });
        dialog.stage.show();
    }

    private VBox page() {
        Label intro = Look.muted(texts.get("person.intro"));
        intro.setMinHeight(Region.USE_PREF_SIZE);
        TextField address = new TextField();
        address.setId("person-address");
        address.setPromptText(texts.get("person.prompt"));
        address.textProperty().bindBidirectional(model.address);
        address.setOnAction(event -> model.look());
        address.disableProperty().bind(model.busy);
        Button look = Look.button(texts.get("person.look"), "fth-search", model::look);
        look.setId("person-look");
        look.disableProperty().bind(model.busy);
        HBox.setHgrow(address, Priority.ALWAYS);
        HBox line = new HBox(8, address, look);
        line.setAlignment(Pos.CENTER_LEFT);
        Label problem = finding("finding-blocks", "fth-alert-circle", "");
        problem.setId("person-problem");
        problem.textProperty().bind(model.problem);
        problem.visibleProperty().bind(model.problem.isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        found.setId("person-found");
        keep.setId("person-keep");
        keep.setText(texts.get("person.keep"));
        keep.setWrapText(true);
        keep.setMinHeight(Region.USE_PREF_SIZE);
        keep.disableProperty().bind(model.busy);
        ScrollPane scroll = new ScrollPane(found);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("bare");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox box = new VBox(16, intro, Look.field(texts.get("message.address"), line), problem, scroll, buttons());
        box.setPadding(new Insets(24));
        box.getStyleClass().add("page");
        return box;
    }

    private HBox buttons() {
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(96);
        Label doing = Look.muted("");
        doing.setWrapText(false);
        doing.textProperty().bind(model.doing);
        HBox progress = new HBox(8, bar, doing);
        progress.setAlignment(Pos.CENTER_LEFT);
        progress.visibleProperty().bind(model.busy);
        progress.setMinWidth(0);
        HBox.setHgrow(progress, Priority.ALWAYS);
        Button export = Look.button(texts.get("person.export") + "…", "fth-download", this::export);
        export.setId("person-export");
        Button erase = Look.button(texts.get("person.erase") + "…", "fth-trash-2", this::erase);
        erase.setId("person-erase");
        erase.getStyleClass().add("danger");
        var nothing = Bindings.createBooleanBinding(
                () -> model.busy.get()
                        || Optional.ofNullable(model.found.get())
                                .filter(now -> !now.isNothing())
                                .isEmpty(),
                model.busy,
                model.found);
        export.disableProperty().bind(nothing);
        erase.disableProperty().bind(nothing);
        permits.need(Right.EXPORT, export);
        permits.need(Right.ERASE_PERSONS, erase);
        Button close = Look.button(texts.get("testsend.close"), "fth-x", stage::close);
        close.setCancelButton(true);
        close.disableProperty().bind(model.erasing);
        HBox box = new HBox(8, progress, close, export, erase);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    private void showFound() {
        found.getChildren().clear();
        Optional.ofNullable(model.erased.get()).ifPresent(erased -> {
            found.getChildren().add(finding("finding-says", "fth-check-circle", texts.get("person.erased")));
            if (!erased.counts().isEmpty()) {
                found.getChildren().add(table(erased.counts()));
            }
            erased.copies()
                    .goneOn()
                    .ifPresent(day -> found.getChildren()
                            .add(finding("finding-warns", "fth-archive", texts.get("person.backups", model.day(day)))));
            if (!erased.copies().untilDeleted().isEmpty()) {
                found.getChildren()
                        .add(finding(
                                "finding-warns",
                                "fth-archive",
                                texts.get(
                                        "person.copies",
                                        String.join("\n", erased.copies().untilDeleted()))));
            }
        });
        Optional.ofNullable(model.found.get()).ifPresent(this::show);
    }

    private void show(Found now) {
        boolean afterErasing = model.erased.get() != null;
        if (now.isNothing()) {
            if (!afterErasing) {
                found.getChildren()
                        .add(Look.empty("fth-user", texts.get("person.nothing"), texts.get("person.nothing.hint")));
            }
            return;
        }
        if (afterErasing) {
            Label left = new Label(texts.get("person.left"));
            left.getStyleClass().add("field-name");
            found.getChildren().add(left);
        }
        found.getChildren().add(table(now.counts()));
        if (!now.suppressions().isEmpty()) {
            // Whoever complained or unsubscribed must not be mailed again because they were forgotten.
            keep.setSelected(afterErasing
                    || now.suppressions().stream().map(Suppression::reason).anyMatch(AT_THEIR_WISH::contains));
            found.getChildren().add(keep);
        }
        if (now.beingSent() > 0) {
            found.getChildren().add(finding("finding-warns", "fth-send", texts.get("person.being_sent")));
        } else if (now.waiting() > 0) {
            found.getChildren()
                    .add(finding(
                            "finding-warns", "fth-clock", texts.get("person.waiting", texts.number(now.waiting()))));
        }
    }

    private GridPane table(Map<Place, Long> counts) {
        GridPane grid = new GridPane();
        grid.setHgap(16);
        grid.setVgap(6);
        int line = 0;
        for (Place place : Place.values()) {
            Long count = counts.get(place);
            if (count == null) {
                continue;
            }
            Label number = new Label(texts.number(count));
            number.getStyleClass().add("person-count");
            number.setMinWidth(32);
            number.setAlignment(Pos.CENTER_RIGHT);
            Label words = new Label(texts.code("person.place", place));
            words.setWrapText(true);
            grid.addRow(line++, number, words);
        }
        return grid;
    }

    private static Label finding(String style, String icon, String text) {
        Label label = new Label(text, new FontIcon(icon));
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll("finding", style);
        return label;
    }

    private void export() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("person.export"));
        chooser.setInitialFileName("person.zip");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("ZIP", "*.zip"));
        File file = chooser.showSaveDialog(stage);
        if (file != null) {
            model.export(file.toPath());
        }
    }

    private void erase() {
        Found now = model.found.get();
        if (now == null) {
            return;
        }
        if (Ask.confirm(
                page,
                texts,
                texts.get("person.erase.title", model.address.get().strip()),
                texts.get("person.erase.question"),
                texts.get("person.erase"),
                true)) {
            model.erase(!now.suppressions().isEmpty() && keep.isSelected());
        }
    }
}
