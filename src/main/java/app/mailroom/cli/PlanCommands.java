package app.mailroom.cli;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Resend;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.MailSamples;
import app.mailroom.plan.PlanFinding;
import app.mailroom.plan.PlanRequest;
import app.mailroom.plan.SendAgain;
import app.mailroom.store.NoSuchListException;
import app.mailroom.store.ResendStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "plan",
        subcommands = {DraftCommands.class, ApprovalCommands.class},
        description =
                "Mailings: check, create, again, start, edit, pause, resume, cancel, approve, list, drafts, approval.")
final class PlanCommands {
    static final String WINDOW =
            "When it may send, in --zone, like \"mon-fri 09:00-17:30\"; a window may reach over midnight. none for any time.";

    static final String PER_HOUR = "Most messages within any 60 minutes; 0 for no cap.";
    static final String PER_DAY = "Most messages within any 24 hours; 0 for no cap.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    CommandLineProgram program() {
        return program;
    }

    @Command(description = "Makes a draft of a mailing, after all checks. Nothing is sent before it is started.")
    int create(@Mixin PlanOptions options) throws Exception {
        return program.working((features, output) -> {
                    PlanRequest request = options.request(features);
                    long id = features.planning().draft(request);
                    long rows = features.recipients()
                            .find(request.listId())
                            .map(RecipientList::rowCount)
                            .orElse(0L);
                    output.printMade(
                            "plan",
                            id,
                            "Plan " + id + ": “" + request.title() + "” to " + rows + " recipients"
                                    + rulesInWords(features.plans().find(id).orElseThrow())
                                    + ". Start it with: mailroom plan start " + id);
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description =
                    "Says everything that speaks against a mailing, and makes none. Refused (3) if it could not be"
                            + " planned.")
    int check(
            @Mixin PlanOptions options,
            @Option(
                            names = "--links",
                            description = "Follow the links of the first mail too, and say which lead nowhere.")
                    boolean links)
            throws Exception {
        return program.working((features, output) -> {
                    PlanRequest request = options.request(features);
                    List<PlanFinding> findings = features.planning().check(request);
                    List<LinkCheck.Answer> answers = links ? answers(features, request) : List.of();
                    PlanCheckOutput.print(output, findings, links, answers);
                    return findings.stream().anyMatch(PlanFinding::blocks) ? ExitCode.REFUSED : ExitCode.DONE;
                })
                .call();
    }

    private static List<LinkCheck.Answer> answers(Features features, PlanRequest request) {
        List<MailSamples.Sample> first = features.samples().of(request, 1);
        try (LinkCheck check = new LinkCheck()) {
            return first.isEmpty() ? List.of() : check.check(first.get(0).links(), answer -> {}, () -> false);
        }
    }

    @Command(
            description =
                    "Sends a mailing again, to those it did not reach or move. It begins at once, or at its time.")
    int again(
            @Parameters(paramLabel = "PLAN") long id,
            @Option(
                            names = "--to",
                            paramLabel = "GROUP",
                            description = "One of: ${COMPLETION-CANDIDATES}.",
                            required = true)
                    Resend.Whom whom,
            @Option(
                            names = "--message",
                            split = ",",
                            paramLabel = "NUMBER",
                            description = "The messages of a SELECTION.")
                    @Nullable List<Long> messages,
            @Option(names = "--title", paramLabel = "TITLE", description = "Otherwise the earlier one's.") @Nullable String title,
            @Option(
                            names = "--template",
                            paramLabel = "NAME",
                            description = "Another template, in its newest version; else the version that was sent.")
                    @Nullable String template,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "Like 2026-12-24T09:30, in --zone; else at once.")
                    @Nullable String at,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            defaultValue = "",
                            description = "Like Asia/Seoul; else this computer's.")
                    String zone)
            throws Exception {
        return program.working((features, output) -> {
                    Plan first = features.plans()
                            .find(id)
                            .orElseThrow(() -> new RefusedException("There is no mailing " + id + "."));
                    OptionalLong version = OptionalLong.empty();
                    if (template != null) {
                        version = OptionalLong.of(features.templates()
                                .findByName(template)
                                .orElseThrow(() -> new RefusedException("There is no template “" + template + "”."))
                                .newest()
                                .id());
                    }
                    ZoneId chosen = zone(zone);
                    ResendStore.Made made = features.sendAgain()
                            .plan(new SendAgain.Request(
                                    new Resend(id, whom, messages == null ? List.of() : messages),
                                    title == null ? first.title() : title,
                                    version,
                                    at == null ? Instant.now() : time(at, chosen),
                                    chosen.getId()));
                    output.print(
                            Map.of("kind", "plan", "id", made.planId(), "messages", made.messages(), "resends", id),
                            "Plan " + made.planId() + " sends plan " + id + " again to " + made.messages()
                                    + " recipients.");
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Lets a draft begin: at once, or at its time.")
    int start(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return change(id, "started", features -> features.control().start(id));
    }

    @Command(description = "Halts a mailing, in whatever process it is being sent.")
    int pause(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return change(id, "paused", features -> features.control().pause(id));
    }

    @Command(
            description =
                    "Changes when a mailing begins, as long as it has not begun, and its hours and caps. What is not"
                            + " given stays.")
    int edit(
            @Parameters(paramLabel = "PLAN") long id,
            @Option(names = "--at", paramLabel = "TIME", description = "Like 2026-12-24T09:30, or now.") @Nullable String at,
            @Option(names = "--zone", paramLabel = "ZONE", description = "Like Asia/Seoul; else the mailing's.")
                    @Nullable String zone,
            @Option(names = "--window", paramLabel = "HOURS", description = WINDOW) @Nullable String window,
            @Option(names = "--per-hour", paramLabel = "N", description = PER_HOUR) @Nullable Long perHour,
            @Option(names = "--per-day", paramLabel = "N", description = PER_DAY) @Nullable Long perDay)
            throws Exception {
        return change(id, "changed", features -> {
            PlanTiming before = features.plans().find(id).orElseThrow().timing();
            ZoneId chosen = zone(zone == null ? before.zone() : zone);
            Instant when = before.notBefore();
            if (at != null) {
                when = at.equalsIgnoreCase("now") ? Instant.now() : time(at, chosen);
            }
            SendingRules rules = rules(before.rules(), window, perHour, perDay);
            features.control().edit(id, new PlanTiming(when, chosen.getId(), rules));
        });
    }

    @Command(description = "Goes on with a paused or parked mailing. One that missed its time begins now.")
    int resume(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return change(id, "resumed", features -> features.control().resume(id));
    }

    @Command(description = "Ends a mailing for good. What was sent stays sent.")
    int cancel(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return change(id, "cancelled", features -> features.control().cancel(id));
    }

    @Command(
            description =
                    "Lets a mailing go out that somebody else planned. Shows what goes out; with neither option nothing is"
                            + " approved (3).")
    int approve(
            @Parameters(paramLabel = "PLAN") long id,
            @Option(
                            names = "--fingerprint",
                            paramLabel = "TEXT",
                            description = "Of what you looked at; refused (3) if it was changed since.")
                    @Nullable String fingerprint,
            @Option(names = "--yes", description = "Approve it as it is now, without having looked at it before.")
                    boolean yes)
            throws Exception {
        return program.working((features, output) -> ApprovalCommands.approve(features, output, id, fingerprint, yes))
                .call();
    }

    @Command(description = "Lists the mailings.")
    int list() throws Exception {
        return program.working((features, output) -> {
                    List<PlanOverview> plans = features.plans().overviews();
                    StringBuilder text = new StringBuilder();
                    for (PlanOverview overview : plans) {
                        Plan plan = overview.plan();
                        text.append(String.format("%4d  %-10s %s", plan.id(), plan.state(), plan.title()));
                        String why = why(overview);
                        text.append(why.isEmpty() ? "" : "  (" + why + ")");
                        text.append(plan.tracked() ? "" : "  (not counted)").append(System.lineSeparator());
                    }
                    output.print(
                            plans.stream().map(PlanCommands::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    private static Map<String, Object> described(PlanOverview overview) {
        Plan plan = overview.plan();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", plan.id());
        described.put("title", plan.title());
        described.put("state", plan.state());
        described.put("tracked", plan.tracked());
        if (plan.problem() != null) {
            described.put("problem", plan.problem());
        }
        if (overview.beingMade()) {
            described.put("being_made", true);
        }
        if (plan.approval().needed()) {
            described.put("approved", plan.approval().at().isPresent());
            plan.approval()
                    .by()
                    .filter(by -> !plan.approval().missing())
                    .ifPresent(by -> described.put("approved_by", by.name()));
        }
        overview.waiting().ifPresent(wait -> {
            described.put("waits_for", wait.reason());
            described.put("waits_until", wait.until().toString());
        });
        return described;
    }

    /** Why it sends nothing at the moment; empty if it does, or if its state says enough. */
    private static String why(PlanOverview overview) {
        Plan plan = overview.plan();
        if (plan.missed()) {
            return "its time, " + plan.notBefore() + ", passed unseen: plan resume " + plan.id()
                    + " begins now, plan edit " + plan.id() + " --at sets another time, plan cancel " + plan.id()
                    + " ends it";
        }
        if (Plan.RESTORED.equals(plan.problem()) && !plan.state().isEnded()) {
            return "the workspace was restored from a copy, and what was sent since is not known for sure: look at its"
                    + " uncertain messages, then plan resume " + plan.id() + " goes on and plan cancel " + plan.id()
                    + " ends it";
        }
        if (overview.beingMade()) {
            return "its messages are being made, so far " + overview.totals().all()
                    + "; a list that is being changed is waited for";
        }
        if (plan.awaitsApproval()) {
            return "waits for approval by somebody else than "
                    + plan.approval().plannedBy().name() + ": plan approval show " + plan.id();
        }
        return overview.waiting()
                .map(wait -> switch (wait.reason()) {
                    case WINDOW -> "outside its hours until " + wait.until();
                    case HOUR_CAP -> "its cap per hour is reached until " + wait.until();
                    case DAY_CAP -> "its cap per day is reached until " + wait.until();
                })
                .orElse("");
    }

    static String rulesInWords(Plan plan) {
        SendingRules rules = plan.rules();
        StringBuilder words = new StringBuilder();
        rules.window()
                .ifPresent(window ->
                        words.append(", ").append(window).append(" in ").append(plan.zone()));
        rules.perHour().ifPresent(cap -> words.append(", at most ").append(cap).append(" an hour"));
        rules.perDay().ifPresent(cap -> words.append(", at most ").append(cap).append(" a day"));
        words.append(plan.tracked() ? "" : ", openings and clicks not counted");
        return words.toString();
    }

    private interface Change {
        void of(Features features) throws RefusedException;
    }

    private int change(long id, String done, Change change) throws Exception {
        return program.working((features, output) -> {
                    if (features.plans().find(id).isEmpty()) {
                        throw new RefusedException("There is no mailing " + id + ".");
                    }
                    try {
                        change.of(features);
                    } catch (NoSuchListException e) {
                        throw new RefusedException(
                                "The recipient list of this mailing was deleted. Make a new mailing with another list.");
                    }
                    Plan plan = features.plans().find(id).orElseThrow();
                    output.print(
                            Map.of("id", id, "state", plan.state()),
                            "Plan " + id + " is " + done + (plan.awaitsApproval() ? ", and waits for approval." : "."));
                    return ExitCode.DONE;
                })
                .call();
    }

    static ZoneId zone(String text) throws RefusedException {
        try {
            return text.isBlank() ? ZoneId.systemDefault() : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new RefusedException("“" + text + "” is not a time zone. Write it like Asia/Seoul or Europe/Paris.");
        }
    }

    /** Those given in place of those before; “none” and 0 take one away. */
    static SendingRules rules(
            SendingRules before, @Nullable String window, @Nullable Long perHour, @Nullable Long perDay)
            throws RefusedException {
        return new SendingRules(
                window == null ? before.window() : window(window),
                cap(before.perHour(), perHour),
                cap(before.perDay(), perDay));
    }

    private static Optional<SendingWindow> window(String text) throws RefusedException {
        if (text.strip().equalsIgnoreCase("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(SendingWindow.parse(text));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("“" + text + "” are no sending hours. Write them like \"mon-fri 09:00-17:30\","
                    + " \"mon,wed 22:00-06:00\" or none.");
        }
    }

    private static OptionalLong cap(OptionalLong before, @Nullable Long wanted) throws RefusedException {
        if (wanted == null) {
            return before;
        }
        if (wanted < 0) {
            throw new RefusedException("A cap is a number of messages, or 0 for none.");
        }
        return wanted == 0 ? OptionalLong.empty() : OptionalLong.of(wanted);
    }

    static Instant time(String text, ZoneId zone) throws RefusedException {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new RefusedException("“" + text + "” is not a time. Write it like 2026-12-24T09:30.");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new RefusedException(
                    "The clocks of " + zone + " skip " + text + " (summer time begins). Choose another time.");
        }
        return local.toInstant(offsets.get(0));
    }
}
