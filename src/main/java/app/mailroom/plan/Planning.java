package app.mailroom.plan;

import app.mailroom.model.RecipientList;
import app.mailroom.model.TemplateContent;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.PlanStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.TemplateException;
import java.util.List;
import java.util.function.Predicate;

/** Checks what a person wants to send, and makes a mailing of it. */
public final class Planning {
    private final TemplateStore templates;
    private final RecipientStore recipients;
    private final PlanStore plans;
    private final Preflight preflight;

    /** Over the given stores; what does not pass the preflight is not planned. */
    public Planning(TemplateStore templates, RecipientStore recipients, PlanStore plans, Preflight preflight) {
        this.templates = templates;
        this.recipients = recipients;
        this.plans = plans;
        this.preflight = preflight;
    }

    /** {@link Preflight#check}, to its end. */
    public List<PlanFinding> check(PlanRequest request) {
        try {
            return check(request, Progress.NONE);
        } catch (ImportCancelledException e) {
            throw new IllegalStateException("stopped though nothing could stop it", e);
        }
    }

    /** {@link Preflight#check}. */
    public List<PlanFinding> check(PlanRequest request, Progress progress) throws ImportCancelledException {
        plans.requirePreparing();
        return preflight.check(request, progress);
    }

    /**
     * Makes a draft that waits for {@link PlanStore#start}; until then it only names its list.
     *
     * @throws PlanningException when a check blocks; nothing was made
     * @throws app.mailroom.model.NotAllowedException before anything is looked at, for whoever may not prepare mailings
     */
    public long draft(PlanRequest request) throws PlanningException {
        try {
            return draft(request, warning -> true, Progress.NONE);
        } catch (ImportCancelledException e) {
            throw new IllegalStateException("stopped though nothing could stop it", e);
        }
    }

    private long draft(PlanRequest request, Predicate<PlanFinding> known, Progress progress)
            throws PlanningException, ImportCancelledException {
        List<PlanFinding> findings = check(request, progress);
        if (findings.stream().anyMatch(finding -> finding.blocks() || !known.test(finding))) {
            throw new PlanningException(findings);
        }
        TemplateContent content = templates.content(request.templateVersionId()).orElseThrow();
        RecipientList list = recipients.find(request.listId()).orElseThrow();
        List<String> links;
        try {
            links = CompiledTemplate.compile(content).links();
        } catch (TemplateException e) {
            throw new IllegalStateException("a frozen version compiled a moment ago", e);
        }
        return plans.create(
                new PlanStore.NewPlan(
                        request.title().strip(),
                        request.templateVersionId(),
                        list.id(),
                        list.name(),
                        request.fromAddress().strip(),
                        request.fromName().strip(),
                        request.replyTo().strip(),
                        request.timing(),
                        request.tracked(),
                        request.world(),
                        request.attachments()),
                recipients.columns(list.id()),
                links);
    }

    /**
     * Makes a mailing that begins at its time, or at once, to the people who are in its list now. Their messages are made
     * before this returns, which takes up to a minute for a million.
     *
     * @throws PlanningException when a check blocks; nothing was made
     * @throws app.mailroom.model.NotAllowedException before anything is looked at, for whoever may not send mailings
     */
    public long plan(PlanRequest request) throws PlanningException {
        try {
            return plan(request, warning -> true, Progress.NONE);
        } catch (ImportCancelledException e) {
            throw new IllegalStateException("stopped though nothing could stop it", e);
        }
    }

    /**
     * The same for a person who watches, and is not to plan over a warning that they have not seen.
     *
     * @param known whether they have seen this warning
     * @param progress is told how many rows were looked at, then how many messages were made
     * @throws PlanningException when a check blocks, or warns of something that is not known; nothing was made
     * @throws ImportCancelledException when it was stopped; nothing remains of it
     */
    public long plan(PlanRequest request, Predicate<PlanFinding> known, Progress progress)
            throws PlanningException, ImportCancelledException {
        plans.requireSending(request.world());
        long planId = draft(request, known, progress);
        plans.schedule(planId);
        long people =
                recipients.find(request.listId()).map(RecipientList::rowCount).orElse(0L);
        PlanMaking.make(plans, planId, progress, people);
        return planId;
    }
}
