package app.mailroom.ui.shell;

import app.mailroom.delivery.PipelineSnapshot;
import app.mailroom.model.MailAccount;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** The line at the foot of the window: practice or live, what the mail service allows, how fast, how fresh, what is wrong. */
final class StatusBar {
    private static final double TOOLTIP = 480;

    private final Texts texts;
    private final HBox node = new HBox(12);
    private final Button mode = new Button();
    private final Label quota = new Label();
    private final Label rate = new Label();
    private final Label now = new Label();
    private final Label polled = new Label();
    private final Label problem = new Label();

    /** openGuide is run when the person wants to know what the mode means. */
    StatusBar(Texts texts, Runnable openGuide) {
        this.texts = texts;
        node.getStyleClass().add("status-bar");
        node.setAlignment(Pos.CENTER_LEFT);
        mode.setId("status-mode");
        mode.getStyleClass().setAll("badge", "badge-neutral", "badge-button");
        mode.setMinWidth(Region.USE_PREF_SIZE);
        mode.setOnAction(event -> openGuide.run());
        problem.setGraphic(new FontIcon("fth-alert-triangle"));
        problem.getStyleClass().add(Styles.DANGER);
        problem.setMinWidth(0);
        for (Label label : new Label[] {quota, rate, now, polled}) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        node.getChildren().addAll(mode, quota, line(), rate, line(), now, line(), polled, Look.gap(), problem);
    }

    Node node() {
        return node;
    }

    void show(PipelineSnapshot snapshot) {
        mode.setText(texts.get(snapshot.practice() ? "status.practice" : "status.live"));
        mode.getStyleClass().removeAll("badge-neutral", "badge-accent", "badge-success");
        mode.getStyleClass().add(snapshot.practice() ? "badge-accent" : "badge-success");
        mode.setTooltip(new Tooltip(texts.get(snapshot.practice() ? "status.practice.hint" : "status.live.hint")));
        quota.setText(snapshot.account().map(this::quota).orElse(texts.get("status.quota.unknown")));
        rate.setText(snapshot.account()
                .map(account -> texts.get("status.rate", texts.rate(account.ratePerSecond())))
                .orElse(texts.get("status.rate.unknown")));
        now.setText(texts.get("status.now", texts.rate(snapshot.sentPerSecond())));
        polled.setText(snapshot.lastPolled()
                .map(at -> texts.get("status.polled", texts.clock(at)))
                .orElse(texts.get("status.polled.never")));
        Optional<String> wrong = snapshot.storeProblem()
                .map(store -> texts.code("status.store", store))
                .or(snapshot::problem)
                .or(() -> paused(snapshot));
        problem.setText(wrong.map(words -> words.replaceAll("\\s+", " ")).orElse(""));
        problem.setVisible(wrong.isPresent());
        problem.setTooltip(wrong.map(StatusBar::whole).orElse(null));
    }

    private static Tooltip whole(String words) {
        Tooltip tooltip = new Tooltip(words);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(TOOLTIP);
        return tooltip;
    }

    private String quota(MailAccount account) {
        String used = account.quota24h() < 0
                ? texts.get("status.quota.unlimited", texts.number(account.sentLast24h()))
                : texts.get("status.quota", texts.number(account.sentLast24h()), texts.number(account.quota24h()));
        return account.sandbox() ? used + " · " + texts.get("status.sandbox") : used;
    }

    private Optional<String> paused(PipelineSnapshot snapshot) {
        return snapshot.account()
                .filter(account -> !account.sendingEnabled())
                .map(account -> texts.get("status.sending_disabled"));
    }

    private static Region line() {
        Region line = new Region();
        line.getStyleClass().add("status-line");
        return line;
    }
}
