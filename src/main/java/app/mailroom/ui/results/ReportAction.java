package app.mailroom.ui.results;

import app.mailroom.model.Right;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.results.MailingReport;
import app.mailroom.results.ResultTables;
import app.mailroom.results.ResultsExport;
import app.mailroom.results.WholeResults;
import app.mailroom.store.AuditStore;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.ResultFiles.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

/** The buttons that write all results of one mailing into a file: as a report on one page, or as tables. JavaFX thread only. */
final class ReportAction {
    private final ScreenContext context;
    private final Texts texts;
    private final long planId;
    private final ResultFiles files;
    private final HBox node;

    ReportAction(ScreenContext context, long planId) {
        this.context = context;
        this.texts = context.texts();
        this.planId = planId;
        this.files = new ResultFiles(context);
        Button report = Look.button(texts.get("report.button"), "fth-file-text", () -> ask(List.of(Kind.PDF)));
        report.setId("report-pdf");
        Button export =
                Look.button(texts.get("report.export"), "fth-download", () -> ask(List.of(Kind.XLSX, Kind.CSV)));
        export.setId("export-results");
        List.of(report, export).forEach(button -> context.permits().need(Right.EXPORT, button));
        node = new HBox(8, report, export);
    }

    /** The buttons. */
    Node node() {
        return node;
    }

    private void ask(List<Kind> kinds) {
        Features.Stores stores = context.features().stores();
        context.background()
                .get(
                        () -> stores.plans().find(planId).orElseThrow().title(),
                        title -> files.save(
                                node,
                                texts.get(kinds.contains(Kind.PDF) ? "report.button" : "report.export"),
                                title,
                                kinds,
                                this::write));
    }

    /** Writes all that is counted now into a file of that kind; not on the JavaFX thread. */
    void write(Path file, Kind kind, Progress progress) throws IOException, ImportCancelledException {
        Features.Stores stores = context.features().stores();
        WholeResults mailing =
                WholeResults.read(stores.results(), stores.templates(), planId).orElseThrow();
        WordsOfResults words = new WordsOfResults(texts);
        ResultsExport exports =
                new ResultsExport(context.access(), context.features().account().audit(), words.zone());
        String subject =
                AuditStore.subject("mailing", planId, mailing.results().plan().title());
        switch (kind) {
            case PDF ->
                exports.report(
                        subject,
                        new MailingReport(words)
                                .of(mailing, context.features().clock().instant()),
                        file);
            case CSV -> exports.toText(subject, new ResultTables(words).counts(mailing), true, file, progress);
            default -> exports.toWorkbook(subject, new ResultTables(words).of(mailing), file, progress);
        }
    }
}
