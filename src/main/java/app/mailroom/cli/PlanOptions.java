package app.mailroom.cli;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Attachment;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SendingRules;
import app.mailroom.model.Template;
import app.mailroom.model.UsualSender;
import app.mailroom.plan.AttachedFile;
import app.mailroom.plan.PlanRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is said on the command line of a mailing that is to be planned. */
final class PlanOptions {
    @Parameters(paramLabel = "TITLE")
    private String title = "";

    @Option(names = "--template", required = true, paramLabel = "NAME")
    private String template = "";

    @Option(names = "--list", required = true, paramLabel = "NAME")
    private String list = "";

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Otherwise EMAIL_SENDER.")
    private @Nullable String from;

    @Option(names = "--from-name", paramLabel = "NAME")
    private @Nullable String fromName;

    @Option(names = "--reply-to", paramLabel = "ADDRESS", description = "Otherwise EMAIL_REPLY_TO.")
    private @Nullable String replyTo;

    @Option(names = "--at", paramLabel = "TIME", description = "Like 2026-12-24T09:30, in --zone; else at once.")
    private @Nullable String at;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Like Asia/Seoul; else this computer's.")
    private String zone = "";

    @Option(
            names = "--attach",
            paramLabel = "FILE",
            description = "A file that goes with every mail; may be given again.")
    private @Nullable List<Path> attachments;

    @Option(names = "--window", paramLabel = "HOURS", description = PlanCommands.WINDOW)
    private @Nullable String window;

    @Option(names = "--per-hour", paramLabel = "N", description = PlanCommands.PER_HOUR)
    private @Nullable Long perHour;

    @Option(names = "--per-day", paramLabel = "N", description = PlanCommands.PER_DAY)
    private @Nullable Long perDay;

    @Option(names = "--no-tracking", description = "Openings and clicks are not counted.")
    private boolean noTracking;

    /** With the newest version of the template, in the mode of the workspace. */
    PlanRequest request(Features features) throws RefusedException {
        Template found = features.templates()
                .findByName(template)
                .orElseThrow(() -> new RefusedException("There is no template “" + template + "”."));
        RecipientList recipients = features.recipients()
                .findByName(list)
                .orElseThrow(() -> new RefusedException("There is no recipient list “" + list + "”."));
        ZoneId chosen = PlanCommands.zone(zone);
        UsualSender sender = sender(features.usualSender(), from, fromName, replyTo);
        return new PlanRequest(
                title,
                found.newest().id(),
                recipients.id(),
                sender.address(),
                sender.name(),
                sender.replyTo(),
                new PlanTiming(
                        at == null ? Instant.now() : PlanCommands.time(at, chosen),
                        chosen.getId(),
                        PlanCommands.rules(SendingRules.NONE, window, perHour, perDay)),
                !noTracking,
                Dispatch.mode(features.settings()),
                files(attachments));
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
}
