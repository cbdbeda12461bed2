package app.mailroom.ui.amazon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonSettings;
import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.FakeAws;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayProof.Link;
import app.mailroom.tracking.RelayStub;
import app.mailroom.tracking.RelayStub.Fault;
import app.mailroom.tracking.SigningKeys;
import app.mailroom.tracking.Tracking;
import app.mailroom.ui.OpenWindow;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.controls.ToggleSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The card of the relay in the real window, against relays that work and relays that do not. */
class RelayWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String QUEUE = "mailroom-events";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder.resolve("workspace"), robot, PATIENCE);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void anAddressIsKeptWhenItIsOneAndOtherwiseSaidToBeNoneWhereItStands() {
        openTheCard();
        type("http://hits.example.com");
        until(() -> shown("#relay-address-wrong").contains("https://"));
        assertThat(field().getText()).isEqualTo("http://hits.example.com");
        type("hits.example.com/?a=b");
        until(() -> shown("#relay-address-wrong").contains("only https:// and a host"));
        type("hits example");
        until(() -> shown("#relay-address-wrong").contains("not a web address"));
        assertThat(tracking().standing().address()).isEmpty();

        type(" hits.example.com/ ");
        until(() -> address().equals(Optional.of(RelayAddress.parse("https://hits.example.com"))));
        until(() -> field().getText().equals("https://hits.example.com"));
        assertThat(robot.lookup("#relay-address-wrong").query().isVisible()).isFalse();

        type("");
        until(() -> shown("#relay-address-wrong").contains("switch it off"));
        assertThat(address()).isPresent();
    }

    @Test
    void whatIsMissingIsSaidBesideWhatCannotBeDoneYet() {
        openTheCard();
        assertThat(shown("#state-relay")).isEqualTo("Optional");
        assertThat(shown("#relay-untestable")).isEqualTo("Enter the address first.");
        assertThat(useLine()).contains("Test the relay first.");
        assertThat(robot.lookup("#relay-use").query().isDisabled()).isTrue();
        type("hits.example.com");
        until(() -> shown("#relay-untestable").contains("key file"));
        saveKey(folder.resolve("one.keys"));
        robot.push(KeyCode.F5);
        until(() -> shown("#relay-untestable").contains("step 3"));
        assertThat(robot.lookup("#relay-test").query().isDisabled()).isTrue();
    }

    @Test
    void theKeyFileIsForItsOwnerAloneAndIsNeverWrittenOverAnotherFile() throws Exception {
        Path file = folder.resolve("mailroom-relay.keys");
        RelayViewModel model = saveKey(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKeys.parse(Files.readString(file)).ids())
                .isEqualTo(tracking().standing().keyIds())
                .hasSize(1);

        Path other = Files.writeString(folder.resolve("other.keys"), "somebody else's");
        robot.interact(() -> model.saveKeyFile(other));
        until(() -> trouble(model).equals("FILE_THERE"));
        assertThat(Files.readString(other)).isEqualTo("somebody else's");
        robot.interact(() -> model.saveKeyFile(folder.resolve("nowhere").resolve("a.keys")));
        until(() -> trouble(model).equals("FILE_REFUSED"));
    }

    @Test
    void aRelayThatWorksIsTestedAndUsedAndAmazonMayNotCountMeanwhile() throws Exception {
        try (FakeAws aws = FakeAws.start();
                RelayStub relay = relay()) {
            withEventsAt(aws);
            openTheCard();
            type(relay.address().base());
            until(() -> !robot.lookup("#relay-test").query().isDisabled());
            fire("#relay-test");
            until(() -> proven() == Link.values().length);
            // Proven, and not used yet.
            until(() -> shown("#state-relay").equals("Optional"));
            until(() -> !robot.lookup("#relay-use").query().isDisabled());
            assertThat(isShown(robot.lookup("#go-live").query()))
                    .as("nobody is led on from what nobody has to do")
                    .isFalse();

            turn("#relay-use", true);
            until(() -> tracking().on() && shown("#state-relay").equals("Done"));
            until(() -> robot.lookup("#events-tracking").query().isDisabled());

            Button renew = robot.lookup("#relay-new-key").queryButton();
            Platform.runLater(renew::fire);
            until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
            robot.clickOn("Make a new key");
            until(() -> shown("#relay-stale").contains("new key waits"));
            assertThat(tracking().standing().keyIds()).hasSize(2);
            assertThat(tracking().on()).as("the earlier key goes on signing").isTrue();

            turn("#relay-use", false);
            until(() -> !tracking().on());
            until(() -> !robot.lookup("#events-tracking").query().isDisabled());
            type("hits.example.com");
            until(() -> shown("#relay-stale").contains("has changed"));
            assertThat(robot.lookup("#relay-use").query().isDisabled()).isTrue();
        }
    }

    @Test
    void aTestStopsAtTheLinkThatFailsAndSaysSo() throws Exception {
        Map<Fault, Link> stops = new EnumMap<>(Map.of(
                Fault.NOT_A_RELAY, Link.REACHED,
                Fault.TAKES_FORGED_LINKS, Link.FORGERY,
                Fault.PICTURE_CHANGED, Link.OPEN,
                Fault.LINK_CHANGED, Link.CLICK,
                Fault.NO_POST, Link.UNSUBSCRIBE));
        try (FakeAws aws = FakeAws.start();
                RelayStub relay = relay()) {
            withEventsAt(aws);
            openTheCard();
            type(relay.address().base());
            for (Map.Entry<Fault, Link> stop : stops.entrySet()) {
                relay.fault = stop.getKey();
                until(() -> !robot.lookup("#relay-test").query().isDisabled());
                fire("#relay-test");
                int before = EnumSet.range(Link.REACHED, stop.getValue()).size() - 1;
                until(() -> badges().size() == Link.values().length
                        && proven() == before
                        && badges().get(before).equals("Failed"));
                until(() -> shown("#trouble-relay").contains("stopped where it is marked"));
                assertThat(shown("#state-relay")).isEqualTo("Failed");
            }
            relay.fault = Fault.FORWARDS_NOTHING;
            until(() -> !robot.lookup("#relay-test").query().isDisabled());
            fire("#relay-test");
            until(() ->
                    proven() == EnumSet.range(Link.REACHED, Link.UNSUBSCRIBE).size());
            fire("#stop-relay");
            until(() -> shown("#state-relay").equals("Optional"));
            assertThat(tracking().standing().provenAt()).isEmpty();
            assertThat(robot.lookup("#relay-use").query().isDisabled()).isTrue();
        }
    }

    @Test
    void theRelayMayNotBeUsedWhileAmazonCounts() throws Exception {
        try (FakeAws aws = FakeAws.start();
                RelayStub relay = relay()) {
            withEventsAt(aws);
            tracking().keep(relay.address());
            tracking().proof().run(PATIENCE, steps -> {});
            AmazonSettings kept = amazon().settings();
            amazon().keep(new AmazonSettings(
                    kept.region(),
                    kept.credentials(),
                    kept.profile(),
                    kept.endpoints(),
                    kept.chain(),
                    true,
                    kept.syncSuppressions()));
            openTheCard();
            until(() -> useLine().contains("counted twice"));
            assertThat(robot.lookup("#relay-use").query().isDisabled()).isTrue();
            assertThat(robot.lookup("#events-tracking").query().isDisabled())
                    .as("what is on can be switched off")
                    .isFalse();
        }
    }

    @Test
    void theAdministratorsTextsNameTheQueue() throws IOException {
        amazon().keep(amazon().settings()
                .with(new EventChain("mailings", "https://sqs.eu-west-1.amazonaws.com/123456789012/mailings-events")));
        openTheCard();
        until(() ->
                text("#relay-settings").contains("https://sqs.eu-west-1.amazonaws.com/123456789012/mailings-events"));
        assertThat(text("#relay-policy"))
                .contains("\"sqs:SendMessage\"")
                .contains("\"arn:aws:sqs:eu-west-1:123456789012:mailings-events\"");
    }

    /** A relay that knows the workspace's key. */
    private RelayStub relay() throws Exception {
        return new RelayStub(
                SigningKeys.parse(tracking().keyFile()), real.workspace().probes(), null);
    }

    private void withEventsAt(FakeAws aws) throws IOException {
        aws.createQueue(QUEUE);
        amazon().keepKeys("AKIAEXAMPLE77", "not/a/real/secret");
        AmazonSettings fresh = amazon().settings();
        amazon().keep(new AmazonSettings(
                FakeAws.REGION,
                CredentialSource.KEPT_KEYS,
                "",
                Endpoints.all(aws.endpoint()),
                new EventChain("mailings", aws.queueUrl(QUEUE)),
                false,
                fresh.syncSuppressions()));
    }

    /** Saves it as the person does who has chosen this file. */
    private RelayViewModel saveKey(Path file) {
        Texts texts = Texts.in(Locale.ENGLISH);
        List<RelayViewModel> made = new ArrayList<>();
        robot.interact(() -> {
            Notices notices = new Notices(texts);
            Background background = new Background("test-work", 1, notices::failed);
            made.add(new RelayViewModel(new ScreenContext(
                    real.features(), texts, background, background, notices, Runnable::run, place -> {})));
            made.get(0).saveKeyFile(file);
        });
        until(() -> Files.exists(file) && !made.get(0).step.working());
        return made.get(0);
    }

    private static String trouble(RelayViewModel model) {
        GuideStep.Trouble now = model.step.trouble.get();
        return now == null ? "" : now.code();
    }

    private void openTheCard() {
        robot.clickOn("#status-mode");
        until(() -> robot.lookup("#open-relay").tryQuery().isPresent());
        fire("#open-relay");
        until(() -> field().getLayoutBounds().getWidth() > 0);
    }

    private void type(String address) {
        robot.interact(() -> {
            field().requestFocus();
            field().setText(address);
        });
        robot.push(KeyCode.ENTER);
    }

    private void fire(String button) {
        robot.interact(() -> robot.lookup(button).queryButton().fire());
    }

    private void turn(String toggle, boolean on) {
        robot.interact(() -> robot.lookup(toggle).queryAs(ToggleSwitch.class).setSelected(on));
    }

    private long proven() {
        return badges().stream().filter("Proven"::equals).count();
    }

    /** How the links stand, as far as they were tried. */
    private List<String> badges() {
        return robot.from(robot.lookup("#relay-links").<Node>query()).lookup(".badge").<Label>queryAll().stream()
                .map(Label::getText)
                .toList();
    }

    private String useLine() {
        return String.join(
                " ",
                robot.from(robot.lookup("#relay-use-line").<Node>query()).lookup(".label").<Label>queryAll().stream()
                        .map(Label::getText)
                        .toList());
    }

    private Optional<RelayAddress> address() {
        return tracking().standing().address();
    }

    private Tracking tracking() {
        return real.features().tracking();
    }

    private Amazon amazon() {
        return real.features().amazon();
    }

    private TextField field() {
        return robot.lookup("#relay-address").queryAs(TextField.class);
    }

    private String text(String id) {
        return robot.lookup(id).queryAs(TextInputControl.class).getText();
    }

    private String shown(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static boolean isShown(Node node) {
        boolean shown = true;
        for (Node each = node; each != null; each = each.getParent()) {
            shown &= each.isVisible();
        }
        return shown;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
