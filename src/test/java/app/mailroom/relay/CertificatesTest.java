package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    /** They take a second each. */
    @TempDir
    static Path made;

    private static TestCertificate certificate;

    @TempDir
    Path folder;

    private Path chain;
    private Path key;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(made.resolve("one.p12"), "one", "-keyalg", "EC");
    }

    @BeforeEach
    void chooseFiles() {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsKeysOfAnyKindThatBelongToTheirCertificate(String algorithm) throws Exception {
        TestCertificate made = TestCertificate.make(folder.resolve("made.p12"), "made", "-keyalg", algorithm);

        Certificates read = Certificates.read(made.pem(chain, key));

        assertThat(read.goodUntil()).isEqualTo(made.certificate().getNotAfter());
        assertThat(read.subject()).isEqualTo("CN=made");
        assertThat(Certificates.read(made.pkcs12()).subject()).isEqualTo("CN=made");
    }

    @Test
    void saysWhenTheKeyIsThatOfAnotherCertificate() throws Exception {
        TestCertificate other = TestCertificate.make(folder.resolve("other.p12"), "other", "-keyalg", "RSA");
        other.pem(chain, key);
        RelaySettings.Tls mixed = certificate.pem(chain, folder.resolve("one.key"));

        assertThatThrownBy(() -> Certificates.read(new RelaySettings.Tls.Pem(chain, key)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not belong")
                .hasMessageContaining(key.toString());
        assertThat(Certificates.read(mixed).subject()).isEqualTo("CN=one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void saysByWhichCommandAKeyOfAnotherFormIsRewritten(String label) throws Exception {
        RelaySettings.Tls tls = certificate.pem(chain, key);
        Files.writeString(key, TestCertificate.pem(label, new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> Certificates.read(tls))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + key);
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----, damaged",
        "nothing of the kind, holds no key",
        "'', holds no key"
    })
    void saysWhenAFileHoldsNoKey(String written, String complaint) throws Exception {
        RelaySettings.Tls tls = certificate.pem(chain, key);
        Files.writeString(key, written.replace("\\n", "\n"));

        assertThatThrownBy(() -> Certificates.read(tls))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining(complaint);
    }

    @Test
    void saysWhenAFileIsNotThereOrHoldsNoCertificate() throws Exception {
        RelaySettings.Tls tls = certificate.pem(chain, key);

        Files.writeString(chain, "no certificate");
        assertThatThrownBy(() -> Certificates.read(tls)).hasMessageContaining(chain + " ");
        Files.delete(chain);
        assertThatThrownBy(() -> Certificates.read(tls)).hasMessage(chain + " is not there.");
    }

    @Test
    void saysWhenAStoreCannotBeOpened() throws Exception {
        RelaySettings.Tls.Pkcs12 tls = (RelaySettings.Tls.Pkcs12) certificate.pkcs12();
        Files.writeString(tls.passwordFile(), "another");

        assertThatThrownBy(() -> Certificates.read(tls))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(tls.store().toString())
                .hasMessageContaining(tls.passwordFile().toString())
                .hasMessageNotContaining("another");
    }

    @Test
    void aRenewedCertificateThatCannotBeUsedLeavesTheOneBefore() throws Exception {
        TestCertificate next = TestCertificate.make(folder.resolve("next.p12"), "next", "-keyalg", "EC");
        RelaySettings.Tls tls = certificate.pem(chain, key);
        SslContextFactory.Server context = new SslContextFactory.Server();
        CertificateReload.use(Certificates.read(tls), context);
        context.start();
        CertificateReload reload = new CertificateReload(tls, context);

        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        reload.look();
        assertThat(context.getKeyStore().getCertificate("relay")).isEqualTo(certificate.certificate());

        Files.delete(chain);
        reload.look();
        assertThat(context.getKeyStore().getCertificate("relay")).isEqualTo(certificate.certificate());

        next.pem(chain, key);
        reload.look();
        assertThat(context.getKeyStore().getCertificate("relay")).isEqualTo(next.certificate());
        context.stop();
    }
}
