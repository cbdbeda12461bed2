package app.mailroom.cli;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.State;
import app.mailroom.aws.SuppressionSync;
import app.mailroom.model.SendingIdentity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "aws",
        description = "Amazon SES: check, setup, verify, remove, senders, keys, suppressions.",
        subcommands = {AwsCommands.Senders.class, AwsCommands.Keys.class, AwsCommands.Suppressions.class})
final class AwsCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(description = "Asks Amazon who the keys belong to, what the account may send, and how all parts stand.")
    int check() throws Exception {
        return program.working((features, output) -> {
                    AwsCheck check = AwsCheck.of(features.amazon());
                    output.print(check.described(), check.text());
                    return check.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
                })
                .call();
    }

    @Command(
            description = "Makes and mends the way of events from SES to this program. Shows first what it will do; "
                    + "what is there already stays, and so does sending that is switched off.")
    int setup(@Option(names = "--yes", description = "Does not ask.") boolean sure) throws Exception {
        return program.working((features, output) -> {
                    Amazon amazon = features.amazon();
                    List<Finding> found = amazon.setup().inspect();
                    boolean open = found.stream().anyMatch(Finding::mendable);
                    if (open || !amazon.settings().chain().complete()) {
                        found.forEach(part -> progress().accept(willDo(part)));
                        AtConsole.agree(sure, open ? "Make and mend these parts?" : "Use these parts?");
                        found = amazon.setup().apply(part -> progress().accept(text(part)));
                    }
                    boolean whole = found.stream().allMatch(part -> part.state() == State.PRESENT);
                    boolean byHand = found.stream().anyMatch(part -> part.state() == State.BY_HAND);
                    String said = whole
                            ? "The event chain is set up. Prove it with: mailroom aws verify --from ADDRESS"
                            : byHand
                                    ? "The event chain is not whole yet. What is marked “by hand” is for a person to "
                                            + "change: this program leaves it as it is."
                                    : "The event chain is not whole yet.";
                    output.print(Map.of("complete", whole, "parts", described(found)), lines(found) + "\n" + said);
                    return whole ? ExitCode.DONE : ExitCode.FAILED;
                })
                .call();
    }

    @Command(
            description = "Proves the way of events link by link: sends mails to Amazon's mailbox simulator and waits "
                    + "for their events.")
    int verify(
            @Option(
                            names = "--from",
                            paramLabel = "ADDRESS",
                            description = "A verified sender; otherwise EMAIL_SENDER of the surroundings.")
                    @Nullable String from,
            @Option(
                            names = "--wait",
                            defaultValue = "60",
                            paramLabel = "SECONDS",
                            description = "How long to wait for each link (default ${DEFAULT-VALUE}).")
                    long seconds)
            throws Exception {
        return program.working((features, output) -> {
                    String sender = from == null ? features.usualSender().address() : from;
                    if (sender.isBlank()) {
                        throw new RefusedException("Say from which verified address: --from ADDRESS");
                    }
                    if (seconds < 1 || seconds > 3_600) {
                        throw new RefusedException("--wait takes 1 to 3600 seconds.");
                    }
                    ProofOutput proof = new ProofOutput(progress());
                    return proof.print(
                            output,
                            features.amazon().proof().run(sender, Duration.ofSeconds(seconds), proof::show),
                            "Every link is proven: what becomes of a mail comes back to this program.",
                            "The chain does not hold. The first link that failed says why.");
                })
                .call();
    }

    @Command(
            description = "Takes away what setup made, by the workspace's own name, and forgets the chain. Events that "
                    + "are still in the queue are lost. Not in live mode.")
    int remove(@Option(names = "--yes", description = "Does not ask.") boolean sure) throws Exception {
        return program.working((features, output) -> {
                    Amazon amazon = features.amazon();
                    List<Finding> there = amazon.setup().removable();
                    EventChain chain = amazon.settings().chain();
                    there.forEach(part -> progress().accept("will delete  " + name(part)));
                    if (chain.complete()) {
                        progress()
                                .accept("will forget  " + chain.configurationSet() + " → "
                                        + chain.queueUrl()
                                                .substring(chain.queueUrl().lastIndexOf('/') + 1));
                    }
                    if (!there.isEmpty()) {
                        AtConsole.agree(sure, "Delete these parts, with the events that are still in the queue?");
                    } else if (chain.complete()) {
                        AtConsole.agree(sure, "Forget this chain? At Amazon nothing is deleted.");
                    }
                    List<Finding> left =
                            amazon.setup().remove(part -> progress().accept(text(part)));
                    boolean gone = left.stream().allMatch(part -> part.state() == State.MISSING);
                    output.print(
                            Map.of("removed", gone, "parts", described(left)),
                            gone ? "The event chain is removed." : lines(left) + "\nSome parts are still there.");
                    return gone ? ExitCode.DONE : ExitCode.FAILED;
                })
                .call();
    }

    @Command(name = "senders", description = "Addresses and domains from which the account may send: list, verify.")
    static final class Senders {
        @ParentCommand
        @SuppressWarnings("NullAway.Init")
        private AwsCommands aws;

        @Command(description = "Lists them, with what has to be in their DNS.")
        int list() throws Exception {
            return aws.program
                    .working((features, output) -> {
                        List<SendingIdentity> senders =
                                features.amazon().senders().list();
                        StringBuilder text = new StringBuilder();
                        senders.forEach(sender ->
                                text.append(AwsCheck.withRecords(sender)).append('\n'));
                        output.print(
                                senders.stream().map(AwsCheck::described).toList(),
                                senders.isEmpty()
                                        ? "There is no sender yet. Begin with: mailroom aws senders verify NAME"
                                        : text.toString().stripTrailing());
                        return ExitCode.DONE;
                    })
                    .call();
        }

        @Command(description = "Starts the verification of an address or a domain, or shows how it stands.")
        int verify(@Parameters(paramLabel = "NAME", description = "Like news@example.com or example.com.") String name)
                throws Exception {
            return aws.program
                    .working((features, output) -> {
                        SendingIdentity sender = features.amazon().senders().verify(name);
                        String next = sender.maySend()
                                ? "It may send."
                                : sender.domain()
                                        ? "Put these records into the domain's DNS; Amazon finds them by itself."
                                        : "Amazon has sent a mail there. Follow its link within 24 hours.";
                        output.print(AwsCheck.described(sender), AwsCheck.withRecords(sender) + "\n" + next);
                        return ExitCode.DONE;
                    })
                    .call();
        }
    }

    @Command(name = "keys", description = "A pair of AWS keys in this computer's keychain: set, forget.")
    static final class Keys {
        @ParentCommand
        @SuppressWarnings("NullAway.Init")
        private AwsCommands aws;

        @Command(description = "Keeps a pair. The secret is asked for, or read from standard input; never an argument.")
        int set(@Parameters(paramLabel = "KEY_ID", description = "Like AKIA….") String keyId) throws Exception {
            return aws.program
                    .working((features, output) -> {
                        String id = keyId.strip();
                        if (!id.matches("[A-Za-z0-9_]{4,128}")) {
                            throw new RefusedException("That is not the id of an access key, which is like "
                                    + "AKIA followed by letters and digits. The secret is asked for afterwards.");
                        }
                        if (!features.amazon().keepsKeysForLong()) {
                            throw new RefusedException("This computer has no keychain that can be used, or it is "
                                    + "locked. Put AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY into the environment "
                                    + "or a .env file, or use a profile of the AWS configuration files.");
                        }
                        String secret = AtConsole.secret("Secret access key");
                        if (secret.isEmpty()) {
                            throw new RefusedException("There is no secret. Nothing was kept.");
                        }
                        features.amazon().keepKeys(id, secret);
                        output.print(
                                Map.of("key_id", id, "kept", true),
                                "The keys " + id + " are in the keychain and are used from now on. "
                                        + "Try them with: mailroom aws check");
                        return ExitCode.DONE;
                    })
                    .call();
        }

        @Command(description = "Forgets the pair, and uses again what the environment or the AWS files hold.")
        int forget() throws Exception {
            return aws.program
                    .working((features, output) -> {
                        features.amazon().forgetKeys();
                        output.print(Map.of("kept", false), "The keys are forgotten.");
                        return ExitCode.DONE;
                    })
                    .call();
        }
    }

    @Command(name = "suppressions", description = "Addresses that must not be mailed, and Amazon's own list: sync.")
    static final class Suppressions {
        @ParentCommand
        @SuppressWarnings("NullAway.Init")
        private AwsCommands aws;

        @Command(description = "Makes bounces and complaints here and on the account's list equal.")
        int sync() throws Exception {
            return aws.program
                    .working((features, output) -> {
                        SuppressionSync.Changes changes =
                                features.amazon().suppressionSync().syncOnce();
                        Map<String, Object> described = new LinkedHashMap<>();
                        described.put("taken_in", changes.takenIn());
                        described.put("handed_out", changes.handedOut());
                        described.put("lifted", changes.lifted());
                        described.put("failed", changes.failed());
                        output.print(
                                described,
                                String.format(
                                        "%,d taken in, %,d handed out, %,d lifted at Amazon, %,d refused by Amazon.",
                                        changes.takenIn(), changes.handedOut(), changes.lifted(), changes.failed()));
                        return ExitCode.DONE;
                    })
                    .call();
        }
    }

    private Consumer<String> progress() {
        return Output.beside(spec);
    }

    private static String willDo(Finding part) {
        String what = switch (part.state()) {
            case MISSING -> "will make    ";
            case DIFFERS -> "will mend    ";
            case BY_HAND -> "stays as is  ";
            case PRESENT -> "is there     ";
        };
        return what + name(part) + detail(part.detail());
    }

    private static String lines(List<Finding> parts) {
        return String.join("\n", parts.stream().map(AwsCommands::text).toList());
    }

    static String text(Finding part) {
        return String.format("%-9s %s%s", plain(part.state()), name(part), detail(part.detail()));
    }

    private static String name(Finding part) {
        return String.format("%-18s %s", plain(part.part()), part.name()).stripTrailing();
    }

    private static String detail(String detail) {
        return detail.isBlank() ? "" : "  (" + detail + ")";
    }

    private static String plain(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static List<Map<String, Object>> described(List<Finding> parts) {
        return parts.stream()
                .map(part -> Map.<String, Object>of(
                        "part", part.part(), "state", part.state(), "name", part.name(), "detail", part.detail()))
                .toList();
    }
}
