package app.mailroom.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server that can be cut: connections break, and new ones are refused until it is mended. */
public final class CutLine implements AutoCloseable {
    private final InetSocketAddress server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;

    /** A whole line to the server at this address. */
    public CutLine(String endpoint) throws IOException {
        URI uri = URI.create(endpoint);
        server = new InetSocketAddress(uri.getHost(), uri.getPort());
        listening = listen(0);
        port = listening.getLocalPort();
    }

    /** Where the line begins. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Cuts it. */
    public synchronized void cut() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mends it. */
    public synchronized void mend() {
        try {
            listening = listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
        start("cut-line", () -> {
            while (true) {
                Socket near = socket.accept();
                Socket far = new Socket();
                far.connect(server);
                sockets.add(near);
                sockets.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                start("cut-line-there", () -> carry(near, far));
                start("cut-line-back", () -> carry(far, near));
            }
        });
        return socket;
    }

    private void carry(Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } finally {
            from.close();
            to.close();
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Somebody hung up, or the line was cut: that is how such a thread ends.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
