package app.mailroom.ui.templates;

import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.store.FreeName;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.TemplateException;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Makes a new template of a starting point that the person chooses by its looks, and opens it. */
final class GalleryDialog {
    private static final double WIDTH = 1120;
    private static final double HEIGHT = 680;

    private final ScreenContext context;
    private final Texts texts;
    private final TemplateStore store;
    private final Stage stage = new Stage();
    private final ListView<StartingPoint> points = new ListView<>();
    private final ObjectProperty<Locale> language;
    private final SamplePreview preview;
    private final TextField name = new TextField();
    private final Label problem = new Label();
    private final BooleanProperty busy = new SimpleBooleanProperty(false);
    private final Reload<Sample> reload;
    private Set<String> taken = Set.of();
    private String proposed = "";
    private volatile @Nullable Wanted wanted;

    private record Wanted(StartingPoint point, Locale language) {}

    GalleryDialog(ScreenContext context, Node owner) {
        this.context = context;
        this.texts = context.texts();
        this.store = context.features().stores().templates();
        this.language =
                new SimpleObjectProperty<>(texts.locale().getLanguage().equals("ko") ? Locale.KOREAN : Locale.ENGLISH);
        this.preview = new SamplePreview(texts);
        this.reload = new Reload<>(context.background(), this::sample, preview::show);
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("starting.title"));
        points.setId("starting-points");
        points.getStyleClass().add("side-list");
        points.setMinWidth(280);
        points.setPrefWidth(344);
        points.setCellFactory(any -> new PointCell());
        points.getItems().setAll(StartingPoint.all());
        points.getSelectionModel().selectedItemProperty().addListener((property, before, point) -> {
            propose();
            show();
        });
        points.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                create();
            }
        });
        points.setOnKeyPressed(event -> {
            // A list keeps Enter to itself, so that the default button would not get it.
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                create();
            }
        });
        language.addListener((property, before, now) -> show());
        Scene scene = new Scene(content(), WIDTH, HEIGHT);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setMinWidth(720);
        stage.setMinHeight(480);
    }

    void open() {
        points.getSelectionModel().select(0);
        context.background().get(() -> store.list().stream().map(Template::name).collect(Collectors.toSet()), names -> {
            taken = names;
            propose();
        });
        stage.show();
        points.requestFocus();
    }

    private BorderPane content() {
        VBox left = new VBox(12, languages(), points);
        VBox.setVgrow(points, Priority.ALWAYS);
        VBox right = new VBox(preview.node());
        right.setPadding(new Insets(0, 0, 0, 16));
        name.setId("starting-name");
        name.setPrefWidth(360);
        problem.getStyleClass().addAll("finding", "finding-blocks");
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setVisible(false);
        problem.managedProperty().bind(problem.visibleProperty());
        name.textProperty().addListener((property, before, text) -> problem.setVisible(false));
        Button create = Look.primary(texts.get("starting.create"), "fth-plus", this::create);
        create.setId("starting-create");
        create.setDefaultButton(true);
        create.disableProperty()
                .bind(busy.or(Bindings.createBooleanBinding(() -> name.getText().isBlank(), name.textProperty())));
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", stage::close);
        cancel.setCancelButton(true);
        Label nameOf = new Label(texts.get("templates.name"));
        nameOf.setMinWidth(Label.USE_PREF_SIZE);
        nameOf.setLabelFor(name);
        HBox buttons = new HBox(8, nameOf, name, Look.gap(), cancel, create);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox foot = new VBox(12, problem, buttons);
        foot.setPadding(new Insets(16, 0, 0, 0));
        BorderPane page = new BorderPane(right, null, null, foot, left);
        page.setPadding(new Insets(24));
        page.getStyleClass().add("page");
        return page;
    }

    private Node languages() {
        ToggleGroup group = new ToggleGroup();
        return new HBox(
                language(group, Locale.ENGLISH, Styles.LEFT_PILL), language(group, Locale.KOREAN, Styles.RIGHT_PILL));
    }

    private ToggleButton language(ToggleGroup group, Locale of, String style) {
        ToggleButton button = new ToggleButton(texts.code("language", of.getLanguage()));
        button.setId("starting-" + of.getLanguage());
        button.getStyleClass().add(style);
        button.setToggleGroup(group);
        button.setSelected(of.equals(language.get()));
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        // Arrow keys choose within a group too, and one of both always holds.
        button.selectedProperty().addListener((property, before, now) -> {
            if (now) {
                language.set(of);
            } else if (group.getSelectedToggle() == null) {
                button.setSelected(true);
            }
        });
        return button;
    }

    /** Puts a free name into the field unless the person has typed one. */
    private void propose() {
        StartingPoint point = points.getSelectionModel().getSelectedItem();
        if (point != null && name.getText().equals(proposed)) {
            proposed = FreeName.among(taken, point.name(texts));
            name.setText(proposed);
        }
    }

    private void show() {
        StartingPoint point = points.getSelectionModel().getSelectedItem();
        if (point != null) {
            wanted = new Wanted(point, language.get());
            reload.ask();
        }
    }

    private Sample sample() throws TemplateException {
        Wanted now = wanted;
        return now == null
                ? Sample.of(new TemplateContent("", "", ""), Map.of())
                : Sample.of(now.point().content(now.language()), Map.of());
    }

    private void create() {
        StartingPoint point = points.getSelectionModel().getSelectedItem();
        String wish = name.getText().strip();
        if (point == null || wish.isEmpty() || busy.get()) {
            return;
        }
        busy.set(true);
        Locale in = language.get();
        context.background()
                .get(
                        () -> store.create(
                                wish, point.content(in), context.features().person()),
                        id -> {
                            stage.close();
                            context.go().accept(new Place.Template(id));
                        },
                        failure -> {
                            busy.set(false);
                            problem.setText(
                                    failure instanceof NameTakenException
                                            ? texts.get("templates.name.taken")
                                            : Failure.of(failure).in(texts));
                            problem.setVisible(true);
                            name.requestFocus();
                        });
    }

    private final class PointCell extends ListCell<StartingPoint> {
        @Override
        protected void updateItem(@Nullable StartingPoint point, boolean empty) {
            super.updateItem(point, empty);
            setText(null);
            if (empty || point == null) {
                setGraphic(null);
                return;
            }
            Label title = new Label(point.name(texts));
            Label hint = Look.muted(point.hint(texts));
            hint.getStyleClass().add(Styles.TEXT_SMALL);
            VBox line = new VBox(2, title, hint);
            line.setMinWidth(0);
            line.setPrefWidth(0);
            setGraphic(line);
        }
    }
}
