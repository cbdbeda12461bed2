package app.mailroom.practice;

import app.mailroom.delivery.OutgoingMail;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.relay.Hit;
import app.mailroom.store.PracticeStore.QueuedEvent;
import app.mailroom.template.Markup;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.RelayLinks;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jsoup.nodes.Element;

/**
 * What becomes of a mail in the simulated world, told in the JSON of Amazon SES event publishing; what its readers do, as the
 * relay reports it, of the relay's addresses in the mail. The mailbox simulator's addresses do what they do at SES; other
 * addresses meet a mixture that a marketer would recognise, always the same for the same seed and address. A few events arrive
 * twice, and late ones overtake early ones.
 */
final class PracticeOutcomes {
    private static final String SIMULATOR = "@simulator.amazonses.com";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";
    private static final String APPLE_PROXY = "Mozilla/5.0";
    private static final Pattern HEADER_ADDRESS = Pattern.compile("<(https?:[^>]+)>");
    /** How many of those who get a mail leave. */
    private static final double LEAVING = 0.0015;

    private final OutgoingMail mail;
    private final String providerId;
    private final Instant now;
    private final double speed;
    private final RelayLinks links;
    private final SplittableRandom random;
    private final List<QueuedEvent> events = new ArrayList<>();
    private int hits;

    private PracticeOutcomes(
            OutgoingMail mail, String providerId, Instant now, PracticeSettings settings, RelayLinks links) {
        this.mail = mail;
        this.providerId = providerId;
        this.now = now;
        this.speed = settings.outcomeSpeed();
        this.links = links;
        this.random = new SplittableRandom(settings.seed() * 31 + hash(mail.to()));
    }

    /** All events that the mail will cause, with the time at which each can be received. */
    static List<QueuedEvent> of(
            OutgoingMail mail, String providerId, Instant now, PracticeSettings settings, RelayLinks links) {
        PracticeOutcomes outcomes = new PracticeOutcomes(mail, providerId, now, settings, links);
        outcomes.event("Send", "send", JSON.objectNode(), 0);
        String to = mail.to().toLowerCase(Locale.ROOT);
        if (to.endsWith(SIMULATOR)) {
            outcomes.simulator(to.substring(0, to.length() - SIMULATOR.length()).replaceFirst("\\+.*", ""));
        } else {
            outcomes.everydayLife();
        }
        return outcomes.events;
    }

    private void simulator(String mailbox) {
        switch (mailbox) {
            case "bounce" -> bounce("Permanent", "General", "smtp; 550 5.1.1 user unknown", 0.5);
            case "suppressionlist" ->
                bounce("Permanent", "OnAccountSuppressionList", "Amazon SES did not send the message", 0.2);
            case "complaint" -> {
                delivery(0.5);
                complaint(1.5);
            }
            default -> delivery(0.5);
        }
    }

    private void everydayLife() {
        double fate = random.nextDouble();
        double arrival = 0.3 + random.nextDouble() * 3;
        if (fate < 0.012) {
            bounce("Permanent", fate < 0.004 ? "General" : "NoEmail", "smtp; 550 5.1.1 user unknown", arrival);
        } else if (fate < 0.020) {
            bounce("Transient", fate < 0.017 ? "MailboxFull" : "General", "smtp; 452 4.2.2 mailbox full", arrival);
        } else if (fate < 0.0202) {
            event("Reject", "reject", JSON.objectNode().put("reason", "Bad content"), arrival);
        } else {
            if (fate < 0.045) {
                delay(arrival);
                arrival += 3 + random.nextDouble() * 5;
            }
            delivery(arrival);
            reactions(arrival);
        }
    }

    private void reactions(double arrival) {
        double mood = random.nextDouble();
        if (mood < 0.0006) {
            complaint(arrival + 4);
        } else if (mood >= 1 - LEAVING) {
            wayOut().ifPresent(page -> hit(page, BROWSER, arrival + 30));
        }
        boolean machine = random.nextDouble() < 0.18;
        boolean person = random.nextDouble() < 0.27;
        HitLink picture = HitLink.open(mail.messageTag());
        // Without the picture people open it all the same, but nobody is told.
        boolean noticed = mail.html().contains(links.of(mail.messageTag()).open());
        if (noticed && machine) {
            hit(picture, APPLE_PROXY, arrival + 0.5);
        }
        if (noticed && person) {
            double at = arrival + 2 + random.nextDouble() * 20;
            hit(picture, BROWSER, at);
            List<HitLink> followed = links();
            HitLink link = followed.isEmpty() ? null : followed.get(random.nextInt(followed.size()));
            if (link != null && random.nextDouble() < 0.16) {
                hit(link, BROWSER, at + 1 + random.nextDouble() * 5);
            }
        }
    }

    /** The links whose clicks are noticed. */
    private List<HitLink> links() {
        List<HitLink> found = new ArrayList<>();
        for (Element anchor : Markup.parse(mail.html()).select("a[href^=http]")) {
            links.read(anchor.attr("href"))
                    .filter(link -> link.kind() == HitLink.Kind.CLICK)
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Where the mail program's own button leads. */
    private Optional<HitLink> wayOut() {
        return mail.headers().stream()
                .filter(header -> header.name().equals("List-Unsubscribe"))
                .flatMap(header -> HEADER_ADDRESS.matcher(header.value()).results())
                .flatMap(address -> links.read(address.group(1)).stream())
                .filter(link -> link.kind() == HitLink.Kind.UNSUBSCRIBE)
                .findFirst();
    }

    private void delivery(double after) {
        ObjectNode delivery = timed(after);
        delivery.put("processingTimeMillis", (long) (after * 1_000));
        delivery.putArray("recipients").add(mail.to());
        delivery.put("smtpResponse", "250 2.0.0 OK practice");
        delivery.put("reportingMTA", "practice.mailroom.invalid");
        event("Delivery", "delivery", delivery, after);
    }

    private void delay(double after) {
        ObjectNode delay = timed(after);
        delay.put("delayType", "MailboxFull");
        delay.putArray("delayedRecipients")
                .addObject()
                .put("emailAddress", mail.to())
                .put("status", "4.2.2")
                .put("diagnosticCode", "smtp; 452 4.2.2 mailbox full");
        event("DeliveryDelay", "deliveryDelay", delay, after);
    }

    private void bounce(String type, String subtype, String diagnostic, double after) {
        ObjectNode bounce = timed(after);
        bounce.put("feedbackId", providerId + "-b");
        bounce.put("bounceType", type);
        bounce.put("bounceSubType", subtype);
        bounce.putArray("bouncedRecipients")
                .addObject()
                .put("emailAddress", mail.to())
                .put("action", "failed")
                .put("diagnosticCode", diagnostic);
        event("Bounce", "bounce", bounce, after);
    }

    private void complaint(double after) {
        ObjectNode complaint = timed(after);
        complaint.put("feedbackId", providerId + "-c");
        complaint.putNull("complaintSubType");
        complaint.put("complaintFeedbackType", "abuse");
        complaint.putArray("complainedRecipients").addObject().put("emailAddress", mail.to());
        event("Complaint", "complaint", complaint, after);
    }

    /** As the relay reports it. */
    private void hit(HitLink link, String agent, double after) {
        hits++;
        String id = providerId + "-" + hits;
        queue(new Hit(id, link, at(after), agent, Set.of(), Optional.empty()).event(), after);
    }

    private ObjectNode timed(double after) {
        return JSON.objectNode().put("timestamp", at(after).toString());
    }

    private void event(String type, String name, ObjectNode object, double after) {
        ObjectNode root = JSON.objectNode().put("eventType", type);
        ObjectNode about = root.putObject("mail");
        about.put("timestamp", now.toString());
        about.put("source", mail.from());
        about.put("sendingAccountId", "000000000000");
        about.put("messageId", providerId);
        about.putArray("destination").add(mail.to());
        about.put("headersTruncated", false);
        about.putArray("headers");
        ObjectNode common = about.putObject("commonHeaders");
        common.putArray("from").add(mail.from());
        common.putArray("to").add(mail.to());
        common.put("messageId", providerId);
        common.put("subject", mail.subject());
        ObjectNode tags = about.putObject("tags");
        one(tags.putArray("ses:configuration-set"), "practice");
        one(tags.putArray(SesEventParser.MESSAGE_TAG), mail.messageTag());
        one(tags.putArray(SesEventParser.PLAN_TAG), mail.planTag());
        root.set(name, object);
        queue(root.toString(), after);
    }

    private void queue(String body, double after) {
        Instant visible = at(after + random.nextDouble());
        events.add(new QueuedEvent(visible, body));
        if (random.nextDouble() < 0.01) {
            events.add(new QueuedEvent(visible.plusMillis(500), body));
        }
    }

    private static void one(ArrayNode array, String value) {
        array.add(value);
    }

    private Instant at(double seconds) {
        return now.plus(Duration.ofMillis((long) (seconds * 1_000 / speed)));
    }

    private static long hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
