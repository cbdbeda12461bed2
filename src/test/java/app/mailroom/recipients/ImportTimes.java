package app.mailroom.recipients;

import app.mailroom.store.Database;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Measures imports of six columns: how long they take and how much memory they need at most. Run by hand with a folder and
 * {@code -Xmx300m}.
 */
final class ImportTimes {
    private static final int CSV_ROWS = 1_000_000;
    private static final int WORKBOOK_ROWS = 200_000;

    private ImportTimes() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path csv = folder.resolve("rows.csv");
        Path xlsx = folder.resolve("rows.xlsx");
        if (!Files.exists(csv)) {
            writeCsv(csv);
            writeWorkbook(xlsx);
        }
        Clock clock = Clock.systemUTC();
        Path file = folder.resolve("workspace.sqlite");
        for (String left : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(file + left));
        }
        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            RecipientStore store = new RecipientStore(database, clock);
            ListImport lists = new ListImport(store, new SheetStore(database, clock, AddressCell.RULES), clock);
            long[] ids = new long[2];
            measure("CSV, new list, " + CSV_ROWS, () -> ids[0] = intoNew(lists, csv, "CSV"));
            measure("XLSX, new list, " + WORKBOOK_ROWS, () -> ids[1] = intoNew(lists, xlsx, "XLSX"));
            measure("XLSX, update " + WORKBOOK_ROWS + " of " + CSV_ROWS, () -> into(lists, store, xlsx, ids[0]));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void measure(String what, Work work) throws Exception {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long from = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - from) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf("%-40s %6.1f s, heap at most %d MB%n", what, seconds, peak >> 20);
    }

    private static long intoNew(ListImport lists, Path file, String name) throws Exception {
        RecipientFile read = inspect(file);
        return lists.run(
                        read,
                        ColumnMatching.propose(read, List.of(), List.of()),
                        new ImportTarget.NewList(name),
                        Progress.NONE)
                .listId();
    }

    private static void into(ListImport lists, RecipientStore store, Path file, long listId) throws Exception {
        RecipientFile read = inspect(file);
        lists.run(
                read,
                ColumnMatching.propose(read, store.columns(listId), List.of()),
                new ImportTarget.Existing(listId, ImportTarget.Mode.UPDATE),
                Progress.NONE);
    }

    private static RecipientFile inspect(Path file) throws IOException, RecipientFileException {
        return RecipientFile.inspect(new RecipientSource.OfFile(file), ReadAs.FOUND_OUT);
    }

    private static void writeCsv(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("email,name,city,code,amount,note\n");
            for (int i = 0; i < CSV_ROWS; i++) {
                out.write(String.join(",", row(i)) + "\n");
            }
        }
    }

    private static void writeWorkbook(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Rows");
            String[] names = {"email", "name", "city", "code", "amount", "note"};
            for (int column = 0; column < names.length; column++) {
                sheet.value(0, column, names[column]);
            }
            for (int i = 0; i < WORKBOOK_ROWS; i++) {
                List<String> row = row(i * 3);
                for (int column = 0; column < row.size(); column++) {
                    sheet.value(i + 1, column, row.get(column));
                }
                sheet.value(i + 1, 4, i * 1.5);
            }
        }
    }

    private static List<String> row(int i) {
        return List.of(
                "recipient" + i + "@example.com",
                "Recipient number " + i,
                "City " + i % 500,
                "C-" + (100_000_000L + i),
                String.valueOf(i % 1000),
                "A short note for row " + i);
    }
}
