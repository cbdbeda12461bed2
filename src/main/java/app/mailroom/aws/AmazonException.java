package app.mailroom.aws;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Amazon could not be asked, or said no. The message says what was asked for, and never holds a secret. */
public final class AmazonException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of no. */
    public enum Code {
        /** No region is chosen. */
        NO_REGION,
        /** There are no keys. */
        NO_CREDENTIALS,
        /** The keys are wrong, expired or disabled, or this computer's clock is. */
        CREDENTIALS_REFUSED,
        /** The keys are good, and lack the right to do this. */
        NOT_ALLOWED,
        /** Nothing of that name. */
        NOT_FOUND,
        /** Amazon, or the way to it, does not answer. */
        UNREACHABLE,
        /** Too many questions at once. */
        THROTTLED,
        /** Amazon is not to count openings and clicks while the relay does; said by this program. */
        RELAY_COUNTS,
        /** Any other no. */
        REFUSED
    }

    private final Code code;

    /** A no of this kind. */
    public AmazonException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What kind of no. */
    public Code code() {
        return code;
    }

    /** Sorts a failure of the SDK. doing says what was tried, like “asking for the account”. */
    static AmazonException of(String doing, SdkException failure) {
        Code code = codeOf(failure);
        String message = String.valueOf(failure.getMessage());
        String said = failure instanceof AwsServiceException service ? said(service) : AmazonWords.shown(message);
        // A cause is logged with its own words, so one whose words may not be shown is left out.
        return new AmazonException(code, doing + ": " + said, AmazonWords.harmless(message) ? failure : null);
    }

    private static String said(AwsServiceException answer) {
        String code = AmazonWords.errorCode(answer);
        String words = AmazonWords.errorMessage(answer);
        if (code.isEmpty() && words.isEmpty()) {
            return "HTTP status " + answer.statusCode();
        }
        return code.isEmpty() || words.isEmpty()
                ? code + AmazonWords.shown(words)
                : code + ": " + AmazonWords.shown(words);
    }

    private static Code codeOf(SdkException failure) {
        if (!(failure instanceof AwsServiceException service)) {
            return String.valueOf(failure.getMessage()).contains("credentials")
                    ? Code.NO_CREDENTIALS
                    : Code.UNREACHABLE;
        }
        String name = AmazonWords.errorCode(service);
        if (name.matches("(UnrecognizedClient|InvalidSignature|ExpiredToken|IncompleteSignature|RequestExpired)"
                + "(Exception)?|SignatureDoesNotMatch|InvalidClientTokenId|InvalidAccessKeyId"
                + "|MissingAuthenticationToken(Exception)?|AuthFailure|RequestTimeTooSkewed")) {
            return Code.CREDENTIALS_REFUSED;
        }
        if (name.matches(
                "AccessDenied(Exception)?|AuthorizationError(Exception)?|UnauthorizedOperation|OptInRequired")) {
            return Code.NOT_ALLOWED;
        }
        if (name.matches("(NotFound|QueueDoesNotExist|AWS\\.SimpleQueueService\\.NonExistentQueue)(Exception)?")
                || service.statusCode() == 404) {
            return Code.NOT_FOUND;
        }
        if (service.isThrottlingException() || service.statusCode() == 429) {
            return Code.THROTTLED;
        }
        return service.statusCode() >= 500 ? Code.UNREACHABLE : Code.REFUSED;
    }
}
