package app.mailroom.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that is the same whoever asks: nothing of a request can get into it.
 *
 * @param body is never changed; each time it is sent from a view of its own
 */
record Answer(int status, HttpFields headers, ByteBuffer body) {
    static final HttpField NOT_STORED =
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store, no-cache, must-revalidate, private");
    static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");
    static final HttpField AS_DECLARED = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

    private static final String PLAIN = "text/plain; charset=utf-8";

    /** A transparent dot, the smallest that every mail program draws. */
    static final Answer PICTURE = of(
            HttpStatus.OK_200,
            "image/gif",
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="),
            new PreEncodedHttpField(HttpHeader.PRAGMA, "no-cache"),
            new PreEncodedHttpField(HttpHeader.EXPIRES, "0"));

    /** For everything that nobody signed. */
    static final Answer NOT_FOUND = text(HttpStatus.NOT_FOUND_404, "Not found");

    static final Answer TOO_MANY = text(
            HttpStatus.TOO_MANY_REQUESTS_429, "Too many requests", new PreEncodedHttpField(HttpHeader.RETRY_AFTER, 10));

    static final Answer WELL = text(HttpStatus.OK_200, "ok");

    static final Answer UNWELL = text(HttpStatus.SERVICE_UNAVAILABLE_503, "unwritable");

    /** Leads on; where to, is added when it is sent. */
    static final Answer REDIRECT = of(HttpStatus.FOUND_302, "", new byte[0], NO_REFERRER);

    static Answer of(int status, String type, byte[] body, HttpField... more) {
        return of(status, type, body, HttpFields.from(more));
    }

    static Answer of(int status, String type, byte[] body, HttpFields more) {
        HttpFields.Mutable headers = HttpFields.build().add(NOT_STORED).add(AS_DECLARED);
        if (!type.isEmpty()) {
            headers.add(new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, type));
        }
        headers.add(new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, body.length));
        headers.add(more);
        ByteBuffer bytes = ByteBuffer.allocateDirect(body.length).put(body).flip();
        return new Answer(status, headers.asImmutable(), bytes.asReadOnlyBuffer());
    }

    static Answer text(int status, String text, HttpField... more) {
        return of(status, PLAIN, (text + "\n").getBytes(StandardCharsets.US_ASCII), more);
    }

    void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().add(headers);
        response.write(true, body.slice(), callback);
    }
}
