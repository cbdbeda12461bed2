package app.mailroom.ui.results;

import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.results.ResultTable;
import app.mailroom.template.ClickMap;
import app.mailroom.template.ClickMap.Badge;
import app.mailroom.template.RenderedMail;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.MailingResultsViewModel.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The links of a mailing ranked by people's clicks, and the mail with a badge on each of them. Choosing a link in the one
 * points it out in the other.
 */
final class LinksCard {
    private static final double HEIGHT = 520;
    private static final double ROW = 36;
    private static final double NARROW = 66;
    /** So that the longest head can be read. */
    private static final double WIDE = 90;

    /** So long the page is seen before the mail on it is made. */
    private static final Duration SEEN = Duration.millis(300);

    private final Texts texts;
    private final ObservableList<OfLink> links = FXCollections.observableArrayList();
    private final TableView<OfLink> table = Look.table();
    private final StackPane map = new StackPane();
    private final Node tableNode;
    private final Node mapNode;
    private final PauseTransition starting = new PauseTransition(SEEN);
    private @Nullable MailPreview preview;
    private @Nullable Written mail;
    private List<OfLink> shown = List.of();
    private boolean taking;

    LinksCard(MailingCards cards) {
        this.texts = cards.texts();
        buildTable();
        map.setMinHeight(HEIGHT);
        map.setPrefHeight(HEIGHT);
        tableNode = cards.card("links.title", "links.hint", new VBox(table), this::table);
        starting.setOnFinished(event -> start());
        mapNode = cards.card("links.map", "links.map.hint", map, this::table);
    }

    private void buildTable() {
        table.setId("links");
        table.setFixedCellSize(ROW);
        table.setMinHeight(HEIGHT);
        table.setPrefHeight(HEIGHT);
        SortedList<OfLink> sorted = new SortedList<>(links);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setPlaceholder(Look.muted(texts.get("links.none")));
        TableColumn<OfLink, String> url = new TableColumn<>(texts.get("links.link"));
        url.setPrefWidth(150);
        url.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(name(row.getValue())));
        url.setCellFactory(any -> new TableCell<>() {
            {
                // The links of a mail begin alike.
                setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            }

            @Override
            protected void updateItem(String name, boolean empty) {
                super.updateItem(name, empty);
                setText(empty || name == null ? null : shortened(name));
                setTooltip(empty || name == null ? null : new Tooltip(name));
            }
        });
        table.getColumns().add(url);
        table.getColumns().add(share());
        TableColumn<OfLink, Long> clicks = numbers("links.people", OfLink::clicks);
        clicks.setMinWidth(NARROW);
        clicks.setPrefWidth(NARROW);
        table.getColumns().add(clicks);
        table.getColumns().add(numbers("links.messages", OfLink::messages));
        table.getColumns().add(numbers("links.machines", OfLink::clicksByMachines));
        table.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (!taking) {
                pointOut(now);
            }
        });
    }

    private TableColumn<OfLink, Long> share() {
        TableColumn<OfLink, Long> column = numbers("links.share", OfLink::clicks);
        column.setMinWidth(NARROW);
        column.setPrefWidth(NARROW);
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Long clicks, boolean empty) {
                super.updateItem(clicks, empty);
                setText(empty || clicks == null ? null : share(clicks));
            }
        });
        return column;
    }

    private TableColumn<OfLink, Long> numbers(String title, ToLongFunction<OfLink> value) {
        TableColumn<OfLink, Long> column = new TableColumn<>(texts.get(title));
        column.setPrefWidth(WIDE);
        column.setMinWidth(WIDE);
        column.getStyleClass().add("numeric");
        column.setSortType(TableColumn.SortType.DESCENDING);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.applyAsLong(row.getValue())));
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Long count, boolean empty) {
                super.updateItem(count, empty);
                setText(empty || count == null ? null : texts.number(count));
            }
        });
        return column;
    }

    private String name(OfLink link) {
        return link.number() == 0 ? texts.get("links.other") : link.url();
    }

    /** Without what all links begin with. */
    private static String shortened(String url) {
        return url.replaceFirst("^https?://(www\\.)?", "");
    }

    /** The table. */
    Node ranking() {
        return tableNode;
    }

    /** The mail. */
    Node map() {
        return mapNode;
    }

    /** The same words stand in the table and on the badge. */
    private String share(long clicks) {
        return texts.percent(clicks, shown.stream().mapToLong(OfLink::clicks).sum());
    }

    private Optional<OfLink> choose(int number) {
        Optional<OfLink> found =
                links.stream().filter(link -> link.number() == number).findFirst();
        found.ifPresent(table.getSelectionModel()::select);
        return found;
    }

    private void pick(String number) {
        choose(Integer.parseInt(number)).ifPresent(table::scrollTo);
    }

    /** Shows what is known of the mail; null while it is being written. */
    void show(List<OfLink> now, @Nullable Written written) {
        if (now.equals(shown) && Objects.equals(written, mail)) {
            return;
        }
        boolean sameLinks = now.equals(shown);
        shown = now;
        mail = written;
        if (!sameLinks) {
            OfLink chosen = table.getSelectionModel().getSelectedItem();
            taking = true;
            Rows.update(links, now, OfLink::number);
            if (chosen != null) {
                choose(chosen.number());
            }
            taking = false;
        }
        if (written == null) {
            map.getChildren().clear();
        } else if (written.mail().isEmpty()) {
            map.getChildren()
                    .setAll(Look.empty("fth-mail", texts.get("links.no_mail"), texts.get("links.no_mail.hint")));
        } else {
            draw(written.mail().get());
        }
    }

    /** What shows a mail holds up the window while it starts, so it is made when the rest of the page is seen. */
    private void draw(RenderedMail written) {
        MailPreview shows = preview;
        if (shows == null) {
            starting.play();
        } else {
            shows.show(ClickMap.over(written, badges()), List.of());
        }
    }

    private void start() {
        MailPreview made = new MailPreview(texts);
        made.keepPlace();
        made.hideSubject();
        made.onPick(ClickMap.NUMBER, this::pick);
        made.node().setId("click-map");
        preview = made;
        map.getChildren().setAll(made.node());
        if (mail != null) {
            mail.mail().ifPresent(this::draw);
        }
        pointOut(table.getSelectionModel().getSelectedItem());
    }

    private void pointOut(@Nullable OfLink link) {
        MailPreview shows = preview;
        if (shows != null) {
            shows.pointOut(
                    link == null || link.number() == 0 ? "" : "[" + ClickMap.NUMBER + "='" + link.number() + "']",
                    ClickMap.CHOSEN);
        }
    }

    /** None before anybody clicked: there would be nothing to say, and it would hide the words. */
    private Map<Integer, Badge> badges() {
        long most = shown.stream().mapToLong(OfLink::clicks).max().orElse(0);
        if (most == 0) {
            return Map.of();
        }
        Map<Integer, Badge> badges = new HashMap<>();
        for (OfLink link : shown) {
            if (link.number() != 0) {
                double strength = (double) link.clicks() / most;
                badges.put(link.number(), new Badge(share(link.clicks()), strength));
            }
        }
        return badges;
    }

    private ResultTable table() {
        long all = shown.stream().mapToLong(OfLink::clicks).sum();
        return new ResultTable(
                texts.get("links.title"),
                List.of(
                        texts.get("links.link"),
                        texts.get("links.share"),
                        texts.get("links.people"),
                        texts.get("links.messages"),
                        texts.get("links.machines"),
                        texts.get("links.messages_by_machines")),
                table.getItems().stream()
                        .map(link -> List.<Object>of(
                                name(link),
                                all == 0 ? (Object) "" : (Object) ((double) link.clicks() / all),
                                link.clicks(),
                                link.messages(),
                                link.clicksByMachines(),
                                link.messagesByMachines()))
                        .toList());
    }
}
