package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageState;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetQuery.ColumnFilter;
import app.mailroom.model.SheetQuery.ColumnOrder;
import app.mailroom.model.SheetQuery.Comparison;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.recipients.ListMaking.Merged;
import app.mailroom.store.FieldValues;
import app.mailroom.store.ListCopying;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.NoSuchListException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.Rewritten;
import app.mailroom.store.SheetChange;
import app.mailroom.store.SheetStore;
import app.mailroom.store.StagedRow;
import app.mailroom.store.TestWorkspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListMakingTest {
    private static final SheetSituation PRACTICE = new SheetSituation(World.PRACTICE, Set.of());

    /** Stops at the first question. */
    private static final Progress STOPPED = new Progress() {
        @Override
        public void at(long rows, long bytesRead, long bytesTotal) {}

        @Override
        public boolean cancelled() {
            return true;
        }
    };

    @TempDir
    private Path folder;

    private TestWorkspace workspace;
    private RecipientStore store;
    private SheetStore sheets;
    private SheetEditing editing;
    private ListMaking making;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        store = new RecipientStore(workspace.database, workspace.clock);
        sheets = new SheetStore(workspace.database, workspace.clock, AddressCell.RULES);
        editing = new SheetEditing(store, sheets);
        making = new ListMaking(store, sheets, new ListCopying(workspace.database, store));
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aListWithoutRowsHasTheColumnsThatATemplateNeeds() {
        long id = making.empty("New", "이메일", Optional.empty(), List.of(new ColumnNeed("Name", "name", true)));

        assertThat(store.columns(id))
                .containsExactly(new RecipientColumn(0, 0, "이메일", "email"), new RecipientColumn(1, 1, "Name", "name"));
        assertThat(list(id).sheetCount()).isZero();
        assertThatThrownBy(() -> making.empty("New", "email", Optional.empty(), List.of()))
                .isInstanceOf(NameTakenException.class);
    }

    @Test
    void aDuplicateHasEverythingUnderAFreeName() throws Exception {
        long id = imported("guests", "email,name\na@x.org,Ann\nb@x.org,Bob\n");

        RecipientList copy = list(making.duplicate(id, Progress.NONE));

        assertThat(copy.name()).isEqualTo("guests (2)");
        assertThat(copy.source()).isEqualTo("guests");
        assertThat(copy.rowCount()).isEqualTo(2);
        assertThat(copy.sheetCount()).isEqualTo(2);
        assertThat(copy.problemCount()).isZero();
        assertThat(store.columns(copy.id())).isEqualTo(store.columns(id));
        assertThat(values(copy.id())).containsExactly("a@x.org|Ann", "b@x.org|Bob");
    }

    @Test
    void aDuplicateOfALargeListTakesSeveralSteps() throws Exception {
        int many = ListCopying.ROWS_AT_ONCE * 2 + 7;
        long id = staged("many", many);
        long copy = making.duplicate(id, Progress.NONE);
        assertThat(list(copy).rowCount()).isEqualTo(many);
        assertThat(workspace.number("SELECT count(*) FROM recipient_rows a JOIN recipient_rows b ON a.rank = b.rank"
                        + " AND a.field_values = b.field_values WHERE a.list_id = " + id + " AND b.list_id = " + copy))
                .isEqualTo(many);
    }

    @Test
    void nobodyIsLostFromACopyOfAListThatChangesMeanwhile() throws Exception {
        int many = ListCopying.ROWS_AT_ONCE * 2;
        long id = staged("many", many);
        String first = TestWorkspace.addresses(1).get(0);
        long[] ids = sheets.ids(id, SheetQuery.ALL, PRACTICE);
        Progress changing = new Progress() {
            private boolean changed;

            @Override
            public void at(long rows, long bytesRead, long bytesTotal) {
                if (!changed) {
                    changed = true;
                    try (SheetChange change = sheets.change(id, SheetEdit.Kind.TYPED, "")) {
                        change.delete(List.of(ids[0]));
                        change.patch(List.of(Rewritten.row(ids[many - 1], List.of(first))));
                    }
                }
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };

        RecipientList copy = list(making.duplicate(id, changing));

        assertThat(copy.sheetCount()).isEqualTo(many);
        assertThat(copy.rowCount()).isEqualTo(many - 1);
    }

    @Test
    void aCancelledMakingLeavesNothing() throws Exception {
        long id = imported("guests", "email,name\na@x.org,Ann\nb@x.org,Bob\nnobody,No\n");

        assertThatThrownBy(() -> making.duplicate(id, STOPPED)).isInstanceOf(ImportCancelledException.class);
        assertThatThrownBy(() -> making.split(id, 1, "none", STOPPED)).isInstanceOf(ImportCancelledException.class);
        assertThatThrownBy(() -> making.leftOut(id, "left", STOPPED)).isInstanceOf(ImportCancelledException.class);
        assertThatThrownBy(() -> making.mergeNew(List.of(id, id), "both", STOPPED))
                .isInstanceOf(ImportCancelledException.class);

        assertThat(store.lists()).hasSize(1);
        assertThat(workspace.number("SELECT count(*) FROM recipient_lists")).isEqualTo(1);
        assertThat(workspace.number("SELECT count(*) FROM recipient_rows")).isEqualTo(2);
    }

    @Test
    void aFilteredCopyHasWhatIsShownInTheOrderShown() throws Exception {
        long id = imported("guests", "email,city\na@x.org,Seoul\nb@x.org,Busan\nc@x.org,Seoul\n");
        SheetQuery shown = new SheetQuery(
                "",
                Optional.empty(),
                List.of(new ColumnFilter(1, Comparison.IS, "Seoul")),
                Optional.of(new ColumnOrder(0, true)));

        long copy = making.copy(id, shown, PRACTICE, "Seoul", Progress.NONE);

        assertThat(values(copy)).containsExactly("c@x.org|Seoul", "a@x.org|Seoul");
        assertThatThrownBy(() -> making.copy(id, shown, PRACTICE, "Seoul", Progress.NONE))
                .isInstanceOf(NameTakenException.class);
    }

    @Test
    void theFirstOfAnAddressIsMailedInACopyWhicheverThatIs() throws Exception {
        long id = imported("guests", "email,city\na@x.org,Seoul\n");
        paste(id, List.of(List.of("a@x.org", "Busan"), List.of("nobody", "Busan")));
        SheetQuery busan = new SheetQuery(
                "", Optional.empty(), List.of(new ColumnFilter(1, Comparison.IS, "Busan")), Optional.empty());
        SheetQuery reversed = new SheetQuery("", Optional.empty(), List.of(), Optional.of(new ColumnOrder(1, false)));

        RecipientList part = list(making.copy(id, busan, PRACTICE, "Busan", Progress.NONE));
        assertThat(part.rowCount()).isEqualTo(1);
        assertThat(part.sheetCount()).isEqualTo(2);

        RecipientList whole = list(making.copy(id, reversed, PRACTICE, "reversed", Progress.NONE));
        assertThat(whole.sheetCount()).isEqualTo(3);
        assertThat(store.rows(whole.id(), 0L, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsExactly("a@x.org", "Busan"));
    }

    @Test
    void whatADeletedColumnHeldIsNotCopied() throws Exception {
        long id = imported("guests", "email,secret,name\na@x.org,hidden,Ann\n");
        try (var change = sheets.change(id, SheetEdit.Kind.COLUMN_DELETED, "secret")) {
            change.deleteColumn(1);
        }

        long copy = making.duplicate(id, Progress.NONE);

        assertThat(store.columns(copy))
                .containsExactly(
                        new RecipientColumn(0, 0, "email", "email"), new RecipientColumn(1, 1, "name", "name"));
        assertThat(values(copy)).containsExactly("a@x.org|Ann");
    }

    @Test
    void aListIsSplitByTheValuesOfAColumn() throws Exception {
        long id = imported("guests", "email,city\na@x.org,Seoul\nb@x.org,\nc@x.org, Seoul \nd@x.org,Busan\n");

        List<Long> parts = making.split(id, 1, "no city", Progress.NONE);

        assertThat(parts)
                .extracting(part -> list(part).name())
                .containsExactly("guests – Seoul", "guests – no city", "guests – Busan");
        assertThat(parts).extracting(part -> list(part).rowCount()).containsExactly(2L, 1L, 1L);
        assertThat(values(parts.get(0))).containsExactly("a@x.org|Seoul", "c@x.org| Seoul ");
    }

    @Test
    void namesOfPartsDifferHoweverLongTheirValuesAre() throws Exception {
        String value = "v".repeat(300);
        long id = imported("guests", "email,city\na@x.org," + value + "1\nb@x.org," + value + "2\n");
        assertThat(making.split(id, 1, "none", Progress.NONE))
                .extracting(part -> list(part).name())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() <= 130 && name.startsWith("guests – vvv"));
    }

    @Test
    void aColumnOfTooManyValuesIsNotSplit() throws Exception {
        StringBuilder rows = new StringBuilder("email,id\n");
        for (int i = 0; i <= ListMaking.MOST_LISTS; i++) {
            rows.append("r").append(i).append("@x.org,").append(i).append('\n');
        }
        long id = imported("guests", rows.toString());
        assertThatThrownBy(() -> making.split(id, 1, "none", Progress.NONE))
                .isInstanceOf(TooManyListsException.class)
                .hasMessageContaining("“id”");
        assertThat(store.lists()).hasSize(1);
    }

    @Test
    void listsAreMergedIntoANewOneByVariables() throws Exception {
        long first = imported("first", "email,name\na@x.org,Ann\nb@x.org,Bob\n");
        long second = imported("second", "Name,e-mail,city\nBert,B@x.org,Busan\nCem,c@x.org,Seoul\n");

        Merged merged = making.mergeNew(List.of(first, second), "both", Progress.NONE);

        assertThat(merged.added()).isEqualTo(3);
        assertThat(merged.leftOut()).isEqualTo(1);
        assertThat(store.columns(merged.listId()))
                .extracting(RecipientColumn::variable)
                .containsExactly("email", "name", "city");
        assertThat(values(merged.listId())).containsExactly("a@x.org|Ann|", "b@x.org|Bob|", "c@x.org|Cem|Seoul");
        assertThat(list(merged.listId()).source()).isEqualTo("first + second");
        assertThat(store.lists()).hasSize(3);
    }

    @Test
    void manyRowsAreMergedInStepsThatGoOnBelowEachOther() throws Exception {
        int many = ListCopying.ROWS_AT_ONCE + 20;
        long first = staged("first", many);
        long second = imported("second", "email\nreader5@example.com\nnew@example.com\n");
        Merged merged = making.mergeNew(List.of(second, first), "both", Progress.NONE);
        assertThat(merged.added()).isEqualTo(many + 1);
        assertThat(merged.leftOut()).isEqualTo(1);
        assertThat(store.rows(merged.listId(), 0L, 3))
                .extracting(RecipientRow::address)
                .containsExactly("reader5@example.com", "new@example.com", "reader0@example.com");
    }

    @Test
    void aListTakesInAnotherAsOneChangeThatIsUndoneAsOne() throws Exception {
        long into = imported("into", "email,name\na@x.org,Ann\n");
        long from = imported("from", "email,city,name\nA@x.org,Ulm,Other\nb@x.org,Bonn,Bob\n");

        Merged merged = making.merge(from, into, Progress.NONE);

        assertThat(merged.added()).isEqualTo(1);
        assertThat(merged.leftOut()).isEqualTo(1);
        assertThat(store.columns(into)).extracting(RecipientColumn::name).containsExactly("email", "name", "city");
        assertThat(values(into)).containsExactly("a@x.org|Ann", "b@x.org|Bob|Bonn");
        sheets.undo(into, rows -> {});
        assertThat(store.columns(into)).hasSize(2);
        assertThat(values(into)).containsExactly("a@x.org|Ann");
    }

    @Test
    void aCancelledMergeIsTakenBack() throws Exception {
        long into = imported("into", "email\na@x.org\n");
        long from = imported("from", "email,city\nb@x.org,Bonn\n");
        assertThatThrownBy(() -> making.merge(from, into, STOPPED)).isInstanceOf(ImportCancelledException.class);
        assertThat(store.columns(into)).hasSize(1);
        assertThat(list(into).sheetCount()).isEqualTo(1);
    }

    @Test
    void whatWasLeftOutBecomesASheetWithItsValuesInPlace() throws Exception {
        long id = imported(
                "guests",
                "name,email\nAnn,a@x.org\nNo,nobody\nTwice,A@x.org\n\"broken\" x,q@x.org\nMore,m@x.org,,extra\n");

        long left = making.leftOut(id, "mend", Progress.NONE);

        RecipientList list = list(left);
        assertThat(list.mendsListId()).contains(id);
        assertThat(store.columns(left))
                .extracting(RecipientColumn::variable)
                .containsExactly("email", "name", "column_3", "column_4");
        assertThat(sheetRows(left))
                .extracting(row -> String.join("|", row))
                .containsExactly("nobody|No||", "A@x.org|Twice||", "\"broken\" x,q@x.org|||", "m@x.org|More||extra");
        assertThat(list.sheetCount()).isEqualTo(4);
        assertThat(list.rowCount()).isEqualTo(2);
    }

    @Test
    void whatIsMendedIsTakenInAndTheRestStays() throws Exception {
        long id = imported("guests", "email,name\na@x.org,Ann\nnobody,No\nA@x.org,Twice\nb@@x.org,Bea\n");
        long left = making.leftOut(id, "mend", Progress.NONE);
        assertThat(list(id).problemCount()).isEqualTo(3);
        long bea = sheets.ids(left, SheetQuery.ALL, PRACTICE)[2];
        editing.write(left, app.mailroom.model.SheetEdit.Kind.TYPED, List.of(new SheetEditing.Cell(bea, 0, "b@x.org")));

        Merged taken = making.takeIn(left, Progress.NONE);

        assertThat(taken.added()).isEqualTo(1);
        assertThat(taken.leftOut()).isEqualTo(1);
        assertThat(values(id)).containsExactly("a@x.org|Ann", "b@x.org|Bea");
        assertThat(list(id).problemCount()).isEqualTo(2);
        assertThat(store.problems(id, 0, 10)).extracting(ImportProblem::line).containsExactly(3L, 4L);
        assertThat(sheetRows(left)).extracting(row -> row.get(0)).containsExactly("nobody", "A@x.org");
        sheets.undo(left, rows -> {});
        assertThat(sheetRows(left)).hasSize(3);
        sheets.undo(id, rows -> {});
        assertThat(values(id)).containsExactly("a@x.org|Ann");
    }

    @Test
    void onlyAMendingListIsTakenIn() throws Exception {
        long id = imported("guests", "email\na@x.org\n");
        assertThatThrownBy(() -> making.takeIn(id, Progress.NONE)).isInstanceOf(NoSuchListException.class);
    }

    @Test
    void recipientsOfAMailingBecomeAListByTheStateOfTheirMessages() throws Exception {
        long plan = workspace.running(List.of("a@example.com", "b@example.com", "c@example.com"));
        workspace.execute("UPDATE messages SET state = 'BOUNCED' WHERE address IN ('a@example.com', 'c@example.com')");
        workspace.execute(
                "UPDATE messages SET address = 'erased-3', address_key = 'erased-3' WHERE address = 'c@example.com'");
        workspace.results.recount(plan);
        MessageFilter wanted =
                new MessageFilter(plan, Set.of(MessageState.BOUNCED, MessageState.COMPLAINED), null, null, "", false);

        long list = making.ofMessages(wanted, "plan 1", "bounced", Progress.NONE);

        assertThat(values(list)).containsExactly("a@example.com");
        assertThat(store.columns(list)).extracting(RecipientColumn::name).containsExactly("email");
        assertThat(list(list).source()).isEqualTo("plan 1");
        assertThat(list(list).templateId()).isPresent();
    }

    @Test
    void onlyThoseWhoMeetAllOfAFilterBecomeAList() throws Exception {
        long plan = workspace.running(List.of("a@example.com", "b@example.com", "ab@example.com"));

        long list = making.ofMessages(
                MessageFilter.all(plan).in(MessageState.PLANNED).beginning("a"), "plan 1", "with a", Progress.NONE);

        assertThat(values(list)).containsExactly("a@example.com", "ab@example.com");
    }

    private long imported(String name, String csv) throws Exception {
        Path file = folder.resolve(name + ".csv");
        Files.write(file, csv.getBytes(StandardCharsets.UTF_8));
        return new ListImport(store, sheets, workspace.clock)
                .run(RecipientFile.inspect(file, Optional.empty(), Optional.of(',')), name, Progress.NONE)
                .listId();
    }

    private long staged(String name, int rows) {
        long id = store.begin(name, "test", List.of(new RecipientColumn(0, 0, "email", "email")));
        List<String> addresses = TestWorkspace.addresses(rows);
        for (int from = 0; from < rows; from += RecipientStore.BATCH_LIMIT) {
            store.append(
                    id,
                    addresses.subList(from, Math.min(rows, from + RecipientStore.BATCH_LIMIT)).stream()
                            .map(address -> new StagedRow(address, address, FieldValues.toJson(List.of(address))))
                            .toList());
        }
        store.finish(id);
        return id;
    }

    private void paste(long id, List<List<String>> block) {
        try (SheetChange change = sheets.change(id, SheetEdit.Kind.PASTED, "")) {
            change.insert(0, block);
        }
    }

    private RecipientList list(long id) {
        return store.find(id).orElseThrow();
    }

    private List<String> values(long id) {
        return store.rows(id, 0L, 100).stream()
                .map(row -> String.join("|", row.values()))
                .toList();
    }

    private List<List<String>> sheetRows(long id) {
        List<Long> ids =
                Arrays.stream(sheets.ids(id, SheetQuery.ALL, PRACTICE)).boxed().toList();
        List<List<String>> rows = new ArrayList<>();
        for (SheetRow row : sheets.rows(id, ids, World.PRACTICE)) {
            rows.add(row.values());
        }
        return rows;
    }
}
