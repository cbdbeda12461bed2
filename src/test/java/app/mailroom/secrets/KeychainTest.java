package app.mailroom.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only where there is no keychain: a person's own is not for tests. */
@EnabledOnOs(OS.LINUX)
@DisabledIfEnvironmentVariable(named = "DBUS_SESSION_BUS_ADDRESS", matches = ".+")
@DisabledIfEnvironmentVariable(named = "XDG_RUNTIME_DIR", matches = ".+")
class KeychainTest {
    @Test
    void withoutAKeychainSecretsAreKeptUntilTheProgramEndsAndThatIsSaid() {
        SecretStore keychain = Keychain.ofThisComputer("testspace1");

        assertThat(keychain.lasting()).isFalse();
        keychain.put("name", "hush hush");
        assertThat(keychain.get("name")).contains("hush hush");
        assertThat(Keychain.ofThisComputer("testspace1").get("name")).isEmpty();
        keychain.remove("name");
        keychain.remove("name");
        assertThat(keychain.get("name")).isEmpty();
        assertThat(keychain.toString()).doesNotContain("hush hush");
    }
}
