package app.mailroom.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/** Closes connections at once of which one address has too many, so that one computer cannot take all there are. */
final class ConnectionsPerAddress implements SelectorManager.AcceptListener {
    private final int most;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
    /** A channel that is closed does not say any more who was at its other end. */
    private final Map<SelectableChannel, InetAddress> addresses = new ConcurrentHashMap<>();

    ConnectionsPerAddress(int most) {
        this.most = most;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        try {
            if (channel instanceof SocketChannel socket
                    && socket.getRemoteAddress() instanceof InetSocketAddress internet) {
                InetAddress address = PeerAddress.network(internet.getAddress());
                addresses.put(channel, address);
                if (open.merge(address, 1, Integer::sum) > most) {
                    IO.close(channel);
                }
            }
        } catch (IOException e) {
            // Gone before it was looked at.
            IO.close(channel);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        InetAddress address = addresses.remove(channel);
        if (address != null) {
            open.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
        }
    }
}
