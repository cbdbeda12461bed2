package app.mailroom.ui.templates;

import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.Spot;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.editor.RichEditor;
import app.mailroom.ui.editor.SourceEditor;
import app.mailroom.ui.templates.TemplateEditorViewModel.Body;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Where the body is written: as its reader sees it, or as HTML. One of both is in view and holds the text; the other is
 * filled when it comes into view. A template that the visual editor would damage comes up as HTML.
 */
final class WritingArea {
    private final Texts texts;
    private final RichEditor rich;
    private final SourceEditor source;
    private final TemplateEditorViewModel model;
    private final SampleRows rows;
    private final ToggleButton design;
    private final ToggleButton html;
    private final VBox damage = new VBox(8);
    private final StackPane editors = new StackPane();
    private final VBox node;
    private boolean inDesign = true;
    private boolean switching;
    private boolean damageAccepted;
    /** What the visual editor was last filled with or gave; null while it was not filled. */
    private @Nullable String richHtml;

    private int fillings;

    WritingArea(Texts texts, RichEditor rich, TemplateEditorViewModel model, SampleRows rows) {
        this.texts = texts;
        this.rich = rich;
        this.source = new SourceEditor(texts);
        this.model = model;
        this.rows = rows;
        design = mode("fth-edit-3", texts.get("editor.design"), Styles.LEFT_PILL);
        html = mode("fth-code", texts.get("editor.html"), Styles.RIGHT_PILL);
        design.setId("mode-design");
        html.setId("mode-html");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(design, html);
        design.setSelected(true);
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            } else if (!switching) {
                choose(now == design);
            }
        });
        damage.managedProperty().bind(damage.visibleProperty());
        damage.setVisible(false);
        damage.setMinHeight(Region.USE_PREF_SIZE);
        damage.getStyleClass().addAll("finding", "finding-warns");
        damage.setId("damage");
        HBox modes = new HBox(design, html);
        modes.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(editors, Priority.ALWAYS);
        editors.setMinSize(0, 0);
        // Both stay in the window: the source cannot be filled before it was laid out, and the design keeps its place.
        editors.getChildren().setAll(source.node(), rich.node());
        editors.getStyleClass().add("writing");
        // Escape belongs to the editors: it closes what they opened, and never takes the person off the page.
        editors.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
            }
        });
        node = new VBox(8, modes, damage, editors);
        node.setMinWidth(320);
        show();
        rich.onChange(() -> {
            if (inDesign) {
                model.bodyChanged();
            } else {
                // It holds something now that the text does not have.
                richHtml = null;
            }
        });
        source.onChange(() -> {
            if (!inDesign) {
                model.bodyChanged();
            }
        });
    }

    private static ToggleButton mode(String icon, String name, String style) {
        ToggleButton button = new ToggleButton(name, new FontIcon(icon));
        button.getStyleClass().addAll(style, Styles.SMALL);
        return button;
    }

    /** What is written now. */
    Body body() {
        return inDesign
                ? new Body(rich.html(), rich.images())
                : new Body(source.html(), model.content.get().images());
    }

    /** Puts a text into the editor in view. */
    void fill(TemplateContent content) {
        richHtml = null;
        if (inDesign) {
            fillRich(content);
        } else {
            source.show(content.html());
        }
    }

    private void fillRich(TemplateContent content) {
        int mine = ++fillings;
        richHtml = content.html();
        rich.show(content, offered(), found -> {
            if (mine == fillings && inDesign) {
                judge(found);
            } else if (mine == fillings) {
                // Nobody has seen yet what would be damaged.
                richHtml = null;
            }
        });
    }

    private void judge(List<Damage> found) {
        if (found.isEmpty() || damageAccepted) {
            damage.setVisible(false);
            return;
        }
        tell(found);
        choose(false);
    }

    private void tell(List<Damage> found) {
        Label head = new Label(texts.get("editor.damage"), new FontIcon("fth-alert-triangle"));
        head.getStyleClass().add(Styles.TEXT_BOLD);
        head.setWrapText(true);
        damage.getChildren().setAll(head);
        for (Damage one : found) {
            String words = texts.get(
                    "editor.damage.line", texts.code("editor.damage.kind", one.kind()), one.count(), one.example());
            Label line = new Label(words);
            line.setMaxWidth(Double.MAX_VALUE);
            damage.getChildren().add(line);
        }
        Button anyway = Look.button(texts.get("editor.damage.anyway"), "fth-edit-3", () -> {
            damageAccepted = true;
            damage.setVisible(false);
            choose(true);
        });
        anyway.setId("damage-anyway");
        Button keep = Look.button(texts.get("editor.damage.keep"), "fth-code", () -> damage.setVisible(false));
        keep.setId("damage-keep");
        damage.getChildren().add(new HBox(8, keep, anyway));
        damage.setVisible(true);
    }

    /** Brings the other editor into view, with what the one in view holds. */
    private void choose(boolean toDesign) {
        switching = true;
        (toDesign ? design : html).setSelected(true);
        switching = false;
        if (toDesign == inDesign) {
            return;
        }
        TemplateContent now = model.gather();
        inDesign = toDesign;
        if (toDesign) {
            if (now.html().equals(richHtml)) {
                rich.offerVariables(offered());
            } else {
                fillRich(now);
            }
        } else {
            richHtml = now.html();
            if (!source.html().equals(now.html())) {
                source.show(now.html());
            }
        }
        show();
    }

    private void show() {
        rich.node().setVisible(inDesign);
        source.node().setVisible(!inDesign);
    }

    /** The names to offer besides those that the text has. */
    private List<String> offered() {
        return rows.names();
    }

    /** Offers what the chosen list has now. */
    void offerAgain() {
        if (inDesign) {
            rich.offerVariables(offered());
        }
    }

    /** Every name that can be inserted: those of the text first. */
    List<String> allNames() {
        List<String> names = new ArrayList<>(Variables.namesIn(model.content.get()));
        Set<String> keys = new LinkedHashSet<>();
        names.forEach(name -> keys.add(Variables.key(name)));
        rows.names().stream().filter(name -> keys.add(Variables.key(name))).forEach(names::add);
        return names;
    }

    void insert(String variable) {
        if (inDesign) {
            rich.insertVariable(variable);
            rich.focus();
        } else {
            source.insert("{{" + variable + "}}");
            source.focus();
        }
    }

    /** Brings the person to a place in the body; what cannot be pointed at in the design is shown as HTML. */
    void goTo(Spot spot) {
        if (inDesign && spot.target() != Spot.Target.NONE && rich.select(spot.target(), spot.ordinal())) {
            return;
        }
        choose(false);
        int length = source.html().length();
        source.select(Math.min(spot.start(), length), Math.min(spot.end(), length));
        source.focus();
    }

    /** Opens find and replace. */
    void find() {
        if (inDesign) {
            rich.find();
        } else {
            source.find();
        }
    }

    Node node() {
        return node;
    }
}
