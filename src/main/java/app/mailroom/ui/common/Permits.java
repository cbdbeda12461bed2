package app.mailroom.ui.common;

import app.mailroom.account.Session;
import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;

/**
 * Greys out what the role of whoever sits in front of the window does not allow, and says why. Only for the eye: the features
 * ask for the right themselves. Holds for one {@link ScreenContext}; when the role changes, the window is filled anew.
 */
public final class Permits {
    private final Optional<Role> role;
    private final Texts texts;

    private Permits(Optional<Role> role, Texts texts) {
        this.role = role;
        this.texts = texts;
    }

    /** As whoever is signed in was at last look; asks no database. The person at a computer without sign-in may do everything. */
    public static Permits of(Session session, Texts texts) {
        return new Permits(session.member().map(Member::role), texts);
    }

    /** Whether the role allows it. */
    public boolean may(Right right) {
        return role.isEmpty() || role.get().may(right);
    }

    /** What the person is and what it takes, in a sentence. */
    public String reason(Right right) {
        return texts.get("refused.role", roleName(), holders(right));
    }

    private String roleName() {
        return role.map(is -> texts.code("role", is)).orElse("");
    }

    private String holders(Right right) {
        List<String> names = Arrays.stream(Role.values())
                .filter(right.holders()::contains)
                .map(holder -> texts.code("role", holder))
                .toList();
        String last = names.get(names.size() - 1);
        return names.size() == 1
                ? last
                : String.join(", ", names.subList(0, names.size() - 1)) + texts.get("refused.or") + last;
    }

    /**
     * Greys a control out for as long as it stands, with the reason beneath the mouse, unless the person may. To be called
     * after everything else that disables it.
     *
     * @return the same control
     */
    public <N extends Node> N need(Right right, N control) {
        if (!may(right)) {
            greyOut(control, reason(right));
        }
        return control;
    }

    /** Greys a control out for as long as it stands, with a reason beneath the mouse that has nothing to do with a role. */
    public static void greyOut(Node control, String reason) {
        keepDisabled(control.disableProperty());
        control.setAccessibleHelp(reason);
        RefusalHint.give(control, reason);
    }

    /** The same for an item of a menu, which says the reason itself. */
    public <I extends MenuItem> I need(Right right, I item) {
        if (!may(right)) {
            keepDisabled(item.disableProperty());
            String usual = item.getText();
            item.textProperty().unbind();
            item.setText(texts.get("refused.item", usual, roleName()));
        }
        return item;
    }

    private static void keepDisabled(BooleanProperty disable) {
        disable.unbind();
        disable.set(true);
        disable.addListener((property, before, now) -> {
            if (!now) {
                disable.set(true);
            }
        });
    }
}
