package app.mailroom.ui.results;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.ResultCounts.OfDomain;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.Share;
import app.mailroom.store.ResultsStore.Domains;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What became of the messages to the domains that most went to, and of all others together. */
final class DomainTable {
    private static final int ROWS_IN_VIEW = MailingResultsViewModel.DOMAINS;
    private static final double ROW = 32;

    /** Of these there is a column with the count and one with the rate. */
    private static final List<Rate> RATES = List.of(Rate.DELIVERED, Rate.BOUNCED, Rate.OPENED, Rate.CLICKED);

    private final Texts texts;
    private final RateWords words;
    private final ObservableList<OfDomain> domains = FXCollections.observableArrayList();
    private final TableView<OfDomain> table = Look.table();
    private final Label others = Look.muted("");
    private final Node node;
    private @Nullable Domains shown;
    private boolean tracked = true;

    DomainTable(MailingCards cards) {
        this.texts = cards.texts();
        this.words = new RateWords(texts);
        table.setId("domains");
        table.setFixedCellSize(ROW);
        SortedList<OfDomain> sorted = new SortedList<>(domains);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setPlaceholder(Look.muted(texts.get("domains.none")));
        TableColumn<OfDomain, String> name = Look.column(texts.get("domains.domain"), 180, OfDomain::domain);
        name.setSortable(true);
        table.getColumns().add(name);
        table.getColumns().add(counts(Rate.ACCEPTED));
        for (Rate rate : RATES) {
            table.getColumns().add(counts(rate));
            table.getColumns().add(shares(rate));
        }
        Runnable open = () -> Optional.ofNullable(table.getSelectionModel().getSelectedItem())
                .ifPresent(row -> cards.showMessages()
                        .accept(MessageFilter.all(cards.planId()).containing("@" + row.domain())));
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && event.getTarget() instanceof Node target && inRow(target)) {
                open.run();
            }
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                open.run();
            }
        });
        others.setId("domains-others");
        others.managedProperty().bind(others.visibleProperty());
        node = cards.card("domains.title", "domains.hint", new VBox(8, table, others), this::table);
        size(0);
    }

    private static boolean inRow(Node target) {
        for (Node at = target; at != null; at = at.getParent()) {
            if (at instanceof TableRow<?> row) {
                return !row.isEmpty();
            }
        }
        return false;
    }

    Node node() {
        return node;
    }

    private Share share(Rate rate, ResultCounts counts) {
        return rate == Rate.ACCEPTED ? Share.of(counts.of(Measure.TAKEN), 0) : rate.of(counts, tracked);
    }

    private TableColumn<OfDomain, Long> counts(Rate rate) {
        TableColumn<OfDomain, Long> column = new TableColumn<>(words.name(rate));
        column.setPrefWidth(92);
        column.setCellValueFactory(row ->
                new ReadOnlyObjectWrapper<>(share(rate, row.getValue().counts()).count()));
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Long count, boolean empty) {
                super.updateItem(count, empty);
                setText(
                        empty || count == null
                                ? null
                                : rate.needsTracking() && !tracked
                                        ? texts.get("rate.not_counted")
                                        : texts.number(count));
            }
        });
        return numeric(column);
    }

    private TableColumn<OfDomain, Double> shares(Rate rate) {
        TableColumn<OfDomain, Double> column = new TableColumn<>(texts.get("domains.rate"));
        column.setPrefWidth(76);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(
                share(rate, row.getValue().counts()).rate().orElse(-1)));
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Double value, boolean empty) {
                super.updateItem(value, empty);
                OfDomain row = getTableRow() == null ? null : getTableRow().getItem();
                setText(empty || value == null || row == null ? null : words.percent(share(rate, row.counts())));
            }
        });
        return numeric(column);
    }

    /** Numbers begin with the largest when they are sorted by. */
    private static <T> TableColumn<OfDomain, T> numeric(TableColumn<OfDomain, T> column) {
        column.getStyleClass().add("numeric");
        column.setSortType(TableColumn.SortType.DESCENDING);
        return column;
    }

    void show(Domains now, boolean countsHits) {
        if (now.equals(shown) && tracked == countsHits) {
            return;
        }
        shown = now;
        tracked = countsHits;
        OfDomain chosen = table.getSelectionModel().getSelectedItem();
        domains.setAll(now.largest());
        if (chosen != null) {
            now.largest().stream()
                    .filter(domain -> domain.domain().equals(chosen.domain()))
                    .findFirst()
                    .ifPresent(table.getSelectionModel()::select);
        }
        size(now.largest().size());
        others.setVisible(now.others() > 0);
        String said = texts.get(
                "domains.others",
                texts.number(now.others()),
                part(Rate.ACCEPTED),
                part(Rate.DELIVERED),
                part(Rate.BOUNCED));
        others.setText(tracked ? texts.get("domains.others.read", said, part(Rate.OPENED), part(Rate.CLICKED)) : said);
    }

    private String part(Rate rate) {
        Domains now = shown;
        if (now == null) {
            return "";
        }
        Share share = share(rate, now.ofOthers());
        String count = texts.number(share.count());
        return rate == Rate.ACCEPTED ? count : texts.get("domains.others.part", count, words.percent(share));
    }

    private void size(int rows) {
        double height = ROW * (Math.max(2, Math.min(rows, ROWS_IN_VIEW)) + 1) + 4;
        table.setMinHeight(height);
        table.setPrefHeight(height);
        table.setMaxHeight(height);
    }

    private ResultTable table() {
        List<String> columns = new ArrayList<>(List.of(texts.get("domains.domain"), words.name(Rate.ACCEPTED)));
        for (Rate rate : RATES) {
            columns.add(words.name(rate));
            columns.add(words.header(rate));
        }
        List<List<Object>> rows = new ArrayList<>();
        Domains now = shown;
        if (now != null) {
            table.getItems().forEach(domain -> rows.add(row(domain.domain(), domain.counts())));
            if (now.others() > 0) {
                rows.add(row(texts.get("domains.others.name", texts.number(now.others())), now.ofOthers()));
            }
        }
        return new ResultTable(texts.get("domains.title"), columns, rows);
    }

    private List<Object> row(String name, ResultCounts counts) {
        List<Object> row =
                new ArrayList<>(List.of(name, share(Rate.ACCEPTED, counts).count()));
        for (Rate rate : RATES) {
            Share share = share(rate, counts);
            row.add(share.counted() ? (Object) share.count() : texts.get("rate.not_counted"));
            row.add(share.rate().isPresent() ? (Object) share.rate().getAsDouble() : "");
        }
        return row;
    }
}
