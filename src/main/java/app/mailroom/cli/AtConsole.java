package app.mailroom.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Questions to the person at the console. Java 17 has one only where a person sits at it. */
@SuppressWarnings("SystemConsoleNull")
final class AtConsole {
    private AtConsole() {}

    /** Goes on only if the person agrees; sure stands for their yes. */
    static void agree(boolean sure, String question) throws RefusedException {
        if (sure) {
            return;
        }
        Console console = System.console();
        if (console == null) {
            throw new RefusedException("Nothing was changed: nobody can be asked here. Say --yes to go on.");
        }
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new RefusedException("Nothing was changed.");
        }
    }

    /** Asks for a secret without showing it, or reads the first line of standard input; empty if there is none. */
    static String secret(String name) throws IOException {
        Console console = System.console();
        if (console == null) {
            // Not closed: standard input is not ours.
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line.strip();
        }
        char[] typed = console.readPassword("%s (not shown): ", name);
        if (typed == null) {
            return "";
        }
        String secret = new String(typed).strip();
        Arrays.fill(typed, ' ');
        return secret;
    }
}
