package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.ListMaking;
import app.mailroom.recipients.ListMaking.Merged;
import app.mailroom.recipients.Progress;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Asks which lists are to be put together, and whether in a new list or in one of them. */
final class MergeDialog {
    private final ScreenContext context;
    private final Texts texts;
    private final ListDialog dialog;
    private final LongConsumer done;
    private final Map<RecipientList, BooleanProperty> chosen = new LinkedHashMap<>();
    private final RadioButton anew = new RadioButton();
    private final RadioButton there = new RadioButton();
    private final TextField name = new TextField();
    private final ComboBox<RecipientList> into = new ComboBox<>();

    /**
     * Opens it.
     *
     * @param proposed the lists that are chosen at first
     * @param target the list into which the others are proposed to go; a new one without it
     * @param done is told the id of the list in which all is now
     */
    static void open(ScreenContext context, Node owner, Set<Long> proposed, Optional<Long> target, LongConsumer done) {
        context.background()
                .get(
                        () -> context.features().stores().recipients().lists(),
                        lists -> new MergeDialog(context, owner, done).show(lists, proposed, target));
    }

    private MergeDialog(ScreenContext context, Node owner, LongConsumer done) {
        this.context = context;
        this.texts = context.texts();
        this.done = done;
        this.dialog = new ListDialog(context, owner, texts.get("merge.title"));
    }

    private void show(List<RecipientList> lists, Set<Long> proposed, Optional<Long> target) {
        // The chosen ones first, so that they are seen among many.
        lists.stream()
                .filter(list -> proposed.contains(list.id()))
                .forEach(list -> chosen.put(list, new SimpleBooleanProperty(true)));
        lists.forEach(list -> chosen.putIfAbsent(list, new SimpleBooleanProperty(false)));
        ListView<RecipientList> from = new ListView<>();
        from.setId("merge-lists");
        from.getStyleClass().add("choices");
        from.getItems().setAll(chosen.keySet());
        from.setCellFactory(CheckBoxListCell.forListView(
                list -> chosen.getOrDefault(list, new SimpleBooleanProperty()),
                new Naming<>(list -> texts.get("merge.list", list.name(), texts.number(list.sheetCount())))));
        from.setPrefHeight(160);
        ToggleGroup group = new ToggleGroup();
        anew.setText(texts.get("merge.new"));
        anew.setId("merge-new");
        anew.setToggleGroup(group);
        there.setText(texts.get("merge.there"));
        there.setId("merge-there");
        there.setToggleGroup(group);
        name.setId("merge-name");
        name.setPromptText(texts.get("recipients.name"));
        name.disableProperty().bind(anew.selectedProperty().not());
        into.setId("merge-into");
        into.getItems().setAll(lists);
        into.setConverter(new Naming<>(RecipientList::name));
        into.setMaxWidth(Double.MAX_VALUE);
        into.disableProperty().bind(there.selectedProperty().not());
        lists.stream()
                .filter(list -> target.isPresent() ? list.id() == target.get() : proposed.contains(list.id()))
                .findFirst()
                .ifPresent(into::setValue);
        (target.isPresent() ? there : anew).setSelected(true);
        Label note = Look.muted(texts.get("merge.hint"));
        note.setMinHeight(60);
        VBox fromField = Look.field(texts.get("merge.from"), from);
        VBox.setVgrow(from, Priority.ALWAYS);
        VBox.setVgrow(fromField, Priority.ALWAYS);
        Button deed = Look.primary(texts.get("merge.run"), "fth-git-merge", this::run);
        deed.setId("merge-run");
        dialog.show(
                deed,
                impossible(),
                520,
                600,
                fromField,
                Look.field(texts.get("merge.into"), new VBox(8, anew, name, there, into)),
                note);
    }

    private BooleanBinding impossible() {
        List<Observable> choices = new ArrayList<>(chosen.values());
        choices.addAll(List.of(anew.selectedProperty(), name.textProperty(), into.valueProperty()));
        return Bindings.createBooleanBinding(
                () -> anew.isSelected()
                        ? sources().size() < 2 || name.getText().isBlank()
                        : into.getValue() == null || sources().isEmpty(),
                choices.toArray(Observable[]::new));
    }

    /** The lists whose rows are to be added: not the one into which they go. */
    private List<Long> sources() {
        RecipientList target = anew.isSelected() ? null : into.getValue();
        return chosen.entrySet().stream()
                .filter(list -> list.getValue().get() && !list.getKey().equals(target))
                .map(list -> list.getKey().id())
                .toList();
    }

    private void run() {
        ListMaking making = context.features().lists().making();
        List<Long> from = sources();
        String called = name.getText().strip();
        RecipientList target = into.getValue();
        boolean makesNew = anew.isSelected();
        dialog.run(
                progress -> makesNew ? making.mergeNew(from, called, progress) : merge(making, from, target, progress),
                merged -> {
                    context.notices()
                            .done(
                                    texts.get(
                                            "merge.done", texts.number(merged.added()), texts.number(merged.leftOut())),
                                    texts.get("recipients.open"),
                                    () -> context.go().accept(new Place.Sheet(merged.listId())));
                    done.accept(merged.listId());
                });
    }

    private static Merged merge(ListMaking making, List<Long> from, RecipientList into, Progress progress)
            throws ImportCancelledException {
        long added = 0;
        long leftOut = 0;
        for (long list : from) {
            Merged merged = making.merge(list, into.id(), progress);
            added += merged.added();
            leftOut += merged.leftOut();
        }
        return new Merged(into.id(), Optional.empty(), added, leftOut);
    }
}
