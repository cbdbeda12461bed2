package app.mailroom.ui.account;

import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn;
import app.mailroom.account.PersonAtBrowser;
import app.mailroom.account.StandInForGoogle;
import app.mailroom.app.WindowedWorkspace;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.ui.Desktop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Opens the real window on a folder, with a stand-in for Google, for looking at it. Whoever is named by the system properties
 * {@code email}, {@code name} and {@code subject} signs in, some seconds after the browser was asked.
 */
final class SignInTryout {
    private static final long SECONDS_AT_BROWSER = 4;

    private SignInTryout() {}

    /** Arguments: the folder, and {@code none} to have no client at Google. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PersonAtBrowser person = new PersonAtBrowser()
                .with("email", System.getProperty("email", "mina@example.com"))
                .with("name", System.getProperty("name", "김미나"))
                .as(System.getProperty("subject", "108"));
        Executor later = CompletableFuture.delayedExecutor(SECONDS_AT_BROWSER, TimeUnit.SECONDS);
        try (StandInForGoogle google = new StandInForGoogle();
                WindowedWorkspace real = new WindowedWorkspace(
                        Path.of(args[0]),
                        Clock.systemUTC(),
                        args.length > 1
                                ? Map.of()
                                : Map.of(
                                        GoogleSettings.ID, "4711-mailroom.apps.example.com",
                                        GoogleSettings.SECRET, "GOCSPX-of-the-client",
                                        GoogleSettings.ISSUER, google.issuer().toString()),
                        new LastingSecrets(),
                        page -> later.execute(() -> person.accept(page)),
                        GoogleSignIn.Wish::usual)) {
            Desktop.run(real.features());
        }
        System.exit(0);
    }
}
