package app.mailroom.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/** From which address a request came: that of the connection, or what a trusted proxy says in its place. */
final class PeerAddress {
    /** Text that is read as an address and never looked up as a name. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:][0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final int NETWORK_BYTES = 8;

    private PeerAddress() {}

    /** The address in its usual form; empty if a proxy names none. */
    static String of(Request request) {
        SocketAddress socket = request.getConnectionMetaData().getRemoteSocketAddress();
        if (!(socket instanceof InetSocketAddress internet)) {
            return "";
        }
        InetAddress address = internet.getAddress();
        if (address != null) {
            return address.getHostAddress();
        }
        String named = unbracketed(internet.getHostString());
        return LITERAL.matcher(named).matches() ? named : "";
    }

    /**
     * What counts as one client: an IPv4 address, or the network of 64 bits which one subscriber of IPv6 has at the least (RFC 6177,
     * section 2).
     */
    static InetAddress network(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        if (bytes.length <= NETWORK_BYTES) {
            return address;
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return InetAddress.getByAddress(bytes);
    }

    /** A name of the client, see {@link #network}, from which a request came. */
    static String client(Request request) {
        String address = of(request);
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return HexFormat.of()
                    .formatHex(network(InetAddress.getByName(address)).getAddress());
        } catch (UnknownHostException e) {
            // Looks like an address and is none: all such clients are one.
            return "";
        }
    }

    /** From where something may be asked for that is for nobody else: from this computer, and from some addresses and networks. */
    static final class Allowed {
        private final InetAddressSet others = new InetAddressSet();

        /**
         * This computer and others, such as {@code 10.1.2.3} or {@code 10.0.0.0/8}.
         *
         * @throws IllegalArgumentException when one is neither
         */
        Allowed(List<String> others) {
            for (String other : others) {
                if (!LITERAL.matcher(other.replaceFirst("/[0-9]{1,3}$", "")).matches()) {
                    throw new IllegalArgumentException("“" + other + "” is no address and no network");
                }
                this.others.add(other);
            }
        }

        /** Whether the request came from there itself, and no header says that it was passed on. */
        boolean holds(Request request) {
            return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress internet
                    && internet.getAddress() != null
                    && (internet.getAddress().isLoopbackAddress() || others.test(internet.getAddress()))
                    && request.getHeaders().stream().noneMatch(field -> isOfProxy(field.getLowerCaseName()));
        }
    }

    private static boolean isOfProxy(String header) {
        return header.equals("forwarded")
                || header.equals("via")
                || header.equals("x-real-ip")
                || header.startsWith("x-forwarded-");
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
