package app.mailroom.cli;

import app.mailroom.model.Attachment;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.PlanTotals;
import app.mailroom.plan.PlanReview;
import app.mailroom.plan.PlanReview.Contents;
import app.mailroom.plan.PlanReview.Mail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "approval",
        description =
                "What waits until somebody else approves it: show, decline, take-back. It is given with plan approve.")
final class ApprovalCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private PlanCommands plans;

    @Command(
            description =
                    "Shows all that goes out of a mailing, with some of its mails, and the fingerprint by which it is"
                            + " approved.")
    int show(
            @Parameters(paramLabel = "PLAN") long id,
            @Option(
                            names = "--mails",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How many mails, from the first on (${DEFAULT-VALUE}).")
                    int count,
            @Option(
                            names = "--to",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Only to addresses with this.")
                    String to)
            throws Exception {
        return plans.program()
                .working((features, output) -> {
                    Contents contents = contents(features.review(), id);
                    List<Mail> mails = features.review().mails(id, to, 0, count);
                    output.print(described(contents, mails), inWords(contents) + inWords(mails));
                    return ExitCode.DONE;
                })
                .call();
    }

    /**
     * Approves what was looked at, or with {@code yes} what is there now; with neither it only shows that.
     *
     * @throws RefusedException if it was not approved
     */
    static int approve(Features features, Output output, long id, @Nullable String fingerprint, boolean yes)
            throws RefusedException {
        Contents contents = contents(features.review(), id);
        if (fingerprint == null && !yes) {
            output.print(described(contents, List.of()), inWords(contents));
            throw new RefusedException("Nothing was approved. If this is to go out: mailroom plan approve " + id
                    + " --fingerprint " + contents.fingerprint());
        }
        features.control().approve(id, fingerprint == null ? contents.fingerprint() : fingerprint);
        Contents approved = contents(features.review(), id);
        output.print(described(approved, List.of()), inWords(approved) + "Plan " + id + " is approved.");
        return ExitCode.DONE;
    }

    @Command(description = "Tells whoever planned a mailing why it is not approved. It goes on waiting.")
    int decline(
            @Parameters(paramLabel = "PLAN") long id,
            @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "What should be different.")
                    String note)
            throws Exception {
        return plans.program()
                .working((features, output) -> {
                    contents(features.review(), id);
                    features.control().decline(id, note);
                    output.print(Map.of("id", id, "approved", false), "Plan " + id + " is not approved.");
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(name = "take-back", description = "Takes an approval back: nothing more goes out until it is given anew.")
    int takeBack(@Parameters(paramLabel = "PLAN") long id) throws Exception {
        return plans.program()
                .working((features, output) -> {
                    contents(features.review(), id);
                    features.control().withdrawApproval(id);
                    output.print(Map.of("id", id, "approved", false), "Plan " + id + " has no approval.");
                    return ExitCode.DONE;
                })
                .call();
    }

    private static Contents contents(PlanReview review, long id) throws RefusedException {
        return review.contents(id).orElseThrow(() -> new RefusedException("There is no mailing " + id + "."));
    }

    private static String inWords(Contents contents) {
        Plan plan = contents.overview().plan();
        PlanTotals totals = contents.overview().totals();
        StringBuilder words = new StringBuilder();
        line(words, "mailing", plan.id() + " “" + plan.title() + "”, " + plan.world());
        line(words, "approval", standing(plan));
        line(words, "planned by", plan.approval().plannedBy().name());
        line(words, "changed by", plan.approval().changedBy().name());
        plan.approval().note().ifPresent(note -> line(words, "note", note.by() + ": " + note.words()));
        line(
                words,
                "to",
                totals.in(MessageState.PLANNED) + " of list “" + plan.listName() + "”, "
                        + totals.in(MessageState.SUPPRESSED) + " more suppressed");
        line(words, "begins", plan.notBefore().toString() + PlanCommands.rulesInWords(plan));
        line(words, "from", plan.fromName() + " <" + plan.fromAddress() + ">");
        line(words, "answers", plan.replyTo().isEmpty() ? "to the sender" : plan.replyTo());
        line(
                words,
                "template",
                "“" + contents.templateName() + "”"
                        + contents.version()
                                .map(version -> ", version " + version.number())
                                .orElse(""));
        line(
                words,
                "files",
                contents.attachments().stream().map(Attachment::fileName).collect(Collectors.joining(", ")));
        line(words, "links", String.join(" ", contents.links()));
        line(words, "fingerprint", contents.fingerprint());
        return words.toString();
    }

    private static String inWords(List<Mail> mails) {
        StringBuilder words = new StringBuilder();
        for (Mail mail : mails) {
            words.append(String.format(
                    "%nTo: %s%nSubject: %s%n%n%s%n",
                    mail.address(), mail.mail().subject(), mail.mail().text()));
        }
        return words.toString();
    }

    private static void line(StringBuilder words, String name, String value) {
        words.append(String.format("%-12s %s%n", name, value.isEmpty() ? "none" : value));
    }

    /** Where its approval stands. */
    static String standing(Plan plan) {
        PlanApproval approval = plan.approval();
        if (!approval.needed()) {
            return "not needed";
        }
        if (approval.at().isPresent()) {
            return "given by " + by(approval) + " at " + approval.at().get();
        }
        return approval.lapsed()
                ? "lapsed: " + by(approval) + " had given it, and since then changed: " + parts(approval)
                : "missing";
    }

    private static String by(PlanApproval approval) {
        return approval.by().map(by -> by.name()).orElse("somebody");
    }

    private static String parts(PlanApproval approval) {
        return approval.changed().stream()
                .sorted()
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> described(Contents contents, List<Mail> mails) {
        Plan plan = contents.overview().plan();
        PlanTotals totals = contents.overview().totals();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", plan.id());
        described.put("title", plan.title());
        described.put("state", plan.state());
        described.put("world", plan.world());
        described.put("approval_needed", plan.approval().needed());
        described.put("approved", plan.approval().at().isPresent());
        described.put("planned_by", plan.approval().plannedBy().name());
        described.put("changed_by", plan.approval().changedBy().name());
        described.put("changed", plan.approval().changed());
        plan.approval().note().ifPresent(note -> described.put("note", note.words()));
        described.put("to_go_out", totals.in(MessageState.PLANNED));
        described.put("suppressed", totals.in(MessageState.SUPPRESSED));
        described.put("list", plan.listName());
        described.put("begins", plan.notBefore().toString());
        described.put("zone", plan.zone());
        described.put("from_address", plan.fromAddress());
        described.put("from_name", plan.fromName());
        described.put("reply_to", plan.replyTo());
        described.put("tracked", plan.tracked());
        described.put(
                "files",
                contents.attachments().stream().map(Attachment::fileName).toList());
        described.put("links", contents.links());
        described.put("fingerprint", contents.fingerprint());
        described.put(
                "mails",
                mails.stream()
                        .map(mail -> Map.of(
                                "to", mail.address(),
                                "subject", mail.mail().subject(),
                                "html", mail.mail().html(),
                                "text", mail.mail().text()))
                        .toList());
        return described;
    }
}
