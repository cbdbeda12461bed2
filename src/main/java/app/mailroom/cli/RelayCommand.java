package app.mailroom.cli;

import app.mailroom.aws.AmazonException;
import app.mailroom.aws.SqsHitQueue;
import app.mailroom.relay.CertificateSight;
import app.mailroom.relay.Relay;
import app.mailroom.relay.RelayConfiguration;
import app.mailroom.relay.RelayConfigurationException;
import app.mailroom.relay.RelaySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The only command that works without a workspace: it runs on a server, where there is none. */
@Command(
        name = RelayCommand.NAME,
        description = {
            "Runs the relay, which readers' mail programs and browsers reach, in the foreground until it is told to end.",
            "It needs no workspace and opens none. Settings stand in a file of properties; each may also stand in the "
                    + "environment, such as MAILROOM_RELAY_LISTEN for listen, which then counts."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the relay was told to end, and has; or the check found nothing wrong",
            "1:the relay could not start; the message says why",
            "2:the command line was not understood",
            "3:settings are wrong or missing; the message names each"
        })
public final class RelayCommand implements Callable<Integer> {
    /** What is typed for it. */
    public static final String NAME = "relay";

    private static final Logger log = LoggerFactory.getLogger(RelayCommand.class);

    /** From so many days on, a certificate should have been renewed; those of Let's Encrypt are 30 days before their end. */
    private static final long FEW_DAYS = 14;

    /** What is under way has 5 seconds, and the queue 10 to take what is spooled. */
    private static final long LONGEST_STOP_SECONDS = 30;

    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "The file with the relay's settings.")
    private @Nullable Path config;

    @Option(
            names = "--check",
            description = "Reads settings, keys and certificates, says what is wrong, and starts nothing.")
    private boolean check;

    /** With the environment and the time of this computer. */
    public RelayCommand() {
        this(System.getenv(), Clock.systemUTC());
    }

    RelayCommand(Map<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** Runs it alone, without what the other commands would load, and returns the exit code. */
    public static int run(String... args) {
        CommandLine command = new CommandLine(new RelayCommand());
        command.setCommandName("mailroom " + NAME);
        command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        command.setExecutionExceptionHandler(RelayCommand::explain);
        return command.execute(args);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        RelayConfiguration configuration;
        try {
            configuration = RelayConfiguration.read(Optional.ofNullable(config), environment);
        } catch (RelayConfigurationException e) {
            throw new RefusedException(String.join(System.lineSeparator(), e.problems()));
        }
        configuration.warnings().forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
        warnOfAdministrator();
        describe(configuration, out);
        if (check) {
            out.println("All settings are good. Whether the queue takes hits shows when the program proves the relay.");
            return ExitCode.DONE;
        }
        return work(configuration, out);
    }

    private int work(RelayConfiguration configuration, PrintWriter out) throws IOException, AmazonException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // The system ends a process whose hooks have run with a code that means “killed”; this one ended as it should.
        Thread onSignal = new Thread(
                () -> {
                    stop.countDown();
                    Runtime.getRuntime().halt(awaitQuietly(stopped) ? ExitCode.DONE : ExitCode.FAILED);
                },
                "relay-stop");
        RelayConfiguration.Queue queue = configuration.queue();
        try (Relay relay = Relay.start(
                configuration.settings(), SqsHitQueue.open(queue.region(), queue.url(), queue.endpoint()), clock)) {
            Runtime.getRuntime().addShutdownHook(onSignal);
            out.println("Listening on "
                    + address(configuration.settings().listening().host(), relay.port()));
            log.info("The relay has started");
            stop.await();
            log.info("The relay is ending");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.info("The relay has ended");
        stopped.countDown();
        return ExitCode.DONE;
    }

    private void describe(RelayConfiguration configuration, PrintWriter out) {
        RelaySettings settings = configuration.settings();
        RelaySettings.Listening listening = settings.listening();
        out.println("Keys: " + String.join(", ", settings.keys().ids()));
        out.println("Queue: " + configuration.queue().url());
        out.println("Spool: " + settings.spool());
        out.println(listening
                .readerHeader()
                .map(header -> "Readers: named by a proxy in " + header)
                .orElse("Readers: connect directly"));
        configuration.certificate().ifPresentOrElse(this::describe, () -> out.println("TLS: none"));
        if (settings.keepReaders()) {
            out.println("Addresses of readers are kept (keep_readers)");
        }
    }

    private void describe(CertificateSight certificate) {
        long days = certificate.daysLeft(clock.instant());
        spec.commandLine()
                .getOut()
                .println("TLS: certificate of " + certificate.subject() + ", good until " + certificate.until());
        if (days < FEW_DAYS) {
            spec.commandLine()
                    .getErr()
                    .println(
                            days < 0
                                    ? "Warning: the certificate is over. No reader can use the relay until it is renewed."
                                    : "Warning: the certificate has " + days + " days left. Renew it.");
        } else {
            spec.commandLine().getOut().println("TLS: " + days + " days left");
        }
    }

    private void warnOfAdministrator() {
        try {
            if (Files.isDirectory(Path.of("/proc/self"))
                    && "root".equals(Files.getOwner(Path.of("/proc/self")).getName())) {
                spec.commandLine()
                        .getErr()
                        .println("Warning: the relay runs as root, which it does not need. Give it a user of its own.");
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("It is not known as whom the relay runs", e);
        }
    }

    private static String address(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    private static boolean awaitQuietly(CountDownLatch stopped) {
        try {
            return stopped.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        command.getErr().println(message);
        if (e instanceof RefusedException) {
            return ExitCode.REFUSED;
        }
        log.debug("The relay did not run", e);
        return ExitCode.FAILED;
    }
}
