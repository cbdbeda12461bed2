package app.mailroom.delivery;

import app.mailroom.model.Attachment;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.Plan;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.PlanStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.tracking.MessageAddresses;
import app.mailroom.tracking.RelayLinks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Renders claimed messages. A plan's template is compiled once, at its first message; plans and versions are frozen. With a
 * relay, each mail has its own addresses there: to leave always, to notice openings and clicks if its plan is tracked.
 */
public final class Letters {
    private record Letter(
            Plan plan, CompiledTemplate template, Map<String, Integer> slots, List<Attachment> attachments) {}

    private final PlanStore plans;
    private final TemplateStore templates;
    private final WorkspaceId workspace;
    private final Optional<RelayLinks> relay;
    private final Map<Long, Letter> byPlan = new ConcurrentHashMap<>();

    /**
     * Reads plans and templates from the given stores.
     *
     * @param relay empty where mails use none
     */
    public Letters(PlanStore plans, TemplateStore templates, WorkspaceId workspace, Optional<RelayLinks> relay) {
        this.plans = plans;
        this.templates = templates;
        this.workspace = workspace;
        this.relay = relay;
    }

    /**
     * The mail for a message.
     *
     * @throws RenderException when its values do not fill the template
     * @throws TemplateException when the plan's template does not compile
     */
    public OutgoingMail write(ClaimedMessage message) throws RenderException, TemplateException {
        Letter letter = letter(message.planId());
        Plan plan = letter.plan();
        String tag = workspace.tag(message.id());
        Optional<MessageAddresses> addresses = relay.map(links -> links.of(tag));
        WayOut out = WayOut.of(addresses, plan.fromAddress(), plan.replyTo());
        RenderedMail mail = letter.template()
                .render(
                        ProgramVariables.besideSlots(letter.slots(), message.values(), out.link()),
                        plan.tracked() ? addresses.orElse(null) : null);
        return new OutgoingMail(
                tag,
                workspace.tag(message.planId()),
                Mailboxes.format(plan.fromName(), plan.fromAddress()),
                message.address(),
                plan.replyTo(),
                mail.subject(),
                mail.html(),
                mail.text(),
                out.headers(),
                letter.attachments(),
                plan.tracked());
    }

    /** How the reader of a mail leaves that is no message, and has this tag. */
    WayOut wayOut(String tag, String fromAddress, String replyTo) {
        return WayOut.of(relay.map(links -> links.of(tag)), fromAddress, replyTo);
    }

    /** Many hands ask for a new plan's letter at once; one of them opens it. */
    private Letter letter(long planId) throws TemplateException {
        Letter letter = byPlan.get(planId);
        if (letter == null) {
            synchronized (byPlan) {
                letter = byPlan.get(planId);
                if (letter == null) {
                    letter = open(planId);
                    byPlan.put(planId, letter);
                }
            }
        }
        return letter;
    }

    private Letter open(long planId) throws TemplateException {
        Plan plan = plans.find(planId).orElseThrow(() -> new IllegalStateException("no mailing " + planId));
        TemplateContent content = templates
                .content(plan.templateVersionId())
                .orElseThrow(() -> new IllegalStateException("no template version " + plan.templateVersionId()));
        CompiledTemplate template = CompiledTemplate.compile(content);
        // All its mails share them: only the hands that send make copies.
        List<Attachment> attachments = Stream.concat(plans.attachments(planId).stream(), template.images().stream())
                .toList();
        return new Letter(plan, template, plans.slotsByVariable(planId), attachments);
    }
}
