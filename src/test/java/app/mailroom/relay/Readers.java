package app.mailroom.relay;

import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Readers who open mails, follow links and unsubscribe, as fast as a relay answers, each for a message of its own. They end when
 * they are told to, or when the relay does not answer any more.
 */
final class Readers {
    private static final Pattern TAG = Pattern.compile("\"tag\":\"([^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Every twentieth unsubscribes, every fourth follows a link. */
    private static final int UNSUBSCRIBES = 20;

    private static final int FOLLOWS = 4;

    /**
     * When the relay was asked and when its answer was there, by {@link System#nanoTime}, and whether it promised to have taken a wish
     * to leave.
     */
    record Answered(long asked, long at, boolean unsubscribed) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final HitTokens tokens;
    private final String name;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Answered> answered = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    /** name tells their messages from those of others. */
    Readers(int port, HitTokens tokens, String name, int count) {
        this.base = "http://127.0.0.1:" + port;
        this.tokens = tokens;
        this.name = name;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::read, "reader-" + name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** What was answered, by the tags of the messages. */
    Map<String, Answered> answered() {
        return answered;
    }

    /** How many answers said that the relay cannot do it at present. */
    int refused() {
        return refused.get();
    }

    /** The longest time that an answer took. */
    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    /** Lets them end, and waits for the answers that are under way. */
    void leave() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The tag that an event names. */
    static String tagOf(String event) {
        Matcher tag = TAG.matcher(event);
        if (!tag.find()) {
            throw new AssertionError("no tag in " + event);
        }
        return tag.group(1);
    }

    private void read() {
        try {
            while (!ending) {
                ask(next.getAndIncrement());
            }
        } catch (IOException e) {
            // The relay was killed, which is what these readers are for.
            ending = true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ask(int number) throws IOException, InterruptedException {
        String tag = name + "-" + number;
        boolean leaves = number % UNSUBSCRIBES == 0;
        HitLink link = leaves
                ? HitLink.unsubscribe(tag)
                : number % FOLLOWS == 1
                        ? HitLink.click(tag, 1, "https://shop.example.com/?n=" + number)
                        : HitLink.open(tag);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + link.kind().path() + tokens.token(link)))
                .timeout(PATIENCE);
        if (leaves) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"));
        }
        long began = System.nanoTime();
        int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        long ended = System.nanoTime();
        longest.accumulateAndGet(ended - began, Math::max);
        if (status == 200 || status == 302) {
            answered.put(tag, new Answered(began, ended, leaves));
        } else {
            refused.incrementAndGet();
        }
    }
}
