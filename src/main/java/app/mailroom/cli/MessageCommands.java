package app.mailroom.cli;

import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.results.ResultsExport;
import app.mailroom.store.AuditStore;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "messages", description = "The messages of a mailing: export, mark-sent, send-again.")
final class MessageCommands {
    private static final int PAGE = 5_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(description = "Writes one CSV row a message: what became of it and why.")
    int export(
            @Parameters(paramLabel = "PLAN") long planId,
            @Option(names = "--out", paramLabel = "FILE", description = "Otherwise standard output.") @Nullable Path file,
            @Option(names = "--state", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}.") @Nullable Set<MessageState> states)
            throws Exception {
        return program.working((features, output) -> {
                    Optional<Plan> plan = features.plans().find(planId);
                    if (plan.isEmpty()) {
                        throw new RefusedException("There is no mailing " + planId + ".");
                    }
                    Set<MessageState> wanted = states == null ? EnumSet.noneOf(MessageState.class) : states;
                    long written = new ResultsExport(
                                    features.account().session(),
                                    features.lists().audit(),
                                    ZoneOffset.UTC)
                            .inAnotherWay(
                                    AuditStore.subject(
                                            "mailing", planId, plan.get().title()),
                                    "messages, CSV",
                                    () -> write(features, planId, wanted, file));
                    if (file != null) {
                        output.print(Map.of("messages", written), written + " messages written to " + file);
                    }
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            name = "mark-sent",
            description =
                    "Takes uncertain messages for accepted, when you know that they went out. Outcomes still count.")
    int markSent(@Parameters(paramLabel = "MESSAGE", arity = "1..*") List<Long> messages) throws Exception {
        return decide(
                messages, "taken for sent", (features, id) -> features.control().markSent(id));
    }

    @Command(name = "send-again", description = "Sends uncertain messages again. They may arrive twice.")
    int sendAgain(@Parameters(paramLabel = "MESSAGE", arity = "1..*") List<Long> messages) throws Exception {
        return decide(
                messages, "planned again", (features, id) -> features.control().sendAgain(id));
    }

    private int decide(List<Long> messages, String deed, BiPredicate<Features, Long> decision) throws Exception {
        return program.working((features, output) -> {
                    List<Long> late = messages.stream()
                            .filter(id -> !decision.test(features, id))
                            .toList();
                    int changed = messages.size() - late.size();
                    output.print(
                            Map.of("changed", changed, "unchanged", late),
                            changed + " messages " + deed + "."
                                    + (late.isEmpty() ? "" : " Not uncertain, so left as they are: " + late));
                    return ExitCode.DONE;
                })
                .call();
    }

    private long write(Features features, long planId, Set<MessageState> states, @Nullable Path file) throws Exception {
        if (file == null) {
            PrintWriter out = spec.commandLine().getOut();
            long written = write(features, planId, states, out);
            out.flush();
            return written;
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            return write(features, planId, states, out);
        }
    }

    private static long write(Features features, long planId, Set<MessageState> states, Writer out) throws Exception {
        CsvWriter csv = CsvWriter.builder().build(out);
        csv.writeRecord(
                "message",
                "address",
                "state",
                "reason",
                "detail",
                "attempts",
                "ses_message_id",
                "accepted_at",
                "opened_at",
                "clicked_at",
                "updated_at");
        long written = 0;
        long after = 0;
        while (true) {
            List<Message> page = features.messages().page(new MessageQuery(planId, states, "", after, PAGE));
            for (Message message : page) {
                csv.writeRecord(
                        Long.toString(message.id()),
                        harmless(message.address()),
                        message.state().name(),
                        harmless(message.reason()),
                        harmless(message.detail()),
                        Integer.toString(message.attempts()),
                        harmless(message.providerId()),
                        time(message.acceptedAt()),
                        time(message.openedAt()),
                        time(message.clickedAt()),
                        time(message.updatedAt()));
                after = message.id();
                written++;
            }
            if (page.size() < PAGE) {
                csv.flush();
                return written;
            }
        }
    }

    /** A spreadsheet would run a cell that begins like a formula; an apostrophe before it makes it text (OWASP). */
    private static String harmless(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
