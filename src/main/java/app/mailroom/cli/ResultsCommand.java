package app.mailroom.cli;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.recipients.Progress;
import app.mailroom.results.MailingReport;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.ResultTables;
import app.mailroom.results.ResultsExport;
import app.mailroom.results.Share;
import app.mailroom.results.WholeResults;
import app.mailroom.store.AuditStore;
import app.mailroom.store.ResultsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "results", description = "What became of a mailing: who got it, who did not, who opened it.")
final class ResultsCommand implements Callable<Integer> {
    private static final int DOMAINS = 10;
    /** Where openings and clicks were not to be counted, none are known, which is not the same as none. */
    private static final String NOT_COUNTED = "not counted";

    /** What the audit calls the table of all mailings. */
    private static final String ALL = "all mailings";

    private static final EnglishWords WORDS = new EnglishWords(ZoneId.systemDefault());

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Parameters(paramLabel = "PLAN", arity = "0..1", description = "A mailing's number; all if left out.")
    private @Nullable Long id;

    @Override
    public Integer call() throws Exception {
        return program.working((features, output) -> {
                    List<PlanResults> plans = id == null
                            ? features.results().all()
                            : features.results().of(id).stream().toList();
                    if (plans.isEmpty() && id != null) {
                        throw unknown(id);
                    }
                    StringBuilder text = new StringBuilder();
                    List<Map<String, Object>> described = new ArrayList<>();
                    for (PlanResults plan : plans) {
                        text.append(text(plan)).append('\n');
                        Map<String, Object> one = described(plan);
                        if (id != null) {
                            text.append(parts(features.results(), plan));
                            one.put("domains", domains(features.results(), id));
                            if (plan.plan().tracked()) {
                                one.put("links", features.results().links(id));
                            }
                        }
                        described.add(one);
                    }
                    output.print(described, text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Shows mailings side by side.")
    int compare(@Parameters(paramLabel = "PLAN", arity = "2..*") List<Long> ids) throws Exception {
        return program.working((features, output) -> {
                    List<PlanResults> plans = features.results().compare(ids);
                    for (long wanted : ids) {
                        if (plans.stream().noneMatch(plan -> plan.plan().id() == wanted)) {
                            throw unknown(wanted);
                        }
                    }
                    StringBuilder text = new StringBuilder(
                            row("", plans, plan -> "Plan " + plan.plan().id()));
                    text.append(
                            row("messages", plans, plan -> number(plan.totals().all())));
                    for (Measure measure : Measure.values()) {
                        Rate rate = Rate.of(measure);
                        text.append(row(words(rate) + ", of " + whole(rate), plans, plan -> cell(plan, rate)));
                    }
                    output.print(
                            plans.stream().map(ResultsCommand::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description = {
                "Writes the results of a mailing into a file, by the ending of its name:",
                ".csv every count in a row: part, of what, measure, count;",
                ".xlsx a workbook with a sheet each for figures, states, reasons, domains, hours and links;",
                ".pdf a report on one page.",
                "With --all, a table of all mailings as .csv or .xlsx."
            })
    int export(
            @Option(names = "--all", description = "All mailings; no number is given then.") boolean all,
            @Parameters(paramLabel = "PLAN FILE", arity = "1..2", description = "A mailing's number, and the file.")
                    List<String> planAndFile)
            throws Exception {
        return program.working((features, output) -> {
                    if (planAndFile.size() != (all ? 1 : 2)) {
                        throw new RefusedException(
                                all
                                        ? "With --all, give the file alone: results export --all FILE"
                                        : "Give a mailing's number and a file, or --all and a file.");
                    }
                    Path file = Path.of(planAndFile.get(planAndFile.size() - 1));
                    long rows = all ? exportAll(features, file) : export(features, number(planAndFile.get(0)), file);
                    output.print(
                            Map.of("rows", rows, "bytes", Files.size(file)),
                            rows == 0 ? "The report is in " + file : rows + " rows written to " + file);
                    return ExitCode.DONE;
                })
                .call();
    }

    private static long number(String planId) throws RefusedException {
        try {
            return Long.parseLong(planId);
        } catch (NumberFormatException e) {
            throw new RefusedException("“" + planId + "” is not the number of a mailing.");
        }
    }

    /** How many rows were written; none for a report. */
    private static long export(Features features, long planId, Path file) throws Exception {
        WholeResults mailing = WholeResults.read(features.results(), features.templates(), planId)
                .orElseThrow(() -> unknown(planId));
        ResultTables tables = new ResultTables(WORDS);
        ResultsExport exports = exports(features);
        String subject =
                AuditStore.subject("mailing", planId, mailing.results().plan().title());
        return switch (ending(file)) {
            case "csv" -> exports.toText(subject, tables.counts(mailing), false, file, Progress.NONE);
            case "xlsx" -> exports.toWorkbook(subject, tables.of(mailing), file, Progress.NONE);
            case "pdf" -> {
                exports.report(subject, new MailingReport(WORDS).of(mailing, Instant.now()), file);
                yield 0;
            }
            default ->
                throw new RefusedException("Results of a mailing are written as .csv, .xlsx or .pdf. Give the file a"
                        + " name that ends in one of these.");
        };
    }

    private static long exportAll(Features features, Path file) throws Exception {
        ResultTable table = new ResultTables(WORDS).all(features.results().all());
        ResultsExport exports = exports(features);
        return switch (ending(file)) {
            case "csv" -> exports.toText(ALL, table, false, file, Progress.NONE);
            case "xlsx" -> exports.toWorkbook(ALL, List.of(table), file, Progress.NONE);
            default ->
                throw new RefusedException("A table of all mailings is written as .csv or .xlsx. Give the file a name"
                        + " that ends in one of these.");
        };
    }

    private static ResultsExport exports(Features features) {
        return new ResultsExport(features.account().session(), features.lists().audit(), WORDS.zone());
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static RefusedException unknown(long planId) {
        return new RefusedException("There is no mailing " + planId + ".");
    }

    static String text(PlanResults results) {
        PlanTotals totals = results.totals();
        StringBuilder text = new StringBuilder(String.format(
                "Plan %d “%s”: %s, %,d messages",
                results.plan().id(), results.plan().title(), results.plan().state(), totals.all()));
        if (results.plan().problem() != null) {
            text.append(String.format(
                    "%n  stopped by   %s: %s",
                    results.plan().problem(), results.plan().problemDetail()));
        }
        for (MessageState state : MessageState.values()) {
            if (totals.in(state) > 0) {
                text.append(String.format("%n  %-12s %,10d", state, totals.in(state)));
            }
        }
        results.reasons()
                .forEach(reason -> text.append(String.format(
                        "%n    %,10d %s because of %s", reason.messages(), reason.state(), reason.reason())));
        for (Rate rate : List.of(Rate.ACCEPTED, Rate.DELIVERED, Rate.BOUNCED, Rate.COMPLAINED)) {
            text.append(line(rate, results));
        }
        if (results.plan().tracked()) {
            text.append(line(Rate.OPENED, results)).append(machines(totals.of(Measure.OPENED_BY_MACHINES)));
            text.append(line(Rate.CLICKED, results)).append(machines(totals.of(Measure.CLICKED_BY_MACHINES)));
        } else {
            text.append(String.format("%n  opened, clicked: %s", NOT_COUNTED));
        }
        return text.append(line(Rate.UNSUBSCRIBED, results)).toString();
    }

    private static String parts(ResultsStore store, PlanResults results) {
        long planId = results.plan().id();
        boolean tracked = results.plan().tracked();
        StringBuilder text = new StringBuilder();
        ResultsStore.Domains domains = store.domains(planId, DOMAINS);
        domains.largest().forEach(domain -> text.append(line(domain.domain(), domain.counts(), tracked)));
        if (domains.others() > 0) {
            text.append(line(domains.others() + " other domains", domains.ofOthers(), tracked));
        }
        for (OfLink link : tracked ? store.links(planId) : List.<OfLink>of()) {
            text.append(String.format(
                    "  %,d clicks by people in %,d messages, and %,d by machines: %s%n",
                    link.clicks(),
                    link.messages(),
                    link.clicksByMachines(),
                    link.number() == 0 ? "links that are not the template's" : link.url()));
        }
        return text.toString();
    }

    private static String line(String domain, ResultCounts counts, boolean tracked) {
        return String.format(
                "  %s: delivered %s%s%n",
                domain,
                of(Rate.DELIVERED, Rate.DELIVERED.of(counts, tracked)),
                tracked ? ", opened by people " + of(Rate.OPENED, Rate.OPENED.of(counts, tracked)) : "");
    }

    private static String line(Rate rate, PlanResults results) {
        return String.format("%n  %s: %s", words(rate), of(rate, rate.of(results)));
    }

    /** How many, of what, and the rate where there is one. */
    private static String of(Rate rate, Share share) {
        String counts = String.format("%,d of %,d %s", share.count(), share.among(), whole(rate));
        return share.rate().isEmpty() ? counts : counts + " (" + percent(share) + ")";
    }

    private static String percent(Share share) {
        return String.format("%.1f %%", 100 * share.rate().orElse(0));
    }

    private static String machines(long count) {
        return count == 0 ? "" : String.format(", and %,d by machines only", count);
    }

    private interface Cell {
        String of(PlanResults plan);
    }

    private static String row(String name, List<PlanResults> plans, Cell cell) {
        StringBuilder row = new StringBuilder(String.format("%-36s", name));
        plans.forEach(plan -> row.append(String.format("%24s", cell.of(plan))));
        return row.append('\n').toString();
    }

    private static String number(long count) {
        return String.format("%,d", count);
    }

    private static String cell(PlanResults results, Rate rate) {
        Share share = rate.of(results);
        if (!share.counted()) {
            return NOT_COUNTED;
        }
        return share.rate().isEmpty() ? number(share.count()) : number(share.count()) + " (" + percent(share) + ")";
    }

    private static String words(Rate rate) {
        return WORDS.of(rate).toLowerCase(Locale.ROOT);
    }

    private static String whole(Rate rate) {
        return WORDS.of(rate.whole());
    }

    static Map<String, Object> described(PlanResults results) {
        PlanTotals totals = results.totals();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", results.plan().id());
        described.put("title", results.plan().title());
        described.put("state", results.plan().state());
        described.put("problem", results.plan().problem());
        described.put("messages", totals.all());
        Map<String, Long> states = new LinkedHashMap<>();
        for (MessageState state : MessageState.values()) {
            states.put(state.name(), totals.in(state));
        }
        described.put("states", states);
        boolean tracked = results.plan().tracked();
        described.put("tracked", tracked);
        if (tracked) {
            described.put("opened", totals.opened());
            described.put("clicked", totals.clicked());
        }
        Map<String, Long> measures = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            if (tracked || !measure.needsTracking()) {
                measures.put(measure.name(), totals.of(measure));
            }
        }
        described.put("measures", measures);
        described.put("hardBounces", results.hardBounces());
        described.put("softBounces", results.softBounces());
        described.put("reasons", results.reasons());
        return described;
    }

    private static List<Map<String, Object>> domains(ResultsStore store, long planId) {
        return store.domains(planId, DOMAINS).largest().stream()
                .map(domain -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("domain", domain.domain());
                    one.put("measures", domain.counts().byMeasure());
                    return one;
                })
                .toList();
    }
}
