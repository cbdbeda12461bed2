package app.mailroom.ui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.account.People;
import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.AllowedDomain;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.ui.OpenWindow;
import atlantafx.base.controls.Notification;
import atlantafx.base.controls.ToggleSwitch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The page of people in the real window. */
class PeopleWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();

    @SuppressWarnings("NullAway.Init")
    private OpenWindow real;

    private void open(WindowedWorkspace workspace) throws Exception {
        real = new OpenWindow(workspace, robot, PATIENCE);
        go();
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void whereNobodyIsYetThePageSaysWhatToDoAndInvitesAlready() throws Exception {
        open(new WindowedWorkspace(folder.resolve("workspace")));

        until(() -> shown("Nobody has signed in yet")
                && robot.lookup("#people-set-up").query().isVisible());
        assertThat(on(() -> robot.lookup("#people").query().isVisible())).isFalse();
        robot.clickOn("#people-invite");
        until(() -> robot.lookup("#let-in-typed").tryQuery().isPresent());
        type("#let-in-typed", "mina at example.com");
        fire("#let-in");
        until(() -> text("#let-in-problem").contains("no address like mina@example.com"));
        assertThat(on(() -> robot.lookup("#let-in-typed")
                        .queryAs(TextInputControl.class)
                        .getText()))
                .isEqualTo("mina at example.com");
        type("#let-in-typed", " Mina@Example.com ");
        robot.interact(() -> role("#let-in-role").setValue(Role.SENDER));
        fire("#let-in");
        until(() -> people().invitations().size() == 1 && button("Copy invitation text"));
        robot.interact(() -> press("Copy invitation text"));

        Invitation invitation = people().invitations().get(0);
        assertThat(invitation.email()).isEqualTo("mina@example.com");
        assertThat(invitation.role()).isEqualTo(Role.SENDER);
        assertThat(on(() -> Clipboard.getSystemClipboard().getString()))
                .contains(
                        "Mina@Example.com",
                        "Sender",
                        folder.resolve("workspace").toString());
    }

    @Test
    void anInvitationIsWithdrawnByKeyAndComesBackByUndo() throws Exception {
        open(Seated.as(Role.OWNER, folder.resolve("workspace")));
        people().invite("mina@example.com", Role.EDITOR);
        until(() -> rows("#invitations").size() == 1);

        choose("#invitations", 0);
        robot.type(KeyCode.DELETE);
        until(() -> people().invitations().isEmpty() && button("Undo"));
        robot.interact(() -> press("Undo"));

        until(() -> people().invitations().size() == 1);
        assertThat(people().invitations().get(0).role()).isEqualTo(Role.EDITOR);
    }

    @Test
    void anOrganisationIsAllowedUnlessAnybodyCanHaveAnAccountThere() throws Exception {
        open(Seated.as(Role.OWNER, folder.resolve("workspace")));

        fire("#people-allow");
        until(() -> robot.lookup("#let-in-typed").tryQuery().isPresent());
        type("#let-in-typed", "gmail.com");
        fire("#let-in");
        until(() -> text("#let-in-problem").contains("Anybody can have an address at gmail.com"));
        type("#let-in-typed", "@example.com");
        fire("#let-in");

        until(() -> people().domains().size() == 1);
        AllowedDomain domain = people().domains().get(0);
        assertThat(domain.domain()).isEqualTo("example.com");
        assertThat(domain.role()).isEqualTo(Role.VIEWER);
        assertThat(domain.allowedBy()).isEqualTo("olga@example.com");
    }

    @Test
    void theOnlyOwnerStaysOneAndOthersChangeTheirRoleWithAWayBack() throws Exception {
        open(Seated.as(Role.OWNER, folder.resolve("workspace")));
        until(() -> rows("#people").size() == 4);
        Member olga = member("Olga");
        Member sam = member("Sam");

        assertThat(on(() -> role("#role-" + olga.id()).isDisabled())).isTrue();
        assertThat(on(() -> role("#role-" + olga.id()).getAccessibleHelp())).contains("needs an owner");
        robot.interact(() -> role("#role-" + sam.id()).setValue(Role.OWNER));
        until(() -> member("Sam").role() == Role.OWNER);
        until(() -> !role("#role-" + olga.id()).isDisabled());
        until(() -> button("Undo"));
        robot.interact(() -> press("Undo"));

        until(() -> member("Sam").role() == Role.SENDER);
        until(() -> role("#role-" + olga.id()).isDisabled());
        choose("#people", 0);
        robot.type(KeyCode.DELETE);
        until(() -> noticed("A workspace needs an owner"));
        assertThat(people().members()).hasSize(4);
    }

    @Test
    void whoIsRemovedIsBelowAndComesBack() throws Exception {
        open(Seated.as(Role.OWNER, folder.resolve("workspace")));
        until(() -> rows("#people").size() == 4);
        Member sam = member("Sam");

        int row = on(() -> rows("#people").indexOf(sam));
        choose("#people", row);
        Platform.runLater(() -> robot.type(KeyCode.DELETE));
        until(() -> shown("Sam is signed out everywhere"));
        confirm("Remove");
        until(() -> people().removed().size() == 1 && rows("#people").size() == 3);
        until(() -> robot.lookup("#people-removed").query().isVisible());
        robot.interact(
                () -> robot.lookup("#people-removed").queryAs(TitledPane.class).setExpanded(true));
        until(() -> robot.lookup("#restore-" + sam.id()).tryQuery().isPresent());
        fire("#restore-" + sam.id());

        until(() -> people().removed().isEmpty() && rows("#people").size() == 4);
        assertThat(member("Sam").role()).isEqualTo(Role.SENDER);
    }

    @Test
    void whoIsLookedForIsFoundByNameOrAddressOnceThereAreMany() throws Exception {
        WindowedWorkspace workspace = Seated.as(Role.OWNER, folder.resolve("workspace"));
        open(workspace);
        until(() -> rows("#people").size() == 4);
        assertThat(on(() -> robot.lookup("#people-search").query().isVisible())).isFalse();
        Seated.join(folder.resolve("workspace"), 8);
        until(() -> rows("#people").size() == 12
                && robot.lookup("#people-search").query().isVisible());

        type("#people-search", "GUEST7@");

        until(() -> rows("#people").size() == 1);
    }

    @Test
    void googlesClientIsKeptWhenItIsCompleteAndItsSecretIsNeverShown() throws Exception {
        open(Seated.as(Role.OWNER, folder.resolve("workspace")));
        until(() -> text("#google-hint").contains("Not set up"));

        fire("#google-set");
        type("#google-id", "4711 abc");
        type("#google-secret", "GOCSPX-1");
        fire("#google-save");
        until(() -> text("#google-problem").contains("client ID"));
        type("#google-id", "4711-abc.apps.googleusercontent.com");
        type("#google-secret", "");
        fire("#google-save");
        until(() -> text("#google-problem").contains("client secret"));
        type("#google-secret", "GOCSPX-1");
        fire("#google-save");

        until(() -> text("#google-client").equals("4711-abc.apps.googleusercontent.com"));
        assertThat(text("#google-hint")).contains("Entered here");
        assertThat(on(() -> robot.lookup("#google-secret")
                        .queryAs(TextInputControl.class)
                        .getText()))
                .isEmpty();
        Platform.runLater(
                () -> robot.lookup("#google-forget").queryAs(Button.class).fire());
        until(() -> shown("taken out of this computer’s keychain"));
        confirm("Forget");
        until(() -> text("#google-client").isEmpty());
    }

    @Test
    void lockAndApprovalAreKeptAndTooFewApproversAreWarnedOf() throws Exception {
        open(Seated.as(Role.OWNER, folder.resolve("workspace")));
        until(() -> rows("#people").size() == 4);

        robot.interact(() -> idle().setValue(240L));
        until(() -> people().settings().idle().equals(Duration.ofHours(4)));
        robot.interact(() -> idle().setValue(0L));
        until(() -> people().settings().idle().isZero());
        robot.interact(() -> approval().setSelected(true));
        until(() -> people().settings().approval());
        assertThat(text("#few-approvers")).isEmpty();
        people().changeRole(member("Sam"), Role.EDITOR);
        until(() -> text("#few-approvers").contains("Only one person here may approve"));
        until(() -> text("#sign-in-refused").contains("Switch approval off first"));
        assertThat(on(() -> robot.lookup("#sign-in-off").query().isDisabled())).isTrue();
        robot.interact(() -> approval().setSelected(false));
        until(() -> !people().settings().approval()
                && !robot.lookup("#sign-in-off").query().isDisabled());
    }

    @Test
    void signingInIsSwitchedOffOnlyAfterItWasSaidWhatThatMeansAndOnAgain() throws Exception {
        open(new WindowedWorkspace(folder.resolve("workspace")));
        until(() -> text("#sign-in-state").contains("Nobody owns this workspace yet"));

        Platform.runLater(
                () -> robot.lookup("#sign-in-off").queryAs(Button.class).fire());
        until(() -> shown("may then also send live"));
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(people().settings().asksWho()).isTrue();
        Platform.runLater(
                () -> robot.lookup("#sign-in-off").queryAs(Button.class).fire());
        until(() -> shown("may then also send live"));
        confirm("Work without signing in");

        until(() -> !people().settings().asksWho() && text("#sign-in-is-off").contains("also send live"));
        assertThat(on(() -> approval().isDisabled())).isTrue();
        assertThat(actions()).contains("SIGN_IN_SWITCHED_OFF");
        fire("#sign-in-on");
        until(() -> people().settings().asksWho());
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"SENDER", "EDITOR", "VIEWER"})
    void whoMayNotChangeItReadsThePageAndNotTheRecord(Role role) throws Exception {
        WindowedWorkspace workspace = Seated.as(role, folder.resolve("workspace"));
        open(workspace);
        until(() -> rows("#people").size() == 4);

        assertThat(on(() -> shown("You can look at this page"))).isTrue();
        for (String control :
                List.of("#people-invite", "#people-allow", "#google-set", "#idle", "#approval", "#sign-in-off")) {
            assertThat(on(() -> robot.lookup(control).query().isDisabled()))
                    .as(control)
                    .isTrue();
            assertThat(on(() -> robot.lookup(control).query().getAccessibleHelp()))
                    .as(control)
                    .contains("Owner");
        }
        long sam = on(() -> rows("#people").stream()
                .map(Member.class::cast)
                .filter(member -> member.name().equals("Sam"))
                .findFirst()
                .orElseThrow()
                .id());
        assertThat(on(() -> role("#role-" + sam).isDisabled())).isTrue();
        choose("#people", 1);
        robot.type(KeyCode.DELETE);
        until(() -> noticed("Your role: "));
        assertThat(people().members()).hasSize(4);

        robot.clickOn("#nav-settings");
        robot.clickOn("#open-audit");
        until(() -> shown("Only owners read the record"));
        assertThat(on(() -> robot.lookup("#audit-export").query().isVisible())).isFalse();
    }

    private void go() {
        robot.clickOn("#nav-settings");
        until(() -> robot.lookup("#open-people").tryQuery().isPresent());
        robot.clickOn("#open-people");
        until(() -> robot.lookup("#people-invite").tryQuery().isPresent());
    }

    private People people() {
        return real.features().account().people();
    }

    private Member member(String name) {
        return people().members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> actions() {
        return real.features().account().audit().newest(50).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private List<?> rows(String table) {
        return robot.lookup(table).queryAs(TableView.class).getItems();
    }

    private void choose(String table, int row) {
        robot.interact(() -> {
            TableView<?> view = robot.lookup(table).queryAs(TableView.class);
            view.requestFocus();
            view.getSelectionModel().clearAndSelect(row);
        });
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Role> role(String id) {
        return robot.lookup(id).queryAs(ComboBox.class);
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Long> idle() {
        return robot.lookup("#idle").queryAs(ComboBox.class);
    }

    private ToggleSwitch approval() {
        return robot.lookup("#approval").queryAs(ToggleSwitch.class);
    }

    private void type(String field, String text) {
        robot.interact(() -> robot.lookup(field).queryAs(TextInputControl.class).setText(text));
    }

    private void fire(String button) {
        robot.interact(() -> robot.lookup(button).queryAs(Button.class).fire());
    }

    private boolean button(String words) {
        return buttons(words).findFirst().isPresent();
    }

    private void press(String words) {
        buttons(words).findFirst().orElseThrow().fire();
    }

    private Stream<Button> buttons(String words) {
        return robot.lookup("#notices").queryAll().stream()
                .flatMap(notices -> notices.lookupAll(".button").stream())
                .filter(node -> node instanceof Button button && words.equals(button.getText()))
                .map(Button.class::cast);
    }

    /** Presses the button of a question that stands open. */
    private void confirm(String words) {
        Node button = robot.lookup(".dialog-pane .button")
                .match((Node node) -> node instanceof Button each && words.equals(each.getText()))
                .query();
        robot.clickOn(button);
    }

    private String text(String label) {
        return robot.lookup(label).queryAs(Label.class).getText();
    }

    private boolean shown(String words) {
        return robot.lookup((Node node) -> node instanceof Label label
                        && label.getText() != null
                        && label.getText().contains(words))
                .tryQuery()
                .isPresent();
    }

    private boolean noticed(String words) {
        return robot.lookup((Node node) -> node instanceof Notification notice
                        && notice.getMessage().contains(words))
                .tryQuery()
                .isPresent();
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> on(holds));
    }

    private static <T> T on(Callable<T> look) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, look);
    }
}
