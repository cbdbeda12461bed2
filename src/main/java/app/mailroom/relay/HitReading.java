package app.mailroom.relay;

import app.mailroom.model.HitSign;
import app.mailroom.tracking.HitLink;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads off a request what is reported of it, and no more. */
final class HitReading {
    /** Agents of browsers have some 100 to 300 characters. */
    static final int LONGEST_AGENT = 512;

    /** Sec-Purpose (Fetch standard), Purpose (Chromium before it), X-Purpose (Safari), X-Moz (Firefox before it). */
    private static final List<String> PURPOSES = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private static final List<String> IN_ADVANCE = List.of("prefetch", "prerender", "preview");

    private final boolean keepReaders;
    private final Clock clock;
    private final HitIds ids = new HitIds(new SecureRandom());

    HitReading(boolean keepReaders, Clock clock) {
        this.keepReaders = keepReaders;
        this.clock = clock;
    }

    Hit hit(HitLink link, Request request) {
        HttpFields headers = request.getHeaders();
        String agent = agent(headers.get(HttpHeader.USER_AGENT));
        return new Hit(
                ids.next(),
                link,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                agent,
                signs(request.getMethod(), headers, agent),
                keepReaders
                        ? Optional.of(PeerAddress.of(request)).filter(reader -> !reader.isEmpty())
                        : Optional.empty());
    }

    private static Set<HitSign> signs(String method, HttpFields headers, String agent) {
        Set<HitSign> signs = EnumSet.noneOf(HitSign.class);
        if (HttpMethod.HEAD.is(method)) {
            signs.add(HitSign.HEAD);
        }
        if (isInAdvance(headers)) {
            signs.add(HitSign.PREFETCH);
        }
        if (!headers.contains(HttpHeader.ACCEPT_LANGUAGE)) {
            signs.add(HitSign.NO_LANGUAGE);
        }
        if (agent.isEmpty()) {
            signs.add(HitSign.NO_AGENT);
        }
        return signs;
    }

    /** One pass over the headers, of which there may be a hundred. */
    private static boolean isInAdvance(HttpFields headers) {
        for (HttpField field : headers) {
            for (String purpose : PURPOSES) {
                if (field.is(purpose) && field.getValue() != null) {
                    String value = field.getValue().toLowerCase(Locale.ROOT);
                    if (IN_ADVANCE.stream().anyMatch(value::contains)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Without what could not stand in a line of text, and not longer than any honest one. */
    private static String agent(@Nullable String header) {
        if (header == null) {
            return "";
        }
        if (isPlain(header)) {
            return header.strip();
        }
        StringBuilder agent = new StringBuilder(Math.min(header.length(), LONGEST_AGENT));
        header.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST_AGENT)
                .forEach(agent::appendCodePoint);
        return agent.toString().strip();
    }

    /** Nearly always: such a header is taken as it is. */
    private static boolean isPlain(String header) {
        if (header.length() > LONGEST_AGENT) {
            return false;
        }
        for (int i = 0; i < header.length(); i++) {
            if (Character.isISOControl(header.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
