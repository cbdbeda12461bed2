package app.mailroom.app;

import app.mailroom.cli.Features.AtWork;
import app.mailroom.delivery.Loop;
import app.mailroom.practice.PracticeHitQueue;
import app.mailroom.practice.PracticeLinks;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.relay.Relay;
import app.mailroom.relay.RelaySettings;
import app.mailroom.store.PracticeStore;
import app.mailroom.tracking.RelayLinks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay that practice mails lead to, on this computer alone. Of the processes that have a workspace open, the one that comes
 * first runs it for all; the others look every few seconds whether it is their turn. Mails that are sent name the port, so it is
 * never another one: while some other program has it, hits of practice mails are not noticed, and everything else goes on.
 */
final class PracticeRelay implements AtWork {
    private static final Logger log = LoggerFactory.getLogger(PracticeRelay.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PracticeLinks practice;
    private final PracticeStore store;
    private final Path spool;
    private final String knownPage;
    private final Clock clock;
    private final Loop loop = new Loop("practice-relay", this::look);
    private volatile PracticeRelayStanding standing = PracticeRelayStanding.STARTING;
    private @Nullable Relay relay;
    private @Nullable HttpClient asking;

    /**
     * Over the queue of the practice world. Nothing runs before {@link #start}.
     *
     * @param spool the folder in which hits wait
     * @param triedTag a tag of this workspace that is no message's
     */
    PracticeRelay(PracticeLinks practice, PracticeStore store, Path spool, String triedTag, Clock clock) {
        this.practice = practice;
        this.store = store;
        this.spool = spool;
        this.clock = clock;
        RelayLinks links = practice.links();
        this.knownPage = links.of(triedTag).unsubscribe();
    }

    @Override
    public void start() {
        loop.start();
    }

    /** How it stood when it was last looked at. */
    PracticeRelayStanding standing() {
        return standing;
    }

    /** Lets the next process have its turn. */
    @Override
    public void close() {
        loop.close();
        if (relay != null) {
            relay.close();
        }
    }

    private Duration look() throws InterruptedException {
        if (relay == null) {
            PracticeRelayStanding now = begin();
            if (now != standing) {
                tell(now);
            }
            standing = now;
        }
        return LOOK_EVERY;
    }

    private PracticeRelayStanding begin() throws InterruptedException {
        if (answers()) {
            return PracticeRelayStanding.IN_ANOTHER_PROCESS;
        }
        try {
            relay = Relay.start(
                    RelaySettings.onLoopback(practice.port(), practice.keys(), spool),
                    new PracticeHitQueue(store),
                    clock);
            // Nobody else is asked any more.
            asking = null;
            return PracticeRelayStanding.HERE;
        } catch (IOException e) {
            log.debug("The relay of practice mails did not start", e);
            return PracticeRelayStanding.NOT_REACHABLE;
        }
    }

    /** Whether a relay that knows this workspace's key is at the port. Looking at that page counts as nothing. */
    private boolean answers() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(knownPage)).timeout(PATIENCE).build();
        try {
            return asking().send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    /** Made when the loop first needs it, for it has threads of its own. */
    private HttpClient asking() {
        HttpClient known = asking;
        if (known == null) {
            known = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            asking = known;
        }
        return known;
    }

    private void tell(PracticeRelayStanding now) {
        switch (now) {
            case HERE ->
                log.info("Practice mails lead to port {} of this computer, which is served here", practice.port());
            case IN_ANOTHER_PROCESS ->
                log.info(
                        "Practice mails lead to port {}, which another process of this workspace serves",
                        practice.port());
            case NOT_REACHABLE ->
                log.warn(
                        "Practice mails lead to port {} of this computer, and it cannot be served: another program has it, or the"
                                + " folder {} cannot be used. Openings and clicks of practice mails are not noticed until then",
                        practice.port(),
                        spool);
            case STARTING -> throw new IllegalStateException("nothing comes back to its beginning");
        }
    }
}
