package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.aws.AmazonException.Code;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.model.SnsException;

class AmazonExceptionTest {
    @ParameterizedTest
    @CsvSource({
        "403, InvalidClientTokenId, CREDENTIALS_REFUSED",
        "403, SignatureDoesNotMatch, CREDENTIALS_REFUSED",
        "400, ExpiredTokenException, CREDENTIALS_REFUSED",
        "403, AuthorizationError, NOT_ALLOWED",
        "400, AccessDeniedException, NOT_ALLOWED",
        "404, NotFound, NOT_FOUND",
        "400, AWS.SimpleQueueService.NonExistentQueue, NOT_FOUND",
        "429, TooManyRequestsException, THROTTLED",
        "500, InternalFailure, UNREACHABLE",
        "400, InvalidParameter, REFUSED",
    })
    void anAnswerIsSortedByWhatHelps(int status, String type, Code code) {
        assertThat(AmazonException.of("looking", said(status, type, "no")).code())
                .isEqualTo(code);
    }

    @Test
    void withoutAnAnswerItIsTheWayThere() {
        AmazonException failure = AmazonException.of("looking", SdkClientException.create("Unable to execute"));

        assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(failure).hasMessage("looking: Unable to execute");
    }

    @Test
    void anAnswerWithoutWordsIsNamedByItsStatus() {
        AmazonException failure = AmazonException.of(
                "looking", (SnsException) SnsException.builder().statusCode(404).build());

        assertThat(failure).hasMessage("looking: HTTP status 404");
        assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void theSignedRequestThatAmazonRepeatsIsNeitherShownNorLogged() {
        String message = "The request signature we calculated does not match the signature you provided. "
                + "The Canonical String for this request should have been 'POST / x-amz-security-token:TOKEN-OF-A-SESSION'";

        AmazonException failure = AmazonException.of("looking", said(403, "SignatureDoesNotMatch", message));

        StringWriter log = new StringWriter();
        failure.printStackTrace(new PrintWriter(log));
        assertThat(log.toString())
                .contains("SignatureDoesNotMatch: The request signature we calculated does not match")
                .doesNotContain("TOKEN-OF-A-SESSION");
    }

    private static SnsException said(int status, String type, String message) {
        return (SnsException) SnsException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(type)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
