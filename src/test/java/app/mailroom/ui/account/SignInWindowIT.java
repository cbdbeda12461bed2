package app.mailroom.ui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.SettableClock;
import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn;
import app.mailroom.account.PersonAtBrowser;
import app.mailroom.account.Session;
import app.mailroom.account.StandInForGoogle;
import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.ui.OpenWindow;
import app.mailroom.ui.common.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The whole way in the real window, from the button to the main window, against an issuer that nobody here wrote. */
class SignInWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String CLIENT = "4711-mailroom.apps.example.com";
    private static final String SECRET = "GOCSPX-of-the-client";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final PersonAtBrowser person = new PersonAtBrowser();
    private volatile Browser browser = person::accept;
    private volatile Function<Locale, GoogleSignIn.Wish> wish = GoogleSignIn.Wish::usual;
    private final SettableClock clock = new SettableClock();
    private StandInForGoogle google;

    @SuppressWarnings("NullAway.Init")
    private WindowedWorkspace workspace;

    @SuppressWarnings("NullAway.Init")
    private OpenWindow real;

    @BeforeEach
    void openGoogle() throws Exception {
        google = new StandInForGoogle();
        // The issuer lives in the present.
        clock.advance(Duration.between(SettableClock.START, Instant.now()));
    }

    @AfterEach
    void close() {
        if (real != null) {
            real.close();
        }
        google.close();
    }

    @Test
    void whoeverSignsInFirstOwnsTheWorkspaceAndFromThenOnEverybodySignsIn() throws Exception {
        openWorkspace(new LastingSecrets(), true);
        openWindow();
        until(() -> shown("#person-role").equals("This computer"));

        robot.clickOn("#person").clickOn("My page");
        until(() -> isThere("#me-sign-in"));
        robot.clickOn("#me-sign-in");
        until(() -> isThere("#sign-in"));
        robot.push(KeyCode.ENTER);

        until(() -> shown("#person-name").equals("김미나"));
        assertThat(shown("#person-role")).isEqualTo("Owner");
        assertThat(isThere("#sign-in")).as("the dialog closes").isFalse();
        until(() -> shown("#me-role").equals("Owner"));

        robot.clickOn("#me-sign-out");
        until(() -> isThere("#sign-in-screen"));
        assertThat(isThere("#person")).as("the window behind it").isFalse();
        assertThat(isThere("#sign-in-reason")).as("they wanted it").isFalse();

        robot.push(KeyCode.ENTER);
        until(() -> shown("#person-name").equals("김미나"));
        assertThat(isThere("#sign-in-screen")).isFalse();
    }

    @Test
    void anotherProgramsTokenIsRefused() throws Exception {
        signInAtTheScreen(person.with("aud", "another.apps.example.com"));

        says("The answer was meant for another program");
    }

    @Test
    void anotherSignInsTokenIsRefused() throws Exception {
        signInAtTheScreen(person.with("nonce", "of-another-sign-in"));

        says("The answer belongs to another sign-in");
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        openOwned();
        google.answerExpired(CLIENT);
        robot.push(KeyCode.ENTER);

        says("Google’s answer is not valid any more, or not yet");
        assertThat(shown("#sign-in-advice")).contains("clock");
    }

    @Test
    void anAddressThatNobodyVerifiedIsRefused() throws Exception {
        signInAtTheScreen(person.with("email_verified", false));

        says("Google has not verified your address");
    }

    @Test
    void anAccountOfAnotherOrganisationThanTheOneThatIsAskedForIsRefused() throws Exception {
        wish = language -> new GoogleSignIn.Wish(language, Duration.ofMinutes(5), Optional.of("elsewhere.example"), 0);
        signInAtTheScreen(person);

        says("This account belongs to another organisation");
    }

    @Test
    void whoIsNeitherInvitedNorOfAnAllowedDomainIsRefusedByName() throws Exception {
        signInAtTheScreen(
                person.as("109").with("email", "guest@foreign.example").with("hd", "foreign.example"));

        says("You are not invited to this workspace");
        assertThat(shown("#sign-in-advice")).contains("guest@foreign.example").contains("Have an owner invite");
    }

    @Test
    void aTokenThatWasChangedOnTheWayIsRefused() throws Exception {
        openOwned();
        google.change(StandInForGoogle.TOKEN, reply -> StandInForGoogle.withAddress(reply, "boss@example.com"));
        robot.push(KeyCode.ENTER);

        says("Google’s answer is forged or was changed on the way");
    }

    @Test
    void anAnswerWithAnotherStateIsRefused() throws Exception {
        openOwned();
        browser = page -> PersonAtBrowser.comesBack(page, "code=4%2F0Forged&state=guessed");
        robot.push(KeyCode.ENTER);

        says("The browser came back with somebody else’s answer");
    }

    @Test
    void whoClosedTheBrowserCancelsAndNothingGoesOnWaiting() throws Exception {
        openOwned();
        browser = page -> {};
        robot.push(KeyCode.ENTER);
        until(() -> !robot.lookup("#sign-in-copy").query().isDisabled());
        assertThat(shown("#sign-in-left")).contains("minutes left");
        URI page = workspace.opened().get(workspace.opened().size() - 1);
        robot.push(KeyCode.ESCAPE);

        says("You cancelled the sign-in");
        URI back = URI.create(PersonAtBrowser.parameters(page.getRawQuery()).get("redirect_uri"));
        await().atMost(PATIENCE).until(() -> isClosed(back.getPort()));
        browser = person::accept;
        robot.push(KeyCode.ENTER);
        until(() -> shown("#person-name").equals("김미나"));
    }

    @Test
    void aBrowserThatDoesNotComeBackIsNotWaitedForForEver() throws Exception {
        wish = language -> new GoogleSignIn.Wish(language, Duration.ofMillis(300), Optional.empty(), 0);
        openOwned();
        browser = page -> {};
        robot.push(KeyCode.ENTER);

        says("The browser did not come back in time");
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            wish = language -> new GoogleSignIn.Wish(language, Duration.ofMinutes(5), Optional.empty(), port);
            openOwned();
            robot.push(KeyCode.ENTER);

            says("The browser cannot come back to this program");
            assertThat(workspace.opened()).as("pages").hasSize(1);
        }
    }

    @Test
    void aBrowserThatDoesNotStartIsNoEndForTheAddressCanBeCopied() throws Exception {
        openOwned();
        browser = page -> {
            throw new UnsupportedOperationException("there is no browser here");
        };
        robot.push(KeyCode.ENTER);
        until(() -> isThere("#sign-in-no-browser"));
        assertThat(robot.lookup("#sign-in-copy").query().isDisabled()).isFalse();
        person.accept(workspace.opened().get(workspace.opened().size() - 1));

        until(() -> shown("#person-name").equals("김미나"));
    }

    @Test
    void withoutAClientItIsAskedForAndKept() throws Exception {
        openWorkspace(new LastingSecrets(), false);
        openWindow();
        robot.clickOn("#person").clickOn("Sign in with Google");
        until(() -> isThere("#sign-in-client"));
        robot.clickOn("#sign-in-client").write("two words");
        robot.clickOn("#sign-in-secret").write(SECRET);
        robot.clickOn("#sign-in-keep");
        until(() -> robot.lookup("#sign-in-what").queryAll().stream()
                .anyMatch(what -> isInView(what) && text(what).startsWith("Client ID or client secret is missing")));
        assertThat(typed("#sign-in-secret")).isEqualTo(SECRET);
        robot.clickOn("#sign-in-client").push(KeyCode.CONTROL, KeyCode.A).write(CLIENT);
        robot.push(KeyCode.ENTER);

        until(() -> shown("#person-name").equals("김미나"));
        assertThat(real.features().account().google().clientId()).isEqualTo(CLIENT);
    }

    @Test
    void whereNoKeychainWouldKeepItStayingIsOffAndTheReasonBeneath() throws Exception {
        openOwned(new SessionSecrets());
        until(() -> robot.lookup("#sign-in-stay").query().isDisabled());
        assertThat(robot.lookup("#sign-in-stay").queryAs(CheckBox.class).isSelected())
                .isFalse();
        assertThat(shown("#sign-in-stay-hint")).contains("no keychain");
    }

    @Test
    void aHalfWrittenTemplateAndAnOpenDialogAreHiddenByTheLockAndThereAgainAfterIt() throws Exception {
        openOwned();
        signIn();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> isThere("#templates"));
        openFirstTemplate();
        until(() -> !typed("#template-subject").isEmpty());
        robot.clickOn("#template-subject").push(KeyCode.END).write(" half");
        robot.clickOn("#template-test");
        until(() -> isThere("#test-to"));
        robot.clickOn("#test-to").push(KeyCode.CONTROL, KeyCode.A).write("who@example.com, somebo");
        String titleBefore = modal().getTitle();
        robot.push(KeyCode.CONTROL, KeyCode.L);

        until(() -> isThere("#lock-screen"));
        assertThat(session().standing()).isEqualTo(Session.Standing.LOCKED);
        assertThat(isThere("#test-to")).as("the dialog").isFalse();
        assertThat(isThere("#template-subject")).as("the template").isFalse();
        assertThat(Window.getWindows())
                .filteredOn(window -> window instanceof Stage)
                .extracting(window -> ((Stage) window).getTitle())
                .allMatch(title -> title.endsWith("Mailroom"));
        robot.push(KeyCode.ESCAPE);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertThat(isThere("#lock-screen"))
                .as("keys do not reach what is behind")
                .isTrue();
        assertThat(shown("#sign-in")).isEqualTo("Continue as 김미나");

        until(() -> robot.lookup("#sign-in").query().isFocused());
        robot.push(KeyCode.ENTER);
        until(() -> isThere("#test-to"));
        assertThat(isThere("#lock-screen")).isFalse();
        assertThat(typed("#test-to")).isEqualTo("who@example.com, somebo");
        assertThat(modal().getTitle()).isEqualTo(titleBefore);
        until(() -> robot.lookup("#test-to").query().isFocused());
        robot.push(KeyCode.ESCAPE);
        until(() -> !isThere("#test-to"));
        assertThat(typed("#template-subject")).endsWith(" half");
        long template = real.features()
                .stores()
                .templates()
                .findByName(shown("#template-title"))
                .orElseThrow()
                .id();
        until(() -> real.features()
                .stores()
                .templates()
                .draft(template)
                .map(draft -> draft.content().subject().endsWith(" half"))
                .orElse(false));
    }

    @Test
    void aKeyThatComesAfterALongTimeLocksInPlaceOfPassingForWork() throws Exception {
        openOwned();
        signIn();
        clock.advance(Duration.ofMinutes(29));
        robot.push(KeyCode.SHIFT);
        clock.advance(Duration.ofMinutes(29));
        robot.push(KeyCode.SHIFT);
        assertThat(session().lockIfIdle()).isFalse();
        clock.advance(Duration.ofMinutes(31));
        robot.push(KeyCode.SHIFT);

        until(() -> isThere("#lock-screen"));
        assertThat(session().standing()).isEqualTo(Session.Standing.LOCKED);
    }

    @Test
    void onlyWhoLockedItUnlocksItAndSigningOutLeadsToTheSignInScreen() throws Exception {
        openOwned();
        signIn();
        session().lock();
        until(() -> isThere("#lock-screen"));
        robot.interact(() -> person.as("109").with("email", "other@example.com"));
        robot.push(KeyCode.ENTER);
        says("That is not who locked the program");
        assertThat(shown("#sign-in-advice")).contains("other@example.com");

        robot.clickOn("#lock-sign-out");
        until(() -> isThere("#sign-in-screen"));
        assertThat(session().member()).isEmpty();
    }

    @Test
    void signingOutAtTheLockAsksFirstWhenADialogWouldBeLost() throws Exception {
        openOwned();
        signIn();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> isThere("#templates"));
        openFirstTemplate();
        until(() -> !typed("#template-subject").isEmpty());
        robot.clickOn("#template-test");
        until(() -> isThere("#test-to"));
        session().lock();
        until(() -> isThere("#lock-screen"));
        robot.clickOn("#lock-sign-out");
        until(() -> isThere("#lock-lose"));
        robot.clickOn("#lock-stay");
        until(() -> isThere("#lock-sign-out"));
        robot.clickOn("#lock-sign-out");
        robot.clickOn("#lock-lose");

        until(() -> isThere("#sign-in-screen"));
        assertThat(modals()).isEmpty();
    }

    @Test
    void aProgramThatWasClosedWhileLockedIsLockedWhenItOpensAgain() throws Exception {
        openOwned();
        robot.clickOn("#sign-in-stay");
        robot.clickOn("#sign-in");
        until(() -> shown("#person-name").equals("김미나"));
        robot.clickOn("#person").clickOn("Lock now");
        until(() -> isThere("#lock-screen"));
        real.hide();
        real.show();
        until(() -> isThere("#lock-screen"));
        assertThat(isThere("#person")).isFalse();
        robot.clickOn("#sign-in");
        until(() -> shown("#person-name").equals("김미나"));
        assertThat(session().stays()).as("unlocking leaves it so").isTrue();
    }

    @Test
    void anotherRoleFillsTheWindowAnewAndWhoIsTakenOutSeesWhy() throws Exception {
        openOwned();
        Member second = joins("109", "second@example.com", Role.OWNER);
        signIn();
        until(() -> shown("#person-role").equals("Owner"));
        long first = session().member().orElseThrow().id();
        workspace.members().changeRole(first, Role.VIEWER);
        session().lockIfIdle();
        until(() -> shown("#person-role").equals("Viewer"));

        workspace.members().remove(first);
        session().lockIfIdle();
        until(() -> isThere("#sign-in-screen"));
        assertThat(shown("#sign-in-reason")).contains("taken out");
        assertThat(second.role()).isEqualTo(Role.OWNER);
    }

    @Test
    void languageAndLookAreTheMembersOwn() throws Exception {
        openOwned();
        signIn();
        robot.clickOn("#person").clickOn("My page");
        until(() -> isThere("#language-ko"));
        // It may lie beneath the edge of the page.
        robot.interact(
                () -> robot.lookup("#language-ko").queryAs(ToggleButton.class).fire());
        until(() -> shown("#person-role").equals("소유자"));
        assertThat(real.features().stores().settings().get("ui.language")).hasValue("en");
        robot.clickOn("#me-sign-out");
        until(() -> shown("#sign-in").equals("Sign in with Google"));
        robot.clickOn("#sign-in");
        until(() -> shown("#person-role").equals("소유자"));
    }

    @Test
    void computersThatStaySignedInAreShownAndSignedOut() throws Exception {
        openOwned();
        robot.clickOn("#sign-in-stay");
        robot.clickOn("#sign-in");
        until(() -> shown("#person-name").equals("김미나"));
        workspace.members().beginSession(session().member().orElseThrow(), "laptop", new byte[] {1, 2, 3});
        robot.clickOn("#person").clickOn("My page");
        until(() -> isThere("#me-elsewhere"));
        assertThat(session().computers()).hasSize(2);
        robot.interact(() -> robot.lookup("#me-elsewhere").queryButton().fire());
        until(() -> !isThere("#me-elsewhere"));
        assertThat(session().computers()).singleElement().matches(computer -> computer.here());
    }

    /** With somebody who owns the workspace and is not signed in now, so that the window asks who. */
    private void openOwned() throws Exception {
        openOwned(new LastingSecrets());
    }

    private void openOwned(SecretStore secrets) throws Exception {
        openWorkspace(secrets, true);
        session()
                .signIn(
                        GoogleSignIn.Wish.usual(Locale.ENGLISH),
                        false,
                        workspace.features().outside().browser()::open);
        session().signOut();
        openWindow();
        until(() -> isThere("#sign-in-screen"));
        until(() -> robot.lookup("#sign-in").query().isFocused());
    }

    private Member joins(String subject, String email, Role role) throws Exception {
        workspace.members().invite(email, role);
        PersonAtBrowser other = new PersonAtBrowser().as(subject).with("email", email);
        Member joined = session()
                .signIn(GoogleSignIn.Wish.usual(Locale.ENGLISH), false, other)
                .member();
        session().signOut();
        until(() -> isThere("#sign-in-screen"));
        return joined;
    }

    private void openWorkspace(SecretStore secrets, boolean configured) throws IOException {
        String issuer = google.issuer().toString();
        workspace = new WindowedWorkspace(
                folder,
                clock,
                configured
                        ? Map.of(
                                GoogleSettings.ID, CLIENT, GoogleSettings.SECRET, SECRET, GoogleSettings.ISSUER, issuer)
                        : Map.of(GoogleSettings.ISSUER, issuer),
                secrets,
                page -> browser.open(page),
                language -> wish.apply(language));
    }

    private void openWindow() throws Exception {
        real = new OpenWindow(workspace, robot, PATIENCE);
    }

    private void signIn() {
        robot.push(KeyCode.ENTER);
        until(() -> shown("#person-name").equals("김미나"));
    }

    private void signInAtTheScreen(PersonAtBrowser who) throws Exception {
        PersonAtBrowser owner = new PersonAtBrowser();
        browser = owner::accept;
        openOwned();
        browser = who::accept;
        robot.push(KeyCode.ENTER);
    }

    private void says(String what) {
        until(() -> isThere("#sign-in-what") && shown("#sign-in-what").equals(what));
        assertThat(shown("#sign-in-advice")).isNotBlank();
        assertThat(robot.lookup("#sign-in").query().getAccessibleHelp()).contains(what);
        assertThat(isThere("#person")).as("the main window").isFalse();
        until(() -> robot.lookup("#sign-in").query().isFocused());
    }

    private Session session() {
        return workspace.features().account().session();
    }

    private void openFirstTemplate() {
        until(() -> !robot.lookup("#templates").queryTableView().getItems().isEmpty());
        // The list may be read anew between choosing and opening, which takes the choice away.
        until(() -> {
            if (isThere("#templates")) {
                robot.interact(() -> {
                    TableView<?> table = robot.lookup("#templates").queryTableView();
                    table.getSelectionModel().selectFirst();
                    table.requestFocus();
                });
                robot.push(KeyCode.ENTER);
            }
            return isThere("#template-subject");
        });
    }

    private static List<Stage> modals() {
        return Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .map(Stage.class::cast)
                .filter(stage -> stage.getModality() != Modality.NONE)
                .toList();
    }

    private static Stage modal() {
        return modals().get(0);
    }

    private boolean isThere(String id) {
        return robot.lookup(id).queryAll().stream().anyMatch(SignInWindowIT::isInView);
    }

    private static boolean isInView(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    private String shown(String id) {
        return robot.lookup(id).queryAll().stream()
                .filter(SignInWindowIT::isInView)
                .map(SignInWindowIT::text)
                .findFirst()
                .orElse("");
    }

    private static String text(Node node) {
        return ((Labeled) node).getText();
    }

    private String typed(String id) {
        Node field = robot.lookup(id).query();
        return ((TextInputControl) field).getText();
    }

    private static boolean isClosed(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            return holds.call();
        });
    }
}
