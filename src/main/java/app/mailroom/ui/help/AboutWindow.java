package app.mailroom.ui.help;

import app.mailroom.support.ProgramFacts;
import app.mailroom.support.ThirdParty;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.kordamp.ikonli.javafx.FontIcon;

/** Which program this is, what it runs on, and what others wrote of it under which licences. */
final class AboutWindow {
    private static final String ID = "about";
    private static final double WIDTH = 900;
    private static final double HEIGHT = 700;
    private static final double TEXT_HEIGHT = 170;

    private final ScreenContext context;
    private final Texts texts;
    private final ObservableList<ThirdParty> all = FXCollections.observableArrayList();
    private final FilteredList<ThirdParty> parts = new FilteredList<>(all);
    private final TextArea licence = new TextArea();
    private final Label count = Look.muted("");
    private final Stage stage;

    private AboutWindow(ScreenContext context, Window owner) {
        this.context = context;
        this.texts = context.texts();
        ProgramFacts facts = ProgramFacts.here();
        Label name = new Label("Mailroom " + facts.version(), new FontIcon("fth-mail"));
        name.setId("about-name");
        name.getStyleClass().addAll("title-2", "about-name");
        Button copy = Look.button(texts.get("about.copy"), "fth-copy", () -> {});
        copy.setId("about-copy");
        copy.setOnAction(event -> {
            Look.copy(String.join("\n", facts.lines()));
            copy.setText(texts.get("help.copied"));
        });
        HBox head = new HBox(8, name, Look.gap(), copy);
        head.setAlignment(Pos.CENTER_LEFT);
        TextField search = Look.searchField(texts.get("about.search"));
        search.setId("about-search");
        search.textProperty().addListener((property, before, words) -> filter(words));
        count.setId("about-count");
        HBox over = new HBox(12, search, count);
        over.setAlignment(Pos.CENTER_LEFT);
        TableView<ThirdParty> table = Look.table();
        table.setId("about-parts");
        table.getColumns().add(Look.column(texts.get("about.part"), 330, ThirdParty::name));
        table.getColumns().add(Look.column(texts.get("about.version"), 130, ThirdParty::version));
        table.getColumns().add(Look.column(texts.get("about.licence"), 340, ThirdParty::licences));
        table.setItems(parts);
        table.getSelectionModel().selectedItemProperty().addListener((property, before, chosen) -> {
            if (chosen != null) {
                read(chosen);
            }
        });
        licence.setId("about-licence");
        licence.setEditable(false);
        licence.setPrefHeight(TEXT_HEIGHT);
        licence.setMinHeight(TEXT_HEIGHT);
        licence.setPromptText(texts.get("about.choose"));
        licence.getStyleClass().add("code");
        Label others = new Label(texts.get("about.others"));
        others.getStyleClass().add("title-4");
        VBox page = Look.page(head, grid(facts), others, over, table, licence);
        VBox.setVgrow(table, Priority.ALWAYS);
        stage = SideWindow.of(owner, ID, texts.get("help.about"), page, WIDTH, HEIGHT);
    }

    static void open(ScreenContext context, Window owner) {
        SideWindow.close(ID);
        AboutWindow window = new AboutWindow(context, owner);
        window.stage.show();
        context.background().get(ThirdParty::all, window::show);
    }

    private GridPane grid(ProgramFacts facts) {
        GridPane grid = new GridPane();
        grid.setHgap(16);
        grid.setVgap(4);
        int row = 0;
        if (!facts.built().isEmpty()) {
            String commit = facts.commit().isEmpty() ? "" : " · " + facts.commit();
            grid.addRow(row++, Look.muted(texts.get("about.built")), new Label(facts.built() + commit));
        }
        grid.addRow(row++, Look.muted("Java"), new Label(facts.java()));
        grid.addRow(row++, Look.muted("JavaFX"), new Label(facts.javaFx()));
        grid.addRow(row++, Look.muted("SQLite"), new Label(facts.sqlite()));
        grid.addRow(row++, Look.muted(texts.get("about.system")), new Label(facts.system()));
        grid.addRow(row, Look.muted(texts.get("about.own_licence")), new Label("Apache License 2.0"));
        return grid;
    }

    private void show(List<ThirdParty> found) {
        all.setAll(found);
        count.setText(texts.get("about.count", texts.number(parts.size())));
    }

    private void filter(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        parts.setPredicate(part -> (part.name() + " " + part.artifact() + " " + part.licences())
                .toLowerCase(Locale.ROOT)
                .contains(wanted));
        count.setText(texts.get("about.count", texts.number(parts.size())));
    }

    private void read(ThirdParty part) {
        String head = part.name() + " " + part.version() + "\n" + part.licences() + "\n" + part.page() + "\n\n";
        context.background().get(part::texts, own -> {
            licence.setText(head + (own.isEmpty() ? texts.get("about.no_text") : own));
            licence.positionCaret(0);
            licence.setScrollTop(0);
        });
    }
}
