package app.mailroom.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a renewed certificate into use without a restart. Connections that are open go on with the old one. Called by one thread.
 */
final class CertificateReload {
    private static final Logger log = LoggerFactory.getLogger(CertificateReload.class);

    private final RelaySettings.Tls tls;
    private final SslContextFactory.Server context;
    private List<String> seen;

    /** For a context that already uses what lies in the files now. */
    CertificateReload(RelaySettings.Tls tls, SslContextFactory.Server context) {
        this.tls = tls;
        this.context = context;
        this.seen = marks();
    }

    /** Puts a certificate into a context. */
    static void use(Certificates certificates, SslContextFactory context) {
        context.setKeyStore(certificates.store());
        context.setKeyStorePassword(certificates.password());
        context.setKeyManagerPassword(certificates.password());
    }

    /** Looks whether a file has changed since the last look. One that cannot be used leaves everything as it is. */
    void look() {
        List<String> now = marks();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            Certificates renewed = Certificates.read(tls);
            context.reload(same -> use(renewed, same));
            log.info(
                    "A new certificate is in use, good until {}",
                    renewed.goodUntil().toInstant());
        } catch (Exception e) {
            // Of two files, one may just be ahead of the other: its turn comes when that has changed as well.
            log.warn("The changed certificate is not used, the one before is kept: {}", e.getMessage());
            log.debug("Why it is not used", e);
        }
    }

    private List<String> marks() {
        return tls.files().stream().map(CertificateReload::mark).toList();
    }

    /** Different for a file that was written anew, and for a link that leads elsewhere. */
    private static String mark(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return real + " " + attributes.lastModifiedTime().toMillis() + " " + attributes.size();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
