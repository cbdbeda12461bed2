package app.mailroom.practice;

import app.mailroom.model.WorkspaceId;
import app.mailroom.store.SettingsStore;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayLinks;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * The relay of practice mode as its mails know it: on this computer alone, at a port that the workspace keeps, so that mails of
 * last week still find it. Its key is made of the workspace's id, so every process has it without a keychain. It is no secret:
 * all that it guards are practice's own hits, and the file that holds those is open to whoever could reach the port.
 */
public final class PracticeLinks {
    /** The setting with the port. */
    public static final String PORT = "practice.relay_port";

    private static final String KEY_ID = "practice";
    /** Below the ports that systems lend to outgoing connections, one of which could have it when the program starts. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_767;
    private static final int TRIES = 50;

    private final SettingsStore settings;
    private final WorkspaceId workspace;

    /** Of a workspace, whose settings keep the port. */
    public PracticeLinks(SettingsStore settings, WorkspaceId workspace) {
        this.settings = settings;
        this.workspace = workspace;
    }

    /** The port, chosen at the first time among those that are free. */
    public int port() {
        OptionalInt kept = kept();
        if (kept.isPresent()) {
            return kept.getAsInt();
        }
        settings.putIfAbsent(PORT, Integer.toString(freePort()));
        return kept().orElseThrow(() -> new IllegalStateException("The setting " + PORT + " is no port."));
    }

    /** Where the relay is. */
    public RelayAddress address() {
        return RelayAddress.onLoopback(port());
    }

    /** The key with which its addresses are signed. */
    public SigningKeys keys() {
        try {
            byte[] secret = MessageDigest.getInstance("SHA-256")
                    .digest(("mailroom practice relay " + workspace.value()).getBytes(StandardCharsets.UTF_8));
            return new SigningKeys(List.of(
                    SigningKey.parse(KEY_ID + ":" + Base64.getUrlEncoder().encodeToString(secret))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The addresses of mails. */
    public RelayLinks links() {
        return new RelayLinks(address(), new HitTokens(keys()));
    }

    private OptionalInt kept() {
        return settings.get(PORT).filter(text -> text.matches("[0-9]{1,5}")).stream()
                .mapToInt(Integer::parseInt)
                .filter(port -> port > 0 && port <= 65_535)
                .findFirst();
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
