package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.TemplateVersion;
import app.mailroom.model.World;
import app.mailroom.plan.PlanReview.Contents;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.ReviewModel.Shown;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/** Shows all that goes out of a mailing, and lets whoever may say whether it does. */
final class ReviewDialog {
    private static final Duration LOOK_EVERY = Duration.seconds(1);
    private static final double WIDTH = 1060;
    private static final double HEIGHT = 640;
    private static final double FACTS = 380;
    private static final long KILO = 1_000;

    private final ScreenContext context;
    private final Texts texts;
    private final ReviewModel model;
    private final Runnable decided;
    private final Dialog<Boolean> dialog = new Dialog<>();
    private final VBox facts = new VBox(14);
    private final Label reason = new Label();
    private final Label changed = new Label();
    private final Button approve;
    private final Button decline;
    private final Button close;
    private final TextArea note = new TextArea();
    private final HBox deeds;
    private final VBox noteBox;

    private ReviewDialog(ScreenContext context, long planId, Runnable decided) {
        this.context = context;
        this.texts = context.texts();
        this.model = new ReviewModel(context, planId);
        this.decided = decided;
        approve = Look.primary(texts.get("approval.approve"), "fth-check", this::approve);
        approve.setId("review-approve");
        decline = Look.button(texts.get("approval.decline"), "fth-message-square", () -> writeNote(true));
        decline.setId("review-decline");
        reason.setId("review-reason");
        reason.setWrapText(true);
        reason.setMaxWidth(Double.MAX_VALUE);
        reason.getStyleClass().add(Styles.TEXT_MUTED);
        HBox.setHgrow(reason, Priority.ALWAYS);
        close = Look.button(texts.get("approval.close"), "fth-x", dialog::close);
        close.setId("review-close");
        deeds = new HBox(8, reason, close, decline, approve);
        deeds.setAlignment(Pos.CENTER_LEFT);
        noteBox = noteBox();
    }

    /**
     * Opens it.
     *
     * @param decided is run after the mailing was approved, or was not
     */
    static void show(ScreenContext context, Node where, Plan plan, Runnable decided) {
        new ReviewDialog(context, plan.id(), decided).show(where, plan);
    }

    private void show(Node where, Plan plan) {
        ScrollPane left = new ScrollPane(facts);
        left.setFitToWidth(true);
        left.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        left.getStyleClass().add("bare");
        left.setPrefWidth(FACTS);
        left.setMinWidth(FACTS);
        facts.setPadding(new Insets(0, 12, 0, 0));
        Node mails = new ReviewMails(texts, model).node();
        HBox.setHgrow(mails, Priority.ALWAYS);
        HBox both = new HBox(20, left, mails);
        VBox.setVgrow(both, Priority.ALWAYS);
        changed.setText(texts.get("approval.changed_meanwhile"));
        changed.setId("review-changed");
        changed.setWrapText(true);
        changed.setMinHeight(Region.USE_PREF_SIZE);
        changed.setMaxWidth(Double.MAX_VALUE);
        changed.setGraphic(new FontIcon("fth-alert-triangle"));
        changed.getStyleClass().addAll("finding", "finding-blocks");
        changed.visibleProperty().bind(model.changedMeanwhile);
        changed.managedProperty().bind(changed.visibleProperty());
        VBox all = new VBox(14, changed, both, deeds, noteBox);
        all.setPadding(new Insets(16));
        dialog.setTitle(texts.get("approval.review.title"));
        dialog.setHeaderText(texts.get("approval.review.head", plan.title()));
        dialog.setGraphic(null);
        dialog.initOwner(where.getScene().getWindow());
        dialog.setResizable(true);
        dialog.getDialogPane()
                .getButtonTypes()
                .setAll(new ButtonType(texts.get("approval.close"), ButtonData.CANCEL_CLOSE));
        dialog.getDialogPane().setContent(all);
        dialog.getDialogPane().setPrefSize(WIDTH, HEIGHT);
        dialog.getDialogPane().getStyleClass().add("wide-dialog");
        hideBar();
        model.shown.addListener((property, before, now) -> show(now));
        model.mails.addListener((property, before, now) -> enable());
        model.busy.addListener((property, before, now) -> enable());
        enable();
        writeNote(false);
        model.load();
        Timeline looking = new Timeline(new KeyFrame(LOOK_EVERY, event -> model.lookAgain()));
        looking.setCycleCount(Animation.INDEFINITE);
        dialog.setOnHidden(event -> looking.stop());
        dialog.show();
        looking.play();
        // Not the field for an address, whose prompt says what it is for.
        close.requestFocus();
    }

    /** A dialog can be closed only if it has a button for that; the one that is shown stands beside the others. */
    private void hideBar() {
        if (dialog.getDialogPane().lookup(".button-bar") instanceof Region bar) {
            bar.setVisible(false);
            bar.setMinHeight(0);
            bar.setPrefHeight(0);
            bar.setMaxHeight(0);
        }
        dialog.getDialogPane().addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                if (noteBox.isVisible()) {
                    // What was written there stays.
                    writeNote(false);
                } else {
                    dialog.close();
                }
            }
        });
    }

    private VBox noteBox() {
        note.setId("review-note");
        note.setPromptText(texts.get("approval.note.prompt"));
        note.setPrefRowCount(3);
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        Button back = Look.button(texts.get("approval.note.back"), "fth-arrow-left", () -> writeNote(false));
        Button send = Look.primary(texts.get("approval.note.keep"), "fth-message-square", this::declineWithNote);
        send.setId("review-note-keep");
        send.disableProperty().bind(model.busy);
        HBox foot = new HBox(8, Look.muted(texts.get("approval.note.hint")), Look.gap(), back, send);
        foot.setAlignment(Pos.CENTER_LEFT);
        return new VBox(8, note, foot);
    }

    private void writeNote(boolean on) {
        deeds.setVisible(!on);
        deeds.setManaged(!on);
        noteBox.setVisible(on);
        noteBox.setManaged(on);
        if (on) {
            note.requestFocus();
        } else if (!decline.isDisabled()) {
            decline.requestFocus();
        }
    }

    private void approve() {
        model.approve(this::close);
    }

    private void declineWithNote() {
        model.decline(note.getText(), this::close);
    }

    private void close() {
        dialog.setResult(Boolean.TRUE);
        dialog.close();
        decided.run();
    }

    private void enable() {
        Shown now = model.shown.get();
        approve.setDisable(!model.approvable());
        decline.setDisable(now == null
                || model.busy.get()
                || now.refusal().isPresent()
                || !now.contents().overview().plan().awaitsApproval());
    }

    private void show(Shown now) {
        enable();
        Contents contents = now.contents();
        Plan plan = contents.overview().plan();
        reason.setText(now.refusal()
                .map(refusal -> ApprovalWords.refusal(texts, context.permits(), refusal))
                .orElseGet(() -> standing(plan)));
        facts.getChildren().clear();
        said("finding-warns", "fth-rotate-ccw", ApprovalWords.lapsed(texts, plan.approval()));
        said("finding-says", "fth-message-square", ApprovalWords.note(texts, plan));
        fact("approval.fact.people", ApprovalWords.people(texts, plan.approval()));
        fact("approval.fact.messages", messages(contents.overview().totals(), plan));
        fact("approval.fact.begins", begins(plan));
        String rules = Timings.rules(texts, plan.timing());
        fact("approval.fact.rules", rules.isEmpty() ? texts.get("approval.rules.none") : rules);
        fact(
                "approval.fact.sender",
                plan.fromName().isEmpty() ? plan.fromAddress() : plan.fromName() + " <" + plan.fromAddress() + ">");
        fact("approval.fact.reply", plan.replyTo().isEmpty() ? texts.get("approval.reply.none") : plan.replyTo());
        fact("approval.fact.template", template(contents));
        fact("approval.fact.world", texts.get(plan.world() == World.LIVE ? "approval.live" : "approval.practice"));
        fact("approval.fact.counted", texts.get(plan.tracked() ? "approval.counted" : "approval.not_counted"));
        files(contents.attachments());
        links(contents.links());
    }

    /** What there is to say where nothing keeps the person from approving it. */
    private String standing(Plan plan) {
        if (plan.awaitsApproval()) {
            return plan.frozenAt() == null ? texts.get("approval.being_made") : "";
        }
        return texts.get("approval.not_waiting");
    }

    private String messages(PlanTotals totals, Plan plan) {
        long toGo = totals.in(MessageState.PLANNED);
        long suppressed = totals.in(MessageState.SUPPRESSED);
        StringBuilder words = new StringBuilder(texts.get("approval.messages", toGo, plan.listName()));
        if (suppressed > 0) {
            words.append('\n').append(texts.get("approval.messages.suppressed", suppressed));
        }
        if (plan.startedAt() != null) {
            words.append('\n').append(texts.get("approval.messages.begun", totals.all() - toGo - suppressed));
        }
        return words.toString();
    }

    private String begins(Plan plan) {
        String time = Timings.exactly(texts, plan.notBefore(), plan.zone());
        if (plan.startedAt() != null) {
            return texts.get("approval.begins.goes_on", time);
        }
        if (plan.missed() || plan.state() == PlanState.PAUSED) {
            return texts.get("approval.begins.resumed", time);
        }
        return plan.notBefore().isAfter(context.features().clock().instant())
                ? time
                : texts.get("approval.begins.at_once", time);
    }

    private String template(Contents contents) {
        return contents.version()
                .map(TemplateVersion::number)
                .map(number -> texts.get("approval.template", contents.templateName(), texts.number(number)))
                .orElse("");
    }

    private void files(List<Attachment> files) {
        VBox lines = new VBox(4);
        lines.setId("review-files");
        for (Attachment file : files) {
            Label name = new Label(
                    texts.get("form.attachment", file.fileName(), texts.number((file.size() + KILO - 1) / KILO)));
            name.setGraphic(new FontIcon("fth-paperclip"));
            Button save =
                    Look.iconButton(texts.get("approval.file.save", file.fileName()), "fth-download", () -> save(file));
            HBox line = new HBox(4, name, save);
            line.setAlignment(Pos.CENTER_LEFT);
            lines.getChildren().add(line);
        }
        if (files.isEmpty()) {
            lines.getChildren().add(new Label(texts.get("approval.files.none")));
        }
        facts.getChildren().add(Look.field(texts.get("approval.fact.files"), lines));
    }

    private void save(Attachment file) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName(file.fileName());
        File chosen = chooser.showSaveDialog(facts.getScene().getWindow());
        if (chosen != null) {
            model.save(file, chosen.toPath());
        }
    }

    private void links(List<String> urls) {
        VBox lines = new VBox(4);
        lines.setId("review-links");
        for (String url : urls) {
            lines.getChildren().add(words(url));
        }
        if (urls.isEmpty()) {
            lines.getChildren().add(new Label(texts.get("approval.links.none")));
        }
        facts.getChildren().add(Look.field(texts.get("approval.fact.links"), lines));
    }

    private void fact(String name, String value) {
        Label words = words(value);
        words.setId(name.replace("approval.fact.", "review-"));
        facts.getChildren().add(Look.field(texts.get(name), words));
    }

    private void said(String tone, String icon, String text) {
        if (!text.isEmpty()) {
            Label words = words(text);
            words.setGraphic(new FontIcon(icon));
            words.setMaxWidth(Double.MAX_VALUE);
            words.getStyleClass().addAll("finding", tone);
            facts.getChildren().add(words);
        }
    }

    private static Label words(String text) {
        Label words = new Label(text);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return words;
    }
}
