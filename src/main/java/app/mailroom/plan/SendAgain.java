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
import app.mailroom.store.PlanStore;
import app.mailroom.store.ResendStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import app.mailroom.template.Variables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reaches those of an earlier mailing whom it did not reach or move, by a new one that is linked to it. */
public final class SendAgain {
    private static final int CHUNK = 5_000;

    /**
     * What a person asks for.
     *
     * @param templateVersionId another version than the earlier mailing's, if there is one
     */
    public record Request(
            Resend resend,
            String title,
            OptionalLong templateVersionId,
            Instant notBefore,
            String zone,
            String author) {}

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

    /**
     * Makes the mailing; it begins at its time. Looks at every message of those it reaches if the template is another one,
     * and asks the mail service, so give it a thread of its own.
     *
     * @throws PlanningException when something blocks; nothing was made
     */
    public ResendStore.Made plan(Request request) throws PlanningException {
        Plan first = plans.find(request.resend().planId())
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no mailing " + request.resend().planId()));
        List<PlanFinding> findings = new ArrayList<>();
        if (request.title().isBlank()) {
            findings.add(block(Code.TITLE_EMPTY));
        }
        if (!first.tracked() && request.resend().whom().needsHits()) {
            findings.add(block(Code.NOT_TRACKED));
        } else if (resends.count(request.resend()) == 0) {
            findings.add(block(Code.AGAIN_NOBODY));
        }
        checkService(first, findings);
        long version = request.templateVersionId().orElse(first.templateVersionId());
        List<String> links = checkTemplate(request.resend(), first, version, findings);
        if (findings.stream().anyMatch(PlanFinding::blocks)) {
            throw new PlanningException(findings);
        }
        return resends.make(
                request.resend(),
                new ResendStore.NewMailing(
                        request.title().strip(),
                        version,
                        links,
                        request.notBefore(),
                        request.zone(),
                        request.author()));
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
    private List<String> checkTemplate(Resend resend, Plan first, long version, List<PlanFinding> findings) {
        TemplateContent content = templates.content(version).orElse(null);
        if (content == null) {
            findings.add(block(Code.TEMPLATE_GONE));
            return List.of();
        }
        try {
            CompiledTemplate template = CompiledTemplate.compile(content);
            Map<String, Integer> slots = plans.slotsByVariable(first.id());
            List<String> missing = List.copyOf(template.missingIn(
                    key -> slots.containsKey(key) || ProgramVariables.KEYS.contains(key) ? "x" : null));
            for (String variable : missing) {
                findings.add(block(
                        Code.AGAIN_COLUMN_MISSING,
                        said(ListCheck.braced(variable)),
                        said(ListCheck.braced(variable + "|…"))));
            }
            if (missing.isEmpty() && version != first.templateVersionId()) {
                checkValues(resend, first, template, slots, findings);
            }
            return template.links();
        } catch (TemplateException e) {
            findings.addAll(TemplateCheck.problems(e));
            return List.of();
        }
    }

    private void checkValues(
            Resend resend,
            Plan first,
            CompiledTemplate template,
            Map<String, Integer> slots,
            List<PlanFinding> findings) {
        long unfit = 0;
        String address = "";
        RenderException why = null;
        long after = 0;
        List<Message> messages;
        do {
            messages = resends.messages(resend, after, CHUNK);
            for (Message message : messages) {
                after = message.id();
                try {
                    template.render(
                            ProgramVariables.beside(valuesOf(message, slots), first.fromAddress(), first.replyTo()));
                } catch (RenderException e) {
                    if (why == null) {
                        address = message.address();
                        why = e;
                    }
                    unfit++;
                }
            }
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

    private static Function<String, @Nullable String> valuesOf(Message message, Map<String, Integer> slots) {
        return variable -> {
            Integer slot = slots.get(Variables.key(variable));
            return slot == null || slot >= message.values().size()
                    ? null
                    : message.values().get(slot);
        };
    }
}
