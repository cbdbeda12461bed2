package app.mailroom.ui.templates;

import app.mailroom.model.Right;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.template.Spot;
import app.mailroom.template.TemplateChecks;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.VariableUse;
import app.mailroom.template.VariableUses;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.TitleField;
import app.mailroom.ui.editor.RichEditor;
import app.mailroom.ui.templates.TemplateEditorViewModel.Standing;
import atlantafx.base.theme.Styles;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The page on which one template is written: subject, preheader and body, and beside them what comes of it, its
 * variables, what the checks find, and its versions.
 */
public final class TemplateEditorView implements Screen {
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final String DIVIDER = "ui.template.divider";
    private static final double DIVIDER_AT_FIRST = 0.61;

    private final Texts texts;
    private final ScreenContext context;
    private final TemplateEditorViewModel model;
    private final SampleRows rows;
    private final RichEditor rich;
    private final WritingArea writing;
    private final WrittenLine subject;
    private final WrittenLine preheader;
    private final InboxPreview inbox;
    private final PreviewPane preview;
    private final VariablesPane variables;
    private final ChecksPane checks;
    private final VersionsPane versions;
    private final TitleField title;
    private final Label standing = Look.muted("");
    private final ToggleButton sideToggle;
    private final Button save;
    private final VBox bars = new VBox(8);
    private final HBox lines;
    private final TabPane tabs = new TabPane();
    private final Tab previewTab;
    private final SplitPane split = new SplitPane();
    private final VBox page;
    private final StackPane node;
    private final VBox full = new VBox(16);
    private final Reload<SampleMail> render;
    private final Reload<Looked> look;
    private TemplateContent rendered = new TemplateContent("", "", "");
    private TemplateContent looked = new TemplateContent("", "", "");
    /** The text whose variables and findings are shown. */
    private TemplateContent found = looked;

    private Optional<SampleRow> row = Optional.empty();
    private Set<String> columns = Set.of();
    private String from = "";
    private Node insertInto;
    private double divider = DIVIDER_AT_FIRST;

    private record Looked(TemplateContent content, List<VariableUse> uses, List<TemplateFinding> findings) {}

    private record Manner(String from, double divider) {}

    /** The page of the template with this id. */
    public TemplateEditorView(ScreenContext context, long templateId, Supplier<RichEditor> editor, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.model = new TemplateEditorViewModel(context, templateId);
        this.rows = new SampleRows(context, templateId);
        this.rich = editor.get();
        this.writing = new WritingArea(texts, rich, model, rows);
        this.subject = new WrittenLine(texts, texts.get("templates.subject"), model.subject, writing::allNames);
        this.preheader = new WrittenLine(texts, texts.get("editor.preheader"), model.preheader, writing::allNames);
        this.inbox = new InboxPreview(texts);
        this.preview = new PreviewPane(texts, rows, this::toggleFull);
        this.variables = new VariablesPane(texts, rows, new Wishes());
        this.checks = new ChecksPane(texts, this::goTo);
        this.versions = new VersionsPane(
                context, templateId, model::gather, content -> model.replace(content, "editor.undo.restored"));
        this.title = new TitleField(texts.get("editor.rename"), "template", model.name, model::rename);
        this.save = Look.primary(texts.get("action.save"), "fth-save", this::save);
        this.sideToggle = new ToggleButton(texts.get("editor.side"), new FontIcon("fth-sidebar"));
        this.lines = lines();
        this.previewTab = new Tab(texts.get("preview.html"), preview.node());
        this.page = Look.page(head(back), bars, lines, split());
        this.node = new StackPane(page, full);
        this.insertInto = writing.node();
        this.render = new Reload<>(context.background(), this::renderNow, this::showMail);
        this.look = new Reload<>(context.background(), this::lookNow, this::showLooked);
        page.setSpacing(12);
        full.setVisible(false);
        full.setPadding(new Insets(24));
        full.getStyleClass().add("page");
        bars.managedProperty().bind(Bindings.isNotEmpty(bars.getChildren()));
        listen(back);
        keys();
        Permits permits = context.permits();
        List.of(save, subject.node(), preheader.node(), writing.node(), variables.node())
                .forEach(part -> permits.need(Right.EDIT_TEMPLATES, part));
        if (!permits.may(Right.EDIT_TEMPLATES)) {
            title.keep(permits.reason(Right.EDIT_TEMPLATES));
        }
    }

    private Node head(Runnable back) {
        standing.setWrapText(false);
        standing.setMinWidth(0);
        standing.setId("template-standing");
        standing.getStyleClass().add(Styles.TEXT_SMALL);
        Button test = Look.button(texts.get("editor.test"), "fth-send", this::testSend);
        test.setId("template-test");
        sideToggle.setId("template-side");
        sideToggle.setSelected(true);
        sideToggle.setMinWidth(Region.USE_PREF_SIZE);
        sideToggle.selectedProperty().addListener((property, before, now) -> showSide(now));
        save.setId("template-save");
        save.setTooltip(new Tooltip(texts.get("editor.save.hint")));
        Permits permits = context.permits();
        permits.need(Right.PREPARE_MAILINGS, test);
        Button away = Look.iconButton(texts.get("action.back"), "fth-arrow-left", back);
        away.setId("template-back");
        HBox head = new HBox(8, away, title.node(), standing, Look.gap(), test, sideToggle, save);
        HBox.setMargin(standing, new Insets(0, 0, 0, 8));
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(40);
        return head;
    }

    private HBox lines() {
        subject.field().setId("template-subject");
        preheader.field().setId("template-preheader");
        preheader.field().setPromptText(texts.get("editor.preheader.prompt"));
        VBox fields = new VBox(8, subject.node(), preheader.node());
        fields.setAlignment(Pos.CENTER_LEFT);
        fields.setMinWidth(240);
        HBox.setHgrow(fields, Priority.ALWAYS);
        Region picture = (Region) inbox.node();
        HBox.setHgrow(picture, Priority.ALWAYS);
        HBox box = new HBox(16, fields, picture);
        // Both take half, whatever stands in them.
        fields.setPrefWidth(100);
        picture.setPrefWidth(100);
        box.setMinHeight(Region.USE_PREF_SIZE);
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private Node split() {
        Tab checksTab = tab(checks.tab(texts.get("editor.checks")));
        Tab variablesTab = tab(new Tab(texts.get("editor.variables"), variables.node()));
        Tab versionsTab = tab(new Tab(texts.get("editor.versions"), versions.node()));
        tabs.getTabs().addAll(tab(previewTab), variablesTab, checksTab, versionsTab);
        tabs.getStyleClass().add("side-tabs");
        tabs.setMinWidth(300);
        tabs.setId("template-tabs");
        split.getItems().addAll(writing.node(), tabs);
        split.setDividerPositions(divider);
        SplitPane.setResizableWithParent(tabs, false);
        VBox.setVgrow(split, Priority.ALWAYS);
        return split;
    }

    private static Tab tab(Tab tab) {
        tab.setClosable(false);
        return tab;
    }

    private void listen(Runnable back) {
        model.writeIn(writing::body, writing::fill);
        model.onSaved(version -> versions.reload());
        model.content.addListener((property, before, now) -> {
            recheck();
            versions.written(now);
        });
        model.standing.addListener((property, before, now) -> {
            if (now == Standing.GONE) {
                context.notices().warn(texts.get("editor.gone"));
                back.run();
            } else if (before == Standing.LOADING) {
                opened(model.content.get());
            }
            showStanding();
        });
        model.keptAt.addListener((property, before, now) -> showStanding());
        model.restored.addListener((property, before, now) -> showBars());
        model.undo.addListener((property, before, now) -> showBars());
        save.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !mayBeSaved(), model.standing, model.differs, model.restored));
        rows.row.addListener((property, before, now) -> recheck());
        rows.columns.addListener((property, before, now) -> {
            writing.offerAgain();
            recheck();
        });
        rich.onSave(this::save);
        rich.onFullScreen(this::fillWindow);
        for (TextField field : List.of(subject.field(), preheader.field())) {
            field.focusedProperty().addListener((property, before, now) -> {
                if (now) {
                    insertInto = field;
                }
            });
        }
        writing.node().focusWithinProperty().addListener((property, before, now) -> {
            if (now) {
                insertInto = writing.node();
            }
        });
        showStanding();
    }

    private boolean mayBeSaved() {
        return switch (model.standing.get()) {
            case CHANGED, KEPT, FAILED -> true;
            case LOADING, SAVED, GONE -> false;
        };
    }

    private void keys() {
        node.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (SAVE.match(event)) {
                event.consume();
                save();
            } else if (event.getCode() == KeyCode.F2 && !writing.node().isFocusWithin() && !tabs.isFocusWithin()) {
                event.consume();
                title.begin();
            } else if (UNDO.match(event)
                    && model.undo.get() != null
                    && !tabs.isFocusWithin()
                    && !title.node().isFocusWithin()) {
                event.consume();
                model.undo();
            }
        });
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && full.isVisible()) {
                event.consume();
                toggleFull();
            }
        });
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        context.background().get(this::manner, manner -> {
            from = manner.from();
            divider = manner.divider();
            split.setDividerPositions(divider);
        });
        model.load();
    }

    private Manner manner() {
        String kept = context.features().stores().settings().get(DIVIDER).orElse("");
        double at;
        try {
            at = kept.isEmpty() ? DIVIDER_AT_FIRST : Double.parseDouble(kept);
        } catch (NumberFormatException e) {
            at = DIVIDER_AT_FIRST;
        }
        return new Manner(context.features().mailing().usualSender().name(), at);
    }

    /** The text is there for the first time. */
    private void opened(TemplateContent content) {
        rows.load(Variables.namesIn(content));
        recheck();
        // Not before: what is being written is compared with the newest of them.
        versions.reload();
    }

    @Override
    public void refresh() {
        if (model.standing.get() != Standing.LOADING) {
            rows.load(Variables.namesIn(model.content.get()));
            versions.reload();
        }
    }

    @Override
    public void search() {
        if (full.isVisible()) {
            toggleFull();
        }
        writing.find();
    }

    @Override
    public void keepNow() {
        model.keepNow();
    }

    @Override
    public boolean holdsUnkept() {
        return model.standing.get() == Standing.FAILED;
    }

    @Override
    public void left() {
        title.finish();
        model.left();
        rich.onChange(() -> {});
        rich.onSave(() -> {});
        rich.onFullScreen(wanted -> {});
        double now = split.getItems().size() > 1 ? split.getDividerPositions()[0] : divider;
        if (Math.abs(now - DIVIDER_AT_FIRST) > 0.001) {
            context.keep()
                    .accept(() -> context.features()
                            .stores()
                            .settings()
                            .put(DIVIDER, String.format(Locale.ROOT, "%.3f", now)));
        }
    }

    private void recheck() {
        rendered = model.content.get();
        looked = rendered;
        row = rows.row.get();
        columns = rows.columnKeys();
        render.ask();
        look.ask();
    }

    private SampleMail renderNow() {
        return SampleMail.of(rendered, row);
    }

    private void showMail(SampleMail mail) {
        inbox.show(from, mail);
        preview.show(mail);
    }

    private Looked lookNow() {
        TemplateContent content = looked;
        return new Looked(content, VariableUses.in(content), TemplateChecks.of(content, columns));
    }

    private void showLooked(Looked seen) {
        found = seen.content();
        variables.show(seen.uses());
        checks.show(seen.findings());
    }

    private void showStanding() {
        TemplateVersion version = model.base.get();
        String words = switch (model.standing.get()) {
            case LOADING -> texts.get("editor.standing.loading");
            case SAVED -> version == null ? "" : texts.get("editor.standing.saved", texts.number(version.number()));
            case CHANGED -> texts.get("editor.standing.changed");
            case KEPT -> texts.get("editor.standing.kept", texts.clock(model.keptAt.get()));
            case FAILED -> texts.get("editor.standing.failed");
            case GONE -> "";
        };
        standing.setText(words);
    }

    private void showBars() {
        bars.getChildren().clear();
        Instant restored = model.restored.get();
        if (restored != null) {
            Button discard = Look.button(texts.get("editor.restored.discard"), "fth-trash-2", model::discardDraft);
            discard.setId("draft-discard");
            bars.getChildren()
                    .add(bar(
                            texts.get("editor.restored", texts.time(restored)),
                            "restored",
                            () -> model.restored.set(null),
                            discard));
        }
        TemplateEditorViewModel.Undo undo = model.undo.get();
        if (undo != null) {
            Button back = Look.button(texts.get("editor.undo"), "fth-corner-up-left", model::undo);
            back.setId("undo");
            bars.getChildren().add(bar(texts.get(undo.what()), "undo-bar", () -> model.undo.set(null), back));
        }
    }

    private Node bar(String words, String id, Runnable close, Button deed) {
        Label label = new Label(words, new FontIcon("fth-info"));
        label.setWrapText(true);
        label.setMinWidth(0);
        deed.getStyleClass().add(Styles.SMALL);
        Button away = Look.iconButton(texts.get("editor.bar.close"), "fth-x", close);
        away.getStyleClass().add(Styles.SMALL);
        HBox bar = new HBox(8, label, Look.gap(), deed, away);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().addAll("finding", "finding-says", "bar");
        bar.setMinHeight(Region.USE_PREF_SIZE);
        bar.setId(id);
        return bar;
    }

    private void save() {
        if (mayBeSaved()) {
            model.save(false, this::conflict, this::saved);
        }
    }

    private void saved(TemplateVersion version) {
        context.notices().done(texts.get("editor.saved", texts.number(version.number())));
    }

    /** Somebody else has saved meanwhile. */
    private void conflict(TemplateVersion theirs) {
        boolean onTop = Ask.confirm(
                node,
                texts.get("editor.conflict", texts.number(theirs.number())),
                texts.get("editor.conflict.question", theirs.createdBy(), texts.time(theirs.createdAt())),
                new Ask.Answers(texts.get("editor.conflict.on_top"), texts.get("editor.conflict.look"), false));
        if (onTop) {
            model.save(true, this::conflict, this::saved);
        } else {
            sideToggle.setSelected(true);
            versions.reload();
            tabs.getSelectionModel().selectLast();
        }
    }

    private void testSend() {
        TestSendDialog.show(node, context, model.gather(), rows.row.get());
    }

    private void showSide(boolean wanted) {
        if (wanted && split.getItems().size() == 1) {
            split.getItems().add(tabs);
            split.setDividerPositions(divider);
        } else if (!wanted && split.getItems().size() > 1) {
            divider = split.getDividerPositions()[0];
            split.getItems().remove(tabs);
        }
    }

    /** The visual editor over the whole page, and back. */
    private void fillWindow(boolean wanted) {
        lines.setVisible(!wanted);
        showSide(!wanted && sideToggle.isSelected());
    }

    /** The preview over the whole page, and back. */
    private void toggleFull() {
        if (full.isVisible()) {
            full.getChildren().clear();
            full.setVisible(false);
            previewTab.setContent(preview.node());
        } else {
            previewTab.setContent(null);
            VBox.setVgrow(preview.node(), Priority.ALWAYS);
            Button back = Look.iconButton(texts.get("editor.preview.back"), "fth-arrow-left", this::toggleFull);
            back.setId("preview-back");
            HBox head = Look.header(model.name.get());
            head.getChildren().add(0, back);
            full.getChildren().setAll(head, preview.node());
            full.setVisible(true);
            back.requestFocus();
        }
    }

    /** Brings the person to a place, as long as it is still there. */
    private void goTo(Spot spot) {
        if (!model.gather().equals(found)) {
            // The places were those of another text; the list is about to show the new ones.
            return;
        }
        if (full.isVisible()) {
            toggleFull();
        }
        switch (spot.part()) {
            case SUBJECT -> select(subject.field(), spot);
            case PREHEADER -> select(preheader.field(), spot);
            case BODY -> writing.goTo(spot);
        }
    }

    private static void select(TextField field, Spot spot) {
        int length = field.getLength();
        field.requestFocus();
        field.selectRange(Math.min(spot.start(), length), Math.min(spot.end(), length));
    }

    private final class Wishes implements VariablesPane.Wishes {
        @Override
        public void goTo(Spot spot) {
            TemplateEditorView.this.goTo(spot);
        }

        @Override
        public void insert(String name) {
            if (insertInto == subject.field()) {
                subject.insert(name);
            } else if (insertInto == preheader.field()) {
                preheader.insert(name);
            } else {
                writing.insert(name);
            }
        }

        @Override
        public void rename(String key, String name) {
            try {
                model.renameVariable(key, name);
            } catch (IllegalArgumentException refused) {
                context.notices().warn(texts.get("variables.bad_name", name));
            }
        }

        @Override
        public void fallback(String key, @Nullable String fallback) {
            try {
                model.setFallback(key, fallback);
            } catch (IllegalArgumentException refused) {
                context.notices().warn(texts.get("variables.bad_fallback", fallback == null ? "" : fallback));
            }
        }
    }
}
