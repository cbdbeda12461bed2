package app.mailroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.SettableClock;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.AuditQuery;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditExportTest {
    private static final AuditExport.Words WORDS = new AuditExport.Words(
            "Record",
            List.of("Time (UTC)", "Who", "What", "Code", "On what", "Details"),
            code -> code.equals("LIST_MADE") ? "Made a list" : code);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Database database;
    private AuditStore audit;
    private AuditExport export;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, clock);
        audit = new AuditStore(database, clock);
        export = new AuditExport(audit);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void textHasARowForEachEntryWithItsTimeInUtc() throws Exception {
        audit.add("kim", "LIST_MADE", "list 1 “Customers”", "=12 rows");
        audit.add("lee", "OLDER_THAN_ALL_WORDS", "", "");
        Path file = folder.resolve("record.csv");

        assertThat(export.toText(AuditQuery.ALL, WORDS, false, file, Progress.NONE))
                .isEqualTo(2);

        String at = clock.instant().toString();
        assertThat(at).endsWith("Z");
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "\"Time (UTC)\",\"Who\",\"What\",\"Code\",\"On what\",\"Details\"",
                        "\"" + at + "\",\"lee\",\"OLDER_THAN_ALL_WORDS\",\"OLDER_THAN_ALL_WORDS\",\"\",\"\"",
                        "\"" + at + "\",\"kim\",\"Made a list\",\"LIST_MADE\",\"list 1 “Customers”\",\"'=12 rows\"");
    }

    @Test
    void aWorkbookHasTheSameRows() throws Exception {
        audit.add("kim", "LIST_MADE", "list 1", "");
        Path file = folder.resolve("record.xlsx");

        assertThat(export.toWorkbook(AuditQuery.ALL, WORDS, file, Progress.NONE))
                .isEqualTo(1);

        try (InputStream stream = Files.newInputStream(file);
                ReadableWorkbook workbook = new ReadableWorkbook(stream)) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(workbook.getFirstSheet().getName()).isEqualTo("Record");
            assertThat(rows.get(1).getCellText(0)).isEqualTo(clock.instant().toString());
            assertThat(rows.get(1).getCellText(2)).isEqualTo("Made a list");
        }
    }

    @Test
    void moreThanOnePageIsWrittenAndOnlyWhatIsWanted() throws Exception {
        for (int i = 0; i < 1_010; i++) {
            audit.add(i < 5 ? "lee" : "kim", "LIST_MADE", "list " + i, "");
        }
        Path file = folder.resolve("record.csv");
        AuditQuery kim = new AuditQuery("", Set.of(), Set.of("kim"), Set.of(), Optional.empty(), Optional.empty());

        assertThat(export.toText(kim, WORDS, false, file, Progress.NONE)).isEqualTo(1_005);

        assertThat(Files.readAllLines(file)).hasSize(1_006).noneMatch(line -> line.contains("\"lee\""));
    }

    @Test
    void theExportIsWrittenDownItself() throws Exception {
        audit.add("kim", "LIST_MADE", "list 1", "");

        export.toText(AuditQuery.ALL, WORDS, true, folder.resolve("mine.csv"), Progress.NONE);

        AuditEntry newest = audit.newest(1).get(0);
        assertThat(newest.action()).isEqualTo("AUDIT_EXPORTED");
        assertThat(newest.detail()).isEqualTo("1 entries to mine.csv");
    }

    @Test
    void whatIsStoppedLeavesNoFileAndNoEntry() {
        audit.add("kim", "LIST_MADE", "list 1", "");
        Path file = folder.resolve("record.csv");
        Progress stopped = new Progress() {
            @Override
            public void at(long rows, long done, long inAll) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> export.toText(AuditQuery.ALL, WORDS, true, file, stopped))
                .isInstanceOf(ImportCancelledException.class);

        assertThat(file).doesNotExist();
        assertThat(audit.newest(10)).hasSize(1);
    }
}
