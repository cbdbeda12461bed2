package app.mailroom.aws;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendResult.NotStarted;
import app.mailroom.model.SendResult.Refused;
import app.mailroom.model.SendResult.Stopped;
import app.mailroom.model.SendResult.Throttled;
import app.mailroom.model.SendResult.Unknown;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.IDN;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * What answers of SES mean for the message that was to be sent: two tables, one for answers and one for failures without
 * any, each read from the top, first fit holds. See “SendEmail” and “Common Errors” in the SES API v2 reference.
 *
 * <p>Three rules stand behind the rows. Only what surely was not taken may be sent again. What is wrong with the
 * account, the sender, the configuration or the network burns no message. And what is not foreseen is unknown.
 */
final class SesAnswers {
    /**
     * An answer that is not “taken”.
     *
     * @param status the HTTP status
     * @param type the class of error that SES named, or empty when it named none, so that it may not have been SES
     * @param message SES's own words, or empty
     * @param from the address of the sender
     * @param to the address of the recipient
     * @param written whether the request was sent completely before the answer came
     */
    record Answer(int status, String type, String message, String from, String to, boolean written) {
        boolean fromAmazon() {
            return !type.isEmpty();
        }
    }

    /** No answer, for this reason. onItsWay and written as in {@link SendProgress}. */
    record Failure(Exception cause, boolean onItsWay, boolean written) {
        boolean by(Class<? extends Throwable> kind) {
            Throwable link = cause;
            for (int depth = 0; link != null && depth < LONGEST_CHAIN; depth++, link = link.getCause()) {
                if (kind.isInstance(link)) {
                    return true;
                }
            }
            return false;
        }

        /** The request was not even made: what failed is in this program, its settings or its keys. */
        boolean beforeAnyNetwork() {
            return !onItsWay && !by(IOException.class) && !by(ApiCallTimeoutException.class);
        }

        String says() {
            return AmazonWords.shown(String.valueOf(cause.getMessage()));
        }
    }

    private static final Pattern KEYS =
            Pattern.compile("credential|token|profile|\\bsso\\b|\\brole\\b|identity", Pattern.CASE_INSENSITIVE);

    private record Row<T>(Predicate<T> is, BiFunction<T, String, SendResult> means, String advice) {}

    private static final List<Row<Answer>> ANSWERS = List.of(
            // Too fast, or too much for today. Nothing was taken.
            row(
                    throttling().and(says("daily|24.?hour|quota")),
                    stopped(AccountProblem.QUOTA_USED),
                    "The sending quota of 24 hours is used up."),
            row(throttling(), (answer, detail) -> new Throttled(detail), "Amazon SES asks to send more slowly."),
            row(
                    type("LimitExceeded"),
                    stopped(AccountProblem.QUOTA_USED),
                    "A limit of the Amazon SES account is reached."),
            // The keys. The same keys would fail with every message.
            row(
                    type("UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|ExpiredToken|InvalidToken"
                            + "|MissingAuthenticationToken|Unauthorized|AuthFailure|OptInRequired"),
                    stopped(AccountProblem.CREDENTIALS),
                    "Amazon does not know these AWS keys any more: they are wrong, expired or disabled."),
            row(
                    type("InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|RequestExpired"
                            + "|RequestTimeTooSkewed|RequestInTheFuture"),
                    stopped(AccountProblem.CREDENTIALS),
                    "Amazon does not accept the signature: the secret key is wrong, or this computer's clock is."),
            row(
                    type("AccessDenied|NotAuthorized|UnauthorizedOperation"),
                    stopped(AccountProblem.CREDENTIALS),
                    "The AWS keys lack the right to send (ses:SendEmail)."),
            // The account, the configuration set, the sender. The message can go when they are mended.
            row(
                    type("ConfigurationSetSendingPaused")
                            .or(type("SendingPaused").and(says("configuration.?set"))),
                    stopped(AccountProblem.CONFIGURATION),
                    "Sending is paused for the configuration set. Enable it in the Amazon SES console."),
            row(
                    type("AccountSuspended|SendingPaused|AccountSendingPaused"),
                    stopped(AccountProblem.ACCOUNT_PAUSED),
                    "Amazon has paused sending for the account. Its reasons are in the Amazon SES console."),
            row(
                    type("MailFromDomainNotVerified"),
                    stopped(AccountProblem.SENDER_NOT_VERIFIED),
                    "The sender's MAIL FROM domain is not verified. Its MX record in DNS may be missing."),
            row(
                    type("MessageRejected").and(says("not verified")).and(SesAnswers::namesOnlyTheRecipient),
                    (answer, detail) -> new Refused("RECIPIENT_NOT_VERIFIED", detail),
                    "The account is in the Amazon SES sandbox, which mails verified addresses only."),
            row(
                    type("MessageRejected").and(says("not verified")),
                    stopped(AccountProblem.SENDER_NOT_VERIFIED),
                    "The sender's address or domain is not verified in this AWS region."),
            row(
                    type("NotFound|ConfigurationSetDoesNotExist"),
                    stopped(AccountProblem.CONFIGURATION),
                    "Something that the mailing uses, most likely the configuration set, is not in this AWS region."),
            row(
                    type("BadRequest|InvalidParameterValue|Validation|ValidationError")
                            .and(says("configuration.?set|\\btags?\\b|email.?tags?|message.?tags?")),
                    stopped(AccountProblem.CONFIGURATION),
                    "Amazon SES does not take the configuration set or the tags."),
            row(
                    type("BadRequest|InvalidParameterValue|Validation|ValidationError")
                            .and(says("from.?(e-?mail)?.?address|\\bsender\\b|reply-?.?to")),
                    stopped(AccountProblem.SENDER_NOT_VERIFIED),
                    "Amazon SES does not take the sender's or the reply address."),
            row(
                    type("BadRequest|InvalidParameterValue|Validation|ValidationError|MessageRejected")
                            .and(says("attachment|\\bheaders?\\b|message (length|size)|too (large|long|big)"))
                            .or(status(413)),
                    stopped(AccountProblem.CONFIGURATION),
                    "Amazon SES does not take a header, an attachment or the size that every mail of this mailing has."),
            // The message.
            row(
                    type("MessageRejected"),
                    (answer, detail) -> new Refused("MESSAGE_REJECTED", detail),
                    "Amazon SES refuses this mail."),
            row(
                    type("BadRequest|InvalidParameterValue|Validation|ValidationError"),
                    (answer, detail) -> new Refused("BAD_REQUEST", detail),
                    "Amazon SES cannot read this mail or its address."),
            // Out of order. 503 says that the request was not handled, if it is SES that says it; 408 that it did not
            // come in time (RFC 9110).
            row(
                    status(503).and(type("ServiceUnavailable").or(answer -> !answer.written())),
                    stopped(AccountProblem.OFFLINE),
                    "Amazon SES is out of order at present. It did not take the mail."),
            row(
                    status(408).or(type("RequestTimeout")),
                    stopped(AccountProblem.OFFLINE),
                    "The mail did not reach Amazon SES in time."),
            row(
                    answer -> !answer.written() && !answer.fromAmazon(),
                    stopped(AccountProblem.OFFLINE),
                    "Something between this computer and Amazon answered before the mail was sent."),
            row(
                    answer -> answer.status() >= 500,
                    (answer, detail) -> new Unknown("SERVICE_FAILED", detail),
                    "Amazon SES failed while it had the mail. Only an event can tell whether it was taken."),
            // Not foreseen, and surely no “taken”.
            row(
                    answer -> answer.status() >= 300 && answer.fromAmazon(),
                    stopped(AccountProblem.CONFIGURATION),
                    "Amazon SES refuses, for a reason that is not known here."),
            row(
                    answer -> answer.status() >= 300,
                    stopped(AccountProblem.OFFLINE),
                    "Not Amazon SES but something on the way answered, such as a proxy or a sign-in page."),
            row(
                    answer -> true,
                    (answer, detail) -> new Unknown("UNREADABLE_ANSWER", detail),
                    "The answer cannot be understood. Only an event can tell whether the mail was taken."));

    private static final List<Row<Failure>> FAILURES = List.of(
            // Before anything went to SES.
            row(
                    failure -> failure.by(ConnectionPoolTimeoutException.class) && !failure.written(),
                    (failure, detail) -> new NotStarted(),
                    "Every connection was in use."),
            row(
                    failure -> failure.by(AbortedException.class) && !failure.written(),
                    (failure, detail) -> new NotStarted(),
                    "The sender was stopped before it asked."),
            row(
                    failure -> !failure.written() && failure.by(UnknownHostException.class),
                    stopped(AccountProblem.OFFLINE),
                    "The name of the Amazon SES endpoint is not found: no network, or the region is wrong."),
            row(
                    failure -> !failure.written()
                            && (failure.by(ConnectTimeoutException.class) || failure.by(ConnectException.class)),
                    stopped(AccountProblem.OFFLINE),
                    "No connection to Amazon SES. A firewall or proxy may be in the way."),
            row(
                    failure -> !failure.written() && failure.by(SSLException.class),
                    stopped(AccountProblem.OFFLINE),
                    "No secure connection to Amazon SES. A proxy that reads along, or a wrong clock, may be why."),
            row(
                    failure -> failure.beforeAnyNetwork()
                            && KEYS.matcher(failure.says()).find(),
                    stopped(AccountProblem.CREDENTIALS),
                    "No AWS keys are found, or they cannot be renewed."),
            row(Failure::beforeAnyNetwork, stopped(AccountProblem.CONFIGURATION), "The request could not be made."),
            row(
                    failure -> !failure.written(),
                    stopped(AccountProblem.OFFLINE),
                    "The connection to Amazon SES broke before the mail was sent."),
            // After the last byte: it may have been taken.
            row(
                    failure -> failure.by(SocketTimeoutException.class) || failure.by(ApiCallTimeoutException.class),
                    (failure, detail) -> new Unknown("TIMEOUT", detail),
                    "Amazon SES did not answer in time. Only an event can tell whether the mail was taken."),
            row(
                    failure -> failure.by(SocketException.class)
                            || failure.by(NoHttpResponseException.class)
                            || failure.by(ConnectionClosedException.class)
                            || failure.by(SSLException.class)
                            || failure.by(EOFException.class),
                    (failure, detail) -> new Unknown("CONNECTION_LOST", detail),
                    "The connection broke before the answer came. Only an event can tell whether the mail was taken."),
            row(
                    failure -> failure.by(AbortedException.class) || failure.by(InterruptedIOException.class),
                    (failure, detail) -> new Unknown("NO_ANSWER", detail),
                    "The sender was stopped before the answer came. Only an event can tell whether the mail was taken."),
            row(
                    failure -> true,
                    (failure, detail) -> new Unknown("NO_ANSWER", detail),
                    "There is no answer that can be used. Only an event can tell whether the mail was taken."));

    /** Causes may go in a circle. */
    private static final int LONGEST_CHAIN = 20;

    private static final Pattern IDENTITY = Pattern.compile("[^\\s<>,;:\"]+@[^\\s<>,;:\"]+");

    private SesAnswers() {}

    /** What an answer means. */
    static SendResult of(Answer answer) {
        String says = answer.fromAmazon()
                ? " Amazon says: " + answer.type()
                        + (answer.message().isBlank() ? "" : ", “" + AmazonWords.shown(answer.message()) + "”")
                : " The answer has the HTTP status " + answer.status() + ".";
        return first(ANSWERS, answer, says);
    }

    /** What a failure without an answer means. */
    static SendResult of(Failure failure) {
        return first(FAILURES, failure, " (" + failure.says() + ")");
    }

    private static <T> SendResult first(List<Row<T>> table, T question, String says) {
        for (Row<T> row : table) {
            if (row.is().test(question)) {
                return row.means().apply(question, row.advice() + says);
            }
        }
        throw new IllegalStateException("the last row fits everything");
    }

    private static <T> Row<T> row(Predicate<T> is, BiFunction<T, String, SendResult> means, String advice) {
        return new Row<>(is, means, advice);
    }

    private static <T> BiFunction<T, String, SendResult> stopped(AccountProblem problem) {
        return (question, detail) -> new Stopped(problem, detail);
    }

    /** Names of classes, each with or without “Exception” at its end. */
    private static Predicate<Answer> type(String names) {
        Pattern pattern = Pattern.compile("(" + names + ")(Exception)?");
        return answer -> pattern.matcher(answer.type()).matches();
    }

    private static Predicate<Answer> status(int status) {
        return answer -> answer.status() == status;
    }

    private static Predicate<Answer> says(String words) {
        Pattern pattern = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        return answer -> pattern.matcher(answer.message()).find();
    }

    private static Predicate<Answer> throttling() {
        return type("TooManyRequests|Throttling|Throttled|RequestThrottled|RequestLimitExceeded"
                        + "|MaxSendRateExceeded|SlowDown")
                .or(status(429));
    }

    /**
     * “Email address is not verified” is followed by a list of those that are not. Only if the recipient is there and
     * the sender is not, it is about the recipient; in doubt it is about the sender, which burns no message.
     */
    private static boolean namesOnlyTheRecipient(Answer answer) {
        String from = ascii(answer.from());
        String to = ascii(answer.to());
        if (from.equals(to)) {
            return false;
        }
        boolean recipient = false;
        Matcher identities = IDENTITY.matcher(answer.message());
        while (identities.find()) {
            String identity = ascii(identities.group());
            if (identity.equals(from)) {
                return false;
            }
            recipient |= identity.equals(to);
        }
        return recipient;
    }

    private static String ascii(String address) {
        int at = address.lastIndexOf('@');
        String lower = address.toLowerCase(Locale.ROOT);
        try {
            return lower.substring(0, at + 1) + IDN.toASCII(lower.substring(at + 1));
        } catch (IllegalArgumentException e) {
            return lower;
        }
    }
}
