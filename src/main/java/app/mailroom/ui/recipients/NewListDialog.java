package app.mailroom.ui.recipients;

import app.mailroom.model.Template;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/** Asks for the name and the template of a list to be filled by hand. */
final class NewListDialog {
    private final ScreenContext context;
    private final Texts texts;
    private final RecipientsViewModel model;
    private final ListDialog dialog;
    private final TextField name = new TextField();
    private final ComboBox<Optional<Template>> template = new ComboBox<>();
    private final SimpleBooleanProperty making = new SimpleBooleanProperty(false);

    NewListDialog(ScreenContext context, Node owner, RecipientsViewModel model) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.dialog = new ListDialog(context, owner, texts.get("recipients.new.title"));
    }

    void open() {
        name.setId("new-list-name");
        template.setId("new-list-template");
        List<Optional<Template>> choices = new ArrayList<>();
        choices.add(Optional.empty());
        model.templates.get().forEach(known -> choices.add(Optional.of(known)));
        template.getItems().setAll(choices);
        template.setConverter(
                new Naming<>(chosen -> chosen.map(Template::name).orElse(texts.get("recipients.no_template"))));
        template.setValue(choices.get(0));
        Label hint = Look.muted(texts.get("recipients.new.hint"));
        hint.setMinHeight(60);
        Button deed = Look.primary(texts.get("recipients.new.run"), "fth-plus", this::run);
        deed.setId("new-list-run");
        dialog.show(
                deed,
                name.textProperty().isEmpty().or(making),
                480,
                380,
                Look.field(texts.get("recipients.name"), name),
                Look.field(texts.get("recipients.column.template"), template),
                hint);
        name.requestFocus();
    }

    private void run() {
        String wanted = name.getText().strip();
        if (wanted.isEmpty()) {
            return;
        }
        making.set(true);
        model.create(
                wanted,
                texts.get("recipients.address_column"),
                template.getValue().orElse(null),
                id -> {
                    dialog.stage().close();
                    context.go().accept(new Place.Sheet(id));
                },
                failure -> {
                    making.set(false);
                    if (Failure.of(failure).expected()) {
                        dialog.fail(failure);
                    } else {
                        context.background().tell(failure);
                    }
                });
    }
}
