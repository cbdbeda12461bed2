package app.mailroom.app;

import app.mailroom.support.Calls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where other starts of the program knock: a port of this computer that listens only to whoever knows the word. */
final class WindowDoor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WindowDoor.class);
    private static final int WORD_BYTES = 32;
    /** The word, and a path in which each character may have become nine. */
    private static final int LONGEST_CALL = 64 << 10;

    private static final int PATIENCE_MILLIS = 1_000;

    private final WindowAddress address;
    private final ServerSocket socket;
    private final WindowAddress.There here;
    private final Calls calls;

    private WindowDoor(WindowAddress address, ServerSocket socket, WindowAddress.There here, Calls calls) {
        this.address = address;
        this.socket = socket;
        this.here = here;
        this.calls = calls;
    }

    /**
     * Begins to listen, and says where.
     *
     * @throws IOException when there is no port or the address cannot be written
     */
    static WindowDoor open(WindowAddress address, Calls calls) throws IOException {
        ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        try {
            WindowAddress.There here = new WindowAddress.There(socket.getLocalPort(), word(), word());
            WindowDoor door = new WindowDoor(address, socket, here, calls);
            Thread listening = new Thread(door::listen, "window-door");
            listening.setDaemon(true);
            listening.start();
            address.write(here);
            return door;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String word() {
        byte[] bytes = new byte[WORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                answer(caller);
            } catch (IOException | IllegalArgumentException e) {
                if (!socket.isClosed()) {
                    log.warn("A call of the window failed", e);
                }
            }
        }
    }

    private void answer(Socket caller) throws IOException {
        InputStream said = caller.getInputStream();
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        String word = line(caller, said, end);
        if (!MessageDigest.isEqual(
                word.getBytes(StandardCharsets.US_ASCII), here.callersWord().getBytes(StandardCharsets.US_ASCII))) {
            log.warn("Somebody called the window without knowing its word");
            return;
        }
        String file = line(caller, said, end);
        Optional<Path> wanted = file.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(URLDecoder.decode(file, StandardCharsets.UTF_8)));
        if (calls.call(wanted)) {
            caller.getOutputStream().write(here.ownWord().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** A line that comes in time, whoever sends it and however slowly. */
    private static String line(Socket caller, InputStream said, long end) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_CALL) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException("the call took too long");
            }
            caller.setSoTimeout((int) left);
            int next = said.read();
            if (next == '\n') {
                return line.toString(StandardCharsets.US_ASCII);
            }
            if (next < 0) {
                throw new IOException("the call ended too early");
            }
            line.write(next);
        }
        throw new IOException("the call is too long");
    }

    @Override
    public void close() {
        try {
            address.delete();
            socket.close();
        } catch (IOException e) {
            log.warn("The address of the window stays behind; the next one replaces it", e);
        }
    }
}
