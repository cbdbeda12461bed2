package app.mailroom.tracking;

import app.mailroom.model.WorkspaceId;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.StoreException;
import app.mailroom.tracking.EventSource.Polling;
import app.mailroom.tracking.HitLink.Kind;
import app.mailroom.tracking.RelayVisit.Answer;
import app.mailroom.tracking.RelayVisit.NoAnswer;
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

    /** How a link stands. */
    public enum State {
        WAITING,
        PROVEN,
        FAILED,
        /** Not tried, for an earlier link failed. */
        SKIPPED
    }

    /** A link as it stands; detail says, in plain English, why it failed and what to do. */
    public record Step(Link link, State state, String detail) {}

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
     */
    public List<Step> run(Duration patience, Consumer<List<Step>> progress)
            throws InterruptedException, TrackingException {
        return run(new RelayVisit(patience), patience, progress);
    }

    /** The same by a visitor of one's own. Closes it. */
    List<Step> run(RelayVisit visit, Duration patience, Consumer<List<Step>> progress)
            throws InterruptedException, TrackingException {
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
                steps.put(link, new Step(link, State.WAITING, ""));
            }
            progress.accept(all());
        }

        void proven(Link link, String detail) {
            put(link, State.PROVEN, detail);
        }

        /** What follows is not tried. */
        void failed(Link link, String why) {
            for (Link later : EnumSet.range(link, Link.UNSUBSCRIBE_ARRIVED)) {
                steps.put(later, new Step(later, State.SKIPPED, "not tried, for " + link + " failed"));
            }
            put(link, State.FAILED, why);
        }

        private void put(Link link, State state, String detail) {
            steps.put(link, new Step(link, state, detail));
            progress.accept(all());
        }

        List<Step> all() {
            return List.copyOf(steps.values());
        }
    }

    /** Something that a link needs and that was not so; says what to do. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String what) {
            super(what);
        }
    }

    private interface Trial {
        /** Returns what is to be noted of a success, mostly nothing. */
        String run() throws Fault, NoAnswer, InterruptedException;
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
                return arrived(Link.OPEN_ARRIVED, Kind.OPEN, polling)
                        && arrived(Link.CLICK_ARRIVED, Kind.CLICK, polling)
                        && arrived(Link.UNSUBSCRIBE_ARRIVED, Kind.UNSUBSCRIBE, polling);
            } catch (IOException e) {
                steps.failed(Link.OPEN_ARRIVED, "Nothing can be received here: " + e.getMessage());
                return false;
            }
        }

        private boolean tried(Link link, Trial trial) throws InterruptedException {
            try {
                steps.proven(link, trial.run());
                return true;
            } catch (Fault | NoAnswer e) {
                steps.failed(link, String.valueOf(e.getMessage()));
                return false;
            }
        }

        private String reached() throws Fault, NoAnswer, InterruptedException {
            Answer answer = visit.get(address.base() + "/healthz");
            if (answer.status() != 200) {
                throw new Fault(
                        answer.status() == 404
                                ? "Something answers at " + address
                                        + ", and it is no relay (HTTP 404 for /healthz). Have the"
                                        + " name lead to the relay, and a proxy pass every path on to it."
                                : unexpected(answer, "/healthz"));
            }
            return "";
        }

        private String forgery() throws Fault, NoAnswer, InterruptedException {
            SigningKey forged = keys.current().forged(new SecureRandom());
            MessageAddresses nobodys = addresses(new SigningKeys(List.of(forged)), probe);
            for (String url : List.of(nobodys.open(), nobodys.click(1, target()), nobodys.unsubscribe())) {
                Answer answer = visit.get(url);
                if (answer.status() != 404) {
                    throw new Fault(
                            passing(answer)
                                    ? unexpected(answer, "an address that nobody signed")
                                    : "An address that nobody signed was answered with HTTP " + answer.status()
                                            + " in place of 404, so anybody could forge hits and lead readers anywhere. This"
                                            + " is not our relay, or something stands before it that answers in its place.");
                }
            }
            return "";
        }

        private String open() throws Fault, NoAnswer, InterruptedException {
            Answer answer = signed(visit.get(addresses.open()), 200, "the picture");
            if (!answer.header("content-type").startsWith("image/gif") || answer.length() != GIF_BYTES) {
                throw new Fault("In place of its picture the relay gave "
                        + answer.length() + " bytes of “" + answer.header("content-type")
                        + "”. Something between changes what it answers: have the proxy pass it on as it is.");
            }
            if (!answer.header("cache-control").contains("no-store")) {
                throw new Fault("The picture may be kept (Cache-Control: “" + answer.header("cache-control")
                        + "”), so a second opening would not be seen. Have the proxy pass the relay's headers on.");
            }
            return olderKeys();
        }

        /** Mails that went out with older keys are still read; a relay without those keys turns their readers away. */
        private String olderKeys() throws NoAnswer, InterruptedException {
            List<String> unknown = new ArrayList<>();
            for (String id : keys.ids().subList(1, keys.ids().size())) {
                if (visit.get(addresses(keys.signingWith(id), probe).open()).status() == 404) {
                    unknown.add(id);
                }
            }
            return unknown.isEmpty()
                    ? ""
                    : "The relay does not know the older keys " + String.join(", ", unknown)
                            + ": links in mails that were sent with them lead nowhere.";
        }

        private String click() throws Fault, NoAnswer, InterruptedException {
            Answer answer = signed(visit.get(addresses.click(1, target())), 302, "a link");
            if (!answer.header("location").equals(target())) {
                throw new Fault("A link led to “" + answer.header("location") + "” in place of “" + target()
                        + "”. Have the proxy pass the Location header on as it is.");
            }
            return "";
        }

        private String unsubscribe() throws Fault, NoAnswer, InterruptedException {
            Answer page = signed(
                    visit.get(addresses(keys, onlooker).unsubscribe()), 200, "the page on which a reader leaves");
            if (!page.header("content-type").startsWith("text/html")) {
                throw new Fault("The page on which a reader leaves came as “" + page.header("content-type")
                        + "”. Have the proxy pass it on as it is.");
            }
            Answer taken = visit.post(addresses.unsubscribe(), "List-Unsubscribe=One-Click");
            if (taken.status() == 503) {
                throw new Fault(
                        "The relay cannot keep a wish to leave (HTTP 503). Look whether the disk with its spool is"
                                + " full or may not be written to.");
            }
            if (taken.status() == 405 || taken.status() == 403) {
                throw new Fault("A wish to leave was refused (HTTP " + taken.status()
                        + "). Have the proxy or firewall let POST requests through.");
            }
            signed(taken, 200, "a wish to leave");
            return "";
        }

        /** What the relay answers to an address that we signed. */
        private Answer signed(Answer answer, int expected, String what) throws Fault {
            if (answer.status() == 404) {
                throw new Fault(
                        "The relay does not know the key " + keys.current().id()
                                + ": it refuses what we signed (HTTP 404). Give it the key file of this workspace, which"
                                + " “mailroom tracking key FILE” writes, and let it read the file anew.");
            }
            if (answer.status() != expected) {
                throw new Fault(unexpected(answer, what));
            }
            return answer;
        }

        private boolean arrived(Link link, Kind kind, Polling polling) throws InterruptedException {
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
                steps.failed(
                        link,
                        "Who only looked at the page was taken for one who leaves. Programs that test links would unsubscribe"
                                + " people. This is not our relay, or a proxy turns GET into POST.");
                return false;
            }
            steps.proven(link, "");
            return true;
        }

        /** Of those after one that did not arrive: they tell whether all is lost or one. */
        private void alsoThere(Link missing) {
            for (Link link : EnumSet.range(missing, Link.UNSUBSCRIBE_ARRIVED)) {
                if (link != missing && there(probe, kind(link))) {
                    steps.proven(link, "");
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

        private String whyNot(Optional<String> trouble) {
            return trouble.map(why -> "The queue cannot be read: " + why)
                    .orElseGet(() -> "The relay answered, and within " + words(patience)
                            + " it did not arrive in the queue. The relay has to report to "
                            + events.queueUrl()
                            + " and needs the right sqs:SendMessage there. Compare that with its settings, and look at its"
                            + " log: it keeps what it cannot send, and sends it when the queue is back.");
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

    /** An answer of HTTP that is none of those which a relay at work gives. */
    private static String unexpected(Answer answer, String asked) {
        String start = "Asked for " + asked + ", the answer was HTTP " + answer.status() + ". ";
        return start
                + switch (answer.status()) {
                    case 301, 302, 303, 307, 308 ->
                        "It sends on to “" + answer.header("location")
                                + "”. Set the address that the relay itself has.";
                    case 401, 403 -> "Something before the relay asks who is there. Readers must reach it without.";
                    case 429 -> "This computer asked too often. Wait a minute and try again.";
                    case 502, 504 ->
                        "The proxy does not reach the relay. Look whether the relay runs, and at which port.";
                    case 503 -> "The relay has too much to do, or no room. Look at its log and its disk.";
                    default -> "A relay does not answer so. Look at what stands at this address.";
                };
    }

    private static String newProbe() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private static String words(Duration patience) {
        return patience.toSeconds() > 0 ? patience.toSeconds() + " seconds" : patience.toMillis() + " ms";
    }
}
