package app.mailroom.ui.amazon;

import app.mailroom.tracking.ProofNote;
import app.mailroom.tracking.Tracking.Standing;
import app.mailroom.ui.amazon.RelayViewModel.Lacking;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** A relay in the order in which it comes about: where it is, its key, a test, and the switch. */
final class RelayCard {
    private static final double FIELD = 656;

    private final Texts texts;
    private final RelayViewModel model;
    private final StepCard card;
    private final ProofLines lines;
    private final StringProperty useMeaning = new SimpleStringProperty("");
    private final HBox ids = new HBox(8);
    private final Label keyNote = Look.hint("");
    private final Label stale = new Label();
    private final Label untestable = Look.hint("");
    private final Button test;
    private final Button renew;
    private final ToggleSwitch use = new ToggleSwitch();

    RelayCard(Texts texts, RelayViewModel model) {
        this.texts = texts;
        this.model = model;
        this.lines = new ProofLines(texts, "relay-links");
        test = Look.primary(texts.get("amazon.relay.test"), "fth-activity", model::prove);
        test.setId("relay-test");
        renew = Look.button(texts.get("amazon.relay.new_key"), "fth-rotate-cw", this::renew);
        renew.setId("relay-new-key");
        stale.setId("relay-stale");
        stale.setWrapText(true);
        stale.setMinHeight(Region.USE_PREF_SIZE);
        stale.setMaxWidth(Double.MAX_VALUE);
        stale.getStyleClass().addAll("finding", "finding-warns");
        shownWhenFilled(stale);
        untestable.setId("relay-untestable");
        shownWhenFilled(untestable);
        HBox testing = new HBox(12, test, untestable);
        testing.setAlignment(Pos.CENTER_LEFT);
        this.card = new StepCard(texts, StepCard.Name.RELAY, model.step);
        card.fill(address(), key(), administrator(), stale, testing, card.status(), lines.node(), use());
        for (Observable known : new Observable[] {
            model.standing, model.address, model.events, model.amazonCounts, model.links, model.step.stateProperty()
        }) {
            known.addListener(any -> show());
        }
        show();
    }

    StepCard card() {
        return card;
    }

    private Node address() {
        TextField field = new TextField();
        field.setId("relay-address");
        field.setPromptText("https://hits.example.com");
        field.textProperty().bindBidirectional(model.address);
        field.setOnAction(event -> model.keepAddress());
        field.focusedProperty().addListener((property, before, focused) -> {
            if (!focused) {
                model.keepAddress();
            }
        });
        Label wrong = new Label();
        wrong.setId("relay-address-wrong");
        wrong.setWrapText(true);
        wrong.setMinHeight(Region.USE_PREF_SIZE);
        wrong.getStyleClass().addAll(Styles.TEXT_SMALL, "relay-wrong");
        shownWhenFilled(wrong);
        wrong.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.code("amazon.relay.fault", model.fault.get()), model.fault));
        model.fault.addListener(
                (property, before, now) -> field.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
        VBox box = Look.field(texts.get("amazon.relay.address"), field);
        box.getChildren().addAll(wrong, Look.hint(texts.get("amazon.relay.address.hint")));
        box.setMaxWidth(FIELD);
        return box;
    }

    private Node key() {
        Label name = new Label(texts.get("amazon.relay.key"));
        name.getStyleClass().add("field-name");
        ids.setId("relay-keys");
        ids.setAlignment(Pos.CENTER_LEFT);
        keyNote.setId("relay-key-note");
        Button save = Look.button(texts.get("amazon.relay.save_key"), "fth-download", this::saveKeyFile);
        save.setId("relay-save-key");
        card().whileIdle(save);
        return new VBox(8, new VBox(4, name, ids), keyNote, new HBox(8, save, renew));
    }

    /** The keys by their ids, the one that signs first. */
    private void showKeys(Standing now) {
        ids.getChildren().clear();
        if (now.keyIds().isEmpty()) {
            ids.getChildren().add(Look.hint(texts.get("amazon.relay.no_key")));
        }
        for (String id : now.keyIds()) {
            boolean waits = now.waitingKey().filter(id::equals).isPresent();
            boolean signs = id.equals(now.keyIds().get(0));
            String words = texts.get(
                    waits ? "amazon.relay.key_waits" : signs ? "amazon.relay.key_signs" : "amazon.relay.key_known", id);
            ids.getChildren().add(Look.badge(words, waits ? "warning" : signs ? "success" : "neutral"));
        }
        keyNote.setText(texts.get(now.keyIds().isEmpty() ? "amazon.relay.key.make" : "amazon.relay.key.hint"));
    }

    private void saveKeyFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("amazon.relay.save_key"));
        chooser.setInitialFileName(AdministratorNotes.KEY_FILE);
        File file = chooser.showSaveDialog(card.node().getScene().getWindow());
        if (file != null) {
            model.saveKeyFile(file.toPath());
        }
    }

    private void renew() {
        if (Ask.confirm(
                card.node(),
                texts,
                texts.get("amazon.relay.new_key.title"),
                texts.get("amazon.relay.new_key.question"),
                texts.get("amazon.relay.new_key.deed"),
                false)) {
            model.renewKey();
        }
    }

    private Node administrator() {
        Label hint = Look.hint(texts.get("amazon.relay.admin.hint"));
        TitledPane pane = new TitledPane(
                texts.get("amazon.relay.admin"),
                new VBox(
                        12,
                        hint,
                        block("amazon.relay.admin.settings", "relay-settings", AdministratorNotes::settings),
                        block("amazon.relay.admin.policy", "relay-policy", AdministratorNotes::policy)));
        pane.setId("relay-administrator");
        pane.setExpanded(false);
        pane.setAnimated(false);
        pane.getStyleClass().addAll(Styles.DENSE, "fold");
        return pane;
    }

    /** A text to be copied as it is. */
    private Node block(String key, String id, Function<AdministratorNotes, String> part) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().add("field-name");
        TextArea area = new TextArea();
        area.setId(id);
        area.setEditable(false);
        area.getStyleClass().add("code");
        name.setLabelFor(area);
        model.notes.addListener((property, before, now) -> {
            if (now != null && !part.apply(now).equals(area.getText())) {
                area.setText(part.apply(now));
                area.setPrefRowCount((int) area.getText().lines().count() + 1);
            }
        });
        HBox head = new HBox(8, name, Look.gap(), Look.copyButton(texts.get("action.copy"), area::getText));
        head.setAlignment(Pos.CENTER_LEFT);
        return new VBox(4, head, area);
    }

    private Node use() {
        use.setId("relay-use");
        use.selectedProperty().bindBidirectional(model.on);
        HBox option = StepCard.option(texts.get("amazon.relay.use"), useMeaning, use);
        option.setId("relay-use-line");
        return option;
    }

    private void show() {
        Standing now = model.standing.get();
        boolean working = model.step.working();
        lines.show(
                model.links.stream()
                        .map(link -> new ProofLines.Link(
                                texts.code("amazon.relay.link", link.link()), link.state(), words(link.note())))
                        .toList(),
                working);
        showKeys(now);
        renew.setDisable(working || now.keyIds().isEmpty());
        stale.setText(
                now.waitingKey().isPresent()
                        ? texts.get("amazon.relay.stale.key")
                        : now.outdated() ? texts.get("amazon.relay.stale") : "");
        Optional<Lacking> lacking = model.lackingForTest();
        test.setDisable(working || lacking.isPresent());
        untestable.setText(
                lacking.map(what -> texts.code("amazon.relay.lacks", what)).orElse(""));
        Optional<Lacking> useless = model.lackingForUse();
        use.setDisable(working || useless.isPresent());
        useMeaning.set(useless.map(what -> texts.code("amazon.relay.lacks", what))
                .orElse(texts.get(now.on() ? "amazon.relay.use.on" : "amazon.relay.use.off")));
        card.summary(summary(now));
    }

    private String words(ProofNote note) {
        String key = "amazon.relay.note." + note.code().name();
        return note.code() == ProofNote.Code.NONE
                ? ""
                : texts.get(key, note.values().toArray());
    }

    private String summary(Standing now) {
        String where = now.address().map(Object::toString).orElse("");
        if (now.on()) {
            return texts.get("amazon.relay.summary.on", where);
        }
        return now.provenAt()
                .map(at -> texts.get("amazon.relay.summary.proven", texts.time(at)))
                .orElse(where);
    }

    private static void shownWhenFilled(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }
}
