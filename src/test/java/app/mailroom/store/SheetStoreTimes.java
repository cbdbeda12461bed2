package app.mailroom.store;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Prints how many milliseconds what people do to a sheet takes, by rows: {@code main} takes the numbers of rows. */
final class SheetStoreTimes {
    private static final int BLOCK = 10_000;
    private static final SheetSituation SITUATION = new SheetSituation(World.LIVE, Set.of(1));

    private SheetStoreTimes() {}

    /** For instance {@code 1000 100000 1000000}. */
    public static void main(String[] sizes) throws Exception {
        for (String size : sizes) {
            Path folder = Files.createTempDirectory("sheet-times");
            try (TestWorkspace workspace = new TestWorkspace(folder)) {
                run(workspace, Integer.parseInt(size));
            }
        }
    }

    private static void run(TestWorkspace workspace, int size) {
        SheetStore sheets = new SheetStore(workspace.database, workspace.clock, SheetStoreTest.RULES);
        List<RecipientColumn> columns = new ArrayList<>();
        for (int slot = 0; slot < 6; slot++) {
            columns.add(new RecipientColumn(slot, slot, "Column " + slot, slot == 0 ? "email" : "column_" + slot));
        }
        long list = workspace.recipients.begin("List", "", columns, Optional.empty(), 1);
        for (int from = 0; from < size; from += BLOCK) {
            List<StagedRow> rows = new ArrayList<>();
            for (int i = from; i < Math.min(size, from + BLOCK); i++) {
                String address = "reader" + i + "@example.com";
                rows.add(new StagedRow(address, address, FieldValues.toJson(values(i, address))));
            }
            workspace.recipients.append(list, rows);
        }
        workspace.recipients.finish(list);
        for (int i = 0; i < 50; i++) {
            workspace.suppressions.add("reader" + i * 7 + "@example.com", "MANUAL", "");
        }
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.PASTED, "")) {
            List<List<String>> odd = new ArrayList<>();
            for (int i = 0; i < Math.min(size / 10, 1_000); i++) {
                odd.add(values(i, i % 2 == 0 ? "nobody" : "reader" + i + "@example.com"));
            }
            change.insert(0, odd);
        }
        System.out.printf(Locale.ROOT, "%n%d rows%n", size);
        long[][] ids = new long[1][];
        time("ids", () -> ids[0] = sheets.ids(list, SheetQuery.ALL, SITUATION));
        List<Long> some = Arrays.stream(ids[0], ids[0].length / 2, Math.min(ids[0].length, ids[0].length / 2 + 200))
                .boxed()
                .toList();
        List<Long> block =
                Arrays.stream(ids[0], 0, Math.min(ids[0].length, BLOCK)).boxed().toList();
        time("page of rows", () -> sheets.rows(list, some, World.LIVE));
        time(
                "sort",
                () -> sheets.ids(
                        list,
                        query("", Optional.empty(), Optional.of(new SheetQuery.ColumnOrder(2, true))),
                        SITUATION));
        time("search", () -> sheets.ids(list, query("reader77", Optional.empty(), Optional.empty()), SITUATION));
        for (SheetMark mark : SheetMark.values()) {
            time("filter " + mark, () -> sheets.ids(list, query("", Optional.of(mark), Optional.empty()), SITUATION));
        }
        time("counts", () -> sheets.counts(list, SITUATION));
        time(
                "write one cell",
                () -> change(
                        sheets, list, c -> c.patch(List.of(Rewritten.row(some.get(0), values(1, "one@example.com"))))));
        List<List<String>> pasted = new ArrayList<>();
        for (int i = 0; i < BLOCK; i++) {
            pasted.add(values(i, "pasted" + i + "@example.com"));
        }
        time("paste 10,000", () -> change(sheets, list, c -> c.insert(some.get(0), pasted)));
        time("undo of it", () -> sheets.undo(list, rows -> {}));
        time("redo of it", () -> sheets.redo(list, rows -> {}));
        time("replace in 10,000", () -> {
            List<SheetChange.RowPatch> written = new ArrayList<>();
            for (int i = 0; i < block.size(); i++) {
                written.add(Rewritten.row(block.get(i), values(i + 1, "reader" + i + "@example.com")));
            }
            change(sheets, list, c -> c.patch(written));
        });
        time("delete 10,000", () -> change(sheets, list, c -> c.delete(block)));
        time(
                "delete all",
                () -> change(sheets, list, c -> {
                    long[] all = sheets.ids(list, SheetQuery.ALL, SITUATION);
                    for (int from = 0; from < all.length; from += SheetChange.ROWS_AT_ONCE) {
                        c.delete(Arrays.stream(all, from, Math.min(all.length, from + SheetChange.ROWS_AT_ONCE))
                                .boxed()
                                .toList());
                    }
                }));
    }

    private static List<String> values(int i, String address) {
        return List.of(
                address,
                i % 50 == 0 ? "" : "Reader " + i,
                "City " + i % 977,
                String.valueOf(i * 31 % 9_973),
                "Seoul",
                "a few words");
    }

    private static SheetQuery query(String search, Optional<SheetMark> mark, Optional<SheetQuery.ColumnOrder> order) {
        return new SheetQuery(search, mark, List.of(), order);
    }

    private static void change(SheetStore sheets, long list, Consumer<SheetChange> work) {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.TYPED, "")) {
            work.accept(change);
        }
    }

    private static void time(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        System.out.printf(Locale.ROOT, "%-20s %,8d ms%n", what, (System.nanoTime() - start) / 1_000_000);
    }
}
