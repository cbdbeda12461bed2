package app.mailroom.app;

import app.mailroom.aws.SesStub;
import app.mailroom.evidence.Report;
import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a mailing while things failed: what the mail service took beside what the workspace says of it. The mail
 * service's record is the judge, for it knows nothing of the workspace. To be made while nothing is being sent.
 *
 * @param people messages of the mailing
 * @param requests to send that reached the mail service, for whatever mailing and whatever became of them
 * @param accepted messages that the mail service took
 * @param sentTwice mails that it took beyond the first for a person
 * @param lost messages that it did not take and nobody would ever send: they count as taken, or the mailing is over
 * @param wrong mails to the wrong person, of the wrong mailing or with another's content
 * @param uncertain messages of which the workspace does not know whether they were taken
 * @param uncertainTaken those of them that were
 * @param refused messages that count as refused for good
 * @param unsent messages that are still to be sent
 */
record FaultTally(
        int people,
        int requests,
        int accepted,
        int sentTwice,
        int lost,
        int wrong,
        int uncertain,
        int uncertainTaken,
        int refused,
        int unsent) {
    private static final int PAGE = 5_000;

    /** A mailing that was made by {@link LiveWorld#plan}. */
    static FaultTally of(LiveWorld world, long plan) {
        return of(world.mailroom, world.ses, plan);
    }

    /** A mailing with the subject of those of {@link LiveWorld#plan}, in whatever workspace. */
    static FaultTally of(Mailroom mailroom, SesStub ses, long plan) {
        boolean over = mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT;
        Map<String, Message> messages = new HashMap<>();
        for (Message message : messages(mailroom, plan, EnumSet.allOf(MessageState.class))) {
            messages.put(mailroom.workspaceId.tag(message.id()), message);
        }
        Set<String> tags = new HashSet<>();
        Set<String> recipients = new HashSet<>();
        int mails = 0;
        int wrong = 0;
        for (SesStub.Accepted mail : ses.accepted()) {
            if (mail.planTag().equals(mailroom.workspaceId.tag(plan))) {
                mails++;
                tags.add(mail.messageTag());
                recipients.add(mail.recipient());
                Message message = messages.get(mail.messageTag());
                wrong += message != null && isFor(message, mail) ? 0 : 1;
            } else if (messages.containsKey(mail.messageTag())) {
                wrong++;
            }
        }
        int lost = 0;
        int uncertainTaken = 0;
        Map<MessageState, Integer> states = new HashMap<>();
        for (Map.Entry<String, Message> message : messages.entrySet()) {
            MessageState state = message.getValue().state();
            states.merge(state, 1, Integer::sum);
            boolean taken = tags.contains(message.getKey());
            lost += !taken && (state.isUnsent() ? over : countsAsTaken(state)) ? 1 : 0;
            uncertainTaken += taken && state == MessageState.UNCERTAIN ? 1 : 0;
        }
        return new FaultTally(
                messages.size(),
                ses.arrivals().size(),
                tags.size(),
                mails - Math.min(tags.size(), recipients.size()),
                lost,
                wrong,
                states.getOrDefault(MessageState.UNCERTAIN, 0),
                uncertainTaken,
                states.getOrDefault(MessageState.REJECTED, 0),
                states.getOrDefault(MessageState.PLANNED, 0) + states.getOrDefault(MessageState.CLAIMED, 0));
    }

    /**
     * Tags of the messages of which, if every sender died now, nobody would know whether they were taken: those that are claimed
     * and those that are uncertain already.
     */
    static Set<String> inDoubt(Mailroom mailroom, long plan) {
        Set<String> tags = new HashSet<>();
        for (Message message : messages(mailroom, plan, EnumSet.of(MessageState.CLAIMED, MessageState.UNCERTAIN))) {
            tags.add(mailroom.workspaceId.tag(message.id()));
        }
        return tags;
    }

    /** Says what must hold whatever fails, at whatever moment. */
    void check(Report report, String mailing) {
        report.check(
                "%s: nobody got it twice (%,d requests, %,d mails taken beyond the first for a person)"
                        .formatted(mailing, requests, sentTwice),
                sentTwice == 0);
        report.check(
                "%s: nobody was forgotten (%,d of %,d accepted, %,d uncertain, %,d refused, %,d still to be sent, %,d lost)"
                        .formatted(mailing, accepted, people, uncertain, refused, unsent, lost),
                lost == 0);
        report.check("%s: every mail had its own recipient, name and tag".formatted(mailing), wrong == 0);
    }

    /** The same, after every event has come and a person has decided about what was uncertain. */
    void checkWhole(Report report, String mailing) {
        check(report, mailing);
        report.check(
                "%s: in the end everybody got it once (%,d of %,d)".formatted(mailing, accepted, people),
                accepted == people && sentTwice == 0 && uncertain == 0 && refused == 0 && unsent == 0);
    }

    private static boolean countsAsTaken(MessageState state) {
        return state == MessageState.ACCEPTED
                || state == MessageState.DELAYED
                || state == MessageState.DELIVERED
                || state == MessageState.BOUNCED
                || state == MessageState.COMPLAINED;
    }

    /** Whether a mail went to its recipient, with the recipient's name wherever a name is. */
    private static boolean isFor(Message message, SesStub.Accepted mail) {
        if (!mail.recipient().equals(message.address())) {
            return false;
        }
        if (mail.request().isMissingNode()) {
            // The stub was told not to keep what was in the mails.
            return true;
        }
        String greeting = "Hello " + message.values().get(0);
        JsonNode letter = mail.request().path("Content").path("Simple");
        JsonNode body = letter.path("Body");
        return letter.path("Subject").path("Data").asText().equals(greeting)
                && body.path("Html").path("Data").asText().contains(">" + greeting + "<")
                && body.path("Text").path("Data").asText().strip().startsWith(greeting);
    }

    private static List<Message> messages(Mailroom mailroom, long plan, Set<MessageState> states) {
        List<Message> all = new ArrayList<>();
        List<Message> page;
        do {
            long after = all.isEmpty() ? 0 : all.get(all.size() - 1).id();
            page = mailroom.messages.page(new MessageQuery(plan, states, "", after, PAGE));
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }
}
