package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random edits against a model that knows nothing of ranks, keys or logs. */
class SheetHistoryTest {
    private static final SheetSituation SITUATION = new SheetSituation(World.LIVE, Set.of());
    private static final List<String> ADDRESSES =
            List.of("a@x.com", "A@x.com ", "b@x.com", "c@typo.com", "nobody", "", " ");

    @SuppressWarnings("NullAway.Init")
    private static TestWorkspace workspace;

    private static int made;

    private record Content(List<SheetRow> rows, List<RecipientColumn> columns, long mailable) {}

    private record Row(long id, List<String> values) {}

    @BeforeContainer
    static void open() throws IOException {
        Path folder = Files.createTempDirectory("sheet-history");
        workspace = new TestWorkspace(folder);
    }

    @AfterContainer
    static void close() {
        workspace.close();
    }

    @Property(tries = 10)
    void everyEditIsUndoneAndDoneAgainAndTheSheetIsWhatTheModelSays(@ForAll long seed) {
        Random random = new Random(seed);
        SheetStore sheets = new SheetStore(workspace.database, workspace.clock, SheetStoreTest.RULES, 2);
        long list = workspace.recipients.begin(
                "List " + made++,
                "",
                List.of(new RecipientColumn(0, 0, "E-Mail", "email"), new RecipientColumn(1, 1, "Name", "name")),
                Optional.empty(),
                1);
        workspace.recipients.finish(list);
        List<Row> model = new ArrayList<>();
        List<Content> contents = new ArrayList<>(List.of(content(sheets, list)));
        List<List<Row>> models = new ArrayList<>(List.of(List.of()));
        int now = 0;
        for (int i = 0; i < 25; i++) {
            int what = random.nextInt(10);
            if (what == 0 && now > 0) {
                sheets.undo(list, rows -> {});
                now--;
            } else if (what == 1 && now < contents.size() - 1) {
                sheets.redo(list, rows -> {});
                now++;
            } else {
                Optional<SheetEdit> last = sheets.undoable(list);
                edit(sheets, list, model, random);
                if (!sheets.undoable(list).map(SheetEdit::id).equals(last.map(SheetEdit::id))) {
                    contents.subList(now + 1, contents.size()).clear();
                    models.subList(now + 1, models.size()).clear();
                    contents.add(content(sheets, list));
                    models.add(List.copyOf(model));
                    now++;
                } else if (sheets.redoable(list).isEmpty()) {
                    // A change whose steps took each other back is no edit, and ends what could be done again all the
                    // same.
                    contents.subList(now + 1, contents.size()).clear();
                    models.subList(now + 1, models.size()).clear();
                }
            }
            model = new ArrayList<>(models.get(now));
            assertThat(content(sheets, list)).isEqualTo(contents.get(now));
            compare(contents.get(now), model, list);
        }
        for (; now > 0; now--) {
            sheets.undo(list, rows -> {});
            assertThat(content(sheets, list)).isEqualTo(contents.get(now - 1));
        }
        assertThat(sheets.undo(list, rows -> {})).isEmpty();
        for (; now < contents.size() - 1; now++) {
            sheets.redo(list, rows -> {});
            assertThat(content(sheets, list)).isEqualTo(contents.get(now + 1));
        }
        assertThat(sheets.redo(list, rows -> {})).isEmpty();
    }

    /** One change of a few steps. */
    private static void edit(SheetStore sheets, long list, List<Row> model, Random random) {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.PASTED, "")) {
            for (int step = random.nextInt(3); step >= 0; step--) {
                int at = model.isEmpty() ? 0 : random.nextInt(model.size());
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        List<List<String>> rows = new ArrayList<>();
                        for (int i = random.nextInt(5); i >= 0; i--) {
                            rows.add(values(random));
                        }
                        boolean atEnd = model.isEmpty() || random.nextBoolean();
                        List<Long> ids = change.insert(atEnd ? 0 : model.get(at).id(), rows);
                        for (int i = 0; i < rows.size(); i++) {
                            model.add((atEnd ? model.size() : at + i), new Row(ids.get(i), rows.get(i)));
                        }
                    }
                    case 2 -> {
                        if (!model.isEmpty()) {
                            Row row = new Row(model.get(at).id(), values(random));
                            change.patch(List.of(Rewritten.row(row.id(), row.values())));
                            model.set(at, row);
                        }
                    }
                    case 3 -> {
                        List<Row> gone = new ArrayList<>(model.subList(at, Math.min(model.size(), at + 3)));
                        change.delete(gone.stream().map(Row::id).toList());
                        model.removeAll(gone);
                    }
                    default -> column(change, list, random);
                }
            }
        }
    }

    private static void column(SheetChange change, long list, Random random) {
        List<RecipientColumn> columns = workspace.recipients.columns(list);
        if (columns.size() < 4) {
            change.addColumn(random.nextInt(4), "New", "new" + made++);
        } else if (random.nextBoolean()) {
            change.moveColumn(columns.get(2).slot(), 1);
        } else {
            change.renameColumn(columns.get(3).slot(), "Renamed", "renamed" + made++);
        }
    }

    private static List<String> values(Random random) {
        return List.of(
                ADDRESSES.get(random.nextInt(ADDRESSES.size())), random.nextBoolean() ? "" : "n" + random.nextInt(9));
    }

    private static Content content(SheetStore sheets, long list) {
        List<Long> ids = Arrays.stream(sheets.ids(list, SheetQuery.ALL, SITUATION))
                .boxed()
                .toList();
        RecipientList found = workspace.recipients.find(list).orElseThrow();
        assertThat(found.sheetCount()).isEqualTo(ids.size());
        return new Content(sheets.rows(list, ids, World.LIVE), workspace.recipients.columns(list), found.rowCount());
    }

    private static void compare(Content content, List<Row> model, long list) {
        assertThat(content.rows())
                .extracting(SheetRow::id)
                .isEqualTo(model.stream().map(Row::id).toList());
        Set<String> mailed = new HashSet<>();
        for (int i = 0; i < model.size(); i++) {
            SheetRow row = content.rows().get(i);
            List<String> values = model.get(i).values();
            var reading = SheetStoreTest.read(values.get(0));
            RowStanding standing = reading.key().isPresent()
                    ? mailed.add(reading.key().get()) ? RowStanding.MAILED : RowStanding.REPEATED
                    : CellText.areBlank(values, List.of(0, 1)) ? RowStanding.BLANK : RowStanding.INVALID;
            assertThat(row.standing()).isEqualTo(standing);
            assertThat(row.value(0)).isEqualTo(reading.key().isPresent() ? reading.address() : values.get(0));
            assertThat(row.value(1)).isEqualTo(values.get(1));
        }
        assertThat(content.mailable()).isEqualTo(mailed.size());
        assertThat(workspace.recipients.rows(list, 0L, 1_000)).hasSize(mailed.size());
    }
}
