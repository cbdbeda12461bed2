package app.mailroom.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "practice", description = "The simulated mail service: read a mail, audit who got how many.")
final class PracticeCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Command(description = "Writes a message's mail as it was sent, as an .eml file.")
    int mail(
            @Parameters(paramLabel = "MESSAGE", description = "A message's number, as in messages export.") long id,
            @Option(names = "--out", paramLabel = "FILE", description = "Otherwise standard output.") @Nullable Path file)
            throws Exception {
        return program.working((features, output) -> {
                    String eml = features.practiceMailbox()
                            .eml(id)
                            .orElseThrow(() -> new RefusedException("No mail was accepted for message " + id + "."));
                    if (file != null) {
                        Files.writeString(file, eml, StandardCharsets.US_ASCII);
                    }
                    output.print(
                            file == null ? Map.of("eml", eml) : Map.of("file", file.toString()),
                            file == null ? eml : "Written to " + file);
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Counts recipients of a mailing by how many mails they got, by the service's own record.")
    int record(@Parameters(paramLabel = "PLAN") long planId) throws Exception {
        return program.working((features, output) -> {
                    Map<String, Integer> mails = features.practiceMailbox().mailsByRecipient(planId);
                    long twice =
                            mails.values().stream().filter(count -> count > 1).count();
                    output.print(
                            Map.of("recipients", mails.size(), "more_than_once", twice),
                            String.format(
                                    "%,d recipients got a mail, %,d of them more than one.", mails.size(), twice));
                    return ExitCode.DONE;
                })
                .call();
    }
}
