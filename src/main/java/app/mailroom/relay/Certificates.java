package app.mailroom.relay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its chain and its key, read from files and found to belong together. Messages name the file and what to do,
 * and never show what is in it.
 */
final class Certificates {
    private static final String ENTRY = "relay";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private final KeyStore store;
    private final String password;
    private final X509Certificate certificate;

    private Certificates(KeyStore store, String password, X509Certificate certificate) {
        this.store = store;
        this.password = password;
        this.certificate = certificate;
    }

    /**
     * Reads them.
     *
     * @throws IOException when a file cannot be read, or does not hold what it should; the message says what to do
     */
    static Certificates read(RelaySettings.Tls tls) throws IOException {
        try {
            if (tls instanceof RelaySettings.Tls.Pem pem) {
                return ofPem(pem);
            }
            return ofStore((RelaySettings.Tls.Pkcs12) tls);
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** Them and their key, under {@link #password}. */
    KeyStore store() {
        return store;
    }

    /** What the key in the store is kept under. */
    String password() {
        return password;
    }

    /** Until when browsers accept it. */
    Date goodUntil() {
        return certificate.getNotAfter();
    }

    /** For whom it was made out, such as {@code CN=hits.example.com}. */
    String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    private static Certificates ofPem(RelaySettings.Tls.Pem pem) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = chain(pem.certificates());
        PrivateKey key = key(pem.key());
        X509Certificate own = chain.get(0);
        if (!belongTogether(key, own.getPublicKey())) {
            throw new IOException("The key in " + pem.key() + " does not belong to the first certificate in "
                    + pem.certificates()
                    + ". Give the certificate of the relay first, then those of its authority (a “full chain”).");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        // Held in memory only, where it protects nothing; but a store wants one.
        store.setKeyEntry(ENTRY, key, ENTRY.toCharArray(), chain.toArray(Certificate[]::new));
        return new Certificates(store, ENTRY, own);
    }

    private static Certificates ofStore(RelaySettings.Tls.Pkcs12 files) throws IOException, GeneralSecurityException {
        String password = text(files.passwordFile()).strip();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(files.store())) {
            store.load(in, password.toCharArray());
        } catch (NoSuchFileException e) {
            throw notThere(files.store(), e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    files.store() + " cannot be opened as PKCS#12 with the password in " + files.passwordFile() + ".",
                    e);
        }
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new IOException(files.store() + " holds " + keys.size()
                    + " certificates with a key, and the relay needs exactly one.");
        }
        if (!(store.getCertificate(keys.get(0)) instanceof X509Certificate own)) {
            throw new IOException(files.store() + " holds a key without its certificate.");
        }
        try {
            store.getKey(keys.get(0), password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The key in " + files.store() + " has another password than the store; give both the same.", e);
        }
        return new Certificates(store, password, own);
    }

    private static List<X509Certificate> chain(Path file) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            for (Certificate one : all) {
                chain.add((X509Certificate) one);
            }
        } catch (NoSuchFileException e) {
            throw notThere(file, e);
        } catch (CertificateException e) {
            throw new IOException(file + " does not hold certificates in PEM (-----BEGIN CERTIFICATE-----).", e);
        }
        if (chain.isEmpty()) {
            throw new IOException(file + " holds no certificate (-----BEGIN CERTIFICATE-----).");
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher blocks = PEM.matcher(text(file));
        while (blocks.find()) {
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(file, blocks.group(2));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw rewrite(file, "is written in the older form of OpenSSL");
                case "ENCRYPTED PRIVATE KEY" -> throw rewrite(file, "is encrypted");
                default -> {
                    // Parameters of a curve, or the certificate, may stand in the same file.
                }
            }
        }
        throw new IOException(file + " holds no key in PEM (-----BEGIN PRIVATE KEY-----).");
    }

    private static PrivateKey pkcs8(Path file, String base64) throws IOException, GeneralSecurityException {
        PKCS8EncodedKeySpec encoded;
        try {
            encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IOException("The key in " + file + " is damaged.", e);
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // The form does not say beforehand which it is: the next one is tried.
            }
        }
        throw new IOException("The key in " + file + " is damaged, or neither RSA nor of an elliptic curve.");
    }

    private static IOException rewrite(Path file, String how) {
        return new IOException("The key in " + file + " " + how
                + ", which the relay does not read. Write it anew: openssl pkcs8 -topk8 -nocrypt -in " + file
                + " -out relay.key");
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = certified.getAlgorithm();
        String signing =
                algorithm.equals("RSA") ? "SHA256withRSA" : algorithm.equals("EC") ? "SHA256withECDSA" : "EdDSA";
        byte[] something = ENTRY.getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(signing);
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (java.security.InvalidKeyException e) {
            // A key of another kind than the certificate's.
            return false;
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw notThere(file, e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage() + ". May the relay's user read it?", e);
        }
    }

    private static IOException notThere(Path file, IOException e) {
        return new IOException(file + " is not there.", e);
    }
}
