package app.mailroom.practice;

import app.mailroom.store.SettingsStore;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayLinks;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * The relay of practice mode as its mails know it: on this computer alone, at a port that the workspace keeps, so that mails of
 * last week still find it. Its key lies in the workspace as well, beside the hits that it guards, so every process has it without
 * a keychain. It is drawn by lot: a page of the web that is open in this computer's browser reaches the port too, and must not be
 * able to make up hits, of messages that are none of practice's least of all.
 */
public final class PracticeLinks {
    /** The setting with the port. */
    public static final String PORT = "practice.relay_port";

    /** The setting with the key. */
    public static final String KEY = "practice.relay_key";

    /** Below the ports that systems lend to outgoing connections, one of which could have it when the program starts. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_767;
    private static final int TRIES = 50;

    private final SettingsStore settings;

    /** Of a workspace, whose settings keep the port and the key. */
    public PracticeLinks(SettingsStore settings) {
        this.settings = settings;
    }

    /** The port, chosen at the first time among those that are free. */
    public int port() {
        OptionalInt kept = settings.get(PORT).map(PracticeLinks::read).orElse(OptionalInt.empty());
        return kept.isPresent() ? kept.getAsInt() : choose();
    }

    private int choose() {
        int port = freePort();
        OptionalInt kept = read(settings.putIfAbsent(PORT, Integer.toString(port)));
        if (kept.isPresent()) {
            return kept.getAsInt();
        }
        // Somebody wrote there what is no port.
        settings.put(PORT, Integer.toString(port));
        return port;
    }

    /** Where the relay is. */
    public RelayAddress address() {
        return RelayAddress.onLoopback(port());
    }

    /** The key with which its addresses are signed, made at the first time. */
    public SigningKeys keys() {
        return settings.get(KEY).flatMap(PracticeLinks::readKey).orElseGet(this::makeKey);
    }

    private SigningKeys makeKey() {
        SigningKeys made = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
        return readKey(settings.putIfAbsent(KEY, made.secretText())).orElseGet(() -> {
            // Somebody wrote there what is no key.
            settings.put(KEY, made.secretText());
            return made;
        });
    }

    private static Optional<SigningKeys> readKey(String text) {
        try {
            return Optional.of(SigningKeys.parse(text));
        } catch (IllegalArgumentException e) {
            // As good as none.
            return Optional.empty();
        }
    }

    /** The addresses of mails. */
    public RelayLinks links() {
        return new RelayLinks(address(), new HitTokens(keys()));
    }

    private static OptionalInt read(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    private static int freePort() {
        SplittableRandom random = new SplittableRandom();
        int port = random.nextInt(LOWEST, HIGHEST + 1);
        for (int i = 1; i < TRIES && !free(port); i++) {
            port = random.nextInt(LOWEST, HIGHEST + 1);
        }
        return port;
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
