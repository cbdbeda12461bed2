package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.SettableClock;
import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.recipients.SheetEditing.Patch;
import app.mailroom.recipients.SheetEditing.Replacement;
import app.mailroom.recipients.SheetEditing.Written;
import app.mailroom.store.Database;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetChange;
import app.mailroom.store.SheetStore;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.TemplateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetEditingTest {
    private static final SheetSituation SITUATION = new SheetSituation(World.PRACTICE, Set.of());

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Database database;
    private RecipientStore recipients;
    private SheetStore sheets;
    private SheetEditing editing;
    private long list;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, clock);
        recipients = new RecipientStore(database, clock);
        sheets = new SheetStore(database, clock, AddressCell.RULES);
        editing = new SheetEditing(recipients, sheets);
        list = recipients.begin(
                "guests",
                "test",
                List.of(new RecipientColumn(0, 0, "E-Mail", "email"), new RecipientColumn(1, 1, "City", "city")));
        recipients.finish(list);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aBlockIsWrittenIntoRowsAndBelowThem() throws Exception {
        fill("a@example.com,Seoul", "b@example.com,Busan");
        Written written = write(1, 0, "b2@example.com,Incheon", "c@example.com,Daegu");
        assertThat(written.inserted()).hasSize(1);
        assertThat(written.edit()).get().extracting(SheetEdit::kind).isEqualTo(SheetEdit.Kind.PASTED);
        assertThat(lines()).containsExactly("a@example.com,Seoul", "b2@example.com,Incheon", "c@example.com,Daegu");
        sheets.undo(list, rows -> {});
        assertThat(lines()).containsExactly("a@example.com,Seoul", "b@example.com,Busan");
    }

    @Test
    void whatLiesFurtherRightGetsColumnsUnderFreeNames() throws Exception {
        editing.insertColumn(list, 2, "Column 4");
        fill("a@example.com,Seoul");
        write(0, 1, "Busan,x,y,z");
        assertThat(names()).containsExactly("E-Mail", "City", "Column 4", "Column 5", "Column 6");
        assertThat(lines()).containsExactly("a@example.com,Busan,x,y,z");
        sheets.undo(list, rows -> {});
        assertThat(names()).containsExactly("E-Mail", "City", "Column 4");
    }

    @Test
    void emptyRowsComeBetweenTheLastRowAndWhatIsTypedFurtherDown() throws Exception {
        fill("a@example.com,Seoul");
        Written written = editing.write(
                list,
                SheetEdit.Kind.TYPED,
                new long[0],
                new Patch(List.of(0), TextBlock.of("z@example.com", 1, 1), 3),
                this::column,
                Progress.NONE);
        assertThat(written.inserted()).hasSize(4);
        assertThat(lines()).containsExactly("a@example.com,Seoul", ",", ",", ",", "z@example.com,");
        assertThat(written.inserted().get(3)).isEqualTo(ids()[4]);
    }

    @Test
    void aSmallBlockFillsALargerOne() throws Exception {
        fill("a@example.com,1", "b@example.com,2", "c@example.com,3", "d@example.com,4");
        editing.write(
                list,
                SheetEdit.Kind.PASTED,
                ids(),
                new Patch(
                        List.of(1),
                        TextBlock.of(List.of(List.of("x"), List.of("y"))).repeated(4, 1),
                        0),
                this::column,
                Progress.NONE);
        assertThat(lines()).containsExactly("a@example.com,x", "b@example.com,y", "c@example.com,x", "d@example.com,y");
    }

    @Test
    void aPastedTableFindsItsColumnsAndAddsTheOthers() throws Exception {
        Optional<SheetEdit> edit = editing.pasteTable(
                list,
                List.of(
                        List.of("city", "Mail to", "Birthday", "Birthday", ""),
                        List.of("Seoul", "a@example.com", "1 May", "x", "y"),
                        List.of("Busan", "b@example.com")),
                this::column,
                Progress.NONE);
        assertThat(edit).isPresent();
        assertThat(names()).containsExactly("E-Mail", "City", "Birthday", "Birthday 2", "Column 5");
        assertThat(lines()).containsExactly("a@example.com,Seoul,1 May,x,y", "b@example.com,Busan,,,");
    }

    @Test
    void aPastedTableFindsItsAddressesByTheNameOfTheirColumn() throws Exception {
        List<List<String>> block = List.of(
                List.of("city", "email"), List.of("Seoul", "Kim <kim@x.com>"), List.of("Busan", "Lee <lee@x.com>"));
        assertThat(editing.pasteTable(list, block, this::column, Progress.NONE)).isPresent();
        assertThat(names()).containsExactly("E-Mail", "City");
        assertThat(lines()).containsExactly("Kim <kim@x.com>,Seoul", "Lee <lee@x.com>,Busan");
    }

    @Test
    void aBlockThatBeginsWithAnAddressIsNoTable() throws Exception {
        List<List<String>> block = List.of(List.of("a@example.com", "Seoul"), List.of("b@example.com", "Busan"));
        assertThat(editing.pasteTable(list, block, this::column, Progress.NONE)).isEmpty();
        assertThat(ids()).isEmpty();
        assertThat(sheets.undoable(list)).isEmpty();
    }

    @Test
    void aBlockWithoutAddressesOrKnownNamesIsNoTable() throws Exception {
        List<List<String>> block = List.of(List.of("one", "two"), List.of("three", "four"));
        assertThat(editing.pasteTable(list, block, this::column, Progress.NONE)).isEmpty();
    }

    @Test
    void whatIsCancelledIsTakenBack() throws Exception {
        fill("a@example.com,Seoul");
        List<List<String>> many = IntStream.range(0, SheetChange.ROWS_AT_ONCE + 10)
                .mapToObj(i -> List.of("reader" + i + "@example.com"))
                .toList();
        Progress afterOneStep = new Progress() {
            private long done;

            @Override
            public void at(long rows, long read, long inAll) {
                done = rows;
            }

            @Override
            public boolean cancelled() {
                return done > 0 || ids().length > 1;
            }
        };
        assertThatThrownBy(() -> editing.write(
                        list,
                        SheetEdit.Kind.PASTED,
                        ids(),
                        new Patch(List.of(0), TextBlock.of(many), 0),
                        this::column,
                        afterOneStep))
                .isInstanceOf(ImportCancelledException.class);
        assertThat(lines()).containsExactly("a@example.com,Seoul");
        assertThat(sheets.undoable(list)).get().extracting(SheetEdit::rows).isEqualTo(1L);
    }

    @Test
    void textIsReplacedAsItWasAskedFor() throws Exception {
        fill("seoul@example.com,Seoul", "b@example.com,SEOUL tower", "c@example.com,Busan");
        replace("seoul", "Jeju", false, false, List.of(1));
        assertThat(lines())
                .containsExactly("seoul@example.com,Jeju", "b@example.com,Jeju tower", "c@example.com,Busan");
        replace("Jeju", "x$1", true, true, List.of());
        assertThat(lines()).containsExactly("seoul@example.com,x$1", "b@example.com,Jeju tower", "c@example.com,Busan");
        assertThat(replace("example", "example", true, false, List.of())).isEmpty();
    }

    @Test
    void wordsOfOtherScriptsAreFoundInEitherCase() throws Exception {
        fill("a@example.com,ÉCOLE", "b@example.com,école");
        replace("École", "school", false, false, List.of());
        assertThat(lines()).containsExactly("a@example.com,school", "b@example.com,school");
    }

    @Test
    void duplicatesAreRemovedAndComeBack() throws Exception {
        fill("a@example.com,1", "A@example.com,2", "b@example.com,3", "a@example.com,4");
        Optional<SheetEdit> edit = editing.removeDuplicates(list, Progress.NONE);
        assertThat(edit).get().extracting(SheetEdit::rows).isEqualTo(2L);
        assertThat(lines()).containsExactly("a@example.com,1", "b@example.com,3");
        sheets.undo(list, rows -> {});
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(1)).isEqualTo("A@example.com,2");
    }

    @Test
    void suppressedRowsAreRemoved() throws Exception {
        fill("a@example.com,1", "b@example.com,2");
        new SuppressionStore(database, clock).add("B@example.com", "MANUAL", "");
        editing.removeSuppressed(list, World.LIVE, Progress.NONE);
        assertThat(lines()).containsExactly("a@example.com,1");
    }

    @Test
    void mistypedAddressesAreMended() throws Exception {
        List<Long> ids = editing.write(
                        list,
                        SheetEdit.Kind.PASTED,
                        new long[0],
                        new Patch(List.of(0), TextBlock.of("mina@gmial.com", 1, 1), 0),
                        this::column,
                        Progress.NONE)
                .inserted();
        Optional<String> meant = sheets.rows(list, ids, World.PRACTICE).get(0).meant();
        editing.mendAddresses(list, Progress.NONE);
        assertThat(lines()).containsExactly(meant.orElse("mina@gmial.com") + ",");
    }

    @Test
    void aTemplateBringsTheColumnsThatAreMissing() {
        TemplateStore templates = new TemplateStore(database, clock);
        TemplateContent content = new TemplateContent("Hello {{name}}", "", "<p>{{city}} {{code|none}} {{email}}</p>");
        long template = templates.create("Invitation", content, "test");
        List<ColumnNeed> needs = TemplateColumns.needs(content);
        editing.followTemplate(list, template, needs);
        assertThat(names()).containsExactly("E-Mail", "City", "name", "code");
        assertThat(recipients.find(list).orElseThrow().templateId()).contains(template);
        assertThat(TemplateColumns.requiredSlots(needs, recipients.columns(list)))
                .hasSize(2);
        assertThat(editing.followTemplate(list, template, needs)).isEmpty();
        sheets.undo(list, rows -> {});
        assertThat(names()).containsExactly("E-Mail", "City");
        assertThat(recipients.find(list).orElseThrow().templateId()).isEmpty();
    }

    @Test
    void columnsAreNamedApart() {
        editing.insertColumn(list, 1, "First Name");
        assertThat(names()).containsExactly("E-Mail", "First Name", "City");
        assertThat(recipients.columns(list).get(1).variable()).isEqualTo("first_name");
        assertThatThrownBy(() -> editing.insertColumn(list, 1, "first name")).isInstanceOf(NameTakenException.class);
        int slot = recipients.columns(list).get(1).slot();
        assertThatThrownBy(() -> editing.renameColumn(list, slot, "CITY")).isInstanceOf(NameTakenException.class);
        editing.renameColumn(list, slot, "FIRST name");
        editing.renameColumn(list, 0, "Address");
        assertThat(names()).containsExactly("Address", "FIRST name", "City");
        assertThat(recipients.columns(list).get(0).variable()).isEqualTo("email");
    }

    @Test
    void aDeletedColumnComesBackWithWhatStoodInIt() throws Exception {
        fill("a@example.com,Seoul");
        editing.deleteColumn(list, 1);
        assertThat(names()).containsExactly("E-Mail");
        sheets.undo(list, rows -> {});
        assertThat(names()).containsExactly("E-Mail", "City");
        assertThat(lines()).containsExactly("a@example.com,Seoul");
    }

    @Test
    void rowsAreInsertedAboveAnother() throws Exception {
        fill("a@example.com,1", "b@example.com,2");
        List<Long> inserted = editing.insertRows(list, ids()[1], 2);
        assertThat(ids()).hasSize(4);
        assertThat(inserted).containsExactly(ids()[1], ids()[2]);
        assertThat(lines()).containsExactly("a@example.com,1", ",", ",", "b@example.com,2");
    }

    private void fill(String... lines) throws ImportCancelledException {
        editing.write(
                list,
                SheetEdit.Kind.PASTED,
                new long[0],
                new Patch(List.of(0, 1), block(lines), 0),
                this::column,
                Progress.NONE);
    }

    private Written write(int row, int column, String... lines) throws ImportCancelledException {
        long[] ids = ids();
        List<Integer> slots =
                recipients.columns(list).stream().map(RecipientColumn::slot).toList();
        return editing.write(
                list,
                SheetEdit.Kind.PASTED,
                Arrays.copyOfRange(ids, row, ids.length),
                new Patch(
                        slots.subList(
                                column,
                                Math.min(slots.size(), column + block(lines).width())),
                        block(lines),
                        0),
                this::column,
                Progress.NONE);
    }

    private Optional<SheetEdit> replace(
            String find, String put, boolean matchCase, boolean wholeCell, List<Integer> slots)
            throws ImportCancelledException {
        return editing.replaceAll(
                list,
                SheetQuery.ALL,
                SITUATION,
                new Replacement(new FindText(find, matchCase, wholeCell), put, slots),
                Progress.NONE);
    }

    private String column(int number) {
        return "Column " + number;
    }

    private static TextBlock block(String... lines) {
        return TextBlock.of(
                Arrays.stream(lines).map(line -> List.of(line.split(",", -1))).toList());
    }

    private long[] ids() {
        return sheets.ids(list, SheetQuery.ALL, SITUATION);
    }

    private List<String> names() {
        return recipients.columns(list).stream().map(RecipientColumn::name).toList();
    }

    /** What stands in the columns, row by row. */
    private List<String> lines() {
        List<RecipientColumn> columns = recipients.columns(list);
        List<Long> ids = new ArrayList<>();
        for (long id : ids()) {
            ids.add(id);
        }
        List<String> lines = new ArrayList<>();
        for (SheetRow row : sheets.rows(list, ids, World.PRACTICE)) {
            lines.add(String.join(
                    ",",
                    columns.stream().map(column -> row.value(column.slot())).toList()));
        }
        return lines;
    }
}
