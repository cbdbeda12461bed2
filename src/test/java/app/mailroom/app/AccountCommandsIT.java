package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.account.GoogleSettings;
import app.mailroom.account.PersonAtBrowser;
import app.mailroom.account.StandInForGoogle;
import app.mailroom.cli.CommandLineProgram;
import app.mailroom.model.UsualSender;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code mailroom account …} and {@code mailroom people …} as people type them, with a real server in Google's place. */
class AccountCommandsIT extends CommandRun {
    private static StandInForGoogle google;

    private final Map<String, String> environment = new HashMap<>();
    private SecretStore secrets = new LastingSecrets();
    private Consumer<URI> browser = mina();

    @BeforeAll
    static void startGoogle() throws IOException {
        google = new StandInForGoogle();
    }

    @AfterAll
    static void stopGoogle() {
        google.close();
    }

    @BeforeEach
    void setUpClient() {
        environment.put(GoogleSettings.ID, "4711");
        environment.put(GoogleSettings.SECRET, "GOCSPX-x");
        environment.put(GoogleSettings.ISSUER, google.issuer().toString());
    }

    @Override
    Mailroom open(Path workspace) throws IOException {
        Surroundings surroundings = new Surroundings(
                Map.of(), Map.of(), environment, UsualSender.NOBODY, Double.POSITIVE_INFINITY, List.of());
        return Mailroom.open(Workspace.in(workspace), Clock.systemUTC(), surroundings, id -> secrets);
    }

    @Override
    void browse(URI page) {
        browser.accept(page);
    }

    @Test
    void nobodyHasToSignInUntilSomebodyDid() throws Exception {
        assertThat(mailroom("account", "status", "--json")).isEqualTo(0);
        assertThat(json().path("standing").asText()).isEqualTo("LOCAL");
        assertThat(mailroom("template", "list")).as(err).isEqualTo(0);

        assertThat(mailroom("account", "sign-in")).as(err).isEqualTo(0);

        assertThat(out).contains("Signed in as mina@example.com, owner.");
        assertThat(err).contains("http://").contains("/authorize");
        assertThat(mailroom("account", "status", "--json")).isEqualTo(0);
        assertThat(json().path("standing").asText()).isEqualTo("SIGNED_IN");
        assertThat(json().path("email").asText()).isEqualTo("mina@example.com");
        assertThat(json().path("role").asText()).isEqualTo("OWNER");
        assertThat(json().path("stays").asBoolean()).isTrue();
        assertThat(json().path("google_client_id").asText()).isEqualTo("4711");
        assertThat(out).doesNotContain("GOCSPX");
        assertThat(mailroom("template", "list")).as(err).isEqualTo(0);
    }

    @Test
    void whoIsLockedOrSignedOutOnlyGetsToSignIn() throws Exception {
        List<List<String>> asking = commands(new CommandLineProgram(
                        chosen -> {
                            throw new AssertionError("only its commands are looked at");
                        },
                        chosen -> new Workspace(chosen).copies(),
                        workspace())
                .commandLine());
        asking.removeIf(command -> List.of("account", "help", "relay", "run").contains(command.get(0)));
        asking.add(List.of("account", "require", "off", "--yes"));
        asking.add(List.of("account", "idle", "5"));
        asking.add(List.of("account", "approval", "on"));
        asking.add(List.of("account", "google", "forget"));
        assertThat(asking).hasSizeGreaterThan(50);
        mailroom("account", "sign-in");

        mailroom("account", "lock");
        assertThat(mailroom("plan", "list")).isEqualTo(3);
        assertThat(err).contains("The program is locked", "mailroom account sign-in");
        assertThat(mailroom("account", "sign-out")).as(err).isEqualTo(0);

        for (List<String> command : asking) {
            assertThat(mailroom(command.toArray(String[]::new)))
                    .as("%s: %s", command, err)
                    .isEqualTo(3);
            assertThat(err).as("%s", command).contains("Nobody is signed in", "mailroom account sign-in");
            assertThat(out).as("%s", command).isEmpty();
        }
    }

    /** All commands that do something, each with something for what it cannot do without. */
    private static List<List<String>> commands(CommandLine parent) {
        List<List<String>> all = new ArrayList<>();
        parent.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            boolean does = spec.userObject() instanceof Callable || spec.userObject() instanceof Method;
            List<List<String>> below = commands(command);
            if (does) {
                List<String> line = new ArrayList<>();
                for (ArgSpec given : spec.args()) {
                    if (given.required()) {
                        if (given instanceof OptionSpec option) {
                            line.add(option.longestName());
                        }
                        line.addAll(Collections.nCopies(Math.max(given.arity().min(), 1), something(given)));
                    }
                }
                below.add(line);
            }
            below.forEach(line -> {
                List<String> whole = new ArrayList<>(List.of(name));
                whole.addAll(line);
                all.add(whole);
            });
        });
        return all;
    }

    private static String something(ArgSpec given) {
        Iterable<String> words = given.completionCandidates();
        return words != null && words.iterator().hasNext() ? words.iterator().next() : "1";
    }

    @Test
    void helpAndStatusAreForEverybody() throws Exception {
        mailroom("account", "sign-in");
        assertThat(mailroom("account", "sign-out")).isEqualTo(0);
        assertThat(out).contains("mina@example.com is signed out");

        assertThat(mailroom("help", "people")).isEqualTo(0);
        assertThat(mailroom("account", "status")).isEqualTo(0);
        assertThat(out).contains("Nobody is signed in").doesNotContain("mina");
        assertThat(mailroom("account", "sign-out")).isEqualTo(0);
        assertThat(out).contains("Nobody was signed in");
        assertThat(mailroom("account", "lock")).isEqualTo(3);
    }

    @Test
    void lockedIsUnlockedBySigningInAgainAsTheSamePersonOnly() throws Exception {
        mailroom("account", "sign-in");
        mailroom("people", "invite", "kim@example.com", "--role", "owner");
        assertThat(mailroom("account", "lock")).isEqualTo(0);
        assertThat(out).contains("Locked: mina@example.com");

        browser = kim();
        assertThat(mailroom("account", "sign-in")).isEqualTo(3);
        assertThat(err).contains("locked for somebody else");
        browser = mina();
        assertThat(mailroom("account", "sign-in")).as(err).isEqualTo(0);
        assertThat(mailroom("plan", "list")).as(err).isEqualTo(0);
    }

    @Test
    void peopleAreInvitedGivenRolesTakenOutAndLetInAgain() throws Exception {
        mailroom("account", "sign-in");
        assertThat(mailroom("people", "invite", "kim", "--role", "viewer")).isEqualTo(3);
        assertThat(err).contains("no address");
        assertThat(mailroom("people", "invite", "Kim@example.com", "--role", "viewer"))
                .isEqualTo(0);
        assertThat(out).contains("No mail was sent");
        assertThat(mailroom("people", "allow-domain", "gmail.com", "--role", "viewer"))
                .isEqualTo(3);
        assertThat(err).contains("Anybody can have an address");
        assertThat(mailroom("people", "allow-domain", "example.com", "--role", "editor"))
                .isEqualTo(0);
        assertThat(mailroom("people", "list", "--json")).isEqualTo(0);
        assertThat(json().at("/members/0/email").asText()).isEqualTo("mina@example.com");
        assertThat(json().at("/invitations/0/email").asText()).isEqualTo("kim@example.com");
        assertThat(json().at("/domains/0/role").asText()).isEqualTo("EDITOR");

        SecretStore hers = asKim();
        assertThat(out).contains("kim@example.com, viewer");
        assertThat(mailroom("people", "role", "kim@example.com", "owner")).isEqualTo(3);
        assertThat(err).contains("MANAGE_PEOPLE");
        assertThat(mailroom("settings", "set", "plan.every", "60")).isEqualTo(3);

        asMina();
        assertThat(mailroom("people", "role", "KIM@example.com", "sender"))
                .as(err)
                .isEqualTo(0);
        assertThat(mailroom("people", "role", "mina@example.com", "sender")).isEqualTo(3);
        assertThat(err).contains("only owner");
        assertThat(mailroom("people", "remove", "kim@example.com")).isEqualTo(0);
        assertThat(mailroom("people", "remove", "kim@example.com")).isEqualTo(3);
        assertThat(mailroom("people", "withdraw-domain", "example.com")).isEqualTo(0);
        assertThat(mailroom("people", "withdraw-domain", "example.com")).isEqualTo(3);

        secrets = hers;
        assertThat(mailroom("plan", "list")).isEqualTo(3);
        browser = kim();
        assertThat(mailroom("account", "sign-in")).isEqualTo(3);
        assertThat(err).contains("kim@example.com was taken out");

        asMina();
        assertThat(mailroom("people", "list")).isEqualTo(0);
        assertThat(out).contains("taken out").contains("owner");
        assertThat(mailroom("people", "restore", "2")).isEqualTo(0);
        assertThat(mailroom("audit", "--json")).isEqualTo(0);
        assertThat(out).contains("SENDER", "ROLE_CHANGED", "MEMBER_REMOVED", "MEMBER_RESTORED", "SIGN_IN_REFUSED");
    }

    @Test
    void aStrangerIsToldWhatToDo() throws Exception {
        mailroom("account", "sign-in");
        secrets = new LastingSecrets();
        browser = kim();

        assertThat(mailroom("account", "sign-in")).isEqualTo(3);

        assertThat(err).contains("kim@example.com is not invited to this workspace");
    }

    @Test
    void signingInIsSwitchedOffOnlyByAnOwnerWhoMeansIt() throws Exception {
        mailroom("account", "sign-in");
        assertThat(mailroom("account", "require", "off")).isEqualTo(3);
        assertThat(err).contains("--yes");

        assertThat(mailroom("account", "require", "off", "--yes")).as(err).isEqualTo(0);

        assertThat(mailroom("account", "sign-out")).isEqualTo(0);
        assertThat(mailroom("plan", "list")).as(err).isEqualTo(0);
        assertThat(mailroom("account", "require", "on")).isEqualTo(0);
        assertThat(out).contains("Nobody is signed in");
        assertThat(mailroom("plan", "list")).isEqualTo(3);
        mailroom("account", "sign-in");
        mailroom("audit");
        assertThat(out).contains("SIGN_IN_SWITCHED_OFF", "SIGN_IN_SWITCHED_ON");
    }

    @Test
    void howPeopleComeInIsKept() throws Exception {
        assertThat(mailroom("account", "idle", "5")).as(err).isEqualTo(0);
        assertThat(mailroom("account", "approval", "on", "--json")).as(err).isEqualTo(0);
        assertThat(json().path("idle_minutes").asInt()).isEqualTo(5);
        assertThat(json().path("approval").asBoolean()).isTrue();
        assertThat(mailroom("account", "idle", "-1")).isEqualTo(3);
        assertThat(mailroom("account", "approval", "maybe")).isEqualTo(2);
    }

    @Test
    void googlesClientIsTypedWithoutItsSecretEverBeingAnArgument() throws Exception {
        environment.remove(GoogleSettings.ID);
        environment.remove(GoogleSettings.SECRET);
        assertThat(mailroom("account", "sign-in")).isEqualTo(1);
        assertThat(err).contains("Signing in with Google is not set up");

        assertThat(typing("GOCSPX-typed\n", "account", "google", "set", "4712"))
                .as(err)
                .isEqualTo(0);
        assertThat(out + err).doesNotContain("GOCSPX");
        assertThat(mailroom("account", "sign-in")).as(err).isEqualTo(0);
        assertThat(mailroom("settings", "get")).isEqualTo(0);
        assertThat(out).contains("google.client_id = 4712").doesNotContain("GOCSPX");

        mailroom("account", "sign-out");
        assertThat(typing("x\n", "account", "google", "set", "4713")).isEqualTo(3);
        assertThat(err).contains("Nobody is signed in");
        secrets = new LastingSecrets();
        assertThat(mailroom("account", "sign-in")).isEqualTo(1);
        assertThat(err).contains("keychain does not give Google's client secret");
        assertThat(typing("GOCSPX-typed\n", "account", "google", "set", "4712"))
                .as("the second computer's keychain gets the same client's secret")
                .isEqualTo(0);
        assertThat(mailroom("account", "sign-in")).as(err).isEqualTo(0);
        assertThat(mailroom("account", "google", "forget")).isEqualTo(0);
        assertThat(out).contains("nobody can sign in");
    }

    @Test
    void whereNothingCanStaySignedInNobodyIsSentToTheBrowser() throws Exception {
        secrets = new SessionSecrets();
        browser = page -> {
            throw new AssertionError("a browser was opened");
        };

        assertThat(mailroom("account", "sign-in")).isEqualTo(3);

        assertThat(err).contains("no keychain");
        assertThat(typing("x\n", "account", "google", "set", "4712")).isEqualTo(3);
        assertThat(mailroom("plan", "list")).as("nobody owns the workspace now").isEqualTo(0);
    }

    @Test
    void withoutABrowserTheAddressIsThere() throws Exception {
        browser = page -> {
            throw new UnsupportedOperationException("there is none");
        };

        assertThat(mailroom("account", "sign-in", "--wait", "1")).isEqualTo(1);

        assertThat(err).contains("/authorize?", "No browser could be opened here");
        assertThat(mailroom("account", "sign-in", "--wait", "0")).isEqualTo(3);
    }

    @Test
    void whatIsPlannedGoesOutWithNobodySignedIn() throws Exception {
        Path html = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}}</p>");
        Path csv = Files.writeString(folder.resolve("guests.csv"), "email,name\nkim@example.com,Kim\n");
        mailroom("settings", "set", "practice.outcome_speed", "1000");
        mailroom("template", "add", "letter", "--subject", "Hi", "--html", html.toString());
        mailroom("recipients", "import", csv.toString(), "--list", "guests");
        mailroom("account", "sign-in");
        assertThat(mailroom(
                        "plan",
                        "create",
                        "Evening",
                        "--template",
                        "letter",
                        "--list",
                        "guests",
                        "--from",
                        "a@b.example"))
                .as(err)
                .isEqualTo(0);
        assertThat(mailroom("plan", "start", "1")).as(err).isEqualTo(0);
        mailroom("account", "sign-out");

        assertThat(mailroom("run", "--quiet")).as(err).isEqualTo(0);

        assertThat(out).contains("no results are shown").doesNotContain("Evening");
        mailroom("account", "sign-in");
        assertThat(mailroom("results", "1")).isEqualTo(0);
        assertThat(out).contains("“Evening”: SENT, 1 messages");
    }

    private SecretStore minas = secrets;

    private void asMina() {
        secrets = minas;
        browser = mina();
    }

    /** Another computer, at which Kim signs in. */
    private SecretStore asKim() {
        minas = secrets;
        secrets = new LastingSecrets();
        browser = kim();
        assertThat(mailroom("account", "sign-in")).as(err).isEqualTo(0);
        return secrets;
    }

    private int typing(String input, String... command) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return mailroom(command);
        } finally {
            System.setIn(before);
        }
    }

    private static PersonAtBrowser mina() {
        return new PersonAtBrowser().as("1").without("hd").without("picture");
    }

    private static PersonAtBrowser kim() {
        return mina().as("2").with("email", "kim@example.com").with("name", "Kim");
    }
}
