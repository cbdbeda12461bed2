package app.mailroom.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * The page on which a reader leaves, made once for each language. It says nothing of the reader or the message, not even the
 * address that it is at: its form goes to wherever the page came from. Nothing in it runs, and it fetches nothing.
 */
final class UnsubscribePage {
    /** How the reader's wish stands. */
    enum State {
        ASKED(HttpStatus.OK_200),
        DONE(HttpStatus.OK_200),
        NOT_KEPT(HttpStatus.SERVICE_UNAVAILABLE_503);

        private final int status;

        State(int status) {
            this.status = status;
        }
    }

    private static final String BUNDLE = "app.mailroom.relay.unsubscribe";
    private static final String RETRY_SECONDS = "30";

    /** The first is for everybody who reads none of them. */
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

    private final Map<Locale, Map<State, Answer>> answers;

    UnsubscribePage() {
        String style = resource("unsubscribe.css");
        String policy = "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        answers = LANGUAGES.stream().collect(Collectors.toMap(language -> language, language -> {
            ResourceBundle words = ResourceBundle.getBundle(
                    BUNDLE,
                    language,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            return Stream.of(State.values())
                    .collect(Collectors.toMap(
                            state -> state,
                            state -> answer(state, language, words, style, policy),
                            (one, other) -> one,
                            () -> new EnumMap<>(State.class)));
        }));
    }

    /** The page in the language that a reader prefers among those it is written in (RFC 9110, section 12.5.4). */
    Answer answer(State state, HttpFields headers) {
        return Objects.requireNonNull(
                Objects.requireNonNull(answers.get(language(headers))).get(state));
    }

    private static Locale language(HttpFields headers) {
        String accepted = String.join(",", headers.getValuesList(HttpHeader.ACCEPT_LANGUAGE));
        if (accepted.isBlank()) {
            return LANGUAGES.get(0);
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
            return found == null ? LANGUAGES.get(0) : found;
        } catch (IllegalArgumentException e) {
            // Not written as the header should be: as if it were missing.
            return LANGUAGES.get(0);
        }
    }

    private static Answer answer(State state, Locale language, ResourceBundle words, String style, String policy) {
        HttpFields.Mutable more = HttpFields.build()
                .add("Content-Security-Policy", policy)
                .add("X-Robots-Tag", "noindex, nofollow")
                .add(Answer.NO_REFERRER)
                .add(HttpHeader.CONTENT_LANGUAGE, language.getLanguage());
        if (state == State.NOT_KEPT) {
            more.add(new PreEncodedHttpField(HttpHeader.RETRY_AFTER, RETRY_SECONDS));
        }
        return Answer.of(
                state.status,
                "text/html; charset=utf-8",
                html(state, language, words, style).getBytes(StandardCharsets.UTF_8),
                more);
    }

    private static String html(State state, Locale language, ResourceBundle words, String style) {
        String prefix = state.name().toLowerCase(Locale.ROOT) + ".";
        // After the button was pressed, whoever listens to the page hears first what came of it.
        String heading = state == State.ASKED ? "<h1>" : "<h1 tabindex=\"-1\" autofocus>";
        String form = state == State.DONE ? "" : """
                <form method="post" action=""><button type="submit">%s</button></form>
                """.formatted(words.getString(prefix + "button"));
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex, nofollow">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body class="%s">
                <main>
                %s%s</h1>
                <p>%s</p>
                %s<p class="note">%s</p>
                </main>
                </body>
                </html>
                """.formatted(
                        language.getLanguage(),
                        words.getString(prefix + "title"),
                        style,
                        state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        heading,
                        words.getString(prefix + "heading"),
                        words.getString(prefix + "text"),
                        form,
                        words.getString(prefix + "note"));
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
        try (InputStream in = Objects.requireNonNull(UnsubscribePage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("part of the program is missing: " + name, e);
        }
    }
}
