package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.Message;
import app.mailroom.model.Plan;
import app.mailroom.model.Resend;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.FindingValue.Count;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.PlanStore;
import app.mailroom.store.ResendStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reaches those of an earlier mailing whom it did not reach or move, by a new one that is linked to it. */
public final class SendAgain {
    private static final int CHUNK = 5_000;

    /**
     * What a person asks for.
     *
     * @param templateVersionId another version than the earlier mailing's, if there is one
     */
    public record Request(
            Resend resend, String title, OptionalLong templateVersionId, Instant notBefore, String zone) {}

    private final TemplateStore templates;
    private final PlanStore plans;
    private final ResendStore resends;
    private final SendingConditions conditions;

    /** Over the given stores, for mailings that go where the conditions say. */
    public SendAgain(TemplateStore templates, PlanStore plans, ResendStore resends, SendingConditions conditions) {
        this.templates = templates;
        this.plans = plans;
        this.resends = resends;
        this.conditions = conditions;
    }

    /** How many it would reach now. */
    public long count(Resend resend) {
        return resends.count(resend);
    }

    /** The same as {@link #plan(Request, Progress)}, with nobody who watches it. */
    public ResendStore.Made plan(Request request) throws PlanningException {
        try {
            return plan(request, Progress.NONE);
        } catch (ImportCancelledException e) {
            throw new IllegalStateException("nobody was there to stop it", e);
        }
    }

    /**
     * Makes the mailing; it begins at its time. Looks at every message of those it reaches if the template is another one,
     * and asks the mail service, so give it a thread of its own. Its messages are made in many short transactions, half a
     * minute for a million; should the program end meanwhile, or the database refuse one, the planner goes on with it.
     *
     * @param progress is told how many messages were looked at, then how many were made, of how many
     * @throws PlanningException when something blocks; nothing was made
     * @throws app.mailroom.model.NotAllowedException before anything is looked at, for whoever may not send mailings
     * @throws ImportCancelledException when it was stopped; nothing remains of it
     */
    public ResendStore.Made plan(Request request, Progress progress)
            throws PlanningException, ImportCancelledException {
        Plan first = plans.find(request.resend().planId())
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no mailing " + request.resend().planId()));
        plans.requireSending(first.world());
        List<PlanFinding> findings = new ArrayList<>();
        if (request.title().isBlank()) {
            findings.add(block(Code.TITLE_EMPTY));
        }
        long inAll = resends.count(request.resend());
        if (!first.tracked() && request.resend().whom().needsHits()) {
            findings.add(block(Code.NOT_TRACKED));
        } else if (inAll == 0) {
            findings.add(block(Code.AGAIN_NOBODY));
        }
        checkService(first, findings);
        long version = request.templateVersionId().orElse(first.templateVersionId());
        List<String> links = checkTemplate(request.resend(), first, version, findings, new Watch(progress, inAll));
        if (findings.stream().anyMatch(PlanFinding::blocks)) {
            throw new PlanningException(findings);
        }
        long planId = resends.begin(
                request.resend(),
                new ResendStore.NewMailing(
                        request.title().strip(), version, links, request.notBefore(), request.zone()));
        boolean made = PlanMaking.make(plans, planId, progress, inAll);
        return new ResendStore.Made(planId, made ? plans.totals(planId).all() : inAll);
    }

    /** Whoever watches, and how many messages there are to be. */
    private record Watch(Progress progress, long inAll) {
        void at(long messages) {
            progress.at(messages, messages, inAll);
        }
    }

    private void checkService(Plan first, List<PlanFinding> findings) {
        if (conditions.world() != first.world()) {
            findings.add(block(
                    Code.AGAIN_MODE_CHANGED,
                    ServiceCheck.world(first.world()),
                    ServiceCheck.world(conditions.world())));
        } else if (first.world() == World.LIVE) {
            ServiceCheck.tracking(first.tracked(), conditions, findings);
            try {
                if (!conditions.maySend(first.fromAddress())) {
                    findings.add(block(Code.SENDER_NOT_VERIFIED, said(first.fromAddress())));
                }
            } catch (IOException e) {
                findings.add(warning(Code.SENDERS_UNKNOWN, ServiceCheck.whatItSaid(e)));
            }
        }
    }

    /** The template's links; none where something blocks. */
    private List<String> checkTemplate(Resend resend, Plan first, long version, List<PlanFinding> findings, Watch watch)
            throws ImportCancelledException {
        TemplateContent content = templates.content(version).orElse(null);
        if (content == null) {
            findings.add(block(Code.TEMPLATE_GONE));
            return List.of();
        }
        try {
            CompiledTemplate template = CompiledTemplate.compile(content);
            Filling filling = new Filling(
                    template,
                    plans.slotsByVariable(first.id()),
                    ProgramVariables.mailToLeave(first.fromAddress(), first.replyTo()));
            Set<String> missing = filling.withoutColumn();
            for (String variable : missing) {
                findings.add(block(
                        Code.AGAIN_COLUMN_MISSING,
                        said(ListCheck.braced(variable)),
                        said(ListCheck.braced(variable + "|…"))));
            }
            if (missing.isEmpty() && version != first.templateVersionId()) {
                checkValues(resend, filling, findings, watch);
            }
            return template.links();
        } catch (TemplateException e) {
            findings.addAll(TemplateCheck.problems(e));
            return List.of();
        }
    }

    private void checkValues(Resend resend, Filling filling, List<PlanFinding> findings, Watch watch)
            throws ImportCancelledException {
        long unfit = 0;
        String address = "";
        RenderException why = null;
        long after = 0;
        long looked = 0;
        List<Message> messages;
        do {
            if (watch.progress().cancelled()) {
                throw new ImportCancelledException();
            }
            messages = resends.messages(resend, after, CHUNK);
            for (Message message : messages) {
                after = message.id();
                try {
                    filling.mail(message.values());
                } catch (RenderException e) {
                    if (why == null) {
                        address = message.address();
                        why = e;
                    }
                    unfit++;
                }
            }
            looked += messages.size();
            watch.at(looked);
        } while (messages.size() == CHUNK);
        if (why != null) {
            findings.add(unfit(unfit, address, why));
        }
    }

    private static PlanFinding unfit(long messages, String address, RenderException why) {
        FindingValue variable = said(ListCheck.braced(why.variable()));
        return why.code() == RenderException.Code.MISSING_VALUE
                ? block(Code.AGAIN_VALUE_MISSING, new Count(messages), said(address), variable)
                : block(Code.AGAIN_VALUE_UNFIT, new Count(messages), said(address), variable, coded(why.code(), why));
    }
}
