package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.SettableClock;
import app.mailroom.model.SendingIdentity;
import app.mailroom.model.SendingIdentity.DnsRecord;
import app.mailroom.model.SendingIdentity.Standing;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendersTest {
    private static final String DONE = "{'IdentityType':'DOMAIN','VerifiedForSendingStatus':true,"
            + "'VerificationStatus':'SUCCESS','DkimAttributes':{'Status':'SUCCESS','SigningAttributesOrigin':'AWS_SES',"
            + "'Tokens':['t1','t2']},'MailFromAttributes':{'MailFromDomain':'bounce.example.com',"
            + "'MailFromDomainStatus':'PENDING','BehaviorOnMxFailure':'USE_DEFAULT_VALUE'}}";

    private static final String PENDING = "{'SigningEnabled':true,'Status':'PENDING'";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final SesControlStub ses = new SesControlStub(2);
    private AmazonWorkspace workspace;
    private Amazon amazon;

    @BeforeEach
    void open() {
        workspace = new AmazonWorkspace(folder, ses.endpoint(), clock);
        amazon = workspace.amazon;
    }

    @AfterEach
    void close() {
        ses.close();
        workspace.close();
    }

    @Test
    void aDomainTellsHowEachPartStandsAndWhatItsDnsNeeds() throws Exception {
        ses.identity("example.com", DONE);

        SendingIdentity identity = amazon.senders().look("Example.COM");

        assertThat(identity.domain()).isTrue();
        assertThat(identity.maySend()).isTrue();
        assertThat(identity.verification()).isEqualTo(Standing.DONE);
        assertThat(identity.dkim()).isEqualTo(Standing.DONE);
        assertThat(identity.mailFrom()).isEqualTo(Standing.PENDING);
        assertThat(identity.mailFromDomain()).isEqualTo("bounce.example.com");
        assertThat(identity.records())
                .containsExactly(
                        new DnsRecord("CNAME", "t1._domainkey.example.com", "t1.dkim.amazonses.com"),
                        new DnsRecord("CNAME", "t2._domainkey.example.com", "t2.dkim.amazonses.com"),
                        new DnsRecord("MX", "bounce.example.com", "10 feedback-smtp.eu-central-1.amazonses.com"),
                        new DnsRecord("TXT", "bounce.example.com", "v=spf1 include:amazonses.com ~all"),
                        new DnsRecord("TXT", "_dmarc.example.com", "v=DMARC1; p=none;"));
    }

    @ParameterizedTest
    @CsvSource({
        "eu-south-1, AWS_SES, t1.dkim.eu-south-1.amazonses.com",
        "eu-south-1, AWS_SES_EU_CENTRAL_1, t1.dkim.amazonses.com",
        "eu-central-1, AWS_SES_AF_SOUTH_1, t1.dkim.af-south-1.amazonses.com",
        "us-east-1, EXTERNAL, ''"
    })
    void keysOfDkimAreInTheZoneOfTheirRegion(String region, String origin, String value) throws Exception {
        workspace.settings.put("aws.region", region);
        ses.identity("example.com", DONE.replace("'AWS_SES'", "'" + origin + "'"));

        assertThat(amazon.senders().look("example.com").records().stream()
                        .filter(record -> record.name().equals("t1._domainkey.example.com"))
                        .map(DnsRecord::value)
                        .findFirst()
                        .orElse(""))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, DONE",
        "PENDING, PENDING",
        "TEMPORARY_FAILURE, PENDING",
        "FAILED, FAILED",
        "NOT_STARTED, NONE",
        "SOMETHING_NEW, PENDING"
    })
    void everyStatusOfAVerificationIsKnown(String status, Standing standing) throws Exception {
        ses.identity(
                "news@example.com",
                "{'IdentityType':'EMAIL_ADDRESS','VerifiedForSendingStatus':false,'VerificationStatus':'" + status
                        + "'}");

        SendingIdentity identity = amazon.senders().look("news@example.com");

        assertThat(identity.verification()).isEqualTo(standing);
        assertThat(identity.dkim()).isEqualTo(Standing.NONE);
        assertThat(identity.mailFrom()).isEqualTo(Standing.NONE);
        assertThat(identity.records()).isEmpty();
        assertThat(identity.domain()).isFalse();
    }

    @Test
    void allPagesAreReadAndSlowingDownIsNoFailure() throws Exception {
        for (String name : new String[] {"c.example", "a.example", "e.example", "b.example", "d.example"}) {
            ses.identity(name, DONE);
        }
        ses.throttles.set(2);

        assertThat(amazon.senders().list())
                .extracting(SendingIdentity::name)
                .containsExactly("a.example", "b.example", "c.example", "d.example", "e.example");
        assertThat(ses.count("GET /v2/email/identities")).isEqualTo(3);
    }

    @Test
    void startingAVerificationTwiceLooksTheSecondTime() throws Exception {
        SendingIdentity first = amazon.senders().verify(" example.com ");
        SendingIdentity again = amazon.senders().verify("EXAMPLE.com");

        assertThat(first.verification()).isEqualTo(Standing.PENDING);
        assertThat(first.maySend()).isFalse();
        assertThat(first.records()).hasSize(4);
        assertThat(again).isEqualTo(first);
        assertThat(ses.identities).containsOnlyKeys("example.com");
    }

    @Test
    void anAddressIsVerifiedAsItWillBeMailed() throws Exception {
        amazon.senders().verify("News@BÜCHER.example");

        assertThat(ses.identities).containsOnlyKeys("News@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "https://example.com", "a@b@c.com", "Shop <news@example.com>", "example..com"})
    void whatIsNeitherIsRefusedInPlainWordsAndNotAskedFor(String name) {
        assertThatThrownBy(() -> amazon.senders().verify(name))
                .isInstanceOf(AmazonException.class)
                .hasMessageContaining("“" + name + "” is not a");
        assertThat(ses.requests).isEmpty();
    }

    @Test
    void whatIsUnknownOrForbiddenIsSaidToBeSo() {
        AmazonException unknown = catchThrowableOfType(
                AmazonException.class, () -> amazon.senders().look("nobody@example.com"));
        ses.denied.add("GET /v2/email/identities");
        AmazonException forbidden = catchThrowableOfType(
                AmazonException.class, () -> amazon.senders().list());

        assertThat(unknown.code()).isEqualTo(AmazonException.Code.NOT_FOUND);
        assertThat(forbidden.code()).isEqualTo(AmazonException.Code.NOT_ALLOWED);
        assertThat(forbidden).hasMessageContaining("asking for the senders");
    }

    @Test
    void whetherAnAddressMaySendIsRememberedForAMinute() throws Exception {
        ses.identity("example.com", DONE);
        ses.identity(
                "other.example", DONE.replace("true", "false").replace("'VerificationStatus':'SUCCESS'", "'x':'y'"));

        assertThat(amazon.senders().maySend("news@shop.Example.com")).isTrue();
        assertThat(amazon.senders().maySend("news@other.example")).isFalse();
        assertThat(ses.count("GET /v2/email/identities")).isEqualTo(1);

        ses.identities.clear();
        clock.advance(Duration.ofSeconds(59));
        assertThat(amazon.senders().maySend("news@example.com")).isTrue();
        clock.advance(Duration.ofSeconds(2));
        assertThat(amazon.senders().maySend("news@example.com")).isFalse();
    }

    @Test
    void anotherRegionIsAskedAtOnce() throws Exception {
        ses.identity("example.com", DONE);
        assertThat(amazon.senders().maySend("news@example.com")).isTrue();

        ses.identities.clear();
        workspace.settings.put("aws.region", "us-east-1");

        assertThat(amazon.senders().maySend("news@example.com")).isFalse();
    }

    @Test
    void mailIsSignedByAnIdentityThatCoversItsSenderAndHasItsKeysProven() throws Exception {
        String signing = DONE.replace("'DkimAttributes':{", "'DkimAttributes':{'SigningEnabled':true,");
        ses.identity("signed.example", signing);
        ses.identity("off.example", signing.replace("'SigningEnabled':true", "'SigningEnabled':false"));
        ses.identity("pending.example", signing.replace("{'SigningEnabled':true,'Status':'SUCCESS'", PENDING));

        assertThat(amazon.senders().signs("news@shop.Signed.example")).isTrue();
        assertThat(amazon.senders().signs("news@off.example")).isFalse();
        assertThat(amazon.senders().signs("news@pending.example")).isFalse();
        assertThat(amazon.senders().signs("news@elsewhere.example")).isFalse();
    }

    @Test
    void anAddressWithoutKeysIsSignedByItsDomain() throws Exception {
        ses.identity("example.com", DONE.replace("'DkimAttributes':{", "'DkimAttributes':{'SigningEnabled':true,"));
        ses.identity(
                "news@example.com",
                "{'IdentityType':'EMAIL_ADDRESS','VerifiedForSendingStatus':true,'VerificationStatus':'SUCCESS'}");

        assertThat(amazon.senders().signs("news@example.com")).isTrue();
        assertThat(ses.count("GET /v2/email/identities")).isEqualTo(1);
    }

    @Test
    void anIdentityThatWasDeletedSinceItWasListedSignsNothingAndAForbiddenQuestionIsSaid() throws Exception {
        ses.identity("example.com", DONE);
        ses.identity("other.example", DONE);
        assertThat(amazon.senders().maySend("news@example.com")).isTrue();

        ses.identities.remove("example.com");
        ses.denied.add("GET /v2/email/identities/other.example");

        assertThat(amazon.senders().signs("news@example.com")).isFalse();
        assertThatThrownBy(() -> amazon.senders().signs("news@other.example"))
                .isInstanceOfSatisfying(
                        AmazonException.class, e -> assertThat(e.code()).isEqualTo(AmazonException.Code.NOT_ALLOWED))
                .hasMessageContaining("asking for the sender");
    }
}
