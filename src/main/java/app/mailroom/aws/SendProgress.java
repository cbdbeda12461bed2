package app.mailroom.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * How far one request has come. A service that did not get the last byte of a request cannot have taken the mail in it;
 * once that byte was handed to the connection, only the answer tells.
 */
final class SendProgress {
    /** Under this attribute a request carries its progress. */
    static final ExecutionAttribute<SendProgress> OF_THIS_REQUEST = new ExecutionAttribute<>("MailroomSendProgress");

    private final Runnable departure;
    private volatile boolean onItsWay;
    private volatile boolean counting;
    private volatile boolean lastByteRead;

    /** departure is run once, when the body begins to be read for the connection. */
    SendProgress(Runnable departure) {
        this.departure = departure;
    }

    /** Whether the request was signed and given to the HTTP client: until then nothing can have gone to SES. */
    boolean onItsWay() {
        return onItsWay;
    }

    /** Whether the last byte of the body may have left. Of a body that nobody counts it may. */
    boolean written() {
        return onItsWay && (!counting || lastByteRead);
    }

    /** Counts the body of requests that carry a progress. */
    static final class Watch implements ExecutionInterceptor {
        @Override
        public Optional<RequestBody> modifyHttpContent(
                Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            SendProgress progress = attributes.getAttribute(OF_THIS_REQUEST);
            return context.requestBody().map(body -> {
                Optional<Long> length = body.optionalContentLength();
                return progress == null || length.isEmpty()
                        ? body
                        : RequestBody.fromContentProvider(
                                () -> progress
                                .new CountedBody(body.contentStreamProvider().newStream(), length.get()),
                                length.get(),
                                body.contentType());
            });
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            SendProgress progress = attributes.getAttribute(OF_THIS_REQUEST);
            if (progress != null) {
                progress.onItsWay = true;
            }
        }
    }

    /** The signer reads the body, too: only what is read on the way to the connection counts. */
    private final class CountedBody extends FilterInputStream {
        private final boolean sent = onItsWay;
        private boolean departed;
        private long left;

        private CountedBody(InputStream body, long length) {
            super(body);
            left = length;
            if (sent) {
                counting = true;
                count(0);
            }
        }

        @Override
        public int read() throws IOException {
            depart();
            int read = super.read();
            count(read < 0 ? left : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            depart();
            int read = super.read(into, offset, length);
            count(read < 0 ? left : read);
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        /** The body is opened before the connection stands, and read when it does. */
        private void depart() {
            if (sent && !departed) {
                departed = true;
                departure.run();
            }
        }

        /** A body is read once; marks would need a second count. */
        @Override
        public boolean markSupported() {
            return false;
        }

        private void count(long bytes) {
            left -= bytes;
            if (sent && left <= 0) {
                lastByteRead = true;
            }
        }
    }
}
