package app.mailroom.cli;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.ResultCounts.OfDomain;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.store.ResultsStore;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "results", description = "What became of a mailing: who got it, who did not, who opened it.")
final class ResultsCommand implements Callable<Integer> {
    private static final int DOMAINS = 10;
    /** Where openings and clicks were not to be counted, none are known, which is not the same as none. */
    private static final String NOT_COUNTED = "not counted";

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
                        text.append(row(name(measure), plans, plan -> cell(plan, measure)));
                    }
                    output.print(
                            plans.stream().map(ResultsCommand::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Writes the counts of a mailing as a CSV file: part, of what, measure, count.")
    int export(@Parameters(paramLabel = "PLAN") long planId, @Parameters(paramLabel = "FILE.csv") Path file)
            throws Exception {
        return program.working((features, output) -> {
                    PlanResults results = features.results().of(planId).orElseThrow(() -> unknown(planId));
                    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                        throw new RefusedException(
                                "Results are written as CSV. Give the file a name that ends in .csv.");
                    }
                    List<String[]> rows = rows(features.results(), results);
                    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
                        rows.forEach(csv::writeRecord);
                    }
                    output.print(
                            Map.of("rows", rows.size(), "bytes", Files.size(file)),
                            rows.size() - 1 + " counts written to " + file);
                    return ExitCode.DONE;
                })
                .call();
    }

    private static RefusedException unknown(long planId) {
        return new RefusedException("There is no mailing " + planId + ".");
    }

    private static List<String[]> rows(ResultsStore store, PlanResults results) {
        long planId = results.plan().id();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"part", "of", "measure", "count"});
        for (MessageState state : MessageState.values()) {
            add(rows, "state", state.name(), "MESSAGES", results.totals().in(state));
        }
        for (Measure measure : Measure.values()) {
            add(rows, "mailing", "", measure.name(), results.totals().of(measure));
        }
        results.reasons()
                .forEach(reason ->
                        add(rows, "reason", reason.state() + " " + reason.reason(), "MESSAGES", reason.messages()));
        for (OfDomain domain : store.domains(planId, Integer.MAX_VALUE).largest()) {
            add(rows, "domain", domain.domain(), domain.counts());
        }
        for (OfHour hour : store.hours(planId)) {
            add(rows, "hour", hour.from().toString(), hour.counts());
        }
        for (OfLink link : store.links(planId)) {
            String of = link.number() + " " + link.url();
            add(rows, "link", of, "CLICKS", link.clicks());
            add(rows, "link", of, "CLICKS_BY_MACHINES", link.clicksByMachines());
            add(rows, "link", of, "MESSAGES", link.messages());
            add(rows, "link", of, "MESSAGES_BY_MACHINES", link.messagesByMachines());
        }
        return rows;
    }

    private static void add(List<String[]> rows, String part, String of, ResultCounts counts) {
        for (Measure measure : Measure.values()) {
            if (counts.of(measure) > 0) {
                add(rows, part, of, measure.name(), counts.of(measure));
            }
        }
    }

    private static void add(List<String[]> rows, String part, String of, String measure, long count) {
        // A spreadsheet would run a cell that begins like a formula; domains come from strangers.
        String harmless = !of.isEmpty() && "=+-@\t\r".indexOf(of.charAt(0)) >= 0 ? "'" + of : of;
        rows.add(new String[] {part, harmless, measure, Long.toString(count)});
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
        long taken = totals.of(Measure.TAKEN);
        long arrived = totals.of(Measure.ARRIVED);
        text.append(line("accepted", taken, totals.all(), "messages"));
        text.append(line("delivered", arrived, taken, "accepted"));
        text.append(line("bounced", totals.of(Measure.BOUNCED), taken, "accepted"));
        text.append(line("complained", totals.of(Measure.COMPLAINED), arrived, "delivered"));
        if (results.plan().tracked()) {
            text.append(line("opened by people", totals.opened(), arrived, "delivered"))
                    .append(machines(totals.of(Measure.OPENED_BY_MACHINES)));
            text.append(line("clicked by people", totals.clicked(), arrived, "delivered"))
                    .append(machines(totals.of(Measure.CLICKED_BY_MACHINES)));
        } else {
            text.append(String.format("%n  opened, clicked: %s", NOT_COUNTED));
        }
        text.append(line("unsubscribed", totals.unsubscribed(), arrived, "delivered"));
        return text.toString();
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
                of(counts.of(Measure.ARRIVED), counts.of(Measure.TAKEN), "accepted"),
                tracked
                        ? ", opened by people " + of(counts.of(Measure.OPENED), counts.of(Measure.ARRIVED), "delivered")
                        : "");
    }

    private static String line(String what, long count, long among, String of) {
        return String.format("%n  %s: %s", what, of(count, among, of));
    }

    private static String of(long count, long among, String of) {
        return among == 0
                ? String.format("%,d of 0 %s", count, of)
                : String.format("%,d of %,d %s (%.1f %%)", count, among, of, 100.0 * count / among);
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

    private static String cell(PlanResults results, Measure measure) {
        return measure.needsTracking() && !results.plan().tracked() ? NOT_COUNTED : share(results.totals(), measure);
    }

    private static String share(PlanTotals totals, Measure measure) {
        long among = totals.of(among(measure));
        long all = measure == Measure.TAKEN ? totals.all() : among;
        return all == 0
                ? number(totals.of(measure))
                : String.format("%,d (%.1f %%)", totals.of(measure), 100.0 * totals.of(measure) / all);
    }

    /** Of what a measure is a share; of all messages where it is the first. */
    private static Measure among(Measure measure) {
        return switch (measure) {
            case TAKEN, ARRIVED, BOUNCED -> Measure.TAKEN;
            default -> Measure.ARRIVED;
        };
    }

    private static String name(Measure measure) {
        String of = measure == Measure.TAKEN ? "messages" : among(measure) == Measure.TAKEN ? "accepted" : "delivered";
        return words(measure) + ", of " + of;
    }

    private static String words(Measure measure) {
        return switch (measure) {
            case TAKEN -> "accepted";
            case ARRIVED -> "delivered";
            case BOUNCED -> "bounced";
            case COMPLAINED -> "complained";
            case OPENED -> "opened by people";
            case OPENED_BY_MACHINES -> "opened by machines only";
            case CLICKED -> "clicked by people";
            case CLICKED_BY_MACHINES -> "clicked by machines only";
            case UNSUBSCRIBED -> "unsubscribed";
            case UNOPENED -> "not opened or clicked";
            case UNCLICKED -> "not clicked";
        };
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
