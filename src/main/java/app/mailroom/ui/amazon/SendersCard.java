package app.mailroom.ui.amazon;

import app.mailroom.model.SendingIdentity;
import app.mailroom.model.SendingIdentity.DnsRecord;
import app.mailroom.model.SendingIdentity.Standing;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** From where the account may send, and what has to be in a domain's DNS for it. */
final class SendersCard {
    private static final int MOST_ROWS = 6;
    private static final double ROW = 36;

    private final Texts texts;
    private final SendersViewModel model;
    private final StepCard card;
    private final TableView<SendingIdentity> table = Look.table();
    private final VBox records = new VBox(8);

    SendersCard(Texts texts, SendersViewModel model) {
        this.texts = texts;
        this.model = model;
        buildTable();
        Label sent = new Label();
        sent.setWrapText(true);
        sent.setMaxWidth(Double.MAX_VALUE);
        sent.setMinHeight(Region.USE_PREF_SIZE);
        sent.getStyleClass().addAll("finding", "finding-says");
        sent.textProperty().bind(Bindings.createStringBinding(this::whatNext, model.begun));
        sent.visibleProperty().bind(model.begun.isNotEmpty());
        sent.managedProperty().bind(sent.visibleProperty());
        records.setId("sender-records");
        records.managedProperty().bind(records.visibleProperty());
        this.card = new StepCard(texts, StepCard.Name.SENDERS, model.step);
        card.fill(table, choose(), sent, records, add(), card.status());
        model.chosen.addListener((property, before, now) -> {
            if (!Objects.equals(now, table.getSelectionModel().getSelectedItem())) {
                table.getSelectionModel().select(now);
            }
            showRecords(now);
        });
        model.identities.addListener((ListChangeListener<SendingIdentity>) change -> summarise());
        model.loaded.addListener((property, before, now) -> summarise());
        showRecords(null);
    }

    StepCard card() {
        return card;
    }

    private Node choose() {
        Label hint = Look.muted(texts.get("amazon.senders.choose"));
        hint.getStyleClass().add(Styles.TEXT_SMALL);
        hint.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.chosen.get() == null
                                && model.identities.stream()
                                        .anyMatch(one -> !one.records().isEmpty()),
                        model.chosen,
                        model.identities));
        hint.managedProperty().bind(hint.visibleProperty());
        return hint;
    }

    private String whatNext() {
        String name = model.begun.get();
        if (name.isEmpty()) {
            return "";
        }
        return texts.get(name.contains("@") ? "amazon.sender.mailed" : "amazon.sender.records", name);
    }

    private void summarise() {
        long may = model.identities.stream().filter(SendingIdentity::maySend).count();
        card.summary(
                model.loaded.get()
                        ? texts.get("amazon.senders.summary", texts.number(may), texts.number(model.identities.size()))
                        : "");
        placeholder();
    }

    private void buildTable() {
        table.setId("senders");
        table.setItems(model.identities);
        table.getColumns().add(Look.column(texts.get("amazon.sender"), 260, SendingIdentity::name));
        table.getColumns()
                .add(Look.column(
                        texts.get("amazon.sender.kind"),
                        90,
                        row -> texts.get(row.domain() ? "amazon.sender.domain" : "amazon.sender.address")));
        table.getColumns()
                .add(Look.drawn(
                        texts.get("amazon.sender.may"),
                        110,
                        row -> Look.badge(
                                texts.get(row.maySend() ? "amazon.sender.yes" : "amazon.sender.no"),
                                row.maySend() ? "success" : "neutral")));
        table.getColumns().add(Look.drawn(texts.get("amazon.sender.verified"), 110, row -> badge(row.verification())));
        table.getColumns().add(Look.drawn(texts.get("amazon.sender.dkim"), 110, row -> badge(row.dkim())));
        table.getColumns().add(Look.drawn(texts.get("amazon.sender.mail_from"), 120, row -> badge(row.mailFrom())));
        table.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> ROW * (Math.max(2, Math.min(MOST_ROWS, model.identities.size())) + 1) + 2,
                        model.identities));
        table.minHeightProperty().bind(table.prefHeightProperty());
        table.maxHeightProperty().bind(table.prefHeightProperty());
        table.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> model.chosen.set(now));
        placeholder();
    }

    private void placeholder() {
        table.setPlaceholder(
                Look.muted(texts.get(model.loaded.get() ? "amazon.senders.none" : "amazon.senders.unknown")));
    }

    private Node badge(Standing standing) {
        return Look.badge(
                texts.code("amazon.standing", standing),
                switch (standing) {
                    case NONE -> "neutral";
                    case PENDING -> "warning";
                    case DONE -> "success";
                    case FAILED -> "danger";
                });
    }

    private Node add() {
        TextField field = new TextField();
        field.setId("sender-new");
        field.setPromptText(texts.get("amazon.sender.prompt"));
        field.setPrefWidth(320);
        field.textProperty().bindBidirectional(model.typed);
        field.setOnAction(event -> model.verify());
        Button verify = Look.primary(texts.get("amazon.sender.add"), "fth-plus", model::verify);
        verify.setId("sender-verify");
        Button refresh = Look.button(texts.get("action.refresh"), "fth-refresh-cw", model::refresh);
        refresh.setId("sender-refresh");
        verify.disableProperty().bind(model.step.doing.isNotEmpty().or(model.typed.isEmpty()));
        refresh.disableProperty().bind(model.step.doing.isNotEmpty());
        model.step.trouble.addListener((property, before, now) -> field.pseudoClassStateChanged(
                Styles.STATE_DANGER, now != null && now.code().equals("SENDER_UNREADABLE")));
        HBox line = new HBox(8, field, verify, Look.gap(), refresh);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void showRecords(@Nullable SendingIdentity identity) {
        boolean any = identity != null && !identity.records().isEmpty();
        records.setVisible(any);
        records.getChildren().clear();
        if (identity == null || !any) {
            return;
        }
        Label head = new Label(texts.get("amazon.dns", identity.name()));
        head.getStyleClass().add(Styles.TEXT_BOLD);
        head.setMinWidth(0);
        Button all =
                Look.button(texts.get("amazon.dns.copy"), "fth-copy", () -> Look.copy(written(identity.records())));
        all.setId("copy-records");
        HBox line = new HBox(8, head, Look.gap(), all);
        line.setAlignment(Pos.CENTER_LEFT);
        Label hint = Look.hint(texts.get("amazon.dns.hint"));
        records.getChildren().addAll(line, hint, grid(identity.records()));
    }

    private Node grid(List<DnsRecord> list) {
        GridPane grid = new GridPane(8, 4);
        ColumnConstraints type = new ColumnConstraints();
        type.setMinWidth(56);
        ColumnConstraints name = new ColumnConstraints();
        name.setPercentWidth(42);
        ColumnConstraints value = new ColumnConstraints();
        value.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(type, name, value);
        String[] heads = {"amazon.dns.type", "amazon.dns.name", "amazon.dns.value"};
        for (int i = 0; i < heads.length; i++) {
            Label label = new Label(texts.get(heads[i]));
            label.getStyleClass().add("field-name");
            grid.add(label, i, 0);
        }
        int row = 1;
        for (DnsRecord one : list) {
            Label kind = new Label(one.type());
            kind.getStyleClass().add("code");
            grid.add(kind, 0, row);
            grid.add(copyable(one.name()), 1, row);
            grid.add(copyable(one.value()), 2, row);
            row++;
        }
        return grid;
    }

    private Node copyable(String text) {
        TextField field = new TextField(text);
        field.setEditable(false);
        field.getStyleClass().addAll("code", Styles.SMALL);
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox box = new HBox(4, field, Look.copyButton(texts.get("action.copy"), () -> text));
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /** One record a line, as zone files have them. */
    private static String written(List<DnsRecord> list) {
        return list.stream()
                .map(one -> one.name() + "\t" + one.type() + "\t" + one.value())
                .collect(Collectors.joining("\n"));
    }
}
