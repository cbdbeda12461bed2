package app.mailroom.cli;

import app.mailroom.account.AccountSettings;
import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn.Wish;
import app.mailroom.account.Session;
import app.mailroom.account.Session.Entered;
import app.mailroom.account.Session.Standing;
import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "account",
        description =
                "Who works with the workspace, and how people sign in: status, sign-in, sign-out, lock, require, idle, "
                        + "approval, google.",
        subcommands = AccountCommands.Google.class)
final class AccountCommands {
    /** Of a setting. */
    enum Switch {
        ON,
        OFF
    }

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(description = "Shows who is signed in, and how people come in.")
    int status() throws Exception {
        return program.unasked((features, output) -> {
                    output.print(described(features), text(features));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            name = "sign-in",
            description = {
                "Signs in with Google, in the browser. Whoever does so first owns the workspace.",
                "This computer stays signed in until account sign-out, or until nobody used it for 30 days, since each command is "
                        + "a program of its own. What is locked is unlocked."
            })
    int signIn(
            @Option(
                            names = "--wait",
                            defaultValue = "300",
                            paramLabel = "SECONDS",
                            description = "How long to wait for you (default ${DEFAULT-VALUE}).")
                    long seconds,
            @Option(
                            names = "--port",
                            defaultValue = "0",
                            paramLabel = "PORT",
                            description = "On which the browser comes back (otherwise a free one).")
                    int port,
            @Option(
                            names = "--domain",
                            paramLabel = "DOMAIN",
                            description = "Only with an account of this organisation.")
                    Optional<String> domain)
            throws Exception {
        if (seconds < 1 || seconds > 3_600 || port < 0 || port > 65_535) {
            throw new RefusedException("--wait takes 1 to 3600 seconds, --port 0 to 65535.");
        }
        return program.unasked((features, output) -> {
                    Session session = features.account().session();
                    if (!session.canStay()) {
                        throw new RefusedException(
                                "This computer has no keychain that can be used, or it is locked, so the"
                                        + " next command would ask again. Nobody was signed in.");
                    }
                    Wish wish = new Wish(Locale.ENGLISH, Duration.ofSeconds(seconds), domain, port);
                    Entered entered = session.signIn(wish, true, shown(features));
                    Member member = entered.member();
                    Map<String, Object> described = described(features);
                    output.print(
                            described,
                            "Signed in as " + member.email() + ", " + PeopleCommands.plain(member.role()) + "."
                                    + (entered.stays()
                                            ? ""
                                            : " But the keychain did not take the secret, so the next command asks again."));
                    return entered.stays() ? ExitCode.DONE : ExitCode.FAILED;
                })
                .call();
    }

    /** The address is printed whether a browser opens or not, for it may open on a screen that nobody looks at. */
    private Consumer<URI> shown(Features features) {
        Consumer<String> beside = Output.beside(spec);
        return page -> {
            beside.accept(
                    "Sign in on the page that your browser shows, or open this address in a browser of this computer:");
            beside.accept(page.toString());
            try {
                features.account().browser().accept(page);
            } catch (UnsupportedOperationException e) {
                beside.accept("No browser could be opened here.");
            }
        };
    }

    @Command(name = "sign-out", description = "Signs out, so that this computer does not stay signed in.")
    int signOut() throws Exception {
        return program.unasked((features, output) -> {
                    Session session = features.account().session();
                    Optional<Member> before = session.member();
                    session.signOut();
                    output.print(
                            described(features),
                            before.map(member -> member.email() + " is signed out.")
                                    .orElse("Nobody was signed in."));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Locks this computer's session, also in an open window, until its person signs in again.")
    int lock() throws Exception {
        return program.unasked((features, output) -> {
                    Session session = features.account().session();
                    session.lock();
                    if (session.standing() != Standing.LOCKED) {
                        throw new RefusedException("Nobody is signed in, so there is nothing to lock.");
                    }
                    output.print(described(features), text(features));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description = {
                "Switches whether everybody has to sign in, once somebody owns the workspace.",
                "While it is off, whoever opens the workspace may do everything in it, and what they do has no name but the"
                        + " computer's."
            })
    int require(
            @Parameters(paramLabel = "on|off") Switch wanted,
            @Option(names = "--yes", description = "Does not ask.") boolean sure)
            throws Exception {
        return changing(settings -> {
            if (wanted == Switch.OFF) {
                AtConsole.agree(
                        sure,
                        "Whoever opens the workspace may then do everything in it, send in live mode too, and nobody will know"
                                + " who it was. Switch signing in off?");
            }
            settings.askWho(wanted == Switch.ON);
        });
    }

    @Command(description = "Sets after how many minutes without a key or a mouse the window locks; 0 for never.")
    int idle(@Parameters(paramLabel = "MINUTES") int minutes) throws Exception {
        if (minutes < 0 || minutes > 9_999) {
            throw new RefusedException("That takes 0 to 9999 minutes.");
        }
        return changing(settings -> settings.idle(Duration.ofMinutes(minutes)));
    }

    @Command(description = "Switches whether somebody else has to approve a mailing that is planned from now on.")
    int approval(@Parameters(paramLabel = "on|off") Switch wanted) throws Exception {
        return changing(settings -> settings.approval(wanted == Switch.ON));
    }

    private interface Change {
        void of(AccountSettings settings) throws RefusedException;
    }

    private int changing(Change change) throws Exception {
        return program.working((features, output) -> {
                    // Asked before the person is, and again by what changes it.
                    features.account().session().require(Right.MANAGE_PEOPLE);
                    change.of(features.account().people().settings());
                    features.account().session().lockIfIdle();
                    output.print(described(features), text(features));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(name = "google", description = "The program's client at Google, of the kind “desktop app”: set, forget.")
    static final class Google {
        @ParentCommand
        @SuppressWarnings("NullAway.Init")
        private AccountCommands account;

        @Command(
                description = {
                    "Keeps a client: its id in the workspace, its secret in this computer's keychain.",
                    "The secret is asked for, or read from standard input; never an argument."
                })
        int set(
                @Parameters(paramLabel = "CLIENT_ID", description = "Like 1234-abc.apps.googleusercontent.com.")
                        String id)
                throws Exception {
            return account.program
                    .unasked((features, output) -> {
                        GoogleSettings google = features.account().google();
                        if (!features.account().session().canStay()) {
                            throw new RefusedException(
                                    "This computer has no keychain that can be used, or it is locked. Put "
                                            + GoogleSettings.ID + " and " + GoogleSettings.SECRET
                                            + " into the environment or a .env file.");
                        }
                        String secret = AtConsole.secret("Client secret");
                        if (secret.isEmpty()) {
                            throw new RefusedException("There is no secret. Nothing was kept.");
                        }
                        google.keep(id, secret);
                        output.print(
                                Map.of("client_id", google.clientId(), "kept", true),
                                "The client " + google.clientId()
                                        + " is used from now on. Try it with: mailroom account sign-in");
                        return ExitCode.DONE;
                    })
                    .call();
        }

        @Command(description = "Forgets it, and uses again what the environment or a .env file holds.")
        int forget() throws Exception {
            return account.program
                    .working((features, output) -> {
                        features.account().google().forget();
                        String given = features.account().google().clientId();
                        output.print(
                                Map.of("client_id", given, "kept", false),
                                given.isEmpty()
                                        ? "The client is forgotten, and there is no other: nobody can sign in."
                                        : "The client is forgotten. " + given + " of the surroundings is used.");
                        return ExitCode.DONE;
                    })
                    .call();
        }
    }

    private static Map<String, Object> described(Features features) {
        Session session = features.account().session();
        AccountSettings settings = features.account().people().settings();
        Optional<Member> member = session.member();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("standing", session.standing());
        described.put("email", member.map(Member::email).orElse(""));
        described.put("name", member.map(Member::name).orElse(""));
        described.put("role", member.map(Member::role).map(Role::name).orElse(""));
        described.put("stays", session.stays());
        described.put("sign_in", settings.asksWho());
        described.put("idle_minutes", settings.idle().toMinutes());
        described.put("approval", settings.approval());
        described.put("google_client_id", features.account().google().clientId());
        return described;
    }

    private static String text(Features features) {
        Session session = features.account().session();
        AccountSettings settings = features.account().people().settings();
        String who = session.member()
                .map(member -> member.email() + ", " + PeopleCommands.plain(member.role()))
                .orElse("");
        String standing = switch (session.standing()) {
            case LOCAL ->
                settings.asksWho()
                        ? "Nobody owns the workspace yet: the person at this computer may do everything but send in live mode."
                                + " Whoever signs in first owns it."
                        : "Nobody has to sign in: the person at this computer may do everything.";
            case SIGNED_OUT -> "Nobody is signed in. Sign in with: mailroom account sign-in";
            case SIGNED_IN -> "Signed in: " + who;
            case LOCKED -> "Locked: " + who + ". Unlock with: mailroom account sign-in";
        };
        Duration idle = settings.idle();
        String client = features.account().google().clientId();
        return String.join(
                "\n",
                standing,
                "signing in       " + (settings.asksWho() ? "required, once somebody owns the workspace" : "off"),
                "locks            " + (idle.isZero() ? "never" : "after " + idle.toMinutes() + " minutes"),
                "approval         " + (settings.approval() ? "by somebody else" : "not needed"),
                "Google's client  " + (client.isEmpty() ? "none" : client));
    }
}
