package app.mailroom.results;

import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.AuditQuery;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.AuditStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes what the audit tells into a file. Times are ISO 8601 in UTC, so that any program sorts and compares them. */
public final class AuditExport {
    private static final int STEP = 1_000;

    /**
     * In the language of whoever asked for the file.
     *
     * @param title of a worksheet
     * @param columns the headers: time, who, what, its code, on what, details
     * @param action what was done, by its code
     */
    public record Words(String title, List<String> columns, UnaryOperator<String> action) {
        /** Keeps a copy of the headers. */
        public Words {
            columns = List.copyOf(columns);
            if (columns.size() != 6) {
                throw new IllegalArgumentException("six columns have a header each, not " + columns.size());
            }
        }
    }

    private final AuditStore audit;
    private final TableFiles files = new TableFiles(ZoneOffset.UTC);

    /** Out of this audit, which is told of each file that was written. */
    public AuditExport(AuditStore audit) {
        this.audit = audit;
    }

    /**
     * Writes what is wanted as comma-separated text, the newest entry first.
     *
     * @param marked whether the file begins with a byte order mark, without which Excel takes it for another encoding
     * @return how many entries were written
     * @throws ImportCancelledException when {@code progress} asked to stop
     * @throws app.mailroom.model.NotAllowedException without the right to read the audit
     */
    public long toText(AuditQuery query, Words words, boolean marked, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        long written = files.toText(table(query, words, progress), marked, file, progress);
        return told(written, file);
    }

    /** The same as a workbook for Excel, with {@link UnfitForWorkbookException} for more than it can hold. */
    public long toWorkbook(AuditQuery query, Words words, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        long written = files.toWorkbook(List.of(table(query, words, progress)), file, progress);
        return told(written, file);
    }

    private long told(long written, Path file) {
        String name = String.valueOf(file.getFileName());
        audit.add(AuditAction.AUDIT_EXPORTED, "audit", written + " entries to " + name);
        return written;
    }

    private ResultTable table(AuditQuery query, Words words, Progress progress) throws ImportCancelledException {
        int all = audit.count(query, Integer.MAX_VALUE - 1);
        List<List<Object>> rows = new ArrayList<>();
        AuditEntry last = null;
        List<AuditEntry> page;
        do {
            if (progress.cancelled()) {
                throw new ImportCancelledException();
            }
            progress.at(rows.size(), rows.size(), all);
            page = audit.page(query, last, STEP);
            for (AuditEntry entry : page) {
                last = entry;
                rows.add(row(entry, words));
            }
        } while (page.size() == STEP);
        return new ResultTable(words.title(), words.columns(), rows);
    }

    private static List<Object> row(AuditEntry entry, Words words) {
        return List.of(
                entry.at().toString(),
                entry.actor(),
                words.action().apply(entry.action()),
                entry.action(),
                entry.subject(),
                entry.detail());
    }
}
