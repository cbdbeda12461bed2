package app.mailroom.cli;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Attachment;
import app.mailroom.model.Plan;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.model.UsualSender;
import app.mailroom.plan.AttachedFile;
import app.mailroom.plan.PlanRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "plan", description = "Mailings: create, start, pause, resume, cancel, list.")
final class PlanCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Command(description = "Makes a draft of a mailing, after all checks. Nothing is sent before it is started.")
    int create(
            @Parameters(paramLabel = "TITLE") String title,
            @Option(names = "--template", required = true, paramLabel = "NAME") String template,
            @Option(names = "--list", required = true, paramLabel = "NAME") String list,
            @Option(names = "--from", paramLabel = "ADDRESS", description = "Otherwise EMAIL_SENDER.") @Nullable String from,
            @Option(names = "--from-name", paramLabel = "NAME") @Nullable String fromName,
            @Option(names = "--reply-to", paramLabel = "ADDRESS", description = "Otherwise EMAIL_REPLY_TO.") @Nullable String replyTo,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "Like 2026-12-24T09:30, in --zone; else at once.")
                    @Nullable String at,
            @Option(names = "--zone", defaultValue = "", description = "Like Asia/Seoul; else this computer's.")
                    String zone,
            @Option(
                            names = "--attach",
                            paramLabel = "FILE",
                            description = "A file that goes with every mail; may be given again.")
                    @Nullable List<Path> attachments)
            throws Exception {
        return program.working((features, output) -> {
                    Template found = features.templates()
                            .findByName(template)
                            .orElseThrow(() -> new RefusedException("There is no template “" + template + "”."));
                    RecipientList recipients = features.recipients()
                            .findByName(list)
                            .orElseThrow(() -> new RefusedException("There is no recipient list “" + list + "”."));
                    ZoneId chosen = zone(zone);
                    UsualSender sender = sender(features.usualSender(), from, fromName, replyTo);
                    long id = features.planning()
                            .draft(new PlanRequest(
                                    title,
                                    found.newest().id(),
                                    recipients.id(),
                                    sender.address(),
                                    sender.name(),
                                    sender.replyTo(),
                                    time(at, chosen),
                                    chosen.getId(),
                                    "command line",
                                    Dispatch.mode(features.settings()),
                                    files(attachments)));
                    output.printMade(
                            "plan",
                            id,
                            "Plan " + id + ": “" + title + "” to " + recipients.rowCount()
                                    + " recipients. Start it with: mailroom plan start " + id);
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

    @Command(description = "Goes on with a paused or parked mailing.")
    int resume(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return change(id, "resumed", features -> features.control().resume(id));
    }

    @Command(description = "Ends a mailing for good. What was sent stays sent.")
    int cancel(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return change(id, "cancelled", features -> features.control().cancel(id));
    }

    @Command(description = "Lists the mailings.")
    int list() throws Exception {
        return program.working((features, output) -> {
                    List<Plan> plans = features.plans().overviews().stream()
                            .map(overview -> overview.plan())
                            .toList();
                    StringBuilder text = new StringBuilder();
                    for (Plan plan : plans) {
                        text.append(String.format("%4d  %-10s %s%n", plan.id(), plan.state(), plan.title()));
                    }
                    output.print(
                            plans.stream()
                                    .map(plan -> Map.of("id", plan.id(), "title", plan.title(), "state", plan.state()))
                                    .toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    private interface Change {
        void of(Features features);
    }

    private int change(long id, String done, Change change) throws Exception {
        return program.working((features, output) -> {
                    if (features.plans().find(id).isEmpty()) {
                        throw new RefusedException("There is no mailing " + id + ".");
                    }
                    change.of(features);
                    output.print(
                            Map.of(
                                    "id",
                                    id,
                                    "state",
                                    features.plans().find(id).orElseThrow().state()),
                            "Plan " + id + " is " + done + ".");
                    return ExitCode.DONE;
                })
                .call();
    }

    /** Who the mailing is from; the usual name goes with the usual address only. */
    private static UsualSender sender(
            UsualSender usual, @Nullable String from, @Nullable String name, @Nullable String replyTo)
            throws RefusedException {
        String address = from == null ? usual.address() : from;
        if (address.isBlank()) {
            throw new RefusedException(
                    "Say who the mailing is from: --from ADDRESS, or EMAIL_SENDER in the environment.");
        }
        String otherwise = from == null ? usual.name() : "";
        return new UsualSender(address, name == null ? otherwise : name, replyTo == null ? usual.replyTo() : replyTo);
    }

    private static List<Attachment> files(@Nullable List<Path> paths) throws RefusedException {
        List<Attachment> files = new ArrayList<>();
        for (Path path : paths == null ? List.<Path>of() : paths) {
            try {
                files.add(AttachedFile.read(path));
            } catch (IOException e) {
                throw new RefusedException("The file " + path + " cannot be read: " + e.getMessage());
            }
        }
        return files;
    }

    private static ZoneId zone(String text) throws RefusedException {
        try {
            return text.isBlank() ? ZoneId.systemDefault() : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new RefusedException("“" + text + "” is not a time zone. Write it like Asia/Seoul or Europe/Paris.");
        }
    }

    private static Instant time(@Nullable String text, ZoneId zone) throws RefusedException {
        if (text == null) {
            return Instant.now();
        }
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
