package app.mailroom.cli;

import app.mailroom.account.NotAdmittedException;
import app.mailroom.authoring.ImageIntakeException;
import app.mailroom.aws.AmazonException;
import app.mailroom.backup.BackupFolder;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.plan.PlanningException;
import app.mailroom.recipients.ListExportException;
import app.mailroom.recipients.RecipientFileException;
import app.mailroom.recipients.TooManyListsException;
import app.mailroom.store.ApprovalException;
import app.mailroom.store.DamagedException;
import app.mailroom.store.IllegalPlanChangeException;
import app.mailroom.store.LastOwnerException;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.NoSuchTemplateException;
import app.mailroom.store.PersonBeingMailedException;
import app.mailroom.store.TemplateInUseException;
import app.mailroom.template.TemplateException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code mailroom …}: the features of the program without its windows. */
@Command(
        name = "mailroom",
        description = "Plans and sends mailings without the windows. Without a command, the window opens.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something failed; the message says what",
            "2:the command line was not understood",
            "3:the input was refused (template, file or plan); the message says where",
            "4:a mailing is parked or waits for approval, and needs a person",
            "5:all is sent, but some outcomes did not come in time",
            "6:the database is damaged; mailroom backup list shows what can be restored"
        },
        subcommands = {
            TemplateCommands.class,
            RecipientCommands.class,
            PersonCommands.class,
            PeopleCommands.class,
            AccountCommands.class,
            PlanCommands.class,
            RunCommand.class,
            ResultsCommand.class,
            MessageCommands.class,
            SettingsCommands.class,
            ModeCommand.class,
            AwsCommands.class,
            TrackingCommands.class,
            PracticeCommands.class,
            AuditCommand.class,
            BackupCommands.class,
            RelayCommand.class,
            CommandLine.HelpCommand.class
        })
public final class CommandLineProgram {
    private static final Logger log = LoggerFactory.getLogger(CommandLineProgram.class);

    private final Function<Path, Features> open;
    private final Function<Path, BackupFolder> copies;
    private final Path usualFolder;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The workspace's folder (otherwise MAILROOM_WORKSPACE, or Mailroom in your home folder).")
    private @Nullable Path workspace;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print results as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Commands that open the workspace they are told with the given function.
     *
     * @param copies the copies of a workspace's database, which may be damaged
     */
    public CommandLineProgram(Function<Path, Features> open, Function<Path, BackupFolder> copies, Path usualFolder) {
        this.open = open;
        this.copies = copies;
        this.usualFolder = usualFolder;
    }

    /** Runs one command line and returns the exit code. */
    public int run(String... args) {
        return commandLine().execute(args);
    }

    /** The commands, for tests and for shell completion. */
    public CommandLine commandLine() {
        CommandLine commands = new CommandLine(this);
        commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commands.setExecutionExceptionHandler(CommandLineProgram::explain);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        return commands;
    }

    /** What a command does with an open workspace. */
    interface Work {
        int with(Features features, Output output) throws Exception;
    }

    /** Work for whoever is signed in, as far as the workspace asks who. */
    Callable<Integer> working(Work work) {
        return unasked((features, output) -> {
            features.account().session().require(Right.VIEW);
            return work.with(features, output);
        });
    }

    /** The copies of the workspace's database, without opening it. */
    BackupFolder copies() {
        return copies.apply(workspace == null ? usualFolder : workspace);
    }

    /** Where results go. */
    Output output() {
        return new Output(spec.commandLine().getOut(), json);
    }

    /** Work that begins even if nobody is signed in. What it changes in somebody's name is refused all the same. */
    Callable<Integer> unasked(Work work) {
        return () -> {
            try (Features features = open.apply(workspace == null ? usualFolder : workspace)) {
                features.account().session().resume();
                return work.with(features, output());
            }
        };
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        command.getErr().println(message);
        if (e instanceof DamagedException) {
            command.getErr()
                    .println("Nothing was sent or changed. See which copies there are with: mailroom backup list"
                            + System.lineSeparator() + "Then restore one with: mailroom backup restore NAME");
            log.error("The database is damaged", e);
            return ExitCode.DAMAGED;
        }
        if (e instanceof AmazonException amazon) {
            command.getErr().println(AmazonAdvice.on(amazon.code()));
        }
        if (e instanceof NotAllowedException refused) {
            adviceOn(refused.refusal().code()).ifPresent(command.getErr()::println);
        }
        if (e instanceof RefusedException
                || e instanceof NotAdmittedException
                || e instanceof LastOwnerException
                || e instanceof NotAllowedException
                || e instanceof PlanningException
                || e instanceof TemplateException
                || e instanceof RecipientFileException
                || e instanceof ListExportException
                || e instanceof TooManyListsException
                || e instanceof ImageIntakeException
                || e instanceof NameTakenException
                || e instanceof PersonBeingMailedException
                || e instanceof NoSuchTemplateException
                || e instanceof TemplateInUseException
                || e instanceof ApprovalException
                || e instanceof IllegalPlanChangeException) {
            return ExitCode.REFUSED;
        }
        log.error("The command failed", e);
        return ExitCode.FAILED;
    }

    private static Optional<String> adviceOn(Refusal.Code code) {
        return switch (code) {
            case SIGNED_OUT, LOCKED, LIVE_NEEDS_SIGN_IN -> Optional.of("Sign in with: mailroom account sign-in");
            case ROLE, REMOVED, OWN_MAILING -> Optional.empty();
        };
    }
}
