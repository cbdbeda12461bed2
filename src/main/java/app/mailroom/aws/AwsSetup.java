package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.ChainDifferences.Compared;
import app.mailroom.aws.ChainSight.Names;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sets up the way of events from SES into this program: configuration set, event destination, SNS topic, SQS queue
 * with a dead-letter queue, the two policies and the subscription. Looking changes nothing; applying twice changes
 * nothing the second time.
 *
 * <p>Which parts: if the settings hold a chain, then that one, whatever it is called; otherwise the workspace's own,
 * named {@code mailroom-<workspace>}. Parts of our own name are held to every attribute that we give them. Parts of
 * another name belong to whoever made them: they are held only to what events need, they are mended only by adding
 * that, and they are never removed; a filter on their subscription is only shown. Statements of others in a policy
 * stay where they are. Sending that is switched off in the configuration set, whoever made it, is shown and never
 * switched on: a person or an alarm on bounces and complaints switched it off.
 */
public final class AwsSetup {
    /** What was changed at Amazon is not seen at once by everything there. */
    static final int LOOKS = 5;

    static final long BETWEEN_LOOKS_SECONDS = 2;

    private final Amazon amazon;

    AwsSetup(Amazon amazon) {
        this.amazon = amazon;
    }

    /** The parts, in the order in which they are made. */
    public enum Part {
        DEAD_LETTER_QUEUE("the dead-letter queue"),
        QUEUE("the queue"),
        TOPIC("the topic"),
        TOPIC_POLICY("the topic's policy"),
        QUEUE_POLICY("the queue's policy"),
        SUBSCRIPTION("the subscription"),
        CONFIGURATION_SET("the configuration set"),
        EVENT_DESTINATION("the event destination");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How a part stands. */
    public enum State {
        /** It does not exist, and will be made. */
        MISSING,
        /** It differs in something that will be mended. */
        DIFFERS,
        /** It holds up mails or events by what only a person may change; this program leaves that as it is. */
        BY_HAND,
        /** It is as it should be. */
        PRESENT
    }

    /** A part as found. name is what Amazon calls it; detail says, in plain English, what differs. */
    public record Finding(Part part, State state, String name, String detail) {
        /** Whether {@link #apply} has something to do about it. */
        public boolean mendable() {
            return state == State.MISSING || state == State.DIFFERS;
        }
    }

    /** What exists and what would be made or mended, in order. */
    public List<Finding> inspect() throws AmazonException {
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            return differences(clients).findings(look(clients));
        }
    }

    /**
     * Makes and mends, and keeps the chain in the settings. progress is told of each part once it is done. What only a
     * person may change ({@link State#BY_HAND}) stays as it is: then the chain is not whole afterwards either.
     *
     * <p>Stopped half-way, it leaves what it has made; the next time it goes on from there. Amazon takes up to a
     * minute until everything there knows of a change: a proof right after may be too early.
     *
     * @return what was found afterwards
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not set up sending
     */
    public List<Finding> apply(Consumer<Finding> progress) throws AmazonException, InterruptedException {
        amazon.requireSetUp();
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            ChainSight sight = look(clients);
            ChainDifferences differences = differences(clients);
            ChainMending mending = new ChainMending(
                    clients, sight, differences, amazon.workspace().value());
            boolean changed = false;
            for (Compared compared : differences.compared(sight)) {
                if (compared.finding().mendable()) {
                    mending.make(compared.finding());
                    changed = true;
                }
                progress.accept(compared.mended());
            }
            amazon.keep(amazon.settings().with(new EventChain(sight.names().configurationSet(), mending.queueUrl())));
            if (changed) {
                amazon.tell("event chain", "made or mended");
            }
            List<Finding> after = differences.findings(look(clients));
            for (int looks = 1; changed && looks < LOOKS && after.stream().anyMatch(Finding::mendable); looks++) {
                TimeUnit.SECONDS.sleep(BETWEEN_LOOKS_SECONDS);
                after = differences.findings(look(clients));
            }
            return after;
        } catch (AmazonException e) {
            throw ChainClients.unlessInterrupted(e);
        }
    }

    /**
     * Exactly what {@link #remove} would delete, in that order. Changes nothing.
     *
     * @throws AmazonException also where {@link #remove} would refuse
     */
    public List<Finding> removable() throws AmazonException {
        refuseWhileLive();
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            Names own = ChainSight.ownNames(amazon.workspace(), clients.home());
            ChainSight sight = ChainSight.look(clients, EventChain.NONE, amazon.workspace());
            return backwards().stream()
                    .filter(part -> ChainRemoval.there(part, sight))
                    .map(part -> new Finding(part, State.PRESENT, own.of(part), ""))
                    .toList();
        }
    }

    /**
     * Forgets the chain, and then takes away what {@link #apply} made, in reverse order. Events still in the queue are
     * lost. Parts of another name than the workspace's own are only forgotten. progress is told of each part once it is
     * done. Stopped half-way, it has forgotten the chain; the next time it takes away the rest.
     *
     * @return what was done, in the order in which it was done
     * @throws AmazonException also with {@link AmazonException.Code#REFUSED} while the workspace's mode is live: what
     *     becomes of mails that are sent meanwhile would never be learnt
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not set up sending
     */
    public List<Finding> remove(Consumer<Finding> progress) throws AmazonException {
        amazon.requireSetUp();
        refuseWhileLive();
        try (ChainClients clients = new ChainClients(amazon.clients())) {
            Names own = ChainSight.ownNames(amazon.workspace(), clients.home());
            ChainSight sight = ChainSight.look(clients, EventChain.NONE, amazon.workspace());
            // First of all: no program that reads the settings may use a chain of which parts are gone.
            amazon.keep(amazon.settings().with(EventChain.NONE));
            amazon.tell("event chain", "taken away");
            List<Finding> done = new ArrayList<>();
            for (Part part : backwards()) {
                String detail = ChainRemoval.takeAway(clients, part, own, sight);
                Finding finding = new Finding(part, State.MISSING, own.of(part), detail);
                done.add(finding);
                progress.accept(finding);
            }
            return List.copyOf(done);
        }
    }

    private void refuseWhileLive() throws AmazonException {
        if (Dispatch.mode(amazon.stores().settings()) == World.LIVE) {
            throw new AmazonException(
                    AmazonException.Code.REFUSED,
                    "The mode is live: what becomes of mails that are sent while the event chain is taken away would"
                            + " never be learnt. Switch back to practice first: mailroom mode practice",
                    null);
        }
    }

    private static List<Part> backwards() {
        List<Part> parts = new ArrayList<>(List.of(Part.values()));
        Collections.reverse(parts);
        return parts;
    }

    private ChainDifferences differences(ChainClients clients) {
        return new ChainDifferences(
                ChainSight.ownNames(amazon.workspace(), clients.home()),
                clients.home(),
                amazon.settings().sesTracking());
    }

    private ChainSight look(ChainClients clients) throws AmazonException {
        ChainSight sight = ChainSight.look(clients, amazon.settings().chain(), amazon.workspace());
        amazon.seen(sight.names().configurationSet(), sight.countsHits());
        return sight;
    }
}
