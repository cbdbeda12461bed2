package app.mailroom.cli;

import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.AuditQuery;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.PersonRecords;
import app.mailroom.recipients.Progress;
import app.mailroom.results.AuditExport;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "audit", description = "Shows who did what that has to be answered for, the newest first.")
final class AuditCommand implements Callable<Integer> {
    private static final AuditExport.Words WORDS = new AuditExport.Words(
            "Audit", List.of("Time (UTC)", "Who", "What", "Code", "On what", "Details"), AuditCommand::words);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many (usually 100). A file gets all that are wanted.")
    private @Nullable Integer limit;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Only what was done to the person with this address.")
    private @Nullable String address;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only with this text in who, on what or details.")
    private @Nullable String search;

    @Option(names = "--actor", paramLabel = "WHO", description = "Only of this person. May be given several times.")
    private List<String> actors = List.of();

    @Option(
            names = "--action",
            paramLabel = "WHAT",
            description = "Only of this kind, such as MAILING_PLANNED. May be given several times.")
    private List<String> actions = List.of();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only from this day or time on: 2026-03-01, or 2026-03-01T09:00:00Z.")
    private @Nullable String from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only up to the end of this day, or before this time.")
    private @Nullable String until;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Writes them into a file that ends in .csv or .xlsx, with times in UTC.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        return program.working((features, output) -> {
                    AuditQuery query = query();
                    return file == null ? show(features, output, query) : export(features, output, query, file);
                })
                .call();
    }

    private int show(Features features, Output output, AuditQuery query) throws RefusedException {
        int most = limit == null ? 100 : limit;
        if (most < 1) {
            throw new RefusedException("--limit takes a number from 1 on.");
        }
        List<AuditEntry> entries = features.lists().audit().page(query, null, most);
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(String.format(
                "%s  %s  %s  %s  %s%n", entry.at(), entry.actor(), entry.action(), entry.subject(), entry.detail())));
        output.print(
                entries.stream().map(AuditCommand::described).toList(),
                entries.isEmpty() ? "Nothing is noted." : text.toString().stripTrailing());
        return ExitCode.DONE;
    }

    private int export(Features features, Output output, AuditQuery query, Path to) throws Exception {
        if (limit != null) {
            throw new RefusedException("A file gets all that are wanted: leave --limit out.");
        }
        AuditExport export = new AuditExport(features.lists().audit());
        String name = String.valueOf(to.getFileName()).toLowerCase(Locale.ROOT);
        long rows;
        if (name.endsWith(".csv")) {
            rows = export.toText(query, WORDS, false, to, Progress.NONE);
        } else if (name.endsWith(".xlsx")) {
            rows = export.toWorkbook(query, WORDS, to, Progress.NONE);
        } else {
            throw new RefusedException(
                    "The audit is written as .csv or .xlsx. Give the file a name that ends in one of these.");
        }
        output.print(Map.of("rows", rows), rows + " entries written to " + to);
        return ExitCode.DONE;
    }

    private AuditQuery query() throws RefusedException {
        if (address != null && search != null) {
            throw new RefusedException("Give --address or --search, not both.");
        }
        String text = address == null ? Optional.ofNullable(search).orElse("") : fingerprint(address);
        return new AuditQuery(
                text,
                meant(text),
                Set.copyOf(actors),
                actions.stream().map(action -> action.toUpperCase(Locale.ROOT)).collect(Collectors.toSet()),
                from == null ? Optional.empty() : Optional.of(time(from, 0)),
                until == null ? Optional.empty() : Optional.of(time(until, 1)));
    }

    /** The actions whose words hold a text. */
    private static Set<String> meant(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Stream.of(AuditAction.values())
                .map(AuditAction::name)
                .filter(name -> words(name).toLowerCase(Locale.ROOT).contains(wanted))
                .collect(Collectors.toSet());
    }

    private static String words(String action) {
        String small = action.toLowerCase(Locale.ROOT).replace('_', ' ');
        return small.isEmpty() ? "" : Character.toUpperCase(small.charAt(0)) + small.substring(1);
    }

    /** A time, or the begin of so many days after the one that is given, in the zone of this computer. */
    private static Instant time(String given, int daysLater) throws RefusedException {
        try {
            return given.indexOf('T') < 0
                    ? LocalDate.parse(given)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant()
                    : Instant.parse(given);
        } catch (DateTimeException e) {
            throw new RefusedException(
                    "“" + given + "” is no time. Give a day as 2026-03-01, or a time in UTC as 2026-03-01T09:00:00Z.");
        }
    }

    private static String fingerprint(String address) throws RefusedException {
        try {
            return PersonRecords.fingerprintOf(address);
        } catch (AddressException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> described(AuditEntry entry) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("at", entry.at().toString());
        described.put("actor", entry.actor());
        described.put("action", entry.action());
        described.put("subject", entry.subject());
        described.put("detail", entry.detail());
        return described;
    }
}
