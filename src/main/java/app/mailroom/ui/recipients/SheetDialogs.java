package app.mailroom.ui.recipients;

import app.mailroom.model.SheetQuery;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.input.TransferMode;

/** What brings rows into a sheet from elsewhere, and takes them out of it. JavaFX thread only. */
final class SheetDialogs {
    private final ScreenContext context;
    private final Texts texts;
    private final SheetViewModel model;
    private final Node where;

    /** Windows open over the given node. */
    SheetDialogs(ScreenContext context, SheetViewModel model, Node where) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.where = where;
    }

    /** Asks for a file and imports it. */
    void importFile() {
        ImportDialog.choose(texts, where).ifPresent(this::load);
    }

    private void load(RecipientSource source) {
        ImportDialog.open(context, where, Optional.of(source), Optional.of(model.listId), this::changed);
    }

    /** Takes files that are dropped on the page. */
    void acceptFiles(Node page) {
        page.setOnDragOver(event -> {
            if (ImportDialog.droppedFile(event.getDragboard()).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        page.setOnDragDropped(event -> {
            Optional<RecipientSource> file = ImportDialog.droppedFile(event.getDragboard());
            event.setDropCompleted(file.isPresent());
            event.consume();
            // The drop has to end before a dialog may wait for the person.
            file.ifPresent(dropped -> UiThread.later(() -> load(dropped)));
        });
    }

    /** Rows have come into a list: this one or another. */
    private void changed(long listId) {
        if (listId == model.listId) {
            model.reload();
        } else {
            context.go().accept(new Place.Sheet(listId));
        }
    }

    void export() {
        model.shape()
                .ifPresent(shape -> ExportDialog.open(
                        context, where, model.listId, model.query.get(), shape.situation(model.world())));
    }

    void duplicate() {
        model.change(
                new Doing(texts.get("sheet.copying_list"), true),
                doing -> context.features().lists().making().duplicate(model.listId, doing),
                SheetViewModel.After.CELLS,
                id -> made(texts.get("sheet.duplicated"), id));
    }

    /** Makes a list of the rows that are shown. */
    void copyShown() {
        String proposal = texts.get("sheet.copy_shown.name", model.name.get());
        SheetShape shape = model.shape.get();
        SheetQuery shown = model.query.get();
        if (shape != null) {
            Ask.line(where, texts, texts.get("sheet.copy_shown"), texts.get("sheet.copy_shown.label"), proposal)
                    .ifPresent(name -> model.change(
                            new Doing(texts.get("sheet.copying_list"), true),
                            doing -> context.features()
                                    .lists()
                                    .making()
                                    .copy(model.listId, shown, shape.situation(model.world()), name, doing),
                            SheetViewModel.After.CELLS,
                            id -> made(texts.get("sheet.copy_shown.done", name), id)));
        }
    }

    private void made(String what, long id) {
        context.notices()
                .done(what, texts.get("sheet.open_it"), () -> context.go().accept(new Place.Sheet(id)));
    }

    /** Makes a list of each value of a column. */
    void split(int slot) {
        SplitDialog.open(context, where, model.listId, slot, this::tellSplit);
    }

    private void tellSplit(List<Long> ids) {
        context.notices()
                .done(
                        texts.get("sheet.split.done", ids.size()),
                        texts.get("sheet.split.show"),
                        () -> context.go().accept(new Place.Page(PageId.RECIPIENTS)));
    }

    /** Takes in the rows of other lists. */
    void merge() {
        MergeDialog.open(context, where, Set.of(), Optional.of(model.listId), this::changed);
    }
}
