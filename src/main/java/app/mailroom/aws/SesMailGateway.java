package app.mailroom.aws;

import app.mailroom.delivery.MailGateway;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.model.AccountProblem;
import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Attachment;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentDisposition;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentTransferEncoding;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendQuota;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Amazon SES as the mail service: SendEmail with simple content, once for each mail. {@link SesAnswers} says what the
 * answers mean.
 */
final class SesMailGateway implements MailGateway {
    private final SesV2Client ses;
    private final String configurationSet;
    private final Counting counting;

    /** Whether SES counts openings and clicks of whatever goes through the configuration set. */
    enum Counting {
        NOTHING,
        /** It does, and nobody else. */
        ALONE,
        /** It does, and so does the relay, which would count each twice (decision 27). */
        BESIDE_THE_RELAY
    }

    SesMailGateway(AmazonClients clients, Timeouts timeouts, Counting counting) throws AmazonException {
        this.ses = clients.sesForSending(timeouts, new SendProgress.Watch());
        this.configurationSet = clients.settings().chain().configurationSet();
        this.counting = counting;
    }

    @Override
    public SendResult send(OutgoingMail mail, Runnable onItsWay) {
        if (counting == Counting.BESIDE_THE_RELAY && mail.tracked()) {
            return new SendResult.Stopped(
                    AccountProblem.COUNTED_TWICE,
                    "Amazon SES counts openings and clicks of every mail, and so does the relay: each would be counted"
                            + " twice. Nothing was sent");
        }
        if (counting != Counting.NOTHING && !mail.tracked()) {
            // SES has an override for a single request by now; the SDK in use does not know it (decision 22).
            return new SendResult.Stopped(
                    AccountProblem.COUNTS_HITS,
                    "Amazon SES counts openings and clicks of every mail, and those of this mailing are not to be"
                            + " counted. Nothing was sent");
        }
        InternetAddress from;
        SendProgress progress = new SendProgress(onItsWay);
        SendEmailRequest request;
        try {
            from = mailbox(mail.from());
            request = request(mail, from, progress);
        } catch (jakarta.mail.internet.AddressException | AddressException e) {
            return new SendResult.Stopped(
                    AccountProblem.CONFIGURATION,
                    "The sender's or the reply address is not one that can be written in a mail (" + e.getMessage()
                            + ")");
        }
        try {
            String id = ses.sendEmail(request).messageId();
            return id == null || id.isBlank()
                    ? SesAnswers.of(new SesAnswers.Answer(200, "", "", from.getAddress(), mail.to(), true))
                    : new SendResult.Accepted(id);
        } catch (AwsServiceException e) {
            return e instanceof SesV2Exception || progress.onItsWay()
                    ? SesAnswers.of(answer(e, from.getAddress(), mail.to(), progress))
                    : keysCannotBeRenewed(e);
        } catch (RuntimeException e) {
            return SesAnswers.of(new SesAnswers.Failure(e, progress.onItsWay(), progress.written()));
        }
    }

    @Override
    public MailAccount account() throws AmazonException {
        GetAccountResponse account;
        try {
            account = ses.getAccount(request -> {});
        } catch (SdkException e) {
            throw AmazonException.of("asking what the account may send", e);
        }
        SendQuota quota = account.sendQuota();
        if (quota == null || quota.maxSendRate() == null || quota.max24HourSend() == null) {
            throw new AmazonException(
                    AmazonException.Code.REFUSED, "asking what the account may send: the answer has no quota", null);
        }
        return new MailAccount(
                quota.maxSendRate(),
                quota.max24HourSend().longValue(),
                quota.sentLast24Hours() == null ? 0 : quota.sentLast24Hours().longValue(),
                !Boolean.TRUE.equals(account.productionAccessEnabled()),
                Boolean.TRUE.equals(account.sendingEnabled()) && !"SHUTDOWN".equals(account.enforcementStatus()));
    }

    @Override
    public void close() {
        ses.close();
    }

    private SendEmailRequest request(OutgoingMail mail, InternetAddress from, SendProgress progress)
            throws jakarta.mail.internet.AddressException, AddressException {
        SendEmailRequest.Builder request = SendEmailRequest.builder()
                .fromEmailAddress(from.toString())
                .destination(to -> to.toAddresses(mail.to()))
                .content(EmailContent.builder().simple(message(mail)).build())
                .emailTags(
                        tag(SesEventParser.MESSAGE_TAG, mail.messageTag()),
                        tag(SesEventParser.PLAN_TAG, mail.planTag()))
                .overrideConfiguration(each -> each.putExecutionAttribute(SendProgress.OF_THIS_REQUEST, progress));
        if (!mail.replyTo().isEmpty()) {
            request.replyToAddresses(mailbox(mail.replyTo()).toString());
        }
        if (!configurationSet.isEmpty()) {
            request.configurationSetName(configurationSet);
        }
        return request.build();
    }

    private static Message message(OutgoingMail mail) {
        Message.Builder message = Message.builder()
                .subject(text(mail.subject()))
                .body(body -> body.html(text(mail.html())).text(text(mail.text())));
        // Empty lists would be written as such, and SES need not like them.
        if (!mail.headers().isEmpty()) {
            message.headers(mail.headers().stream().map(SesMailGateway::header).toList());
        }
        if (!mail.attachments().isEmpty()) {
            message.attachments(
                    mail.attachments().stream().map(SesMailGateway::attachment).toList());
        }
        return message.build();
    }

    private static Attachment attachment(app.mailroom.model.Attachment file) {
        Attachment.Builder attachment = Attachment.builder()
                .fileName(file.fileName())
                .contentType(file.contentType())
                .contentDisposition(
                        file.isInline() ? AttachmentContentDisposition.INLINE : AttachmentContentDisposition.ATTACHMENT)
                .contentTransferEncoding(AttachmentContentTransferEncoding.BASE64)
                .rawContent(SdkBytes.fromByteArrayUnsafe(file.content()));
        if (file.isInline()) {
            attachment.contentId(file.contentId());
        }
        return attachment.build();
    }

    private static Content text(String text) {
        return Content.builder()
                .data(text)
                .charset(StandardCharsets.UTF_8.name())
                .build();
    }

    private static MessageTag tag(String name, String value) {
        return MessageTag.builder().name(name).value(value).build();
    }

    /** SES takes ASCII only in headers, other text as encoded words (RFC 2047). */
    private static MessageHeader header(OutgoingMail.Header header) {
        try {
            return MessageHeader.builder()
                    .name(header.name())
                    .value(MimeUtility.encodeText(header.value(), StandardCharsets.UTF_8.name(), null))
                    .build();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
    }

    /** A mailbox in ASCII: its display name as encoded words where needed (RFC 2047), its domain in punycode. */
    private static InternetAddress mailbox(String mailbox)
            throws jakarta.mail.internet.AddressException, AddressException {
        // Not strict: that would refuse the Unicode that is about to be encoded.
        InternetAddress parsed = new InternetAddress(mailbox, false);
        parsed.setAddress(EmailAddress.parse(parsed.getAddress()).mailbox());
        try {
            parsed.setPersonal(parsed.getPersonal(), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
        return parsed;
    }

    private static SesAnswers.Answer answer(AwsServiceException e, String from, String to, SendProgress progress) {
        return new SesAnswers.Answer(
                e.statusCode(), AmazonWords.errorCode(e), AmazonWords.errorMessage(e), from, to, progress.written());
    }

    /** Another service's answer, of the one that gives out keys: nothing went to SES. */
    private static SendResult keysCannotBeRenewed(AwsServiceException e) {
        boolean passing = e.statusCode() >= 500 || e.isThrottlingException();
        String says = e.awsErrorDetails() == null ? "HTTP status " + e.statusCode() : AmazonWords.errorCode(e);
        return new SendResult.Stopped(
                passing ? AccountProblem.OFFLINE : AccountProblem.CREDENTIALS,
                "The AWS keys cannot be renewed. Sign in anew, or check the profile and its role. Amazon says: "
                        + says);
    }
}
