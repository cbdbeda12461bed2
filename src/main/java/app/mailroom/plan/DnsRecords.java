package app.mailroom.plan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks the name servers that this computer uses, or one other. Nothing is remembered. */
public final class DnsRecords implements DomainRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Optional<InetSocketAddress> server;
    private final Duration patience;

    /** Those of this computer, for three seconds at most. */
    public DnsRecords() {
        this(Optional.empty(), PATIENCE);
    }

    /** One server. */
    DnsRecords(Optional<InetSocketAddress> server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    @Override
    public List<String> texts(String name) throws IOException {
        try {
            // A dot at the end: the name is whole, and nothing of the computer's own domain is to be tried after it.
            Name whole = Name.fromString(name.endsWith(".") ? name : name + ".");
            return LookupSession.builder()
                    .resolver(resolver())
                    .build()
                    .lookupAsync(whole, Type.TXT)
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords()
                    .stream()
                    .filter(TXTRecord.class::isInstance)
                    .map(record -> text((TXTRecord) record))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException) {
                return List.of();
            }
            String why = e.getCause() == null ? null : e.getCause().getMessage();
            throw new IOException(why == null || why.isBlank() ? "They answered with an error." : why, e);
        } catch (TimeoutException e) {
            throw new IOException("They did not answer within " + patience.toMillis() / 1000.0 + " seconds.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The question was broken off.", e);
        } catch (TextParseException e) {
            throw new IOException("This is not the name of a domain.", e);
        }
    }

    private Resolver resolver() {
        Resolver resolver;
        if (server.isPresent()) {
            resolver = new SimpleResolver(server.get());
        } else {
            // A laptop may have come into another network since.
            ResolverConfig.refresh();
            resolver = new ExtendedResolver();
        }
        resolver.setTimeout(patience);
        return resolver;
    }

    /** A long text comes in pieces, which belong together without anything between them. */
    private static String text(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        record.getStringsAsByteArrays().forEach(piece -> text.append(new String(piece, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
