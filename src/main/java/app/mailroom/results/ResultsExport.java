package app.mailroom.results;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.AuditStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * The way of results out of the program: each asks for {@link Right#EXPORT} before anything is written, and is told once all of
 * it is.
 */
public final class ResultsExport {
    /** Writes something somewhere. */
    @FunctionalInterface
    public interface Writing<E extends Exception> {
        /** Writes all of it and returns how many rows that were; none where it has no rows. */
        long run() throws E;
    }

    private final Access access;
    private final AuditStore audit;
    private final ZoneId zone;

    /**
     * For whoever uses the program.
     *
     * @param audit of the same person
     * @param zone times are written as its clocks show them
     */
    public ResultsExport(Access access, AuditStore audit, ZoneId zone) {
        this.access = access;
        this.audit = audit;
        this.zone = zone;
    }

    /**
     * Writes a table as comma-separated text; see {@link TableFiles#toText}.
     *
     * @param subject what the audit says was exported
     * @throws app.mailroom.model.NotAllowedException when they may not export; nothing is written
     */
    public long toText(String subject, ResultTable table, boolean marked, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        access.require(Right.EXPORT);
        long rows = new TableFiles(zone).toText(table, marked, file, progress);
        tell(subject, rows + " rows, CSV");
        return rows;
    }

    /** Writes tables as a workbook; see {@link TableFiles#toWorkbook}. Otherwise the same. */
    public long toWorkbook(String subject, List<ResultTable> tables, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        access.require(Right.EXPORT);
        long rows = new TableFiles(zone).toWorkbook(tables, file, progress);
        tell(subject, rows + " rows, XLSX");
        return rows;
    }

    /** Writes a report as a page of PDF. Otherwise the same. */
    public void report(String subject, ReportPage page, Path file) throws IOException, ImportCancelledException {
        access.require(Right.EXPORT);
        new PdfReport().write(page, file);
        tell(subject, "PDF");
    }

    /** Writes in some other way, such as message by message. Otherwise the same. */
    public <E extends Exception> long inAnotherWay(String subject, String what, Writing<E> writing) throws E {
        access.require(Right.EXPORT);
        long rows = writing.run();
        tell(subject, rows == 0 ? what : rows + " " + what);
        return rows;
    }

    private void tell(String subject, String detail) {
        audit.add(AuditAction.RESULTS_EXPORTED, subject, detail);
    }
}
