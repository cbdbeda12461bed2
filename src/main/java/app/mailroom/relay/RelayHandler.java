package app.mailroom.relay;

import app.mailroom.relay.RelayMetrics.Refusal;
import app.mailroom.relay.UnsubscribePage.State;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * Answers readers' programs, and notes what they asked for. Says nothing to whoever has no signed address: everything else is
 * answered alike, and nothing of a request is repeated, but for the place to which a signed link leads.
 */
public final class RelayHandler extends Handler.Abstract.NonBlocking {
    private static final int KIND_LENGTH = HitLink.Kind.OPEN.path().length();
    /** Quotation mark and brackets behind a token, as they stand in a path (RFC 3986, section 3.3). */
    private static final Set<String> ESCAPED_TAILS = Set.of("%22", "%3C", "%3E", "%5B", "%5D", "%7D");

    private static final int ESCAPED_LENGTH = 3;

    private final HitTokens tokens;
    private final HitSpool spool;
    private final RelayMetrics metrics;
    private final HitReading reading;
    private final PeerAddress.Allowed metricsFrom;
    private final UnsubscribePage page = new UnsubscribePage();
    private final Map<String, HitLink.Kind> kinds =
            Stream.of(HitLink.Kind.values()).collect(Collectors.toMap(HitLink.Kind::path, Function.identity()));

    /** Recognises addresses by their tokens and puts hits into the spool. */
    public RelayHandler(HitTokens tokens, HitSpool spool, RelaySettings settings, RelayMetrics metrics, Clock clock) {
        this.tokens = tokens;
        this.spool = spool;
        this.metrics = metrics;
        this.reading = new HitReading(settings.keepReaders(), clock);
        this.metricsFrom = new PeerAddress.Allowed(settings.metricsFrom());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        boolean gets = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        boolean posts = HttpMethod.POST.is(request.getMethod());
        if (path == null || !(gets || posts)) {
            refuse(Refusal.UNKNOWN, Answer.NOT_FOUND, response, callback);
        } else if (gets && path.equals("/healthz")) {
            answer(spool.healthy() ? Answer.WELL : Answer.UNWELL, response, callback);
        } else if (gets && path.equals("/metrics") && metricsFrom.holds(request)) {
            answer(
                    Answer.of(
                            HttpStatus.OK_200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            metrics.text().getBytes(StandardCharsets.UTF_8)),
                    response,
                    callback);
        } else {
            HitLink.Kind kind = path.length() > KIND_LENGTH ? kinds.get(path.substring(0, KIND_LENGTH)) : null;
            if (kind == null || (posts && kind != HitLink.Kind.UNSUBSCRIBE)) {
                refuse(Refusal.UNKNOWN, Answer.NOT_FOUND, response, callback);
            } else {
                Optional<HitLink> link = tokens.read(kind, withoutTail(path.substring(KIND_LENGTH)));
                if (link.isEmpty()) {
                    refuse(Refusal.UNSIGNED, Answer.NOT_FOUND, response, callback);
                } else {
                    signed(link.get(), posts, request, response, callback);
                }
            }
        }
        return true;
    }

    /**
     * A token without what mail programs take for a part of an address that stands in plain text: the full stop, bracket
     * or quotation mark behind it. No token ends with one, and what is left has to be signed to the last character.
     */
    private static String withoutTail(String token) {
        int end = token.length();
        while (end > 0) {
            if (isTail(token.charAt(end - 1))) {
                end--;
            } else if (ESCAPED_TAILS.contains(token.substring(Math.max(0, end - ESCAPED_LENGTH), end))) {
                end -= ESCAPED_LENGTH;
            } else {
                break;
            }
        }
        return token.substring(0, end);
    }

    private static boolean isTail(char c) {
        return ".,;:!?)/'".indexOf(c) >= 0;
    }

    private void signed(HitLink link, boolean posts, Request request, Response response, Callback callback) {
        switch (link.kind()) {
            case OPEN -> {
                note(link, request);
                answer(Answer.PICTURE, response, callback);
            }
            case CLICK -> {
                note(link, request);
                response.getHeaders().put(HttpHeader.LOCATION, Location.header(link.target()));
                answer(Answer.REDIRECT, response, callback);
            }
            case UNSUBSCRIBE -> {
                if (posts) {
                    unsubscribe(link, request, response, callback);
                } else {
                    answer(page.answer(State.ASKED, request.getHeaders()), response, callback);
                }
            }
        }
    }

    private void note(HitLink link, Request request) {
        if (spool.offer(reading.hit(link, request))) {
            metrics.hit(link.kind());
        } else {
            metrics.dropped(link.kind());
        }
    }

    /**
     * What stands in the body does not matter, since the address says all (RFC 8058, section 3.1), but it is taken, so that the answer
     * does not meet a client that still writes. The server bounds its size and its time.
     */
    private void unsubscribe(HitLink link, Request request, Response response, Callback callback) {
        Hit hit = reading.hit(link, request);
        Content.Source.consumeAll(
                request, Callback.from(() -> keep(hit, request, response, callback), callback::failed));
    }

    private void keep(Hit hit, Request request, Response response, Callback callback) {
        Promise.completeWith(
                Promise.from(
                        kept -> kept(hit.link(), kept, request, response, callback),
                        failure -> kept(hit.link(), false, request, response, callback)),
                // Not answered by the thread of the spool, which has other things to do.
                spool.keep(hit)
                        .thenApplyAsync(kept -> kept, request.getComponents().getExecutor()));
    }

    private void kept(HitLink link, boolean kept, Request request, Response response, Callback callback) {
        if (kept) {
            metrics.hit(link.kind());
            answer(page.answer(State.DONE, request.getHeaders()), response, callback);
        } else {
            metrics.dropped(link.kind());
            refuse(Refusal.NOT_KEPT, page.answer(State.NOT_KEPT, request.getHeaders()), response, callback);
        }
    }

    private void refuse(Refusal reason, Answer answer, Response response, Callback callback) {
        metrics.refused(reason);
        answer(answer, response, callback);
    }

    private void answer(Answer answer, Response response, Callback callback) {
        metrics.answered(answer.status());
        answer.send(response, callback);
    }
}
