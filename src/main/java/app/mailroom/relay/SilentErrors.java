package app.mailroom.relay;

import app.mailroom.relay.RelayMetrics.Refusal;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says a status and nothing else: neither what was asked, nor what went wrong, nor by which program. */
final class SilentErrors extends ErrorHandler {
    private static final Logger log = LoggerFactory.getLogger(SilentErrors.class);

    private final RelayMetrics metrics;

    SilentErrors(RelayMetrics metrics) {
        this.metrics = metrics;
        setCacheControl("no-store");
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        count(code);
        if (code >= HttpStatus.INTERNAL_SERVER_ERROR_500 && cause != null && !(cause instanceof QuietException)) {
            log.error("A request could not be answered", cause);
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        // Written at once: an answer that is only completed becomes another one if the request was not read to its end.
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    private void count(int status) {
        metrics.answered(status);
        metrics.refused(
                switch (status) {
                    case HttpStatus.PAYLOAD_TOO_LARGE_413,
                            HttpStatus.URI_TOO_LONG_414,
                            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> Refusal.TOO_LARGE;
                    case HttpStatus.REQUEST_TIMEOUT_408 -> Refusal.SLOW;
                    case HttpStatus.SERVICE_UNAVAILABLE_503 -> Refusal.BUSY;
                    default -> Refusal.MALFORMED;
                });
    }
}
