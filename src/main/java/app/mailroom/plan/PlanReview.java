package app.mailroom.plan;

import app.mailroom.model.Attachment;
import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.ApprovalStore;
import app.mailroom.store.MessageStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.tracking.LeavingExamples;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes out of a mailing that has been planned, for whoever approves it: written from its own messages, with the values and
 * in the version that were frozen, whatever became of list and template since. Nothing in the mails is counted, and their links
 * to leave are {@link LeavingExamples}, so that nobody leaves by looking.
 */
public final class PlanReview {
    private static final Logger log = LoggerFactory.getLogger(PlanReview.class);
    private static final Set<MessageState> TO_GO_OUT = EnumSet.of(MessageState.PLANNED);

    /** One mail of it, with its images as data. */
    public record Mail(long messageId, String address, RenderedMail mail) {}

    /**
     * All that goes out.
     *
     * @param fingerprint stands for it when it is approved; see {@link ApprovalStore#approve}
     * @param overview the mailing and its counts
     * @param templateName as it is called now; empty where it is gone
     * @param version of the template, if that is still there
     * @param links as the template has them, those that differ from mail to mail with their variables
     * @param attachments the files that go with each mail
     */
    public record Contents(
            String fingerprint,
            PlanOverview overview,
            String templateName,
            Optional<TemplateVersion> version,
            List<String> links,
            List<Attachment> attachments) {}

    private final TemplateStore templates;
    private final PlanStore plans;
    private final MessageStore messages;
    private final ApprovalStore approvals;
    private final LeavingExamples leaving;

    /** Of what the stores hold. */
    public PlanReview(
            TemplateStore templates,
            PlanStore plans,
            MessageStore messages,
            ApprovalStore approvals,
            LeavingExamples leaving) {
        this.templates = templates;
        this.plans = plans;
        this.messages = messages;
        this.approvals = approvals;
        this.leaving = leaving;
    }

    /** Everything but the mails; empty when there is no such mailing. */
    public Optional<Contents> contents(long planId) {
        if (plans.find(planId).isEmpty()) {
            return Optional.empty();
        }
        // Before all else is read: what changes while it is read is then no longer what the fingerprint stands for.
        String fingerprint = approvals.fingerprint(planId);
        return plans.overview(planId).map(overview -> contents(fingerprint, overview));
    }

    private Contents contents(String fingerprint, PlanOverview overview) {
        Optional<TemplateVersion> version = templates.version(overview.plan().templateVersionId());
        String name = version.flatMap(found -> templates.find(found.templateId()))
                .map(Template::name)
                .orElse("");
        return new Contents(
                fingerprint,
                overview,
                name,
                version,
                plans.links(overview.plan().id()),
                plans.attachments(overview.plan().id()));
    }

    /**
     * The next mails that are still to go out, in the order of the messages. Takes up to half a second.
     *
     * @param addressContains part of an address; blank for all
     * @param afterId of the message after which to begin; 0 for the first
     * @param count how many messages to look at. What fills no template goes to nobody and is left out
     */
    public List<Mail> mails(long planId, String addressContains, long afterId, int count) {
        Plan plan = plans.find(planId).orElse(null);
        if (plan == null) {
            return List.of();
        }
        TemplateContent content = templates.content(plan.templateVersionId()).orElse(null);
        if (content == null) {
            return List.of();
        }
        try {
            Filling filling = new Filling(
                    CompiledTemplate.compile(content),
                    plans.slotsByVariable(planId),
                    leaving.of(plan.world(), plan.fromAddress(), plan.replyTo()));
            List<Mail> mails = new ArrayList<>();
            for (Message message :
                    messages.page(new MessageQuery(planId, TO_GO_OUT, addressContains, afterId, count))) {
                mail(filling, message).ifPresent(mails::add);
            }
            return mails;
        } catch (TemplateException e) {
            // Nothing can go out of it. It was checked when the mailing was planned, so only another program changed
            // it.
            log.warn("The template of mailing {} cannot be made into mails", planId, e);
            return List.of();
        }
    }

    private static Optional<Mail> mail(Filling filling, Message message) {
        try {
            RenderedMail mail = filling.mail(message.values());
            return Optional.of(new Mail(
                    message.id(),
                    message.address(),
                    mail.withImagesAsData(filling.template().images())));
        } catch (RenderException e) {
            log.warn("Message {} does not fill its template: {}", message.id(), e.code());
            return Optional.empty();
        }
    }
}
