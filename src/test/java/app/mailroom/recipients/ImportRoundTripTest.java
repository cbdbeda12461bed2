package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.RecipientRow;
import app.mailroom.store.Database;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Whatever a table holds, it is the same in the list after it was written to a file and imported. */
class ImportRoundTripTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable Path folder;
    private static @Nullable Database database;

    @BeforeContainer
    static void open() throws IOException {
        Path made = Files.createTempDirectory("round-trip");
        folder = made;
        database = Database.open(made.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC());
    }

    @AfterContainer
    static void close() throws IOException {
        Database open = database;
        Path made = folder;
        if (open != null && made != null) {
            open.close();
            try (Stream<Path> files = Files.walk(made)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Property(tries = 40)
    void aTableWrittenAsCsvIsImportedAsItWas(@ForAll("tables") List<List<String>> table) throws Exception {
        Path file = file(".csv");
        try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
            rows(table).forEach(csv::writeRecord);
        }

        assertThat(imported(file)).isEqualTo(expected(table));
    }

    @Property(tries = 40)
    void aTableWrittenAsAWorkbookIsImportedAsItWas(@ForAll("tables") List<List<String>> table) throws Exception {
        Path file = file(".xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Table");
            List<List<String>> rows = rows(table);
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    sheet.value(row, column, rows.get(row).get(column));
                }
            }
        }

        assertThat(imported(file)).isEqualTo(expected(table));
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> value =
                Arbitraries.strings().withChars("ab0,;\t|\"'\n =+-@<>&김€").ofMaxLength(8);
        return value.list().ofSize(3).list().ofMinSize(1).ofMaxSize(12);
    }

    /** With names, and an address of its own for each row. */
    private static List<List<String>> rows(List<List<String>> table) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("one", "email", "two", "three"));
        rows.addAll(expected(table));
        return rows;
    }

    private static List<List<String>> expected(List<List<String>> table) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            List<String> row = table.get(i);
            rows.add(List.of(row.get(0), "user" + i + "@example.com", row.get(1), row.get(2)));
        }
        return rows;
    }

    private static List<List<String>> imported(Path file) throws Exception {
        Database open = Objects.requireNonNull(database);
        RecipientStore store = new RecipientStore(open, Clock.systemUTC());
        SheetStore sheets = new SheetStore(open, Clock.systemUTC(), AddressCell.RULES);
        RecipientFile read = RecipientFile.inspect(
                new RecipientSource.OfFile(file), ReadAs.FOUND_OUT.by(',').in(StandardCharsets.UTF_8));
        ImportResult result = new ListImport(store, sheets, Clock.systemUTC())
                .run(
                        read,
                        ColumnMatching.propose(read, List.of(), List.of()),
                        new ImportTarget.NewList("List " + COUNT.incrementAndGet()),
                        Progress.NONE);
        assertThat(result.problems()).isZero();
        return store.rows(result.listId(), 0L, 100).stream()
                .map(RecipientRow::values)
                .toList();
    }

    private static Path file(String ending) {
        return Objects.requireNonNull(folder).resolve("table" + COUNT.incrementAndGet() + ending);
    }
}
