package app.mailroom.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.SesMailGateway.Counting;
import app.mailroom.aws.SesStub.Answer;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.delivery.OutgoingMail.Header;
import app.mailroom.model.AccountProblem;
import app.mailroom.model.Attachment;
import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendResult.Accepted;
import app.mailroom.model.SendResult.NotStarted;
import app.mailroom.model.SendResult.Refused;
import app.mailroom.model.SendResult.Stopped;
import app.mailroom.model.SendResult.Throttled;
import app.mailroom.model.SendResult.Unknown;
import app.mailroom.secrets.SessionSecrets;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with a server that answers as SES does. */
class SesMailGatewayTest {
    private static final String KEY_ID = "AKIDEXAMPLE";
    private static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);
    private static final Timeouts SHORT_ANSWER = new Timeouts(LONG, SHORT, LONG, LONG);
    private static final Timeouts SHORT_CALL = new Timeouts(LONG, LONG, Duration.ofSeconds(2), LONG);
    private static final Timeouts SHORT_CONNECT = new Timeouts(Duration.ofSeconds(2), LONG, LONG, LONG);
    private static final Timeouts NEVER_IDLE = new Timeouts(LONG, LONG, LONG, Duration.ofMillis(1));
    /** More than all the buffers between two sockets hold. */
    private static final int LARGE = 24 << 20;

    private final SesStub ses = SesStub.start();
    private final List<SesMailGateway> opened = new ArrayList<>();

    @AfterEach
    void close() {
        ses.close();
        opened.forEach(SesMailGateway::close);
    }

    @Test
    void everythingOfAMailArrives() throws Exception {
        byte[] pdf = new byte[70_000];
        new Random(1).nextBytes(pdf);
        OutgoingMail mail = new OutgoingMail(
                "workspace-17",
                "workspace-4",
                "\"모두의 가게, \\\"본점\\\"\" <news@shop.example>",
                "kim@xn--bcher-kva.example",
                "\"고객센터\" <help@shop.example>",
                "봄맞이 세일 🎉 — 오늘만",
                "<p>안녕하세요, “김민수” 님 &amp; 가족</p>\r\n<p>두 번째 줄</p>",
                "안녕하세요\n두 번째 줄",
                List.of(
                        new Header("List-Unsubscribe", "<https://go.shop.example/u/abc>, <mailto:u@shop.example>"),
                        new Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                        new Header("X-Campaign", "봄")),
                List.of(
                        new Attachment("안내문.pdf", "application/pdf", pdf),
                        new Attachment("a.txt", "text/plain", "é".getBytes(UTF_8)),
                        Attachment.inline("로고.png", "image/png", new byte[] {1, 2, 3}, "0a1b@mailroom")),
                true);

        SendResult result = gateway(PATIENT).send(mail);

        SesStub.Accepted arrived = ses.accepted().get(0);
        assertThat(result).isEqualTo(new Accepted(arrived.messageId()));
        assertThat(arrived.messageTag()).isEqualTo("workspace-17");
        assertThat(arrived.planTag()).isEqualTo("workspace-4");
        assertThat(arrived.configurationSet()).isEqualTo("mailroom-workspace");
        assertThat(arrived.recipient()).isEqualTo("kim@xn--bcher-kva.example");
        JsonNode request = arrived.request();
        assertThat(request.at("/Destination/ToAddresses")).hasSize(1);
        assertThat(decoded(request.at("/FromEmailAddress").asText()))
                .isEqualTo(new InternetAddress("news@shop.example", "모두의 가게, \"본점\"", "UTF-8"))
                .extracting(InternetAddress::getPersonal)
                .isEqualTo("모두의 가게, \"본점\"");
        assertThat(decoded(request.at("/ReplyToAddresses/0").asText()).getPersonal())
                .isEqualTo("고객센터");
        JsonNode simple = request.at("/Content/Simple");
        assertThat(simple.at("/Subject/Data").asText()).isEqualTo(mail.subject());
        assertThat(simple.at("/Subject/Charset").asText()).isEqualTo("UTF-8");
        assertThat(simple.at("/Body/Html/Data").asText()).isEqualTo(mail.html());
        assertThat(simple.at("/Body/Html/Charset").asText()).isEqualTo("UTF-8");
        assertThat(simple.at("/Body/Text/Data").asText()).isEqualTo(mail.text());
        assertThat(simple.at("/Body/Text/Charset").asText()).isEqualTo("UTF-8");
        assertThat(simple.at("/Headers")).hasSize(3);
        assertThat(simple.at("/Headers/0/Name").asText()).isEqualTo("List-Unsubscribe");
        assertThat(simple.at("/Headers/0/Value").asText())
                .isEqualTo("<https://go.shop.example/u/abc>, <mailto:u@shop.example>");
        assertThat(simple.at("/Headers/1/Name").asText()).isEqualTo("List-Unsubscribe-Post");
        assertThat(simple.at("/Headers/1/Value").asText()).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(simple.at("/Headers/2/Value").asText()).isEqualTo("=?UTF-8?B?67SE?=");
        assertThat(simple.at("/Attachments")).hasSize(3);
        assertThat(simple.at("/Attachments/0/FileName").asText()).isEqualTo("안내문.pdf");
        assertThat(simple.at("/Attachments/0/ContentType").asText()).isEqualTo("application/pdf");
        assertThat(Base64.getDecoder()
                        .decode(simple.at("/Attachments/0/RawContent").asText()))
                .isEqualTo(pdf);
        assertThat(Base64.getDecoder()
                        .decode(simple.at("/Attachments/1/RawContent").asText()))
                .isEqualTo("é".getBytes(UTF_8));
        for (int file = 0; file < 2; file++) {
            assertThat(simple.at("/Attachments/" + file + "/ContentDisposition").asText())
                    .isEqualTo("ATTACHMENT");
            assertThat(simple.at("/Attachments/" + file).has("ContentId")).isFalse();
        }
        JsonNode image = simple.at("/Attachments/2");
        assertThat(image.path("FileName").asText()).isEqualTo("로고.png");
        assertThat(image.path("ContentType").asText()).isEqualTo("image/png");
        assertThat(image.path("ContentDisposition").asText()).isEqualTo("INLINE");
        assertThat(image.path("ContentId").asText()).isEqualTo("0a1b@mailroom");
        assertThat(image.path("ContentTransferEncoding").asText()).isEqualTo("BASE64");
        assertThat(Base64.getDecoder().decode(image.path("RawContent").asText()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aPlainMailAsksForNothingMore() throws Exception {
        SendResult result = gateway(settings(EventChain.NONE), PATIENT).send(mail("news@shop.example"));

        assertThat(result).isInstanceOf(Accepted.class);
        JsonNode request = ses.accepted().get(0).request();
        assertThat(request.at("/FromEmailAddress").asText()).isEqualTo("news@shop.example");
        assertThat(request.has("ReplyToAddresses")).isFalse();
        assertThat(request.has("ConfigurationSetName")).isFalse();
        assertThat(request.at("/Content/Simple").has("Headers")).isFalse();
        assertThat(request.at("/Content/Simple").has("Attachments")).isFalse();
    }

    @Test
    void theSendersDomainIsSentInPunycode() throws Exception {
        gateway(PATIENT).send(mail("\"Bücher\" <news@bücher.example>"));

        String from = ses.accepted().get(0).request().at("/FromEmailAddress").asText();
        assertThat(from).matches("\\p{ASCII}+").endsWith("<news@xn--bcher-kva.example>");
        assertThat(decoded(from).getPersonal()).isEqualTo("Bücher");
    }

    @Test
    void aLongDisplayNameStaysOnOneLine() throws Exception {
        String name = "아주 긴 이름을 가진 가게 ".repeat(12).strip();
        gateway(PATIENT).send(mail("\"" + name + "\" <news@shop.example>"));

        String from = ses.accepted().get(0).request().at("/FromEmailAddress").asText();
        assertThat(from).matches("\\p{Print}+");
        assertThat(decoded(from).getPersonal()).isEqualTo(name);
    }

    @Test
    void aSenderThatCannotBeWrittenIsNobodysFaultButTheMailings() throws Exception {
        SendResult result = gateway(PATIENT).send(mail("no address at all"));

        assertStopped(result, AccountProblem.CONFIGURATION);
        assertThat(ses.arrivals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            429 | TooManyRequestsException           | Maximum sending rate exceeded.                               | Throttled
            400 | ThrottlingException                | Rate exceeded                                                | Throttled
            400 | Throttling                         | Maximum sending rate exceeded.                               | Throttled
            429 | TooManyRequestsException           | Daily message quota exceeded.                                | QUOTA_USED
            400 | LimitExceededException             | There are too many instances of the specified resource type. | QUOTA_USED
            400 | AccountSuspendedException          | The account's ability to send email has been permanently restricted. | ACCOUNT_PAUSED
            400 | SendingPausedException             | Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account. | ACCOUNT_PAUSED
            400 | SendingPausedException             | Sending paused for configuration set <mailroom>.             | CONFIGURATION
            400 | MailFromDomainNotVerifiedException | Mail-From domain is not verified.                            | SENDER_NOT_VERIFIED
            400 | MessageRejected                    | Email address is not verified. The following identities failed the check in region EU-WEST-1: news@shop.example | SENDER_NOT_VERIFIED
            400 | MessageRejected                    | Email address is not verified. The following identities failed the check in region EU-WEST-1: Shop <news@shop.example>, kim@example.org | SENDER_NOT_VERIFIED
            400 | MessageRejected                    | Email address is not verified. The following identities failed the check in region EU-WEST-1: kim@example.org | RECIPIENT_NOT_VERIFIED
            400 | MessageRejected                    | Transaction failed: Address not valid.                       | MESSAGE_REJECTED
            404 | NotFoundException                  | Configuration set <mailroom-workspace> does not exist.       | CONFIGURATION
            400 | BadRequestException                | Invalid recipient address.                                   | BAD_REQUEST
            400 | BadRequestException                | Configuration set name is invalid.                           | CONFIGURATION
            400 | BadRequestException                | Tag value <a b> is not valid.                                | CONFIGURATION
            400 | BadRequestException                | From address is invalid.                                     | SENDER_NOT_VERIFIED
            400 | BadRequestException                | Attachment type is not supported.                            | CONFIGURATION
            403 | UnrecognizedClientException        | The security token included in the request is invalid.       | CREDENTIALS
            403 | InvalidClientTokenId               | The security token included in the request is invalid.       | CREDENTIALS
            403 | InvalidSignatureException          | The request signature we calculated does not match the signature you provided. | CREDENTIALS
            403 | SignatureDoesNotMatch              | Signature expired.                                           | CREDENTIALS
            403 | ExpiredTokenException              | The security token included in the request is expired        | CREDENTIALS
            403 | MissingAuthenticationTokenException | Missing Authentication Token                                | CREDENTIALS
            403 | IncompleteSignatureException       | Authorization header requires 'Signature' parameter.         | CREDENTIALS
            400 | RequestExpired                     | Request has expired.                                         | CREDENTIALS
            403 | AccessDeniedException              | User is not authorized to perform ses:SendEmail              | CREDENTIALS
            403 | AccessDenied                       | User is not authorized to perform ses:SendEmail              | CREDENTIALS
            400 | ConflictException                  | If there is already an ongoing operation.                    | CONFIGURATION
            413 | RequestEntityTooLarge              | Request size exceeded                                        | CONFIGURATION
            503 | ServiceUnavailableException        | Service is unavailable.                                      | OFFLINE
            408 | RequestTimeoutException            | Request timed out.                                           | OFFLINE
            500 | InternalServiceErrorException      | Unexpected error                                             | SERVICE_FAILED
            500 | InternalFailure                    | Unexpected error                                             | SERVICE_FAILED
            """)
    void anErrorOfSesMeansWhatItSaysAndIsAskedForOnce(int status, String type, String message, String means)
            throws Exception {
        ses.behave(Answer.error(status, type, message));

        SendResult result = gateway(PATIENT).send(mail("\"Shop\" <news@shop.example>"));

        assertThat(meaning(result)).isEqualTo(means);
        assertThat(result.toString()).contains(type, message).doesNotContain(SECRET_KEY, "Letter to Kim");
        assertThat(ses.arrivals()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {}                            | UNREADABLE_ANSWER
            200 | {"MessageId":""}              | UNREADABLE_ANSWER
            200 | <html>Welcome to the hotel    | NO_ANSWER
            200 | {"MessageId":                 | NO_ANSWER
            200 | ''                            | UNREADABLE_ANSWER
            302 | <a href='/login'>sign in</a>  | OFFLINE
            307 | moved                         | OFFLINE
            401 | <html>who are you             | OFFLINE
            403 | <html>blocked                 | OFFLINE
            404 | nothing here                  | OFFLINE
            407 | {"error":"proxy"}             | OFFLINE
            429 | slow down                     | Throttled
            500 | <html>oops                    | SERVICE_FAILED
            502 | Bad Gateway                   | SERVICE_FAILED
            503 | Service Unavailable           | SERVICE_FAILED
            504 | Gateway Timeout               | SERVICE_FAILED
            """)
    void anAnswerThatIsNotOfSesMeansWhatIsSafe(int status, String body, String means) throws Exception {
        ses.behave(Answer.garbage(status, body.getBytes(UTF_8)));

        SendResult result = gateway(PATIENT).send(mail("news@shop.example"));

        assertThat(meaning(result)).isEqualTo(means);
        assertThat(ses.arrivals()).hasSize(1);
    }

    @Test
    void aRefusedConnectionIsOffline() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        ses.refuse(true);

        assertStopped(gateway.send(mail("news@shop.example")), AccountProblem.OFFLINE);

        ses.refuse(false);
        assertThat(gateway.send(mail("news@shop.example"))).isInstanceOf(Accepted.class);
    }

    @Test
    void aHostThatNobodyKnowsIsOffline() throws Exception {
        SesMailGateway gateway = gateway(settings("http://ses.invalid:8080"), PATIENT);

        assertStopped(gateway.send(mail("news@shop.example")), AccountProblem.OFFLINE);
    }

    @Test
    void aConnectionThatCannotBeMadeSecureIsOffline() throws Exception {
        SesMailGateway gateway = gateway(settings(ses.endpoint().replace("http:", "https:")), PATIENT);

        assertStopped(gateway.send(mail("news@shop.example")), AccountProblem.OFFLINE);
        assertThat(ses.accepted()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksBeforeTheWholeRequestIsWrittenIsOffline() throws Exception {
        ses.behave(Answer.RESET_BEFORE_READING);

        SendResult result = gateway(PATIENT).send(largeMail());

        assertStopped(result, AccountProblem.OFFLINE);
        assertThat(ses.arrivals()).hasSize(1);
        assertThat(ses.accepted()).isEmpty();
    }

    @Test
    void aLargeMailArrivesWhole() throws Exception {
        assertThat(gateway(PATIENT).send(largeMail())).isInstanceOf(Accepted.class);
        assertThat(ses.accepted()).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksAfterTheRequestLeavesTheMessageUncertain() throws Exception {
        ses.behave(Answer.ACCEPT_THEN_RESET);

        SendResult result = gateway(PATIENT).send(mail("news@shop.example"));

        assertUnknown(result, "CONNECTION_LOST");
        assertThat(ses.arrivals()).hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffLeavesTheMessageUncertain() throws Exception {
        ses.behave(Answer.ACCEPT_THEN_HALF_AN_ANSWER);

        SendResult result = gateway(PATIENT).send(mail("news@shop.example"));

        assertThat(result).isInstanceOf(Unknown.class);
        assertThat(ses.arrivals()).hasSize(1);
    }

    @Test
    void anAnswerThatDoesNotComeLeavesTheMessageUncertain() throws Exception {
        ses.behave(Answer.ACCEPT_THEN_SILENCE);

        SendResult result = gateway(SHORT_ANSWER).send(mail("news@shop.example"));

        assertUnknown(result, "TIMEOUT");
        assertThat(ses.arrivals()).hasSize(1);
        assertThat(ses.accepted()).hasSize(1);
    }

    @Test
    void aCallThatTakesTooLongAltogetherLeavesTheMessageUncertain() throws Exception {
        SesMailGateway gateway = gateway(SHORT_CALL);
        assertThat(gateway.send(mail("news@shop.example"))).isInstanceOf(Accepted.class);
        ses.behave(Answer.ACCEPT_THEN_SILENCE);

        SendResult result = gateway.send(mail("news@shop.example"));

        assertUnknown(result, "TIMEOUT");
        assertThat(ses.arrivals()).hasSize(2);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aSlowAnswerWithinTheTimeIsAnAnswer() throws Exception {
        ses.behave(Answer.slow(Duration.ofMillis(400)));

        assertThat(gateway(PATIENT).send(mail("news@shop.example"))).isInstanceOf(Accepted.class);
    }

    @Test
    void whoIsInterruptedBeforeAskingDoesNotAsk() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        Thread.currentThread().interrupt();

        SendResult result = gateway.send(mail("news@shop.example"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isInstanceOf(NotStarted.class);
        assertThat(ses.arrivals()).isEmpty();
    }

    @Test
    void whoIsInterruptedAfterAskingDoesNotKnow() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        ses.behave(Answer.slow(Duration.ofMillis(500)));
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        Thread sender =
                new Thread(() -> result.complete(gateway.send(mail("news@shop.example"))), "interrupted-sender");
        sender.start();
        await().until(() -> ses.accepted().size() == 1);

        sender.interrupt();

        assertUnknown(result.join(), "NO_ANSWER");
    }

    @Test
    void aConnectionIsUsedAgainWhileItIsFresh() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.send(mail("news@shop.example"))).isInstanceOf(Accepted.class);
        }

        assertThat(ses.connectionsMade()).isEqualTo(1);
    }

    @Test
    void aConnectionThatWasIdleForLongIsNotUsedAgain() throws Exception {
        SesMailGateway gateway = gateway(NEVER_IDLE);

        // Fresh ones may be used again, so mails are sent until one finds its connection idle for too long.
        await().pollDelay(Duration.ZERO).until(() -> {
            assertThat(gateway.send(mail("news@shop.example"))).isInstanceOf(Accepted.class);
            return ses.connectionsMade() > 1;
        });
    }

    @Test
    void aFreshConnectionThatTheServiceClosesNeverLeadsToASecondRequest() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        assertThat(gateway.send(mail("news@shop.example"))).isInstanceOf(Accepted.class);
        ses.dropConnections();

        SendResult result = gateway.send(mail("news@shop.example"));

        // The HTTP client looks before it uses a connection, but not at one that it used in the last two seconds.
        assertThat(result).isInstanceOfAny(Unknown.class, Accepted.class);
        assertThat(ses.arrivals()).hasSize(result instanceof Accepted ? 2 : 1);
    }

    @Test
    void whoFindsEveryConnectionInUseHasNotStarted() throws Exception {
        SesMailGateway gateway = gateway(SHORT_CONNECT);
        ses.latency(LONG);
        ExecutorService senders = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<SendResult>> waiting = new ArrayList<>();
            // A few at a time: each of them, too, waits only so long for a connection.
            for (int i = 1; i <= 144; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> gateway.send(mail("news@shop.example")), senders));
                int begun = i - 8;
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> ses.arrivals().size() >= begun);
            }
            await().until(() -> ses.arrivals().size() == 144);

            assertThat(gateway.send(mail("news@shop.example"))).isInstanceOf(NotStarted.class);
            assertThat(ses.arrivals()).hasSize(144);
            ses.close();
            waiting.forEach(send -> assertThat(send.join()).isInstanceOf(Unknown.class));
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void manySendersAtOnceEachGetTheirOwnAnswer() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        ses.latency(Duration.ofMillis(50));
        ses.behave(request -> request.number() % 5 == 0 ? Answer.THROTTLE : Answer.ACCEPT);
        ExecutorService senders = Executors.newFixedThreadPool(100);
        try {
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String tag = "workspace-" + i;
                sends.add(CompletableFuture.supplyAsync(() -> gateway.send(tagged(tag)), senders));
            }
            List<SendResult> results =
                    sends.stream().map(CompletableFuture::join).toList();

            assertThat(results).filteredOn(Throttled.class::isInstance).hasSize(200);
            assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(800);
            assertThat(ses.acceptedByTag())
                    .hasSize(800)
                    .allSatisfy((tag, times) -> assertThat(times).isEqualTo(1));
            assertThat(ses.arrivals()).hasSize(1_000);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void withoutKeysNothingIsAsked() throws Exception {
        AmazonSettings settings = new AmazonSettings(
                "eu-west-1",
                CredentialSource.DEFAULT_CHAIN,
                "mailroom-test-no-such-profile",
                Endpoints.all(ses.endpoint()),
                EventChain.NONE,
                false,
                false);

        SendResult result = gateway(settings, PATIENT).send(mail("news@shop.example"));

        assertStopped(result, AccountProblem.CREDENTIALS);
        assertThat(ses.arrivals()).isEmpty();
    }

    @Test
    void afterClosingNothingIsSent() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        gateway.close();

        SendResult result = gateway.send(mail("news@shop.example"));

        assertThat(result).isInstanceOfAny(Stopped.class, NotStarted.class);
        assertThat(ses.arrivals()).isEmpty();
    }

    @Test
    void theAccountSaysWhatItAllows() throws Exception {
        ses.account(14.5, 50_000, true);
        SesMailGateway gateway = gateway(PATIENT);
        gateway.send(mail("news@shop.example"));

        assertThat(gateway.account()).isEqualTo(new MailAccount(14.5, 50_000, 1, true, true));
    }

    @Test
    void anUnlimitedAccountStaysUnlimited() throws Exception {
        ses.account(200, -1, false);

        assertThat(gateway(PATIENT).account().left()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"true,HEALTHY,true", "true,PROBATION,true", "true,SHUTDOWN,false", "false,HEALTHY,false"})
    void anAccountThatIsShutDownDoesNotSend(boolean enabled, String enforcement, boolean sends) throws Exception {
        ses.account(new SesStub.Account(14, 50_000, 7, false, enabled, enforcement));

        assertThat(gateway(PATIENT).account().sendingEnabled()).isEqualTo(sends);
    }

    @Test
    void anAccountThatCannotBeAskedIsAnException() throws Exception {
        SesMailGateway gateway = gateway(PATIENT);
        ses.refuse(true);

        assertThatThrownBy(gateway::account)
                .isInstanceOfSatisfying(
                        AmazonException.class, e -> assertThat(e.code()).isEqualTo(AmazonException.Code.UNREACHABLE));
    }

    @Test
    void aMailThatMayNotBeCountedIsNotHandedOverWhileEverythingIsCounted() throws Exception {
        SesMailGateway counting = gateway(settings(ses.endpoint()), PATIENT, Counting.ALONE);
        List<String> begun = new ArrayList<>();

        assertStopped(counting.send(uncounted(), () -> begun.add("on its way")), AccountProblem.COUNTS_HITS);
        assertThat(ses.accepted()).isEmpty();
        assertThat(begun).isEmpty();

        assertThat(counting.send(tagged("workspace-7"))).isInstanceOf(Accepted.class);
        assertThat(gateway(PATIENT).send(uncounted())).isInstanceOf(Accepted.class);
        assertThat(ses.accepted())
                .extracting(SesStub.Accepted::messageTag)
                .containsExactly("workspace-7", "workspace-8");
    }

    @Test
    void aMailThatTheRelayCountsIsNotHandedOverWhileAmazonCountsItAsWell() throws Exception {
        SesMailGateway counting = gateway(settings(ses.endpoint()), PATIENT, Counting.BESIDE_THE_RELAY);
        List<String> begun = new ArrayList<>();

        assertStopped(
                counting.send(tagged("workspace-7"), () -> begun.add("on its way")), AccountProblem.COUNTED_TWICE);
        assertStopped(counting.send(uncounted(), () -> begun.add("on its way")), AccountProblem.COUNTS_HITS);
        assertThat(ses.accepted()).isEmpty();
        assertThat(begun).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNTS_HITS", "COUNTED_TWICE"})
    void suchAMailHoldsUpItsOwnMailingAlone(AccountProblem problem) {
        assertThat(problem.stopsEveryPlan()).isFalse();
        assertThat(problem.retryAfter(0)).isEmpty();
    }

    private static OutgoingMail uncounted() {
        return new OutgoingMail(
                "workspace-8",
                "workspace-2",
                "news@shop.example",
                "kim@example.org",
                "",
                "Letter to Kim",
                "<p>Letter to Kim</p>",
                "Letter to Kim",
                List.of(),
                List.of(),
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void withoutARegionThereIsNoGateway(String region) {
        AmazonSettings settings = new AmazonSettings(
                region, CredentialSource.KEPT_KEYS, "", Endpoints.AMAZON, EventChain.NONE, false, false);

        assertThatThrownBy(() -> gateway(settings, PATIENT)).isInstanceOf(AmazonException.class);
    }

    private SesMailGateway gateway(Timeouts timeouts) throws IOException {
        return gateway(settings(ses.endpoint()), timeouts);
    }

    private SesMailGateway gateway(AmazonSettings settings, Timeouts timeouts) throws IOException {
        return gateway(settings, timeouts, Counting.NOTHING);
    }

    private SesMailGateway gateway(AmazonSettings settings, Timeouts timeouts, Counting counting) throws IOException {
        SessionSecrets secrets = new SessionSecrets();
        secrets.put(AmazonClients.KEY_ID, KEY_ID);
        secrets.put(AmazonClients.SECRET_KEY, SECRET_KEY);
        SesMailGateway gateway = new SesMailGateway(new AmazonClients(settings, secrets, Map.of()), timeouts, counting);
        opened.add(gateway);
        return gateway;
    }

    private AmazonSettings settings(EventChain chain) {
        return settings(ses.endpoint()).with(chain);
    }

    private static AmazonSettings settings(String endpoint) {
        return new AmazonSettings(
                "eu-west-1",
                CredentialSource.KEPT_KEYS,
                "",
                Endpoints.all(endpoint),
                new EventChain("mailroom-workspace", ""),
                false,
                false);
    }

    private static OutgoingMail mail(String from) {
        return mail("workspace-1", from, List.of());
    }

    private static OutgoingMail tagged(String tag) {
        return mail(tag, "news@shop.example", List.of());
    }

    private static OutgoingMail largeMail() {
        return mail(
                "workspace-1",
                "news@shop.example",
                List.of(new Attachment("large.bin", "application/octet-stream", new byte[LARGE])));
    }

    private static OutgoingMail mail(String tag, String from, List<Attachment> attachments) {
        return new OutgoingMail(
                tag,
                "workspace-2",
                from,
                "kim@example.org",
                "",
                "Letter to Kim",
                "<p>Letter to Kim</p>",
                "Letter to Kim",
                List.of(),
                attachments,
                true);
    }

    private static InternetAddress decoded(String mailbox) throws Exception {
        return new InternetAddress(mailbox, true);
    }

    private static String meaning(SendResult result) {
        if (result instanceof Stopped stopped) {
            return stopped.problem().name();
        }
        if (result instanceof Refused refused) {
            return refused.reason();
        }
        if (result instanceof Unknown unknown) {
            return unknown.reason();
        }
        return result.getClass().getSimpleName();
    }

    private static void assertStopped(SendResult result, AccountProblem problem) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.problem())
                                .as(stopped.detail())
                                .isEqualTo(problem));
    }

    private static void assertUnknown(SendResult result, String reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .as(unknown.detail())
                                .isEqualTo(reason));
    }
}
