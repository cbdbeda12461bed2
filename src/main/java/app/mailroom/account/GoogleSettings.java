package app.mailroom.account;

import app.mailroom.account.SignInException.Code;
import app.mailroom.model.Access;
import app.mailroom.model.Right;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.SettingsStore;
import java.net.URI;
import java.util.Map;

/**
 * Which OAuth client of Google a workspace uses. What somebody entered stands before the environment; id and secret always
 * come from the same place.
 */
public final class GoogleSettings {
    /** In the environment: the client's id. */
    public static final String ID = "GOOGLE_CLIENT_ID";
    /** In the environment: the client's secret. */
    public static final String SECRET = "GOOGLE_CLIENT_SECRET";
    /** In the environment: the address of an OpenID Connect issuer in Google's place, for tests. */
    public static final String ISSUER = "GOOGLE_ISSUER";

    private static final String KEPT_ID = "google.client_id";
    private static final String KEPT_SECRET = "google.client_secret";

    private final SettingsStore settings;
    private final SecretStore secrets;
    private final Map<String, String> environment;
    private final Access access;

    /**
     * Over a workspace's settings and secrets.
     *
     * @param environment what the names above may bring
     * @param access of whoever keeps a client or forgets it, and uses the settings
     */
    public GoogleSettings(SettingsStore settings, SecretStore secrets, Map<String, String> environment, Access access) {
        this.settings = settings;
        this.access = access;
        this.secrets = secrets;
        this.environment = Map.copyOf(environment);
    }

    /** Whether a client id is set anywhere. Asks no keychain, so the secret may still be missing. */
    public boolean configured() {
        return !clientId().isEmpty();
    }

    /** The client id that is used; empty if there is none. Asks no keychain. */
    public String clientId() {
        String kept = keptId();
        return kept.isEmpty() ? given(ID) : kept;
    }

    /** Whether the client id was entered and does not come from the environment. Asks no keychain. */
    public boolean typed() {
        return !keptId().isEmpty();
    }

    /**
     * Keeps a client that was typed: its id in the workspace, its secret in the keychain. The secret of the client that the
     * workspace has already is kept without a right, since it changes this computer's keychain alone; without it nobody could
     * sign in at a second computer.
     *
     * @throws SignInException when one of them is empty or has blanks within
     * @throws app.mailroom.model.NotAllowedException when it is another client than before, without {@link Right#MANAGE_PEOPLE}
     * @throws app.mailroom.secrets.SecretStoreException when the keychain does not take the secret; nothing is changed then
     */
    public void keep(String id, String secret) throws SignInException {
        String strippedId = id.strip();
        boolean another = !strippedId.equals(keptId());
        if (another) {
            access.require(Right.MANAGE_PEOPLE);
        }
        String strippedSecret = secret.strip();
        require(isWord(strippedId), "That is no client id: it is empty, or has blanks within.");
        require(isWord(strippedSecret), "That is no client secret: it is empty, or has blanks within.");
        secrets.put(KEPT_SECRET, strippedSecret);
        if (another) {
            settings.put(KEPT_ID, strippedId);
        }
    }

    /**
     * Forgets what was typed, so that the environment's client is used, if it has one.
     *
     * @throws app.mailroom.model.NotAllowedException without {@link Right#MANAGE_PEOPLE}
     */
    public void forget() {
        access.require(Right.MANAGE_PEOPLE);
        settings.put(KEPT_ID, "");
        secrets.remove(KEPT_SECRET);
    }

    /**
     * The client that is used. May ask the keychain.
     *
     * @throws SignInException when it is not set, or not completely
     */
    GoogleClient client() throws SignInException {
        String id = clientId();
        require(
                !id.isEmpty(),
                "Signing in with Google is not set up. Enter the client id and the client secret under People, or give them as "
                        + ID + " and " + SECRET + " in the environment or a .env file.");
        String secret = typed() ? secrets.get(KEPT_SECRET).orElse("") : given(SECRET);
        require(
                !secret.isEmpty(),
                typed()
                        ? "The keychain does not give Google's client secret. Unlock it and try again, or enter the secret anew"
                                + " under People."
                        : ID + " is of no use without " + SECRET + " in the same place.");
        require(isWord(id) && isWord(secret), "Google's client id or client secret has blanks within.");
        return new GoogleClient(id, secret, issuer());
    }

    private URI issuer() throws SignInException {
        String given = given(ISSUER);
        if (given.isEmpty()) {
            return GoogleClient.GOOGLE;
        }
        require(
                GoogleClient.isSafe(given),
                ISSUER + " is not an address like https://accounts.example.com. Without https it has to lie on this"
                        + " computer.");
        return URI.create(given);
    }

    private String keptId() {
        return settings.get(KEPT_ID).orElse("");
    }

    private String given(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private static boolean isWord(String text) {
        return text.matches("\\S+");
    }

    private static void require(boolean fine, String message) throws SignInException {
        if (!fine) {
            throw new SignInException(Code.NOT_CONFIGURED, message);
        }
    }
}
