package app.mailroom.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;

/** What the browser shows when it comes back: that the person should go back to the program. Nothing in it runs or is fetched. */
final class ReturnPage {
    /** How it came back. */
    enum State {
        /** With what was asked for; whether that is good is not known yet. */
        ARRIVED,
        /** With a no of the person's or of Google's. */
        REFUSED,
        /** With something that nobody asked for. */
        UNEXPECTED
    }

    private static final String BUNDLE = "app.mailroom.account.return";

    private final Locale language;
    private final ResourceBundle words;
    private final String style = resource("return.css");

    /** In Korean if the language is Korean, and in English otherwise. */
    ReturnPage(Locale language) {
        this.language = language.getLanguage().equals(Locale.KOREAN.getLanguage()) ? Locale.KOREAN : Locale.ENGLISH;
        this.words = ResourceBundle.getBundle(
                BUNDLE,
                this.language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** For the header Content-Security-Policy. */
    String policy() {
        return "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    }

    /** Names its icon, or the browser would ask for one. */
    String html(State state) {
        String prefix = state.name().toLowerCase(Locale.ROOT);
        String heading = words.getString(prefix + ".heading");
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <link rel="icon" href="data:,">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body class="%s">
                <main>
                <h1>%s</h1>
                <p>%s</p>
                </main>
                </body>
                </html>
                """.formatted(
                        language.getLanguage(), heading, style, prefix, heading, words.getString(prefix + ".text"));
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReturnPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("part of the program is missing: " + name, e);
        }
    }
}
