package app.mailroom.plan;

import app.mailroom.model.Attachment;
import app.mailroom.model.MailAccount;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import app.mailroom.store.PlanStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import app.mailroom.template.Variables;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what a person wants to send, and makes a mailing of it. */
public final class Planning {
    private static final int CHUNK = 10_000;

    private final TemplateStore templates;
    private final RecipientStore recipients;
    private final PlanStore plans;
    private final SendingConditions conditions;
    private final Clock clock;

    /** Over the given stores, for mailings that go where the conditions say. */
    public Planning(
            TemplateStore templates,
            RecipientStore recipients,
            PlanStore plans,
            SendingConditions conditions,
            Clock clock) {
        this.templates = templates;
        this.recipients = recipients;
        this.plans = plans;
        this.conditions = conditions;
        this.clock = clock;
    }

    /**
     * Everything worth knowing before sending. Looks at every row of the list and asks the mail service, so give it a
     * thread of its own.
     */
    public List<PlanFinding> check(PlanRequest request) {
        List<PlanFinding> findings = new ArrayList<>();
        checkWords(request, findings);
        Optional<CompiledTemplate> template = checkTemplate(request, findings);
        Optional<RecipientList> list = recipients.find(request.listId());
        if (list.isEmpty()) {
            block(findings, Code.LIST_GONE, "The recipient list does not exist any more. Choose another.");
        } else if (recipients.isBeingChanged(request.listId())) {
            block(
                    findings,
                    Code.LIST_CHANGING,
                    "The list “" + list.get().name()
                            + "” is being changed, for instance by an import. Try again when that"
                            + " has come to its end.");
        } else if (list.get().rowCount() == 0) {
            block(findings, Code.LIST_EMPTY, "The list “" + list.get().name() + "” has nobody in it.");
        } else if (template.isPresent()) {
            checkRows(template.get(), request, findings);
        }
        List<Attachment> images = template.map(CompiledTemplate::images).orElse(List.of());
        findings.addAll(AttachmentCheck.of(
                Stream.concat(request.attachments().stream(), images.stream()).toList()));
        if (conditions.world() != request.world()) {
            block(
                    findings,
                    Code.MODE_CHANGED,
                    "It was made for " + request.world().name().toLowerCase(Locale.ROOT)
                            + ", and new mailings now go to "
                            + conditions.world().name().toLowerCase(Locale.ROOT) + ". Begin anew.");
        } else if (request.world() == World.LIVE) {
            checkService(request, list.map(RecipientList::rowCount).orElse(0L), findings);
        }
        return findings;
    }

    /**
     * Makes a draft that waits for {@link PlanStore#start}; until then it only names its list.
     *
     * @throws PlanningException when a check blocks; nothing was made
     */
    public long draft(PlanRequest request) throws PlanningException {
        List<PlanFinding> findings = check(request);
        if (findings.stream().anyMatch(PlanFinding::blocks)) {
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
                        request.author(),
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
     */
    public long plan(PlanRequest request) throws PlanningException {
        long planId = draft(request);
        plans.start(planId);
        return planId;
    }

    private void checkWords(PlanRequest request, List<PlanFinding> findings) {
        if (request.title().isBlank()) {
            block(findings, Code.TITLE_EMPTY, "Give the mailing a title.");
        }
        checkAddress(request.fromAddress(), Code.FROM_INVALID, "The sender's address: ", findings);
        if (!request.replyTo().isBlank()) {
            checkAddress(request.replyTo(), Code.REPLY_TO_INVALID, "The reply address: ", findings);
        }
        try {
            ZoneId.of(request.timing().zone());
        } catch (DateTimeException e) {
            block(findings, Code.ZONE_INVALID, "“" + request.timing().zone() + "” is not a time zone.");
        }
        if (request.timing().notBefore().isBefore(clock.instant().minusSeconds(60))) {
            warn(findings, Code.TIME_PAST, "The time is past, so the mailing begins at once.");
        }
    }

    private void checkService(PlanRequest request, long recipientsInList, List<PlanFinding> findings) {
        checkTracking(request.tracked(), conditions, findings);
        try {
            if (!conditions.maySend(request.fromAddress().strip())) {
                block(
                        findings,
                        Code.SENDER_NOT_VERIFIED,
                        "Amazon SES does not send for " + request.fromAddress().strip()
                                + " until the address or its domain is verified.");
            }
        } catch (IOException e) {
            warn(findings, Code.SENDERS_UNKNOWN, said(e));
        }
        try {
            MailAccount account = conditions.account();
            if (!account.sendingEnabled()) {
                warn(findings, Code.ACCOUNT_PAUSED, "The mailing will wait until Amazon SES sends again.");
            }
            if (account.sandbox()) {
                warn(findings, Code.SANDBOX, "All other recipients will be refused, one by one.");
            }
            if (recipientsInList > account.left()) {
                warn(
                        findings,
                        Code.QUOTA_SMALLER,
                        String.format(
                                Locale.ROOT,
                                "%,d recipients, and %,d of %,d are left of these 24 hours. The rest waits by itself"
                                        + " and goes out as the quota allows.",
                                recipientsInList,
                                account.left(),
                                account.quota24h()));
            }
        } catch (IOException e) {
            warn(findings, Code.QUOTA_UNKNOWN, said(e));
        }
    }

    static void checkTracking(boolean tracked, SendingConditions conditions, List<PlanFinding> findings) {
        if (!tracked && conditions.countsHits()) {
            block(
                    findings,
                    Code.TRACKING_BY_AMAZON,
                    "Amazon SES adds its picture and its links to every mail that is sent from here. Let Amazon stop"
                            + " counting, or allow counting for this mailing.");
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static void checkAddress(String text, Code code, String what, List<PlanFinding> findings) {
        try {
            EmailAddress.parse(text);
        } catch (AddressException e) {
            block(findings, code, what + e.getMessage());
        }
    }

    private Optional<CompiledTemplate> checkTemplate(PlanRequest request, List<PlanFinding> findings) {
        Optional<TemplateContent> content = templates.content(request.templateVersionId());
        if (content.isEmpty()) {
            block(findings, Code.TEMPLATE_GONE, "The template does not exist any more. Choose another.");
            return Optional.empty();
        }
        if (content.get().subject().isBlank()) {
            block(findings, Code.SUBJECT_EMPTY, "The template has no subject.");
        }
        try {
            return Optional.of(CompiledTemplate.compile(content.get()));
        } catch (TemplateException e) {
            block(findings, Code.TEMPLATE_PROBLEM, e.getMessage() == null ? "The template is faulty." : e.getMessage());
            return Optional.empty();
        }
    }

    private void checkRows(CompiledTemplate template, PlanRequest request, List<PlanFinding> findings) {
        Map<String, Integer> slots = new HashMap<>();
        for (RecipientColumn column : recipients.columns(request.listId())) {
            slots.put(column.variable(), column.slot());
        }
        // A function that has a value for whatever can have one finds the variables that never will.
        for (String variable :
                template.missingIn(key -> slots.containsKey(key) || ProgramVariables.KEYS.contains(key) ? "x" : null)) {
            block(
                    findings,
                    Code.COLUMN_MISSING,
                    "The list has no column for {{" + variable + "}}. Add one, or write {{" + variable
                            + "|a fallback}} in the template.");
        }
        if (findings.stream().noneMatch(finding -> finding.code() == Code.COLUMN_MISSING)) {
            checkValues(template, request, slots, findings);
        }
    }

    private void checkValues(
            CompiledTemplate template, PlanRequest request, Map<String, Integer> slots, List<PlanFinding> findings) {
        long unfit = 0;
        String first = "";
        Code code = Code.VALUE_MISSING;
        long after = 0;
        while (true) {
            List<RecipientRow> rows = recipients.rows(request.listId(), after, CHUNK);
            for (RecipientRow row : rows) {
                try {
                    template.render(
                            ProgramVariables.beside(valuesOf(row, slots), request.fromAddress(), request.replyTo()));
                } catch (RenderException e) {
                    if (unfit == 0) {
                        first = row.address() + ": " + e.getMessage();
                        code = e.code() == RenderException.Code.MISSING_VALUE ? Code.VALUE_MISSING : Code.VALUE_UNFIT;
                    }
                    unfit++;
                }
                after = row.rank();
            }
            if (rows.size() < CHUNK) {
                break;
            }
        }
        if (unfit > 0) {
            block(findings, code, unfit + " rows do not fill the template; the first is " + first);
        }
    }

    private static Function<String, @Nullable String> valuesOf(RecipientRow row, Map<String, Integer> slots) {
        return variable -> {
            Integer slot = slots.get(Variables.key(variable));
            return slot == null || slot >= row.values().size()
                    ? null
                    : row.values().get(slot);
        };
    }

    private static void warn(List<PlanFinding> findings, Code code, String detail) {
        findings.add(new PlanFinding(false, code, detail));
    }

    private static void block(List<PlanFinding> findings, Code code, String detail) {
        findings.add(new PlanFinding(true, code, detail));
    }
}
