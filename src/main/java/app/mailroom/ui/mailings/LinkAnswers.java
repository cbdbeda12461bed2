package app.mailroom.ui.mailings;

import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.LinkCheck.Answer;
import app.mailroom.plan.MailSamples;
import app.mailroom.template.MailLink;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import atlantafx.base.theme.Styles;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Where the links of the first mail lead, asked when a person wants to know; those that lead nowhere first. */
final class LinkAnswers {
    /** The height of a link and what is said of it. */
    private static final double LINES = 52;

    private final ScreenContext context;
    private final Texts texts;
    private final FindingWords words;
    private final Supplier<Optional<MailSamples.Sample>> mail;
    private final ObservableList<Answer> answers = FXCollections.observableArrayList();
    private final BooleanProperty running = new SimpleBooleanProperty(false);
    private final Label state = Look.muted("");
    private final ProgressBar bar = new ProgressBar(0);
    private final TableView<Answer> table = Look.table();
    private final VBox node;
    private AtomicBoolean stopped = new AtomicBoolean();
    private int asked;

    /**
     * Nothing asked yet.
     *
     * @param mail whose links are looked at
     */
    LinkAnswers(ScreenContext context, Supplier<Optional<MailSamples.Sample>> mail) {
        this.context = context;
        this.texts = context.texts();
        this.words = new FindingWords(texts);
        this.mail = mail;
        Button check = Look.button(texts.get("planning.links.check"), "fth-link", this::check);
        check.setId("check-links");
        check.visibleProperty().bind(running.not());
        check.managedProperty().bind(check.visibleProperty());
        Button stop = Look.button(texts.get("action.cancel"), "fth-x", this::stop);
        stop.setId("check-links-stop");
        stop.visibleProperty().bind(running);
        stop.managedProperty().bind(stop.visibleProperty());
        bar.visibleProperty().bind(running);
        bar.managedProperty().bind(running);
        bar.setPrefWidth(120);
        state.setId("links-state");
        state.setText(texts.get("planning.links.hint"));
        state.setMinWidth(0);
        HBox.setHgrow(state, Priority.ALWAYS);
        HBox head = new HBox(12, check, stop, bar, state);
        head.setAlignment(Pos.CENTER_LEFT);
        table.setId("links");
        table.setFixedCellSize(LINES);
        table.setItems(answers);
        table.setPlaceholder(new Label());
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns().add(Look.drawn(texts.get("planning.links.answer"), 128, this::standing));
        table.getColumns().add(Look.drawn(texts.get("planning.links.link"), 440, this::link));
        RowActions.Action copy = new RowActions.Action(texts.get("action.copy"), "fth-copy", this::copy);
        table.setContextMenu(new ContextMenu(copy.item()));
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (RowActions.COPY.match(event)) {
                event.consume();
                copy();
            }
        });
        node = new VBox(8, head, table);
    }

    Node node() {
        return node;
    }

    private Node standing(Answer answer) {
        String tone = switch (answer.standing()) {
            case FINE -> "success";
            case BROKEN, UNREACHABLE -> "danger";
            case SKIPPED -> "neutral";
        };
        String word = texts.code("link.standing", answer.standing());
        return Look.badge(answer.status() == 0 ? word : word + " (" + answer.status() + ")", tone);
    }

    /** Where it leads, and under it what its answer means: each needs the whole width. */
    private Node link(Answer answer) {
        Label url = new Label(answer.url());
        Label reason = new Label(words.reason(answer));
        reason.getStyleClass().addAll(Styles.TEXT_SMALL, Styles.TEXT_MUTED);
        for (Label label : List.of(url, reason)) {
            label.setMinWidth(0);
            label.setTooltip(new Tooltip(label.getText()));
        }
        VBox lines = new VBox(2, url, reason);
        lines.setAlignment(Pos.CENTER_LEFT);
        return lines;
    }

    /** The chosen rows, as a spreadsheet takes them. */
    private void copy() {
        Look.copy(table.getSelectionModel().getSelectedItems().stream()
                .map(answer -> String.join(
                        "\t",
                        texts.code("link.standing", answer.standing()),
                        answer.status() == 0 ? "" : Integer.toString(answer.status()),
                        answer.url(),
                        words.reason(answer)))
                .collect(Collectors.joining("\n")));
    }

    private void check() {
        Optional<MailSamples.Sample> first = mail.get();
        if (first.isEmpty()) {
            state.setText(texts.get("planning.sample.none"));
            return;
        }
        LinkCheck links = context.features().mailing().beforeAndAfter().links();
        List<MailLink> urls = first.get().links();
        AtomicBoolean stop = new AtomicBoolean();
        stopped = stop;
        int mine = ++asked;
        answers.clear();
        running.set(true);
        bar.setProgress(-1);
        state.setText("");
        context.remote()
                .get(
                        () -> links.check(
                                urls, answer -> UiThread.later(() -> known(mine, answer, urls.size())), stop::get),
                        all -> ended(mine, all, stop.get()),
                        failure -> {
                            running.set(false);
                            context.remote().tell(failure);
                        });
    }

    private void known(int run, Answer answer, int all) {
        if (run == asked && running.get()) {
            answers.add(bad(answer) ? 0 : answers.size(), answer);
            bar.setProgress((double) answers.size() / all);
            state.setText(texts.get("planning.links.reached", answers.size(), all));
        }
    }

    private void ended(int run, List<Answer> all, boolean early) {
        if (run != asked) {
            return;
        }
        running.set(false);
        answers.setAll(all.stream()
                .sorted(Comparator.comparing(answer -> !bad(answer)))
                .toList());
        long bad = all.stream().filter(LinkAnswers::bad).count();
        if (early) {
            state.setText(texts.get("planning.links.stopped"));
        } else if (all.isEmpty()) {
            state.setText(texts.get("planning.links.none"));
        } else {
            state.setText(texts.get(bad == 0 ? "planning.links.fine" : "planning.links.bad", all.size(), bad));
        }
    }

    private static boolean bad(Answer answer) {
        return answer.standing() == LinkCheck.Standing.BROKEN || answer.standing() == LinkCheck.Standing.UNREACHABLE;
    }

    /** Asks no further. */
    void stop() {
        stopped.set(true);
    }
}
