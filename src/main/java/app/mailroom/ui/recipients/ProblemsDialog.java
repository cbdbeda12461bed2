package app.mailroom.ui.recipients;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientList;
import app.mailroom.ui.common.LazyRows;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;

/** What an import left out, line by line, as it stood in the file. */
final class ProblemsDialog {
    private ProblemsDialog() {}

    static void open(ScreenContext context, Node owner, RecipientList list, Runnable mend) {
        Texts texts = context.texts();
        LazyRows<ImportProblem> problems = new LazyRows<>(context.background(), ImportProblem::line);
        TableView<ImportProblem> table = Look.table();
        table.setId("problems");
        table.setItems(problems.rows());
        table.setRowFactory(any -> {
            TableRow<ImportProblem> row = new TableRow<>();
            row.indexProperty().addListener((property, before, index) -> problems.needed(index.intValue()));
            return row;
        });
        table.getColumns().add(Look.numbers(texts.get("problems.line"), 80, row -> texts.number(row.line())));
        table.getColumns()
                .add(Look.column(texts.get("message.reason"), 240, row -> texts.code("address", row.reason())));
        table.getColumns().add(Look.column(texts.get("problems.row"), 520, ImportProblem::row));
        table.setPlaceholder(new Label());
        Stage stage = new Stage();
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("problems.title", list.name()));
        Button repair = Look.button(texts.get("recipients.mend"), "fth-tool", () -> {
            stage.close();
            mend.run();
        });
        Button close = Look.primary(texts.get("action.ok"), "fth-check", stage::close);
        close.setCancelButton(true);
        close.setDefaultButton(true);
        HBox buttons = new HBox(8, Look.gap(), repair, close);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox box = new VBox(16, table, buttons);
        box.setPadding(new Insets(24));
        box.getStyleClass().add("page");
        Scene scene = new Scene(box, 880, 520);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        problems.show((after, offset, limit) ->
                context.features().stores().recipients().problems(list.id(), after == null ? 0 : after.line(), limit));
        stage.show();
    }
}
