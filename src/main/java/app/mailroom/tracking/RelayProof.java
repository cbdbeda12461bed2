package app.mailroom.tracking;

import app.mailroom.model.ProofState;
import app.mailroom.model.ProofStep;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.StoreException;
import app.mailroom.tracking.EventSource.Polling;
import app.mailroom.tracking.HitLink.Kind;
import app.mailroom.tracking.ProofNote.Code;
import app.mailroom.tracking.RelayVisit.Answer;
import app.mailroom.tracking.Tracking.Candidate;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Proves a relay from outside, as a reader's program would meet it, and then that what it noticed arrives in the workspace's queue.
 * The probe is a message that does not exist. What is proven is the newest key, which signs from then on.
 */
public final class RelayProof {
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final int GIF_BYTES = 43;

    /** What is tried, in order. */
    public enum Link {
        /** The relay answers at its address, with a certificate that is trusted. */
        REACHED,
        /** It refuses an address that nobody signed. */
        FORGERY,
        /** It gives the picture for an opening. */
        OPEN,
        /** It leads on to where a link leads. */
        CLICK,
        /** It shows the page to unsubscribe, and takes the request. */
        UNSUBSCRIBE,
        /** The opening arrived in the queue. */
        OPEN_ARRIVED,
        /** The click arrived in the queue. */
        CLICK_ARRIVED,
        /** The request to unsubscribe arrived in the queue, and looking at the page brought none. */
        UNSUBSCRIBE_ARRIVED
    }

    /** A link as it stands; the note says why it failed and what to do. */
    public record Step(Link link, ProofState state, ProofNote note) implements ProofStep {
        /** One that was not tried yet. */
        public static Step waiting(Link link) {
            return new Step(link, ProofState.WAITING, ProofNote.NONE);
        }

        /** The note in plain English. */
        @Override
        public String detail() {
            return note.english();
        }
    }

    private final Tracking tracking;
    private final ProbeStore probes;
    private final WorkspaceId workspace;
    private final EventSource events;

    RelayProof(Tracking tracking, ProbeStore probes, WorkspaceId workspace, EventSource events) {
        this.tracking = tracking;
        this.probes = probes;
        this.workspace = workspace;
        this.events = events;
    }

    /**
     * Runs the proof, and receives events meanwhile, so that nobody else has to. Interrupting the thread ends it. If all is
     * proven, that is remembered for this address and this key.
     *
     * @param patience how long to wait for each answer and for each sign of life
     * @param progress is told of all links whenever one has changed
     * @throws TrackingException when there is nothing to prove yet: no address, or no key
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not set up sending
     */
    public List<Step> run(Duration patience, Consumer<List<Step>> progress)
            throws InterruptedException, TrackingException {
        return run(new RelayVisit(patience), patience, progress);
    }

    /** The same by a visitor of one's own. Closes it. */
    List<Step> run(RelayVisit visit, Duration patience, Consumer<List<Step>> progress)
            throws InterruptedException, TrackingException {
        tracking.requireSetUp();
        try (visit) {
            Candidate candidate = tracking.candidate();
            Steps steps = new Steps(progress);
            Attempt attempt = new Attempt(candidate, visit, steps, patience);
            if (attempt.answers() && attempt.arrives()) {
                tracking.proven(candidate);
            }
            return steps.all();
        } catch (StoreException e) {
            if (Thread.interrupted()) {
                // The store was just being asked, and says it in its own way.
                InterruptedException interrupted = new InterruptedException("the proof was cancelled");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    private static final class Steps {
        private final Map<Link, Step> steps = new EnumMap<>(Link.class);
        private final Consumer<List<Step>> progress;

        Steps(Consumer<List<Step>> progress) {
            this.progress = progress;
            for (Link link : Link.values()) {
                steps.put(link, Step.waiting(link));
            }
            progress.accept(all());
        }

        void proven(Link link, ProofNote note) {
            put(link, ProofState.PROVEN, note);
        }

        /** What follows is not tried. */
        void failed(Link link, ProofNote why) {
            for (Link later : EnumSet.range(link, Link.UNSUBSCRIBE_ARRIVED)) {
                steps.put(later, new Step(later, ProofState.SKIPPED, ProofNote.NONE));
            }
            put(link, ProofState.FAILED, why);
        }

        private void put(Link link, ProofState state, ProofNote note) {
            steps.put(link, new Step(link, state, note));
            progress.accept(all());
        }

        List<Step> all() {
            return List.copyOf(steps.values());
        }
    }

    /** Something that a link needs and that was not so. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ProofNote note;

        Fault(ProofNote note) {
            super(note.english());
            this.note = note;
        }

        Fault(ProofNote note, Throwable cause) {
            super(note.english(), cause);
            this.note = note;
        }
    }

    private interface Trial {
        /** Returns what is to be noted of a success, mostly nothing. */
        ProofNote run() throws Fault, InterruptedException;
    }

    private final class Attempt {
        private final RelayAddress address;
        private final SigningKeys keys;
        private final RelayVisit visit;
        private final Steps steps;
        private final Duration patience;
        private final String probe = newProbe();
        /** Of a reader who only looks at the page to unsubscribe. */
        private final String onlooker = newProbe();

        private final MessageAddresses addresses;

        Attempt(Candidate candidate, RelayVisit visit, Steps steps, Duration patience) {
            this.address = candidate.address();
            this.keys = candidate.keys();
            this.visit = visit;
            this.steps = steps;
            this.patience = patience;
            this.addresses = addresses(keys, probe);
        }

        boolean answers() throws InterruptedException {
            return tried(Link.REACHED, this::reached)
                    && tried(Link.FORGERY, this::forgery)
                    && tried(Link.OPEN, this::open)
                    && tried(Link.CLICK, this::click)
                    && tried(Link.UNSUBSCRIBE, this::unsubscribe);
        }

        boolean arrives() throws InterruptedException {
            try (Polling polling = events.polling()) {
                return arrived(Link.OPEN_ARRIVED, polling)
                        && arrived(Link.CLICK_ARRIVED, polling)
                        && arrived(Link.UNSUBSCRIBE_ARRIVED, polling);
            } catch (IOException e) {
                steps.failed(Link.OPEN_ARRIVED, ProofNote.of(Code.NOTHING_RECEIVED, String.valueOf(e.getMessage())));
                return false;
            }
        }

        private boolean tried(Link link, Trial trial) throws InterruptedException {
            try {
                steps.proven(link, trial.run());
                return true;
            } catch (Fault e) {
                steps.failed(link, e.note);
                return false;
            }
        }

        private ProofNote reached() throws Fault, InterruptedException {
            Answer answer = visit.get(address.base() + "/healthz");
            if (answer.status() != 200) {
                throw answer.status() == 404 ? fault(Code.NO_RELAY, address) : unexpected(answer);
            }
            return ProofNote.NONE;
        }

        private ProofNote forgery() throws Fault, InterruptedException {
            SigningKey forged = keys.current().forged(new SecureRandom());
            MessageAddresses nobodys = addresses(new SigningKeys(List.of(forged)), probe);
            for (String url : List.of(nobodys.open(), nobodys.click(1, target()), nobodys.unsubscribe())) {
                Answer answer = visit.get(url);
                if (answer.status() != 404) {
                    throw passing(answer) ? unexpected(answer) : fault(Code.FORGERY_TAKEN, answer.status());
                }
            }
            return ProofNote.NONE;
        }

        private ProofNote open() throws Fault, InterruptedException {
            Answer answer = signed(visit.get(addresses.open()), 200);
            if (!answer.header("content-type").startsWith("image/gif") || answer.length() != GIF_BYTES) {
                throw fault(Code.PICTURE_CHANGED, answer.length(), answer.header("content-type"));
            }
            if (!answer.header("cache-control").contains("no-store")) {
                throw fault(Code.PICTURE_KEPT, answer.header("cache-control"));
            }
            return olderKeys();
        }

        /** Mails that went out with older keys are still read; a relay without those keys turns their readers away. */
        private ProofNote olderKeys() throws Fault, InterruptedException {
            List<String> unknown = new ArrayList<>();
            for (String id : keys.ids().subList(1, keys.ids().size())) {
                if (visit.get(addresses(keys.signingWith(id), probe).open()).status() == 404) {
                    unknown.add(id);
                }
            }
            return unknown.isEmpty()
                    ? ProofNote.NONE
                    : ProofNote.of(Code.OLDER_KEYS_UNKNOWN, String.join(", ", unknown));
        }

        private ProofNote click() throws Fault, InterruptedException {
            Answer answer = signed(visit.get(addresses.click(1, target())), 302);
            if (!answer.header("location").equals(target())) {
                throw fault(Code.LINK_CHANGED, answer.header("location"), target());
            }
            return ProofNote.NONE;
        }

        private ProofNote unsubscribe() throws Fault, InterruptedException {
            Answer page = signed(visit.get(addresses(keys, onlooker).unsubscribe()), 200);
            if (!page.header("content-type").startsWith("text/html")) {
                throw fault(Code.PAGE_CHANGED, page.header("content-type"));
            }
            Answer taken = visit.post(addresses.unsubscribe(), "List-Unsubscribe=One-Click");
            if (taken.status() == 503) {
                throw fault(Code.LEAVING_NOT_KEPT);
            }
            if (taken.status() == 405 || taken.status() == 403) {
                throw fault(Code.LEAVING_REFUSED, taken.status());
            }
            signed(taken, 200);
            return ProofNote.NONE;
        }

        /** What the relay answers to an address that we signed. */
        private Answer signed(Answer answer, int expected) throws Fault {
            if (answer.status() == 404) {
                throw fault(Code.KEY_UNKNOWN, keys.current().id());
            }
            if (answer.status() != expected) {
                throw unexpected(answer);
            }
            return answer;
        }

        private boolean arrived(Link link, Polling polling) throws InterruptedException {
            Kind kind = kind(link);
            long until = System.nanoTime() + patience.toNanos();
            while (!there(probe, kind)) {
                if (System.nanoTime() >= until || polling.hopeless()) {
                    steps.failed(link, whyNot(polling.trouble()));
                    alsoThere(link);
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            if (kind == Kind.UNSUBSCRIBE && there(onlooker, kind)) {
                steps.failed(link, ProofNote.of(Code.LOOKING_LEAVES));
                return false;
            }
            steps.proven(link, ProofNote.NONE);
            return true;
        }

        /** Of those after one that did not arrive: they tell whether all is lost or one. */
        private void alsoThere(Link missing) {
            for (Link link : EnumSet.range(missing, Link.UNSUBSCRIBE_ARRIVED)) {
                if (link != missing && there(probe, kind(link))) {
                    steps.proven(link, ProofNote.NONE);
                }
            }
        }

        private Kind kind(Link link) {
            return switch (link) {
                case CLICK_ARRIVED -> Kind.CLICK;
                case UNSUBSCRIBE_ARRIVED -> Kind.UNSUBSCRIBE;
                default -> Kind.OPEN;
            };
        }

        private boolean there(String of, Kind kind) {
            // As app.mailroom.outcome.RelayEventParser names them.
            return probes.linksOf(of).contains("RELAY_" + kind.name());
        }

        private ProofNote whyNot(Optional<String> trouble) {
            return trouble.map(why -> ProofNote.of(Code.QUEUE_UNREADABLE, why))
                    .orElseGet(() -> ProofNote.of(Code.NOT_ARRIVED, patience.toSeconds(), events.queueUrl()));
        }

        private MessageAddresses addresses(SigningKeys signing, String of) {
            return new RelayLinks(address, new HitTokens(signing)).of(workspace.probeTag(of));
        }

        /** A name for examples (RFC 2606), for it is not followed. */
        private String target() {
            return "https://example.com/mailroom-probe?of=" + probe + "&end=1";
        }
    }

    private static boolean passing(Answer answer) {
        return answer.status() == 429 || answer.status() >= 500;
    }

    /** For an answer of HTTP that is none of those which a relay at work gives. */
    private static Fault unexpected(Answer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> fault(Code.SENDS_ON, answer.status(), answer.header("location"));
            case 401, 403 -> fault(Code.ASKS_WHO, answer.status());
            case 429 -> fault(Code.ASKED_TOO_OFTEN);
            case 502, 504 -> fault(Code.PROXY_ALONE, answer.status());
            case 503 -> fault(Code.BUSY);
            default -> fault(Code.STRANGE, answer.status());
        };
    }

    private static Fault fault(Code code, Object... values) {
        return new Fault(ProofNote.of(code, values));
    }

    private static String newProbe() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }
}
