package app.mailroom.relay;

import app.mailroom.tracking.HitTokens;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Lets requests in one by one: none with an address that is too long, none while too many are under way or memory is short, and
 * none whose body takes for ever to arrive, however it trickles. What it turns away costs next to nothing.
 */
final class Admission extends Handler.Wrapper {
    /** No honest address is longer: {@code /o/} and a token. */
    private static final int LONGEST_PATH = HitTokens.LONGEST + 16;

    private static final String RETRY_AFTER_SECONDS = "5";

    /** How many answers over HTTP/2 may wait to be taken, for each request that may be under way. */
    private static final int UNTAKEN_SHARE = 2;

    private final int most;
    private final Duration patience;
    private final BooleanSupplier shortOfMemory;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger untaken = new AtomicInteger();

    Admission(Handler next, int most, Duration patience, BooleanSupplier shortOfMemory) {
        super(next);
        this.most = most;
        this.patience = patience;
        this.shortOfMemory = shortOfMemory;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getPathQuery().length() > LONGEST_PATH) {
            return refuse(request, response, callback, HttpStatus.URI_TOO_LONG_414);
        }
        // Answered before handle returns, so that it waits for nothing.
        boolean atOnce = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        if (atOnce) {
            if (shortOfMemory.getAsBoolean()) {
                return shed(request, response, callback);
            }
            return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                    ? handleAnswersTaken(request, response, callback)
                    : super.handle(request, response, callback);
        }
        if (underWay.incrementAndGet() > most || shortOfMemory.getAsBoolean()) {
            underWay.decrementAndGet();
            return shed(request, response, callback);
        }
        return handleInTime(request, response, callback);
    }

    /**
     * A client of HTTP/2 may have many answers wait on one connection, by taking none of them (RFC 9113, section 10.5); with HTTP/1.1
     * that is one, and connections are counted.
     */
    private boolean handleAnswersTaken(Request request, Response response, Callback callback) throws Exception {
        if (untaken.incrementAndGet() > UNTAKEN_SHARE * most) {
            untaken.decrementAndGet();
            return shed(request, response, callback);
        }
        Request.addCompletionListener(request, failure -> untaken.decrementAndGet());
        return super.handle(request, response, callback);
    }

    private boolean handleInTime(Request request, Response response, Callback callback) throws Exception {
        long left = Math.max(0, patience.toNanos() - NanoTime.since(request.getBeginNanoTime()));
        Scheduler.Task deadline = request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.fail(new HttpException.RuntimeException(
                                HttpStatus.REQUEST_TIMEOUT_408, new TimeoutException("the body took too long"))),
                        left,
                        TimeUnit.NANOSECONDS);
        Request.addCompletionListener(request, failure -> {
            deadline.cancel();
            underWay.decrementAndGet();
        });
        return super.handle(request, response, callback);
    }

    private static boolean shed(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return refuse(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    /** The body, if there is one, is not read: the connection ends with the answer. */
    private static boolean refuse(Request request, Response response, Callback callback, int status) {
        Response.writeError(request, response, callback, status);
        return true;
    }
}
