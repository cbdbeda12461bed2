package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.account.SignInException.Code;
import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.World;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.SettingsStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleSettingsTest {
    @TempDir
    private Path folder;

    private Database database;
    private SettingsStore store;
    private final SecretStore secrets = new SessionSecrets();

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, Clock.systemUTC());
        store = new SettingsStore(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingIsSetAtFirst() {
        GoogleSettings settings = settings(Map.of());

        assertThat(settings.configured()).isFalse();
        assertThat(settings.clientId()).isEmpty();
        assertThat(notConfigured(settings)).contains("GOOGLE_CLIENT_ID", "under People");
    }

    @Test
    void theEnvironmentBringsAClient() throws Exception {
        GoogleSettings settings = settings(Map.of("GOOGLE_CLIENT_ID", " given ", "GOOGLE_CLIENT_SECRET", "secret"));

        assertThat(settings.configured()).isTrue();
        assertThat(settings.typed()).isFalse();
        assertThat(settings.client()).isEqualTo(new GoogleClient("given", "secret", GoogleClient.GOOGLE));
    }

    @Test
    void whatWasTypedStandsBeforeTheEnvironmentUntilItIsForgotten() throws Exception {
        GoogleSettings settings = settings(Map.of("GOOGLE_CLIENT_ID", "given", "GOOGLE_CLIENT_SECRET", "secret"));

        settings.keep(" typed ", " own ");
        assertThat(settings.typed()).isTrue();
        assertThat(settings.client()).isEqualTo(new GoogleClient("typed", "own", GoogleClient.GOOGLE));

        settings.forget();
        assertThat(settings.client().id()).isEqualTo("given");
        assertThat(secrets.get("google.client_secret")).isEmpty();
    }

    @Test
    void theSecretLiesInTheKeychainAlone() throws Exception {
        settings(Map.of()).keep("typed", "own-secret");

        assertThat(store.all().toString()).doesNotContain("own-secret");
        assertThat(settings(Map.of()).client().toString()).doesNotContain("own-secret");
    }

    @Test
    void whoDoesNotManagePeopleChangesNothingNotEvenTheKeychain() throws Exception {
        settings(Map.of()).keep("typed", "own");
        Access nobody = new Access() {
            @Override
            public Actor actor() {
                return Actor.local("tester");
            }

            @Override
            public Optional<Refusal> refusal(Right right, World world) {
                return Optional.of(new Refusal(Refusal.Code.ROLE, right, Optional.of(Role.SENDER)));
            }
        };
        GoogleSettings settings = new GoogleSettings(store, secrets, Map.of(), nobody);

        assertThat(catchThrowableOfType(NotAllowedException.class, () -> settings.keep("other", "secret"))
                        .refusal()
                        .right())
                .isEqualTo(Right.MANAGE_PEOPLE);
        assertThat(catchThrowableOfType(NotAllowedException.class, settings::forget))
                .isNotNull();
        assertThat(settings.client()).isEqualTo(new GoogleClient("typed", "own", GoogleClient.GOOGLE));

        settings.keep("typed", "anew");
        assertThat(settings.client().secret())
                .as("the same client's secret is this computer's own")
                .isEqualTo("anew");
    }

    @Test
    void idAndSecretNeverComeFromTwoPlaces() throws Exception {
        GoogleSettings settings = settings(Map.of("GOOGLE_CLIENT_ID", "given", "GOOGLE_CLIENT_SECRET", "of-another"));
        settings.keep("typed", "own");
        secrets.remove("google.client_secret");

        assertThat(notConfigured(settings)).contains("keychain").doesNotContain("of-another");
    }

    @Test
    void halfAPairInTheEnvironmentIsNamed() {
        assertThat(notConfigured(settings(Map.of("GOOGLE_CLIENT_ID", "given")))).contains("GOOGLE_CLIENT_SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nbreak"})
    void whatCannotBeAClientIsNotKept(String typed) {
        GoogleSettings settings = settings(Map.of());

        assertThat(catchThrowableOfType(SignInException.class, () -> settings.keep(typed, "secret")))
                .isNotNull();
        assertThat(catchThrowableOfType(SignInException.class, () -> settings.keep("id", typed)))
                .isNotNull();
        assertThat(settings.configured()).isFalse();
        assertThat(secrets.get("google.client_secret")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/realm",
                "http://localhost:8080/x",
                "http://127.0.0.1:1",
                "http://[::1]:8080"
            })
    void anotherIssuerMayStandInForGoogle(String issuer) throws Exception {
        assertThat(settings(Map.of(
                                "GOOGLE_CLIENT_ID", "given", "GOOGLE_CLIENT_SECRET", "secret", "GOOGLE_ISSUER", issuer))
                        .client()
                        .issuer())
                .isEqualTo(URI.create(issuer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example",
                "http://localhost.evil.example",
                "ftp://localhost",
                "https://name:word@issuer.example",
                "https:///nowhere",
                "not an address"
            })
    void anIssuerThatOthersCouldPlayIsRefused(String issuer) {
        assertThat(notConfigured(settings(Map.of(
                        "GOOGLE_CLIENT_ID", "given", "GOOGLE_CLIENT_SECRET", "secret", "GOOGLE_ISSUER", issuer))))
                .contains("GOOGLE_ISSUER")
                .doesNotContain("word");
    }

    private GoogleSettings settings(Map<String, String> environment) {
        return new GoogleSettings(store, secrets, environment, Access.PROGRAM);
    }

    private static String notConfigured(GoogleSettings settings) {
        SignInException refused = catchThrowableOfType(SignInException.class, settings::client);
        assertThat(refused.code()).isEqualTo(Code.NOT_CONFIGURED);
        return String.valueOf(refused.getMessage());
    }
}
