package app.mailroom.ui.account;

import app.mailroom.account.UnfitGuestException;
import app.mailroom.model.Role;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;

/** Asks whom to let in, and in which role: one person by their address, or a whole organisation by its domain. */
final class LetInDialog {
    private static final double WIDTH = 640;

    /** What is let in, by the keys of its texts. */
    enum Kind {
        INVITE(
                "people.invite",
                "people.invite.field",
                "people.invite.prompt",
                "people.invite.hint",
                "people.invite.deed"),
        ALLOW("people.allow", "people.allow.field", "people.allow.prompt", "people.allow.hint", "people.allow.deed");

        private final String title;
        private final String field;
        private final String prompt;
        private final String hint;
        private final String deed;

        Kind(String title, String field, String prompt, String hint, String deed) {
            this.title = title;
            this.field = field;
            this.prompt = prompt;
            this.hint = hint;
            this.deed = deed;
        }
    }

    /** Lets in, and says how it went. */
    @FunctionalInterface
    interface Deed {
        void run(String typed, Role role, Runnable done, Consumer<Throwable> failed);
    }

    private final Texts texts;
    private final Kind kind;
    private final Deed deed;
    private final BiConsumer<String, Role> done;
    private final Stage stage = new Stage();
    private final TextField typed = new TextField();
    private final ComboBox<Role> role;
    private final Label means = Look.hint("");
    private final Label problem = new Label();
    private final Button letIn;

    private LetInDialog(ScreenContext context, Node owner, Kind kind, Deed deed, BiConsumer<String, Role> done) {
        this.texts = context.texts();
        this.kind = kind;
        this.deed = deed;
        this.done = done;
        Role usual = kind == Kind.INVITE ? Role.EDITOR : Role.VIEWER;
        role = RoleBox.of(texts, usual, this::explain);
        role.setId("let-in-role");
        explain(usual);
        letIn = Look.primary(texts.get(kind.deed), "fth-user-plus", this::letIn);
        letIn.setId("let-in");
        letIn.setDefaultButton(true);
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get(kind.title));
        Scene scene = new Scene(page(), WIDTH, -1);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setMinWidth(WIDTH);
    }

    /** Opens it; {@code done} gets what was let in. */
    static void open(ScreenContext context, Node owner, Kind kind, Deed deed, BiConsumer<String, Role> done) {
        LetInDialog dialog = new LetInDialog(context, owner, kind, deed, done);
        dialog.stage.show();
        dialog.stage.sizeToScene();
        dialog.typed.requestFocus();
    }

    private VBox page() {
        typed.setId("let-in-typed");
        typed.setPromptText(texts.get(kind.prompt));
        typed.textProperty().addListener((property, before, now) -> {
            typed.pseudoClassStateChanged(Styles.STATE_DANGER, false);
            problem.setText("");
        });
        problem.setId("let-in-problem");
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().addAll("finding", "finding-blocks");
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        VBox named = Look.field(texts.get(kind.field), typed);
        VBox chosen = Look.field(texts.get("people.role"), role);
        chosen.setMinWidth(160);
        chosen.setMaxWidth(160);
        HBox fields = new HBox(12, named, chosen);
        TitledPane rights = new TitledPane(texts.get("people.rights"), new RightsGrid(texts).node());
        rights.setId("let-in-rights");
        rights.setAnimated(false);
        rights.setExpanded(kind == Kind.INVITE);
        rights.getStyleClass().addAll(Styles.DENSE, "fold");
        // The window is as high as what it shows.
        rights.heightProperty().addListener(any -> stage.sizeToScene());
        problem.heightProperty().addListener(any -> stage.sizeToScene());
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", stage::close);
        cancel.setCancelButton(true);
        HBox buttons = new HBox(8, Look.gap(), cancel, letIn);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox page = new VBox(16, fields, means, problem, Look.hint(texts.get(kind.hint)), rights, buttons);
        page.setPadding(new Insets(24));
        page.getStyleClass().add("page");
        return page;
    }

    private void explain(Role chosen) {
        means.setText(texts.code("people.role.hint", chosen));
    }

    private void letIn() {
        String whom = typed.getText().strip();
        Role as = role.getValue();
        letIn.setDisable(true);
        deed.run(
                whom,
                as,
                () -> {
                    stage.close();
                    done.accept(whom, as);
                },
                failure -> {
                    letIn.setDisable(false);
                    problem.setText(inWords(failure, whom));
                    typed.pseudoClassStateChanged(Styles.STATE_DANGER, failure instanceof UnfitGuestException);
                    typed.requestFocus();
                });
    }

    private String inWords(Throwable failure, String whom) {
        if (!(failure instanceof UnfitGuestException unfit)) {
            return Failure.of(failure).in(texts);
        }
        return switch (unfit.code()) {
            case NO_ADDRESS -> texts.get("people.unfit.NO_ADDRESS");
            case MEMBER_ALREADY -> texts.get("people.unfit.MEMBER_ALREADY", whom);
            case NO_DOMAIN -> texts.get("people.unfit.NO_DOMAIN");
            case OPEN_DOMAIN -> texts.get("people.unfit.OPEN_DOMAIN", whom);
        };
    }
}
