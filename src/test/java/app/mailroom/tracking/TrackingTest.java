package app.mailroom.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.tracking.Tracking.Standing;
import app.mailroom.tracking.TrackingException.Code;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workspace knows of its relay, over restarts, keychains that fail and keys of the environment. */
class TrackingTest {
    private static final RelayAddress HERE = RelayAddress.parse("hits.example.com");
    private static final RelayAddress THERE = RelayAddress.parse("hits.example.org");

    @TempDir
    Path folder;

    private TrackedWorkspace workspace;
    private Tracking tracking;

    @BeforeEach
    void open() {
        workspace = new TrackedWorkspace(folder);
        tracking = workspace.tracking();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private static void assertRefused(Code code, ThrowingCallable deed) {
        assertThatThrownBy(deed)
                .isInstanceOfSatisfying(
                        TrackingException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private void prove() throws TrackingException {
        tracking.keep(HERE);
        tracking.keyFile();
        tracking.proven(tracking.candidate());
    }

    @Test
    void nothingIsSetUpAtFirst() throws Exception {
        assertThat(tracking.standing()).isEqualTo(Standing.NONE);
        assertThat(tracking.on()).isFalse();
        assertThat(tracking.links()).isEmpty();
        assertRefused(Code.NO_ADDRESS, () -> tracking.switchOn());
        tracking.keep(HERE);
        assertRefused(Code.NO_KEY, () -> tracking.switchOn());
        tracking.keyFile();
        assertRefused(Code.NOT_PROVEN, () -> tracking.switchOn());
    }

    @Test
    void whatIsSwitchedOnStaysSoInEveryProcessUntilTheAddressChanges() throws Exception {
        prove();
        tracking.switchOn();

        Tracking other = workspace.tracking();
        assertThat(other.on()).isTrue();
        assertThat(other.links()).isPresent();
        assertThat(other.mark()).isEqualTo(tracking.mark());

        other.keep(HERE);
        assertThat(tracking.on()).isTrue();
        Object mark = tracking.mark();
        other.keep(THERE);
        assertThat(tracking.on()).isFalse();
        assertThat(tracking.standing().provenAt()).isEmpty();
        assertThat(tracking.mark()).isNotEqualTo(mark);
        assertRefused(Code.NOT_PROVEN, () -> tracking.switchOn());
    }

    @Test
    void switchedOffItSignsNothing() throws Exception {
        prove();
        tracking.switchOn();
        tracking.switchOff();

        assertThat(tracking.links()).isEmpty();
        assertThat(tracking.standing().provenAt()).isPresent();
    }

    @Test
    void theRelayIsNotSwitchedOnWhileAmazonCounts() throws Exception {
        prove();
        workspace.amazonCounts = true;

        assertRefused(Code.AMAZON_COUNTS, () -> tracking.switchOn());
        assertThat(tracking.on()).isFalse();
    }

    @Test
    void aKeyThatWouldBeLostWithTheProgramSwitchesNothingOn() throws Exception {
        workspace.secrets = new SessionSecrets();
        tracking = workspace.tracking();
        prove();

        assertRefused(Code.KEY_NOT_LASTING, () -> tracking.switchOn());
        assertRefused(Code.KEY_NOT_LASTING, () -> tracking.renewKey());
    }

    @Test
    void aKeychainThatGivesNothingStopsLiveMailAndLosesNoKey() throws Exception {
        prove();
        tracking.switchOn();
        String before = tracking.keyFile();
        LastingSecrets whole = (LastingSecrets) workspace.secrets;
        workspace.secrets = new LastingSecrets();
        Tracking locked = workspace.tracking();

        assertRefused(Code.NO_KEY, () -> locked.links());
        assertRefused(Code.NO_KEY, () -> locked.keyFile());
        assertThat(locked.standing().keyIds()).isEmpty();
        assertThat(locked.standing().on()).isTrue();

        workspace.secrets = whole;
        assertThat(workspace.tracking().keyFile()).isEqualTo(before);
        assertThat(workspace.tracking().links()).isPresent();
    }

    @Test
    void aKeyThatIsLostForGoodIsReplacedByANewOneThatHasToBeProven() throws Exception {
        prove();
        tracking.switchOn();
        workspace.secrets = new LastingSecrets();
        tracking = workspace.tracking();

        tracking.renewKey();

        assertThat(tracking.standing().keyIds()).hasSize(1);
        assertRefused(Code.NOT_PROVEN, () -> tracking.links());
    }

    @Test
    void keysOfTheEnvironmentComeBeforeTheKeychain() throws Exception {
        tracking.keyFile();
        SigningKey one = SigningKey.random(new SecureRandom());
        SigningKey two = SigningKey.random(new SecureRandom());
        workspace.environment.put(Tracking.KEYS, one.secretText() + "," + two.secretText());
        workspace.secrets = new SessionSecrets();
        tracking = workspace.tracking();

        assertThat(tracking.standing().keyIds()).containsExactly(one.id(), two.id());
        assertRefused(Code.KEYS_OF_ENVIRONMENT, () -> tracking.renewKey());
        assertRefused(Code.KEYS_OF_ENVIRONMENT, () -> tracking.forgetKey(two.id()));
        prove();
        tracking.switchOn();
        assertThat(tracking.links()).isPresent();

        SigningKey next = SigningKey.random(new SecureRandom());
        workspace.environment.put(Tracking.KEYS, next.secretText() + "," + one.secretText());
        Tracking renewed = workspace.tracking();
        assertThat(renewed.standing().keyIds()).containsExactly(one.id(), next.id());
        assertThat(renewed.standing().waitingKey()).contains(next.id());
        assertThat(renewed.candidate().keys().current()).isEqualTo(next);

        workspace.environment.put(Tracking.KEYS, next.secretText());
        assertRefused(Code.NOT_PROVEN, () -> workspace.tracking().links());
    }

    @Test
    void theKeyFileIsReadByTheRelayAndBeginsWithoutASecret() throws Exception {
        String file = tracking.keyFile();

        assertThat(file.lines().findFirst().orElseThrow())
                .startsWith("# ")
                .contains(tracking.standing().keyIds().get(0))
                .doesNotContain(SigningKeys.parse(file).current().secretText());
        assertThat(SigningKeys.parse(file).ids()).isEqualTo(tracking.standing().keyIds());
        tracking.renewKey();
        assertThat(SigningKeys.parse(tracking.keyFile()).ids()).hasSize(2);
        assertThat(SigningKeys.parse(tracking.keyFile())
                        .of(SigningKeys.parse(file).current().id()))
                .contains(SigningKeys.parse(file).current());
    }

    @Test
    void anOldKeyCanBeForgottenAndTheOneThatSignsCannot() throws Exception {
        prove();
        tracking.switchOn();
        String old = tracking.standing().keyIds().get(0);
        tracking.renewKey();
        String next = tracking.standing().waitingKey().orElseThrow();

        assertThatThrownBy(() -> tracking.forgetKey(old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signs the mails");
        assertThatThrownBy(() -> tracking.forgetKey("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(old)
                .hasMessageContaining(next);
        tracking.forgetKey(next);
        assertThat(tracking.standing().keyIds()).containsExactly(old);
        assertThat(tracking.standing().waitingKey()).isEmpty();
        assertThat(tracking.links()).isPresent();

        tracking.renewKey();
        prove();
        tracking.forgetKey(old);

        assertThat(SigningKeys.parse(tracking.keyFile()).ids()).hasSize(1).doesNotContain(old);
        assertThat(tracking.links()).isPresent();
    }

    @Test
    void theKeyFileIsItsOwnersAndReplacesNothingUnasked() throws Exception {
        Path file = folder.resolve("relay.keys");
        tracking.writeKeyFile(file, false);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().isEqualTo(tracking.keyFile());

        Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> tracking.writeKeyFile(other, false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(other).content().isEqualTo("mine");
        tracking.writeKeyFile(other, true);
        assertThat(other).content().isEqualTo(tracking.keyFile());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).noneMatch(name -> name.endsWith(".new"));
        }
    }

    @Test
    void noSecretIsInTheSettingsOrInWords() throws Exception {
        prove();
        tracking.renewKey();
        SigningKeys keys = SigningKeys.parse(tracking.keyFile());
        String everything = workspace.settings.all() + " " + tracking.standing() + " " + tracking.mark() + " " + keys
                + " " + tracking.candidate() + " " + keys.current();

        for (String id : keys.ids()) {
            String secret = keys.signingWith(id).current().secretText();
            assertThat(everything).doesNotContain(secret.substring(secret.indexOf(':') + 1));
        }
        for (String wrong : List.of("", "abcd", "abcd:???", "abcd:c2hvcnQ")) {
            assertThatThrownBy(() -> SigningKeys.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("???", "c2hvcnQ"));
        }
    }

    @Test
    void addressesOfLettersAreReadByTheSameRelay() throws Exception {
        prove();
        tracking.switchOn();
        RelayLinks links = tracking.links().orElseThrow();

        assertThat(links.read(links.of("workspace01-7").unsubscribe())).contains(HitLink.unsubscribe("workspace01-7"));
    }
}
