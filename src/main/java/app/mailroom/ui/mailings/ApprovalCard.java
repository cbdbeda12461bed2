package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MailingViewModel.Standing;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands on a mailing's page about its approval: that it waits and for what, or who approved it; else nothing. */
final class ApprovalCard {
    private final Texts texts;
    private final Permits permits;
    private final Label title = new Label();
    private final Label words = Look.muted("");
    private final Button review;
    private final Button withdraw;
    private final HBox node;

    /**
     * Hidden until it is shown something.
     *
     * @param open shows all that goes out
     * @param takeBack takes the approval back
     */
    ApprovalCard(Texts texts, Permits permits, Runnable open, Runnable takeBack) {
        this.texts = texts;
        this.permits = permits;
        title.getStyleClass().add(Styles.TEXT_BOLD);
        title.setId("approval-title");
        title.setGraphic(new FontIcon("fth-user-check"));
        title.setGraphicTextGap(8);
        words.setId("approval-words");
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.managedProperty().bind(words.textProperty().isNotEmpty());
        review = Look.button("", "fth-eye", open);
        review.setId("approval-review");
        review.managedProperty().bind(review.visibleProperty());
        withdraw = permits.need(
                Right.APPROVE_MAILINGS, Look.button(texts.get("approval.withdraw"), "fth-rotate-ccw", takeBack));
        withdraw.setId("approval-withdraw");
        withdraw.getStyleClass().addAll(Styles.SMALL);
        withdraw.managedProperty().bind(withdraw.visibleProperty());
        VBox text = new VBox(4, title, words);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        node = new HBox(16, text, review, withdraw);
        node.setAlignment(Pos.CENTER_LEFT);
        node.setId("approval-card");
        node.getStyleClass().add("card-box");
        node.managedProperty().bind(node.visibleProperty());
        node.setVisible(false);
    }

    Node node() {
        return node;
    }

    void show(Standing now) {
        Plan plan = now.plan();
        PlanApproval approval = plan.approval();
        boolean waits = plan.awaitsApproval();
        boolean approved = approval.needed() && approval.at().isPresent();
        node.setVisible(waits || approved);
        review.setVisible(waits);
        boolean decides = now.approvalRefusal().isEmpty();
        review.setText(texts.get(decides ? "approval.review" : "approval.look"));
        review.getStyleClass().remove(Styles.ACCENT);
        if (decides) {
            review.getStyleClass().add(Styles.ACCENT);
        }
        withdraw.setVisible(approved && !plan.state().isEnded());
        if (waits) {
            title.setText(texts.get("approval.waits"));
            words.setText(waiting(plan, now.approvalRefusal()));
        } else if (approved) {
            title.setText(texts.get(
                    "approval.approved",
                    approval.by().map(by -> by.name()).orElse(""),
                    approval.at()
                            .map(at -> Timings.moment(texts, at, plan.zone()))
                            .orElse("")));
            words.setText("");
        }
    }

    private String waiting(Plan plan, Optional<Refusal> refusal) {
        List<String> lines = Stream.of(
                        ApprovalWords.people(texts, plan.approval()) + " " + texts.get("approval.until"),
                        ApprovalWords.lapsed(texts, plan.approval()),
                        ApprovalWords.note(texts, plan),
                        refusal.map(why -> ApprovalWords.refusal(texts, permits, why))
                                .orElse(""))
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
