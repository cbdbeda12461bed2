package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.model.ProofState;
import app.mailroom.model.ProofStep;
import app.mailroom.outcome.SesEventParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Proves the event chain link by link, from the queue upwards, and says at which link it stops and why.
 *
 * <p>A sign of life is put straight into the queue, another is published on the topic, and three mails go to the
 * mailbox simulator of SES, which costs three mails of the quota and harms no reputation. Whoever receives them keeps
 * them in the workspace, so the proof also succeeds while another process of this workspace polls. When a link fails,
 * the parts that could be the cause are looked at. See “Using the mailbox simulator manually” in the SES developer
 * guide.
 */
public final class ChainProof {
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration ONE_PLACE_OF_THE_RATE = Duration.ofMillis(1100);
    /** A person waits for each call. */
    private static final Timeouts CALL =
            new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60));

    private static final List<String> SIMULATED = List.of("success", "bounce", "complaint");

    private final Amazon amazon;

    ChainProof(Amazon amazon) {
        this.amazon = amazon;
    }

    /** The links, in the order in which they are tried. */
    public enum Link {
        /** A message put straight into the queue is received. */
        QUEUE,
        /** A message published on the topic arrives in the queue. */
        TOPIC,
        /** SES accepts three mails to its mailbox simulator. */
        SENDING,
        /** SES's own events of those mails arrive. */
        SEND,
        DELIVERY,
        BOUNCE,
        COMPLAINT
    }

    /** A link as it stands; detail says, in plain English, why it failed and what to do. */
    public record Step(Link link, ProofState state, String detail) implements ProofStep {
        /** One that was not tried yet. */
        public static Step waiting(Link link) {
            return new Step(link, ProofState.WAITING, "");
        }
    }

    /**
     * Runs the proof. Without the right to do something a link fails and says so; only when the keys themselves are no
     * good nothing is tried.
     *
     * @param from a verified address
     * @param patience how long to wait for each sign of life
     * @param progress is told of all links whenever one has changed
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not set up sending
     */
    public List<Step> run(String from, Duration patience, Consumer<List<Step>> progress)
            throws AmazonException, InterruptedException {
        amazon.requireSetUp();
        Steps steps = new Steps(progress);
        EventChain chain = amazon.settings().chain();
        if (!chain.complete()) {
            steps.failed(Link.QUEUE, "No event chain is set up yet: set it up first.");
            return steps.all();
        }
        try (ChainClients clients = new ChainClients(amazon.clients());
                SesV2Client sending = amazon.clients().sesForSending(CALL);
                ProofPolling polling = new ProofPolling(amazon)) {
            new Attempt(clients, sending, polling, steps, patience).prove(from, chain);
        } catch (AmazonException e) {
            throw ChainClients.unlessInterrupted(e);
        }
        return steps.all();
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

        void proven(Link link, String detail) {
            put(link, ProofState.PROVEN, detail);
        }

        /** What follows is not tried. */
        void failed(Link link, String why) {
            for (Link later : EnumSet.range(link, Link.COMPLAINT)) {
                steps.put(later, new Step(later, ProofState.SKIPPED, "not tried, for " + link + " failed"));
            }
            put(link, ProofState.FAILED, why);
        }

        private void put(Link link, ProofState state, String detail) {
            steps.put(link, new Step(link, state, detail));
            progress.accept(all());
        }

        List<Step> all() {
            return List.copyOf(steps.values());
        }
    }

    private interface Sign {
        void send() throws AmazonException;
    }

    private final class Attempt {
        private final ChainClients clients;
        private final SesV2Client sending;
        private final ProofPolling polling;
        private final Steps steps;
        private final Duration patience;
        private final String probe =
                UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        private final String tag = amazon.workspace().probeTag(probe);

        Attempt(ChainClients clients, SesV2Client sending, ProofPolling polling, Steps steps, Duration patience) {
            this.clients = clients;
            this.sending = sending;
            this.polling = polling;
            this.steps = steps;
            this.patience = patience;
        }

        void prove(String from, EventChain chain) throws InterruptedException {
            if (queue(chain) && topic() && sending(from, chain)) {
                events();
            }
        }

        private boolean queue(EventChain chain) throws InterruptedException {
            boolean arrived;
            try {
                arrived = arrived(
                        Link.QUEUE,
                        () -> ChainClients.ask(
                                Part.QUEUE,
                                "sqs:SendMessage",
                                () -> clients.sqs()
                                        .sendMessage(ask ->
                                                ask.queueUrl(chain.queueUrl()).messageBody(sign(Link.QUEUE)))));
            } catch (AmazonException e) {
                steps.failed(
                        Link.QUEUE,
                        said(e) + (e.code() == AmazonException.Code.NOT_FOUND ? " " + wrongAddress(chain) : ""));
                return false;
            }
            if (arrived) {
                steps.proven(Link.QUEUE, "");
                return true;
            }
            Optional<Exception> receiving = polling.failure();
            steps.failed(
                    Link.QUEUE,
                    receiving.isPresent()
                            ? "Receiving from the queue fails: "
                                    + receiving.get().getMessage()
                            : "SQS took a message, and within " + words(patience) + " it was not received here. "
                                    + wrongAddress(chain));
            return false;
        }

        /** Looks whether the queue in the settings is the one that these keys see under that name. */
        private String wrongAddress(EventChain chain) throws InterruptedException {
            try {
                String name = ChainSight.queueName(chain.queueUrl());
                Optional<ChainSight.Queue> seen = ChainSight.queue(clients, Part.QUEUE, name);
                if (seen.isEmpty()) {
                    return "There is no queue " + name + " in the account "
                            + clients.home().account() + " and the region "
                            + clients.home().region()
                            + ": set up the chain again, or choose the right region and keys.";
                }
                ChainSight.Queue found = seen.get();
                if (!path(found.url()).equals(path(chain.queueUrl()))) {
                    return "The settings name the queue " + chain.queueUrl() + ", and these keys see it at "
                            + found.url() + ": set up the chain again.";
                }
                return "Another program, or another workspace, receives from the queue " + name
                        + " and took it away: only this workspace may receive from its queue. (Still there: "
                        + found.attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES) + " waiting, "
                        + found.attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                        + " received by somebody.)";
            } catch (AmazonException e) {
                return "Why could not be looked up: " + said(e);
            }
        }

        private boolean topic() throws InterruptedException {
            String arn;
            boolean arrived;
            try {
                arn = ChainSight.topicArn(clients, amazon.settings().chain(), amazon.workspace());
                arrived = arrived(
                        Link.TOPIC,
                        () -> ChainClients.ask(
                                Part.TOPIC,
                                "sns:Publish",
                                () -> clients.sns()
                                        .publish(ask -> ask.topicArn(arn).message(sign(Link.TOPIC)))));
            } catch (AmazonException e) {
                steps.failed(
                        Link.TOPIC,
                        said(e) + (e.code() == AmazonException.Code.NOT_FOUND ? " " + causes(topicParts()) : ""));
                return false;
            }
            if (arrived) {
                steps.proven(Link.TOPIC, "");
                return true;
            }
            steps.failed(
                    Link.TOPIC,
                    "SNS took a message on the topic " + arn + ", and within " + words(patience)
                            + " it did not arrive in the queue. " + causes(topicParts()));
            return false;
        }

        private Set<Part> topicParts() {
            return EnumSet.of(Part.TOPIC, Part.QUEUE_POLICY, Part.SUBSCRIPTION, Part.EVENT_DESTINATION);
        }

        private boolean sending(String from, EventChain chain) throws InterruptedException {
            long until = System.nanoTime() + patience.toNanos();
            for (String simulated : SIMULATED) {
                while (true) {
                    try {
                        ChainClients.ask(Part.CONFIGURATION_SET, "ses:SendEmail", () -> send(from, chain, simulated));
                        break;
                    } catch (AmazonException e) {
                        // Surely not taken, so it may be tried again; accounts in the sandbox send one mail a second.
                        boolean tooFast = e.getCause() instanceof TooManyRequestsException no
                                && String.valueOf(no.getMessage()).contains("rate");
                        if (!tooFast || System.nanoTime() + ONE_PLACE_OF_THE_RATE.toNanos() > until) {
                            steps.failed(Link.SENDING, said(e) + " " + whatToDo(e, from, chain));
                            return false;
                        }
                        TimeUnit.MILLISECONDS.sleep(ONE_PLACE_OF_THE_RATE.toMillis());
                    }
                }
            }
            steps.proven(Link.SENDING, "");
            return true;
        }

        private String send(String from, EventChain chain, String simulated) {
            return sending.sendEmail(ask -> ask.fromEmailAddress(from)
                            .destination(to -> to.toAddresses(simulated + "+" + probe + "@simulator.amazonses.com"))
                            .configurationSetName(chain.configurationSet())
                            .emailTags(MessageTag.builder()
                                    .name(SesEventParser.MESSAGE_TAG)
                                    .value(tag)
                                    .build())
                            .content(content -> content.simple(mail -> mail.subject(
                                            text -> text.charset("UTF-8").data("Mailroom proves its event chain"))
                                    .body(body -> body.text(text -> text.charset("UTF-8")
                                            .data("This mail to the mailbox simulator proves that events arrive."))))))
                    .messageId();
        }

        private static String whatToDo(AmazonException failure, String from, EventChain chain) {
            Throwable cause = failure.getCause();
            if (cause instanceof MessageRejectedException) {
                return "The sender " + from
                        + " must be verified, itself or its domain, in this region. (The simulator's"
                        + " addresses need no verification, not even in the sandbox.)";
            }
            if (cause instanceof MailFromDomainNotVerifiedException) {
                return "The MAIL FROM domain of " + from + " lacks its MX and SPF records, or they are not found yet.";
            }
            if (cause instanceof NotFoundException) {
                return "The configuration set " + chain.configurationSet()
                        + " is missing in this account and region: set up the chain again.";
            }
            if (cause instanceof SendingPausedException) {
                return "Sending is switched off for the account or the configuration set " + chain.configurationSet()
                        + ": look at both in the SES console, and find out why.";
            }
            if (cause instanceof AccountSuspendedException) {
                return "Amazon has suspended sending for this account: answer the case in the AWS support center.";
            }
            return switch (failure.code()) {
                case THROTTLED -> "The sending rate or the quota of 24 hours is used up: try again later.";
                case UNREACHABLE -> "SES was not reached, or did not answer: whether it took the mail is not known.";
                case NOT_ALLOWED -> "";
                default -> "Nothing of this kind is known here; Amazon's words say what is wrong.";
            };
        }

        private void events() throws InterruptedException {
            for (Link link : EnumSet.range(Link.SEND, Link.COMPLAINT)) {
                if (!arrived(link, patience)) {
                    String why = "SES took the mails, and within " + words(patience) + " no " + link
                            + " event arrived. "
                            + causes(EnumSet.of(Part.TOPIC_POLICY, Part.CONFIGURATION_SET, Part.EVENT_DESTINATION));
                    Set<String> there = amazon.stores().probes().linksOf(probe);
                    steps.failed(link, why);
                    EnumSet.range(link, Link.COMPLAINT).stream()
                            .filter(later -> there.contains(later.name()))
                            .forEach(later -> steps.proven(later, ""));
                    return;
                }
                steps.proven(link, "");
            }
        }

        /**
         * Sends a sign of life and waits for it. A receive that somebody broke off may have taken the first one with
         * it until the queue's visibility time-out is over, so half-way another is sent.
         */
        private boolean arrived(Link link, Sign sign) throws AmazonException, InterruptedException {
            Duration half = patience.dividedBy(2);
            sign.send();
            if (arrived(link, half)) {
                return true;
            }
            if (polling.hopeless()) {
                return false;
            }
            sign.send();
            return arrived(link, patience.minus(half));
        }

        private boolean arrived(Link link, Duration within) throws InterruptedException {
            long until = System.nanoTime() + within.toNanos();
            while (!amazon.stores().probes().linksOf(probe).contains(link.name())) {
                if (System.nanoTime() >= until || polling.hopeless()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            return true;
        }

        /** What is wrong with the parts that could be the cause. */
        private String causes(Set<Part> suspects) throws InterruptedException {
            List<Finding> found;
            try {
                found = amazon.setup().inspect();
            } catch (AmazonException e) {
                return "Why could not be looked up: " + said(e);
            }
            List<String> wrong = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            boolean byHand = false;
            for (Finding finding : found) {
                if (!suspects.contains(finding.part())) {
                    continue;
                }
                String text = finding.part().words() + " (" + finding.name() + "): " + finding.detail();
                byHand |= finding.state() == AwsSetup.State.BY_HAND;
                if (finding.state() != AwsSetup.State.PRESENT) {
                    wrong.add(text);
                } else if (!finding.detail().isEmpty()) {
                    notes.add(text);
                }
            }
            if (!wrong.isEmpty()) {
                return "Because: " + String.join(". ", wrong)
                        + (byHand
                                ? ". Setting up again does not mend what is for a person."
                                : ". Setting up again mends it.");
            }
            return "All of "
                    + suspects.stream().map(Part::words).collect(Collectors.joining(", "))
                    + " look right. Amazon takes up to a minute until a change holds, and now and then events are late:"
                    + " try again with more patience."
                    + (notes.isEmpty() ? "" : " To be noted: " + String.join(". ", notes) + ".");
        }

        private String sign(Link link) {
            return "{\"mailroomProbe\":\"" + tag + "\",\"link\":\"" + link + "\"}";
        }
    }

    /** Amazon's words, unless it was this thread that was interrupted. */
    private static String said(AmazonException failure) throws InterruptedException {
        String words = String.valueOf(ChainClients.unlessInterrupted(failure).getMessage());
        return words.endsWith(".") ? words : words + ".";
    }

    private static String words(Duration patience) {
        return patience.toSeconds() > 0 ? patience.toSeconds() + " seconds" : patience.toMillis() + " ms";
    }

    private static String path(String url) {
        return url.replaceFirst("^[a-z]+://[^/]*", "");
    }
}
