package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.recipients.ListMaking;
import app.mailroom.recipients.Progress;
import app.mailroom.store.FreeName;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.RecipientStore;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.recipients.RecipientsViewModel.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.scene.Node;

/** What can be done to lists on their page, with the questions that go before and the notices that come after. */
final class ListDeeds {
    private static final int NAMED = 5;

    /** Nothing is marked in an export, so it does not matter for whom a mark would be. */
    private static final SheetSituation ANY = new SheetSituation(World.PRACTICE, Set.of());

    private final ScreenContext context;
    private final Texts texts;
    private final RecipientsViewModel model;
    private final Node where;
    private final LongConsumer made;

    /** Asks over the given node; made is told the id of a list that has come into the table. */
    ListDeeds(ScreenContext context, RecipientsViewModel model, Node where, LongConsumer made) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.where = where;
        this.made = made;
    }

    void create() {
        new NewListDialog(context, where, model).open();
    }

    void open(RecipientList list) {
        context.go().accept(new Place.Sheet(list.id()));
    }

    void duplicate(RecipientList list) {
        making("recipients.duplicate", (lists, progress) -> lists.duplicate(list.id(), progress), id -> {
            come(id);
            context.notices().done(texts.get("recipients.duplicated", list.name()));
        });
    }

    void rename(RecipientList list) {
        rename(list, list.name(), texts.get("recipients.name"));
    }

    /** Asks again with what was typed when the name is taken. */
    private void rename(RecipientList list, String proposal, String label) {
        Ask.line(where, texts, texts.get("recipients.rename"), label, proposal)
                .filter(name -> !name.equals(list.name()))
                .ifPresent(name -> model.rename(list, name, failure -> {
                    if (failure instanceof NameTakenException) {
                        rename(list, name, texts.get("recipients.name.taken"));
                    } else {
                        context.background().tell(failure);
                    }
                }));
    }

    /** Deletes after a question. What a mailing still needs is kept. */
    void delete(List<RecipientList> lists) {
        if (lists.isEmpty()) {
            return;
        }
        long rows = lists.stream().mapToLong(RecipientList::sheetCount).sum();
        String question = lists.size() == 1
                ? texts.get("recipients.delete.question", lists.get(0).name(), texts.number(rows))
                : texts.get("recipients.delete.question.many", texts.number(lists.size()), texts.number(rows));
        if (Ask.confirm(
                where, texts, texts.get("recipients.delete.title"), question, texts.get("recipients.delete"), true)) {
            model.delete(lists, needed -> tell(lists, needed));
        }
    }

    private void tell(List<RecipientList> lists, Map<RecipientList, List<String>> needed) {
        int deleted = lists.size() - needed.size();
        if (deleted == 1 && lists.size() == 1) {
            context.notices().done(texts.get("recipients.deleted", lists.get(0).name()));
        } else if (deleted > 0) {
            context.notices().done(texts.get("recipients.deleted.many", texts.number(deleted)));
        }
        needed.forEach((list, mailings) -> context.notices()
                .warn(texts.get(
                        "recipients.needed",
                        list.name(),
                        mailings.stream()
                                .limit(NAMED)
                                .map(title -> "“" + title + "”")
                                .collect(Collectors.joining(", ")))));
    }

    void export(RecipientList list) {
        ExportDialog.open(context, where, list.id(), SheetQuery.ALL, ANY);
    }

    void split(RecipientList list) {
        SplitDialog.open(context, where, list.id(), -1, ids -> come(ids.get(0)));
    }

    void merge(List<RecipientList> lists) {
        MergeDialog.open(
                context,
                where,
                lists.stream().map(RecipientList::id).collect(Collectors.toSet()),
                Optional.empty(),
                this::come);
    }

    /** Opens what the import left out as a sheet: the one that was made of it before, or a new one. */
    void mend(Shown look) {
        if (look.mending().isPresent()) {
            open(look.mending().get());
            return;
        }
        makeLeftOut(context, where, look.line().list().id(), () -> {});
    }

    /**
     * Makes a sheet of what the import of a list left out, and goes there.
     *
     * @param before is run when the sheet is there
     */
    static void makeLeftOut(ScreenContext context, Node where, long listId, Runnable before) {
        LongWork.inWindow(
                context,
                where,
                context.texts().get("recipients.mend"),
                progress ->
                        context.features().lists().making().leftOut(listId, nameOfLeftOut(context, listId), progress),
                id -> {
                    before.run();
                    // What was open over the page is closed first.
                    UiThread.later(() -> context.go().accept(new Place.Sheet(id)));
                },
                context.background()::tell);
    }

    /** After the list's own name, and like no other. */
    private static String nameOfLeftOut(ScreenContext context, long listId) {
        RecipientStore store = context.features().stores().recipients();
        String name = store.find(listId).map(RecipientList::name).orElse("");
        return FreeName.among(
                store.lists().stream().map(RecipientList::name).collect(Collectors.toSet()),
                context.texts().get("recipients.mending.name", name));
    }

    void showProblems(Shown look) {
        ProblemsDialog.open(context, where, look.line().list(), () -> mend(look));
    }

    /** Takes what is mended into the list that this one mends. */
    void takeIn(RecipientList mending) {
        making("recipients.take_in", (lists, progress) -> lists.takeIn(mending.id(), progress), merged -> {
            model.reload();
            context.notices()
                    .done(
                            texts.get(
                                    "recipients.taken_in",
                                    texts.number(merged.added()),
                                    texts.number(merged.leftOut())),
                            texts.get("recipients.open"),
                            () -> context.go().accept(new Place.Sheet(merged.listId())));
        });
    }

    private void come(long id) {
        model.search.set("");
        made.accept(id);
        model.reload();
    }

    private interface Making<T> {
        T with(ListMaking lists, Progress progress) throws Exception;
    }

    private <T> void making(String title, Making<T> work, Consumer<T> done) {
        LongWork.inWindow(
                context,
                where,
                texts.get(title),
                progress -> work.with(context.features().lists().making(), progress),
                done,
                context.background()::tell);
    }
}
