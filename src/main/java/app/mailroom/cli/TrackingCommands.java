package app.mailroom.cli;

import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.Tracking;
import app.mailroom.tracking.Tracking.Standing;
import app.mailroom.tracking.TrackingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "tracking",
        description = {
            "The relay that takes openings, clicks and wishes to leave: status, relay, key, renew-key, forget-key, prove,"
                    + " on, off.",
            "In order: say where the relay is, write its key file, start the relay with it, prove it, switch it on."
        })
final class TrackingCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private interface Deed {
        int with(Tracking tracking, Output output) throws Exception;
    }

    @Command(description = "Shows where the relay is, which keys there are, when it was proven, and whether it is on.")
    int status() throws Exception {
        return working((tracking, output) -> {
            show(tracking, output, "");
            return ExitCode.DONE;
        });
    }

    @Command(description = "Sets where readers reach the relay. Another address than before has to be proven anew.")
    int relay(@Parameters(paramLabel = "ADDRESS", description = "Like https://hits.example.com.") String address)
            throws Exception {
        return working((tracking, output) -> {
            RelayAddress parsed;
            try {
                parsed = RelayAddress.parse(address);
            } catch (IllegalArgumentException e) {
                throw new RefusedException("“" + address + "”: " + e.getMessage());
            }
            tracking.keep(parsed);
            show(tracking, output, "");
            return ExitCode.DONE;
        });
    }

    @Command(
            description = {
                "Writes the key file for the relay, and makes a key if there is none yet.",
                "Whoever has the file can forge hits: it can be read by you alone. Carry it to the relay and delete it here."
            })
    int key(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--replace", description = "Replaces a file that is there already.") boolean replace)
            throws Exception {
        return working((tracking, output) -> {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new RefusedException("There is no folder " + folder + ".");
            }
            if (Files.isDirectory(file)) {
                throw new RefusedException(file + " is a folder. Say the name of a file in it.");
            }
            try {
                tracking.writeKeyFile(file, replace);
            } catch (FileAlreadyExistsException e) {
                throw new RefusedException(
                        file + " is there already, and stays as it is. Say --replace to replace it.");
            }
            List<String> ids = tracking.standing().keyIds();
            output.print(
                    Map.of("file", file.toString(), "keys", ids),
                    "Written to " + file + ": " + (ids.size() == 1 ? "the key " : "the keys ") + String.join(", ", ids)
                            + ".\nGive it to the relay, delete it here, then: mailroom tracking prove"
                            + (tracking.keysLast()
                                    ? ""
                                    : "\nThis computer has no keychain that can be used: the program forgets these keys now."
                                            + " To keep them, put what the file says into " + Tracking.KEYS
                                            + ", with commas between keys."));
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "renew-key",
            description = "Makes a new key. It signs as soon as the relay was proven to know it; mails with the old one"
                    + " stay good.")
    int renewKey() throws Exception {
        return working((tracking, output) -> {
            tracking.renewKey();
            show(tracking, output, "\nWrite the key file anew, give it to the relay, and prove it.");
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "forget-key",
            description = {
                "Removes an old key, such as one that a stranger may have seen.",
                "Mails that were signed with it lose their links and their way to leave once the relay has the new key file."
            })
    int forgetKey(
            @Parameters(paramLabel = "ID", description = "The key, as status names it.") String id,
            @Option(names = "--yes", description = "Yes, links of old mails may lead nowhere.") boolean confirmed)
            throws Exception {
        return working((tracking, output) -> {
            if (!confirmed) {
                throw new RefusedException("Links and ways to leave in mails that were signed with " + id
                        + " would lead nowhere. Readers of those mails could not unsubscribe by them. If that is meant, say"
                        + " --yes.");
            }
            try {
                tracking.forgetKey(id);
            } catch (IllegalArgumentException e) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            }
            show(tracking, output, "\nWrite the key file anew, give it to the relay, and start the relay again.");
            return ExitCode.DONE;
        });
    }

    @Command(
            description = "Visits the relay as a reader's program would, and waits for what it noticed to arrive in the"
                    + " event queue.")
    int prove(
            @Option(
                            names = "--wait",
                            defaultValue = "30",
                            paramLabel = "SECONDS",
                            description = "How long to wait for each answer and each event (default ${DEFAULT-VALUE}).")
                    long seconds)
            throws Exception {
        return working((tracking, output) -> {
            if (seconds < 1 || seconds > 3_600) {
                throw new RefusedException("--wait takes 1 to 3600 seconds.");
            }
            ProofOutput proof = new ProofOutput(Output.beside(spec));
            return proof.print(
                    output,
                    tracking.proof().run(Duration.ofSeconds(seconds), proof::show),
                    "The relay is proven. Let mails use it with: mailroom tracking on",
                    "The relay is not proven. The first link that failed says why.");
        });
    }

    @Command(description = "Lets mails of live mailings use the relay. It has to be proven first.")
    int on() throws Exception {
        return working((tracking, output) -> {
            tracking.switchOn();
            show(tracking, output, "");
            return ExitCode.DONE;
        });
    }

    @Command(description = "Mails that go out from now on do not use the relay. Those that went out still do.")
    int off() throws Exception {
        return working((tracking, output) -> {
            tracking.switchOff();
            show(tracking, output, "");
            return ExitCode.DONE;
        });
    }

    private int working(Deed deed) throws Exception {
        return program.working((features, output) -> {
                    try {
                        return deed.with(features.tracking(), output);
                    } catch (TrackingException e) {
                        throw new RefusedException(
                                e.getMessage() == null ? e.code().name() : e.getMessage());
                    }
                })
                .call();
    }

    private static void show(Tracking tracking, Output output, String next) {
        Standing standing = tracking.standing();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("on", standing.on());
        described.put("relay", standing.address().map(RelayAddress::base).orElse(null));
        described.put("keys", standing.keyIds());
        described.put("waiting_key", standing.waitingKey().orElse(null));
        described.put("proven_at", standing.provenAt().map(Instant::toString).orElse(null));
        String keys = standing.keyIds().isEmpty() ? "none" : String.join(", ", standing.keyIds());
        output.print(
                described,
                "relay      " + standing.address().map(RelayAddress::base).orElse("not set") + "\n"
                        + "keys       " + keys
                        + standing.waitingKey()
                                .map(id -> " (" + id + " signs when the relay was proven to know it)")
                                .orElse("")
                        + "\n"
                        + "proven     "
                        + standing.provenAt().map(Instant::toString).orElse("not yet") + "\n"
                        + "live mail  " + (standing.on() ? "uses the relay" : "does not use the relay") + next);
    }
}
