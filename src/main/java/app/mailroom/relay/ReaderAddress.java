package app.mailroom.relay;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Takes the address of the reader from what the proxy in front says, for which the person who runs the relay has to have set that
 * there is one. A proxy adds the address it saw to the end of the header, so that the last entry is its own word and those before
 * are whatever the reader's program claimed.
 */
final class ReaderAddress implements HttpConfiguration.Customizer {
    private final String header;

    ReaderAddress(String header) {
        this.header = header;
    }

    /** A request without the header, such as the proxy's own look whether the relay is well, keeps the proxy's address. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        List<String> values = request.getHeaders().getValuesList(header);
        if (values.isEmpty()) {
            return request;
        }
        String all = values.get(values.size() - 1);
        String last = all.substring(all.lastIndexOf(',') + 1).strip();
        return last.isEmpty() ? request : new From(request, InetSocketAddress.createUnresolved(host(last), 0));
    }

    /** An address of IPv6 has its colons, and some proxies add a port. */
    private static String host(String entry) {
        boolean bareIpv6 = entry.indexOf(':') != entry.lastIndexOf(':') && !entry.startsWith("[");
        try {
            String host = new HostPort(bareIpv6 ? "[" + entry + "]" : entry).getHost();
            return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        } catch (IllegalArgumentException e) {
            // What is no address counts as one reader, whatever it says.
            return "unknown";
        }
    }

    /** The request as it came from the reader. */
    private static final class From extends Request.Wrapper {
        private final ConnectionMetaData connection;

        From(Request request, SocketAddress reader) {
            super(request);
            this.connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return reader;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }
}
