package app.mailroom.cli;

import app.mailroom.model.AuditEntry;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.PersonRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "audit", description = "Shows who did what that has to be answered for, the newest first.")
final class AuditCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Option(names = "--limit", defaultValue = "100", paramLabel = "N", description = "At most so many (usually 100).")
    private int limit;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Only what was done to the person with this address.")
    private @Nullable String address;

    @Override
    public Integer call() throws Exception {
        return program.working((features, output) -> {
                    String subject = address == null ? null : fingerprint(address);
                    List<AuditEntry> entries =
                            features.lists().audit().newest(subject == null ? limit : Integer.MAX_VALUE).stream()
                                    .filter(entry -> subject == null || subject.equals(entry.subject()))
                                    .limit(limit)
                                    .toList();
                    StringBuilder text = new StringBuilder();
                    entries.forEach(entry -> text.append(String.format(
                            "%s  %s  %s  %s  %s%n",
                            entry.at(), entry.actor(), entry.action(), entry.subject(), entry.detail())));
                    output.print(
                            entries.stream().map(AuditCommand::described).toList(),
                            entries.isEmpty()
                                    ? "Nothing is noted."
                                    : text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
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
