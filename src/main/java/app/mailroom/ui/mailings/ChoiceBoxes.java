package app.mailroom.ui.mailings;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** Choosing one of the things that are kept, and what stands below the choice where there is none. */
final class ChoiceBoxes {
    private ChoiceBoxes() {}

    static <T> ComboBox<T> of(PlanForm.Choice<T> choice, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>(choice.all);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setVisibleRowCount(12);
        box.setConverter(new Naming<>(name));
        box.valueProperty().bindBidirectional(choice.chosen);
        return box;
    }

    /** A way to where such things are made, while there are none. */
    static Node none(String words, PlanForm.Choice<?> choice, ObservableBooleanValue loaded, Runnable go) {
        Hyperlink link = new Hyperlink(words);
        link.setOnAction(event -> go.run());
        link.visibleProperty().bind(Bindings.isEmpty(choice.all).and(loaded));
        link.managedProperty().bind(link.visibleProperty());
        return link;
    }

    /** Says that the one that was chosen is gone. */
    static Node lost(PlanForm.Choice<?> choice, UnaryOperator<String> words) {
        Label label = Look.muted("");
        label.getStyleClass().addAll("finding", "finding-warns");
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> choice.lost.get().isEmpty() ? "" : words.apply(choice.lost.get()), choice.lost));
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }
}
