package app.mailroom.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority of the test's own, made by the JDK's keytool. */
final class TestCertificates {
    private static final String PASSWORD = "not-a-secret";

    private final Path folder;
    private final Path authority;

    /** Makes the authority. */
    TestCertificates(Path folder) throws Exception {
        this.folder = folder;
        this.authority = folder.resolve("authority.p12");
        keytool(authority, "-genkeypair", "-alias", "authority", "-dname", "CN=Test authority", "-ext", "bc:c");
        keytool(authority, "-exportcert", "-alias", "authority", "-rfc", "-file", folder.resolve("authority.pem"));
    }

    /** What trusts the authority and nobody else. */
    SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", load(authority).getCertificate("authority"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A server's, for this name, signed by the authority, and valid for ten days from then on, such as {@code -1d}. */
    SSLContext server(String name, String from) throws Exception {
        Path store = folder.resolve(name + from + ".p12");
        Path request = folder.resolve(name + from + ".csr");
        Path answer = folder.resolve(name + from + ".pem");
        keytool(store, "-genkeypair", "-alias", "server", "-dname", "CN=" + name);
        keytool(store, "-certreq", "-alias", "server", "-file", request);
        keytool(
                authority,
                "-gencert",
                "-alias",
                "authority",
                "-infile",
                request,
                "-outfile",
                answer,
                "-rfc",
                "-ext",
                "san=dns:" + name,
                "-startdate",
                from,
                "-validity",
                "10");
        keytool(store, "-importcert", "-noprompt", "-alias", "authority", "-file", folder.resolve("authority.pem"));
        keytool(store, "-importcert", "-alias", "server", "-file", answer);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void keytool(Path store, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        if (command.contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(said);
        }
    }
}
