package app.mailroom.ui.amazon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.aws.FakeAws;
import app.mailroom.aws.SesControlStub;
import app.mailroom.model.World;
import app.mailroom.store.OutcomeStore.Unsettled;
import app.mailroom.ui.OpenWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The guide for Amazon as a person uses it who has no Amazon yet, in the real window. */
class AmazonWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY_ID = "AKIAEXAMPLE77";
    private static final String SECRET = "not/a/real/secret";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder, robot, PATIENCE);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void whereNothingAnswersIsSaidInTheCardAndNothingTypedIsLost() throws IOException {
        openTheGuide();
        String nowhere = "http://127.0.0.1:" + portWhereNothingListens();
        robot.clickOn("#access-region").write("Frankfurt");
        typeKeys();
        robot.clickOn("#access-advanced");
        robot.clickOn("#access-endpoint").write(nowhere);
        robot.push(KeyCode.ENTER);
        until(() -> shown("#trouble-access").contains("does not answer"));
        assertThat(shown("#state-access")).isEqualTo("Failed");
        assertThat(shown("#trouble-detail-access")).doesNotContain(SECRET);
        assertThat(region().getEditor().getText()).startsWith("eu-central-1");
        assertThat(field("#access-key-id").getText()).isEqualTo(KEY_ID);
        assertThat(field("#access-endpoint").getText()).isEqualTo(nowhere);
        assertThat(field("#access-secret").getText()).as("it is kept by now").isEmpty();
        assertThat(amazon().keysKept()).isTrue();
        assertThat(amazon().settings().region()).isEqualTo("eu-central-1");
        assertThat(amazon().settings().credentials()).isEqualTo(CredentialSource.KEPT_KEYS);
        assertThat(amazon().settings().endpoints().sqs()).isEqualTo(nowhere);
        assertThat(real.features().stores().settings().all().values()).noneMatch(value -> value.contains(SECRET));
    }

    @Test
    void thePersonGoesFromNothingToLiveAndBack() {
        try (FakeAws aws = FakeAws.start();
                SesControlStub ses = new SesControlStub(100)) {
            aws.accountEndpoint = ses.endpoint();
            aws.verified.add("news@example.com");
            ses.identity(
                    "news@example.com",
                    "{'IdentityType':'EMAIL_ADDRESS','VerifiedForSendingStatus':true,'VerificationStatus':'SUCCESS'}");
            openTheGuide();
            robot.clickOn("#access-region").write("Frankfurt");
            typeKeys();
            robot.clickOn("#access-advanced");
            robot.clickOn("#access-endpoint").write(aws.endpoint());
            robot.push(KeyCode.ENTER);
            until(() -> shown("#state-access").equals("Done"));
            until(() -> shown("#state-senders").equals("Done"));
            until(() -> robot.lookup("#events-apply").query().isVisible()
                    && !robot.lookup("#events-apply").query().isDisabled());
            press("#events-apply");
            until(() -> shown("#state-events").equals("Done"));
            assertThat(amazon().settings().chain().complete()).isTrue();

            until(() -> !robot.lookup("#proof-run").query().isDisabled());
            press("#proof-run");
            until(() -> shown("#state-proof").equals("Done"));

            // Not awaited: the question that opens holds the thread of the window until it is answered.
            Button goLive = robot.lookup("#go-live").queryAs(Button.class);
            Platform.runLater(goLive::fire);
            until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
            Button yes = robot.lookup(".dialog-pane .button").queryAllAs(Button.class).stream()
                    .filter(button -> button.getText().equals("Go live"))
                    .findFirst()
                    .orElseThrow();
            robot.interact(yes::fire);
            until(() -> real.features().mailing().dispatch().world() == World.LIVE);
            until(() -> button("#status-mode").getText().equals("Live"));

            press("#go-practice");
            until(() -> real.features().mailing().dispatch().world() == World.PRACTICE);
            until(() -> button("#status-mode").getText().equals("Practice"));
        }
    }

    /** Presses a button that may lie below what the window shows. */
    private void press(String id) {
        robot.interact(() -> robot.lookup(id).queryAs(Button.class).fire());
    }

    @Test
    void theSecretStaysInItsFieldUntilItIsKept() {
        openTheGuide();
        typeKeys();
        robot.clickOn("#access-check");
        until(() -> shown("#trouble-access").contains("region"));
        assertThat(field("#access-secret").getText()).isEqualTo(SECRET);
        assertThat(field("#access-key-id").getText()).isEqualTo(KEY_ID);
        assertThat(amazon().keysKept()).isFalse();
    }

    @Test
    void aKeyWithoutItsSecretIsNotKept() {
        openTheGuide();
        robot.clickOn("#keys-typed");
        robot.clickOn("#access-key-id").write(KEY_ID);
        robot.clickOn("#access-region").write("eu-west-1");
        robot.push(KeyCode.ENTER);
        until(() -> shown("#trouble-access").contains("secret"));
        assertThat(amazon().keysKept()).isFalse();
        assertThat(amazon().settings().region()).isEmpty();
    }

    @Test
    void keptKeysAreForgottenWhenThePersonSaysSo() {
        amazon().keepKeys(KEY_ID, SECRET);
        openTheGuide();
        until(() -> robot.lookup("#access-forget").query().isVisible());
        assertThat(field("#access-key-id").getText()).isEqualTo(KEY_ID);
        robot.clickOn("#access-forget");
        until(() -> !amazon().keysKept());
        until(() -> !robot.lookup("#access-forget").query().isVisible());
    }

    @Test
    void whatIsTypedIsStillThereAfterALookElsewhere() {
        openTheGuide();
        typeKeys();
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#open-amazon").tryQuery().isPresent());
        robot.clickOn("#status-mode");
        until(() -> robot.lookup("#amazon").tryQuery().isPresent());
        assertThat(field("#access-key-id").getText()).isEqualTo(KEY_ID);
        assertThat(field("#access-secret").getText()).isEqualTo(SECRET);
        assertThat(robot.lookup("#nav-settings").queryAs(ToggleButton.class).isSelected())
                .isTrue();
    }

    @Test
    void withoutAccessNobodyGoesLive() {
        openTheGuide();
        robot.clickOn("#open-access");
        robot.clickOn("#open-live");
        until(() -> robot.lookup("#go-live").query().isVisible());
        assertThat(robot.lookup("#go-live").query().isDisabled()).isTrue();
        assertThat(shown("#live-mode")).isEqualTo("Practice");
        assertThat(real.features().mailing().dispatch().world()).isEqualTo(World.PRACTICE);
    }

    @Test
    void aSenderThatIsNoneIsRefusedBeforeAmazonIsAsked() {
        openTheGuide();
        robot.clickOn("#open-access");
        robot.clickOn("#open-senders");
        robot.clickOn("#sender-new").write("not an address");
        robot.push(KeyCode.ENTER);
        until(() -> shown("#trouble-senders").contains("example.com"));
        assertThat(field("#sender-new").getText()).isEqualTo("not an address");
    }

    @Test
    void aChainOfAnAdministratorNeedsBothItsEnds() {
        openTheGuide();
        robot.clickOn("#open-access");
        robot.clickOn("#open-events");
        robot.interact(
                () -> robot.lookup("#amazon-scroll").queryAs(ScrollPane.class).setVvalue(1));
        robot.clickOn("#events-by-hand");
        robot.interact(() -> field("#events-set").setText("mailings"));
        robot.interact(() -> button("#events-use").fire());
        until(() -> shown("#trouble-events").contains("Both are needed"));
        robot.interact(() -> field("#events-queue").setText("https://sqs.example/1/mailings"));
        robot.interact(() -> button("#events-use").fire());
        until(() -> amazon().settings().chain().complete());
        until(() -> shown("#state-events").equals("Done"));
        assertThat(amazon().settings().chain().configurationSet()).isEqualTo("mailings");
    }

    @Test
    void unassignedEventsAreOfferedOnceThereAreSome() {
        robot.clickOn("#nav-results");
        until(() -> robot.lookup("#results").tryQuery().isPresent());
        assertThat(robot.lookup("#open-quarantine").query().isVisible()).isFalse();
        real.workspace().outcomes().settle(List.of(), List.of(new Unsettled("NOT_JSON", "one", "{\"a\":[1,2]}")));
        until(() -> robot.lookup("#open-quarantine").query().isVisible());
        robot.clickOn("#open-quarantine");
        until(() -> robot.lookup("#quarantine").queryTableView().getItems().size() == 1);
        robot.interact(() ->
                robot.lookup("#quarantine").queryTableView().getSelectionModel().select(0));
        TextArea body = robot.lookup("#quarantine-body").queryAs(TextArea.class);
        until(() -> body.getText().contains("\"a\" : [ 1, 2 ]"));
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#results").tryQuery().isPresent());
    }

    private void openTheGuide() {
        robot.clickOn("#nav-settings");
        until(() -> robot.lookup("#open-amazon").tryQuery().isPresent());
        robot.clickOn("#open-amazon");
        until(() -> robot.lookup("#access-region").query().isVisible()
                && robot.lookup("#access-check").queryButton().getScene() != null);
        until(() -> robot.lookup("#access-region").query().getLayoutBounds().getWidth() > 0);
    }

    private void typeKeys() {
        robot.clickOn("#keys-typed");
        robot.clickOn("#access-key-id").write(KEY_ID);
        robot.clickOn("#access-secret").write(SECRET);
    }

    private Amazon amazon() {
        return real.features().amazon();
    }

    private TextField field(String id) {
        return robot.lookup(id).queryAs(TextField.class);
    }

    private Button button(String id) {
        return robot.lookup(id).queryButton();
    }

    private ComboBox<String> region() {
        return robot.lookup("#access-region").queryComboBox();
    }

    private String shown(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static int portWhereNothingListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
