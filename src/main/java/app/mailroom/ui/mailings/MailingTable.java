package app.mailroom.ui.mailings;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.World;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The table of drafts and mailings. */
final class MailingTable extends ChoiceTable<MailingRow> {
    private static final double MOST_FOR_A_NUMBER = 110;

    private final Texts texts;

    /**
     * An empty one.
     *
     * @param open is run by a double click on a row, and by Enter
     */
    MailingTable(Texts texts, Runnable open) {
        super("mailings", MailingRow::id, texts.locale(), open);
        this.texts = texts;
        columns();
    }

    private void columns() {
        column(texts.get("mailing.title"), 184, this::title, alphabetically(this::shownTitle))
                .setMinWidth(160);
        column(texts.get("mailing.state"), 100, this::state, alphabetically(this::stateName))
                .setMaxWidth(140);
        column(texts.get("mailing.list"), 112, MailingTable::list, alphabetically(MailingRow::list));
        column(texts.get("mailing.progress"), 112, this::progress, Comparator.comparing(MailingTable::share))
                .setMaxWidth(130);
        number(texts.get("mailing.count"), 84, PlanTotals::all);
        number(texts.get("message.DELIVERED"), 84, totals -> totals.in(MessageState.DELIVERED));
        number(texts.get("message.BOUNCED"), 76, totals -> totals.in(MessageState.BOUNCED));
        column(texts.get("mailing.when"), 252, row -> new Label(when(row)), Comparator.comparing(MailingRow::when));
    }

    private static Node list(MailingRow row) {
        Label name = new Label(row.list());
        if (!row.list().isEmpty()) {
            name.setTooltip(new Tooltip(row.list()));
        }
        return name;
    }

    private void number(String title, double width, ToLongFunction<PlanTotals> count) {
        Function<MailingRow, Long> value = row ->
                row.planned().map(plan -> count.applyAsLong(plan.totals())).orElse(-1L);
        TableColumn<MailingRow, MailingRow> column = column(
                title,
                width,
                row -> new Label(value.apply(row) < 0 ? "" : texts.number(value.apply(row))),
                Comparator.comparing(value));
        column.setMaxWidth(MOST_FOR_A_NUMBER);
        column.getStyleClass().add("numeric");
    }

    private String shownTitle(MailingRow row) {
        return row.title().isBlank() ? texts.get("mailings.untitled") : row.title();
    }

    private Node title(MailingRow row) {
        HBox box = named(shownTitle(row));
        row.planned()
                .filter(overview -> overview.plan().world() == World.PRACTICE)
                .ifPresent(overview -> box.getChildren().add(Look.badge(texts.get("status.practice"), "accent")));
        return box;
    }

    private String stateName(MailingRow row) {
        return row.planned().map(overview -> States.name(texts, overview)).orElse(texts.get("mailings.draft"));
    }

    private Node state(MailingRow row) {
        return Look.badge(stateName(row), row.planned().map(States::tone).orElse("accent"));
    }

    private static double share(MailingRow row) {
        PlanTotals totals = row.planned().map(PlanOverview::totals).orElse(PlanTotals.none());
        return totals.all() == 0 ? 0 : (double) totals.done() / totals.all();
    }

    private Node progress(MailingRow row) {
        if (row.planned().isEmpty()) {
            return new Label();
        }
        PlanTotals totals = row.planned().get().totals();
        ProgressBar bar = new ProgressBar(share(row));
        bar.setPrefWidth(64);
        bar.getStyleClass().add("small");
        Label percent = new Label(texts.percent(totals.done(), totals.all()));
        percent.setMinWidth(Region.USE_PREF_SIZE);
        HBox box = new HBox(8, bar, percent);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private String when(MailingRow row) {
        return row.planned()
                .map(overview -> Timings.begins(texts, overview.plan()))
                .orElseGet(() -> texts.get("mailings.draft.changed", texts.time(row.when())));
    }
}
