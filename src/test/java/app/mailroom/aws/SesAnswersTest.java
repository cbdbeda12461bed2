package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendResult.Accepted;
import app.mailroom.model.SendResult.NotStarted;
import app.mailroom.model.SendResult.Refused;
import app.mailroom.model.SendResult.Stopped;
import app.mailroom.model.SendResult.Throttled;
import app.mailroom.model.SendResult.Unknown;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The tables of answers as a whole; {@link SesMailGatewayTest} goes through their rows over HTTP. */
class SesAnswersTest {
    private static final String FROM = "news@shop.example";
    private static final String TO = "kim@example.org";

    @Property(tries = 2_000)
    void everyAnswerMeansSomethingAndNoneMeansThatTheMailWasTaken(
            @ForAll @IntRange(min = 100, max = 999) int status,
            @ForAll("types") String type,
            @ForAll("messages") String message,
            @ForAll boolean written) {
        SendResult result = SesAnswers.of(new SesAnswers.Answer(status, type, message, FROM, TO, written));

        assertThat(result).isNotNull().isNotInstanceOf(Accepted.class).isNotInstanceOf(NotStarted.class);
    }

    @Property(tries = 500)
    void anUnheardOfClassNeverBurnsAMessage(
            @ForAll @IntRange(min = 300, max = 499) int status, @ForAll("unheardOf") String type) {
        SendResult result = SesAnswers.of(new SesAnswers.Answer(status, type, "Why not.", FROM, TO, true));

        assertThat(result).isInstanceOfAny(Stopped.class, Throttled.class);
    }

    @Property(tries = 500)
    void aFailureOfTheServiceWhileItHadTheMailIsNeverSentAgain(
            @ForAll @IntRange(min = 500, max = 599) int status, @ForAll("unheardOf") String type) {
        SendResult result = SesAnswers.of(new SesAnswers.Answer(status, type, "Oh.", FROM, TO, true));

        assertThat(result).isInstanceOf(Unknown.class);
    }

    @Property
    void afterTheLastByteEveryFailureLeavesTheMessageUncertain(@ForAll("failures") Exception cause) {
        assertThat(SesAnswers.of(new SesAnswers.Failure(cause, true, true))).isInstanceOf(Unknown.class);
    }

    @Property
    void beforeTheLastByteNoFailureLeavesTheMessageUncertain(
            @ForAll("failures") Exception cause, @ForAll boolean onItsWay) {
        assertThat(SesAnswers.of(new SesAnswers.Failure(cause, onItsWay, false)))
                .isInstanceOfAny(Stopped.class, NotStarted.class);
    }

    @Example
    void aConnectionThatNeverStoodIsOffline() {
        assertOffline(new ConnectTimeoutException("Connect to email timed out"), "firewall");
        assertOffline(new ConnectException("Connection refused"), "firewall");
        assertOffline(new UnknownHostException("email.eu-nowhere-1.amazonaws.com"), "region");
        assertOffline(new SSLHandshakeException("PKIX path building failed"), "secure");
    }

    @Example
    void inTheSandboxTheRecipientIsToBlameOnlyIfTheListNamesNobodyElseOfTheMail() {
        String said = "Email address is not verified. The following identities failed the check in region EU-WEST-1: ";

        assertThat(notVerified(said + TO)).isInstanceOf(Refused.class);
        assertThat(notVerified(said + "KIM@Example.ORG")).isInstanceOf(Refused.class);
        assertThat(notVerified(said + FROM)).isInstanceOf(Stopped.class);
        assertThat(notVerified(said + "Shop <" + FROM + ">, " + TO)).isInstanceOf(Stopped.class);
        assertThat(notVerified(said + TO + ", " + FROM)).isInstanceOf(Stopped.class);
        assertThat(notVerified(said + "shop.example")).isInstanceOf(Stopped.class);
        assertThat(notVerified("Email address is not verified.")).isInstanceOf(Stopped.class);
        assertThat(notVerified(said + "other@" + "shop.example")).isInstanceOf(Stopped.class);
    }

    @Example
    void aProxyThatFailsBeforeTheMailIsSentIsOffline() {
        assertThat(SesAnswers.of(new SesAnswers.Answer(502, "", "", FROM, TO, false)))
                .isInstanceOfSatisfying(
                        Stopped.class, stopped -> assertThat(stopped.problem()).isEqualTo(AccountProblem.OFFLINE));
    }

    @Example
    void addressesAreComparedInPunycode() {
        String said = "Email address is not verified. The following identities failed the check in region X: ";

        assertThat(SesAnswers.of(new SesAnswers.Answer(
                        400, "MessageRejected", said + "a@bücher.example", "a@xn--bcher-kva.example", TO, true)))
                .isInstanceOf(Stopped.class);
    }

    @Example
    void aSessionTokenInAnAnswerIsNotPassedOn() {
        String said = "The request signature we calculated does not match. The Canonical String for this request"
                + " should have been 'POST x-amz-security-token:SECRETTOKEN'";
        SendResult result =
                SesAnswers.of(new SesAnswers.Answer(403, "InvalidSignatureException", said, FROM, TO, true));

        assertThat(result.toString()).contains("does not match").doesNotContain("SECRETTOKEN");
    }

    @Example
    void aLongAnswerIsCutToWhatAPersonReads() {
        SendResult result = SesAnswers.of(
                new SesAnswers.Answer(400, "BadRequestException", "word ".repeat(10_000), FROM, TO, true));

        assertThat(result.toString()).hasSizeLessThan(1_000);
    }

    private static SendResult notVerified(String message) {
        return SesAnswers.of(new SesAnswers.Answer(400, "MessageRejected", message, FROM, TO, true));
    }

    private static void assertOffline(IOException cause, String word) {
        SendResult result = SesAnswers.of(new SesAnswers.Failure(
                SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause),
                true,
                false));

        assertThat(result).isInstanceOfSatisfying(Stopped.class, stopped -> {
            assertThat(stopped.problem()).isEqualTo(AccountProblem.OFFLINE);
            assertThat(stopped.detail()).contains(word);
        });
    }

    @Provide
    static Arbitrary<String> types() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "TooManyRequestsException",
                        "LimitExceededException",
                        "AccountSuspendedException",
                        "SendingPausedException",
                        "MailFromDomainNotVerifiedException",
                        "MessageRejected",
                        "NotFoundException",
                        "BadRequestException",
                        "InternalServiceErrorException",
                        "AccessDeniedException"),
                unheardOf());
    }

    @Provide
    static Arbitrary<String> unheardOf() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).map(name -> "X" + name + "Exception");
    }

    @Provide
    static Arbitrary<String> messages() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(80),
                Arbitraries.of(
                        "Maximum sending rate exceeded.",
                        "Daily message quota exceeded.",
                        "Email address is not verified. The following identities failed the check: " + TO,
                        "Configuration set <x> does not exist."));
    }

    @Provide
    static Arbitrary<Exception> failures() {
        List<Exception> causes = List.of(
                new SocketTimeoutException("Read timed out"),
                new SocketException("Connection reset"),
                new NoHttpResponseException("failed to respond"),
                new ConnectTimeoutException("timed out"),
                new ConnectionPoolTimeoutException("Timeout waiting for connection from pool"),
                new UnknownHostException("nobody"),
                new SSLHandshakeException("no"),
                new EOFException(),
                new InterruptedIOException(),
                new IllegalStateException("Connection pool shut down"),
                new IOException());
        Arbitrary<Exception> wrapped = Arbitraries.of(causes)
                .map(cause ->
                        SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause));
        return Arbitraries.oneOf(
                wrapped,
                Arbitraries.of(causes),
                Arbitraries.of(
                        AbortedException.create("Thread was interrupted"),
                        ApiCallTimeoutException.create(60_000),
                        SdkClientException.create("Unable to load credentials from any of the providers")));
    }
}
