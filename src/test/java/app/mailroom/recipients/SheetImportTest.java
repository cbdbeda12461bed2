package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.SheetEdit;
import app.mailroom.store.Database;
import app.mailroom.store.NoSuchListException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetChange;
import app.mailroom.store.SheetStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports with a mapping, into new lists and into lists that are there. */
class SheetImportTest {
    @TempDir
    private Path folder;

    private Database database;
    private RecipientStore store;
    private SheetStore sheets;
    private ListImport lists;

    @BeforeEach
    void open() {
        Clock clock = Clock.systemUTC();
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        store = new RecipientStore(database, clock);
        sheets = new SheetStore(database, clock, AddressCell.RULES);
        lists = new ListImport(store, sheets, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewListGetsTheMappedColumnsAndThoseOfItsTemplate() throws Exception {
        RecipientFile file = inspect("Kunde,Mail,Alter,Notiz\nKim,kim@example.com,30,x\n");
        List<ColumnNeed> needs = List.of(new ColumnNeed("이름", "이름", true), new ColumnNeed("code", "code", true));
        ColumnMapping mapping = ColumnMatching.propose(file, List.of(), needs)
                .with(0, new ColumnTarget.New("이름", "이름"))
                .with(3, new ColumnTarget.LeftOut());

        ImportResult result =
                lists.run(file, mapping, new ImportTarget.NewList("List", Optional.empty(), needs), Progress.NONE);

        assertThat(store.columns(result.listId()))
                .extracting(RecipientColumn::name, RecipientColumn::variable)
                .containsExactly(
                        tuple("Mail", "email"), tuple("이름", "이름"), tuple("Alter", "alter"), tuple("code", "code"));
        assertThat(values(result.listId())).containsExactly(List.of("Kim", "kim@example.com", "30", ""));
    }

    @Test
    void appendingLeavesOutAddressesThatAreThere() throws Exception {
        long id = list("email,name\nkim@example.com,Kim\nlee@example.com,Lee\n");

        ImportResult result = into(
                id,
                ImportTarget.Mode.APPEND,
                "name,email,city\nNew,new@example.com,Seoul\nKIM,KIM@example.com,Busan\nBad,nobody,x\n"
                        + "Again,NEW@example.com,y\n");

        assertThat(values(id))
                .containsExactly(
                        List.of("kim@example.com", "Kim"),
                        List.of("lee@example.com", "Lee"),
                        List.of("new@example.com", "New", "Seoul"));
        assertThat(result.added()).isEqualTo(1);
        assertThat(result.leftOut())
                .isEqualTo(Map.of(ListImport.ALREADY_THERE, 1L, "NO_AT", 1L, ListImport.DUPLICATE, 1L));
        assertThat(store.problems(id, 0, 10))
                .extracting(
                        ImportProblem::line,
                        ImportProblem::reason,
                        problem -> problem.values().orElseThrow())
                .containsExactly(
                        tuple(3L, "ALREADY_THERE", List.of("KIM@example.com", "KIM", "Busan")),
                        tuple(4L, "NO_AT", List.of("nobody", "Bad", "x")),
                        tuple(5L, "DUPLICATE", List.of("NEW@example.com", "Again", "y")));
        assertThat(store.find(id)).get().satisfies(list -> {
            assertThat(list.rowCount()).isEqualTo(3);
            assertThat(list.problemCount()).isEqualTo(3);
        });
    }

    @Test
    void updatingOverwritesWhatIsMappedAndKeepsWhatTheFileLeavesEmpty() throws Exception {
        long id = list("email,name,city\nKim@example.com,Kim,Seoul\nlee@example.com,Lee,Busan\n");

        ImportResult result = into(
                id,
                ImportTarget.Mode.UPDATE,
                "email,city,name\nkim@EXAMPLE.com,Jeju,\nnew@example.com,Daegu,New\nkim@example.com,Ulsan,Twice\n");

        assertThat(values(id))
                .containsExactly(
                        List.of("Kim@example.com", "Kim", "Jeju"),
                        List.of("lee@example.com", "Lee", "Busan"),
                        List.of("new@example.com", "New", "Daegu"));
        assertThat(result.updated()).isEqualTo(1);
        assertThat(result.added()).isEqualTo(1);
        assertThat(result.leftOut()).isEqualTo(Map.of(ListImport.DUPLICATE, 1L));
    }

    @Test
    void updatingCanClearAndPassOverUnknownAddresses() throws Exception {
        long id = list("email,name\nkim@example.com,Kim\n");
        RecipientFile file = inspect("email,name\nkim@example.com,\nnew@example.com,New\n");

        ImportResult result = lists.run(
                file,
                ColumnMatching.propose(file, store.columns(id), List.of()),
                new ImportTarget.Existing(id, ImportTarget.Mode.UPDATE, true, false),
                Progress.NONE);

        assertThat(values(id)).containsExactly(List.of("kim@example.com", ""));
        assertThat(result.leftOut()).isEqualTo(Map.of(ListImport.NOT_THERE, 1L));
    }

    @Test
    void replacingPutsTheFileInPlaceOfAllRowsAndIsUndoneInOneStep() throws Exception {
        long id = list("email,name\nkim@example.com,Kim\nlee@example.com,Lee\n");
        List<RecipientColumn> columns = store.columns(id);

        ImportResult result = into(
                id, ImportTarget.Mode.REPLACE, "email,name,extra\nnew@example.com,New,x\nkim@example.com,Kim2,y\n");

        assertThat(result.added()).isEqualTo(2);
        assertThat(values(id))
                .containsExactly(List.of("new@example.com", "New", "x"), List.of("kim@example.com", "Kim2", "y"));
        assertThat(sheets.undoable(id)).map(SheetEdit::kind).contains(SheetEdit.Kind.IMPORTED);

        sheets.undo(id, rows -> {});

        assertThat(values(id)).containsExactly(List.of("kim@example.com", "Kim"), List.of("lee@example.com", "Lee"));
        assertThat(store.columns(id)).isEqualTo(columns);
        assertThat(sheets.undoable(id)).isEmpty();

        sheets.redo(id, rows -> {});

        assertThat(values(id))
                .containsExactly(List.of("new@example.com", "New", "x"), List.of("kim@example.com", "Kim2", "y"));
    }

    @Test
    void theLastImportSaysWhatWasLeftOut() throws Exception {
        long id = list("email\nbad\nkim@example.com\n");

        into(id, ImportTarget.Mode.APPEND, "email\nlee@example.com\nworse\n");

        assertThat(store.problems(id, 0, 10)).extracting(ImportProblem::row).containsExactly("worse");
        assertThat(store.find(id)).map(RecipientList::problemCount).contains(1L);
    }

    @Test
    void aCancelledImportLeavesTheListAndItsProblemsAsTheyWere() throws Exception {
        long id = list("email,name\nbad,x\nkim@example.com,Kim\n");
        List<RecipientColumn> columns = store.columns(id);
        StringBuilder rows = new StringBuilder("email,name,extra\n");
        for (int i = 0; i < 25_000; i++) {
            rows.append("user")
                    .append(i)
                    .append(i % 100 == 0 ? "" : "@example.com")
                    .append(",User,x\n");
        }
        RecipientFile file = inspect(rows.toString());
        Progress stop = new Progress() {
            private long seen;

            @Override
            public void at(long read, long bytesRead, long bytesTotal) {
                seen = read;
            }

            @Override
            public boolean cancelled() {
                return seen >= 24_000
                        || sheets.undoable(id).map(SheetEdit::rows).orElse(0L) > 20_000;
            }
        };

        assertThatThrownBy(() -> lists.run(
                        file,
                        ColumnMatching.propose(file, store.columns(id), List.of()),
                        new ImportTarget.Existing(id, ImportTarget.Mode.REPLACE),
                        stop))
                .isInstanceOf(ImportCancelledException.class);

        assertThat(values(id)).containsExactly(List.of("kim@example.com", "Kim"));
        assertThat(store.columns(id)).isEqualTo(columns);
        assertThat(store.problems(id, 0, 10)).extracting(ImportProblem::reason).containsExactly("NO_AT");
        assertThat(store.find(id)).get().satisfies(list -> {
            assertThat(list.rowCount()).isEqualTo(1);
            assertThat(list.problemCount()).isEqualTo(1);
        });
        assertThat(sheets.undoable(id)).isEmpty();
    }

    @Test
    void aFileThatBreaksLeavesTheListAsItWas() throws Exception {
        long id = list("email,name\nkim@example.com,Kim\n");
        RecipientFile file = inspect("email,name\n" + "\"a\"b,x\n".repeat(200));

        assertThatThrownBy(() -> lists.run(
                        file,
                        ColumnMatching.propose(file, store.columns(id), List.of()),
                        new ImportTarget.Existing(id, ImportTarget.Mode.REPLACE),
                        Progress.NONE))
                .isInstanceOf(RecipientFileException.class);

        assertThat(values(id)).containsExactly(List.of("kim@example.com", "Kim"));
    }

    @Test
    void takesStepsOfManyRows() throws Exception {
        long id = list("email,n\nuser7@example.com,0\n");
        StringBuilder rows = new StringBuilder("email,n\n");
        for (int i = 0; i < 45_000; i++) {
            rows.append("user").append(i).append("@example.com,1\n");
        }
        rows.append("USER3@example.com,2\n");

        ImportResult result = into(id, ImportTarget.Mode.UPDATE, rows.toString());

        assertThat(result.updated()).isEqualTo(1);
        assertThat(result.added()).isEqualTo(44_999);
        assertThat(result.leftOut()).isEqualTo(Map.of(ListImport.DUPLICATE, 1L));
        assertThat(store.find(id)).map(RecipientList::rowCount).contains(45_000L);
        sheets.undo(id, done -> {});
        assertThat(values(id)).containsExactly(List.of("user7@example.com", "0"));
    }

    @Test
    void refusesAListThatIsGoneAndAMappingWithoutAddresses() throws Exception {
        RecipientFile file = inspect("email\nkim@example.com\n");
        ColumnMapping none = new ColumnMapping(List.of(new ColumnTarget.LeftOut()));

        assertThatThrownBy(() -> into(99, ImportTarget.Mode.APPEND, "email\nkim@example.com\n"))
                .isInstanceOf(NoSuchListException.class);
        assertThatThrownBy(() -> lists.run(file, none, new ImportTarget.NewList("x"), Progress.NONE))
                .isInstanceOfSatisfying(
                        RecipientFileException.class,
                        e -> assertThat(e.code()).isEqualTo(RecipientFileFault.NO_ADDRESS_COLUMN));
    }

    @Test
    void refusesAColumnThatWasDeletedSinceItWasChosen() throws Exception {
        long listId = list("email,name\nkim@example.com,Kim\n");
        RecipientFile file = inspect("email,name\nlee@example.com,Lee\n");
        ColumnMapping mapping = ColumnMatching.propose(file, store.columns(listId), List.of());
        int slot = store.columns(listId).get(1).slot();
        try (SheetChange change = sheets.change(listId, SheetEdit.Kind.COLUMN_DELETED, "")) {
            change.deleteColumn(slot);
        }

        assertThatThrownBy(() -> lists.run(
                        file,
                        mapping,
                        new ImportTarget.Existing(listId, ImportTarget.Mode.REPLACE, false, false),
                        Progress.NONE))
                .isInstanceOf(RecipientFileException.class)
                .hasMessageContaining("name");
        assertThat(values(listId)).hasSize(1);
        assertThat(sheets.undoable(listId)).map(SheetEdit::kind).contains(SheetEdit.Kind.COLUMN_DELETED);
    }

    private long list(String csv) throws Exception {
        return lists.run(inspect(csv), "List", Progress.NONE).listId();
    }

    private ImportResult into(long listId, ImportTarget.Mode mode, String csv) throws Exception {
        RecipientFile file = inspect(csv);
        return lists.run(
                file,
                ColumnMatching.propose(file, store.columns(listId), List.of()),
                new ImportTarget.Existing(listId, mode),
                Progress.NONE);
    }

    private List<List<String>> values(long listId) {
        return store.rows(listId, 0L, 100).stream().map(RecipientRow::values).toList();
    }

    private static RecipientFile inspect(String text) throws Exception {
        return RecipientFile.inspect(new RecipientSource.OfText(text), ReadAs.FOUND_OUT);
    }
}
