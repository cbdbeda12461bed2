package app.mailroom.ui.account;

import app.mailroom.model.Role;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import java.util.function.Consumer;
import javafx.scene.control.ComboBox;

/** A choice among the roles. */
final class RoleBox {
    private static final double WIDTH = 124;

    private RoleBox() {}

    /** The box with one chosen; {@code chosen} is told of another. */
    static ComboBox<Role> of(Texts texts, Role role, Consumer<Role> chosen) {
        ComboBox<Role> box = new ComboBox<>();
        box.getItems().setAll(Role.values());
        box.setConverter(new Naming<>(one -> texts.code("role", one)));
        box.setValue(role);
        box.setPrefWidth(WIDTH);
        box.setAccessibleText(texts.get("people.role"));
        box.valueProperty().addListener((property, before, now) -> {
            if (now != null && now != before) {
                chosen.accept(now);
            }
        });
        return box;
    }
}
