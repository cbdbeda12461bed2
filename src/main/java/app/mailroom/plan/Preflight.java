package app.mailroom.plan;

import app.mailroom.model.Attachment;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.World;
import app.mailroom.plan.SendingConditions.HitCounter;
import app.mailroom.plan.TemplateCheck.Compiled;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.PlanTwins;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.Variables;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is looked at before a mailing is planned, in the order in which a person is told of it. */
public final class Preflight {
    private final TemplateCheck templates;
    private final RecipientStore recipients;
    private final ListCheck lists;
    private final TwinCheck twins;
    private final SendingConditions conditions;
    private final ServiceCheck service;
    private final Clock clock;

    /** Over the given stores, for mailings that go where the conditions say. */
    public Preflight(
            TemplateStore templates,
            RecipientStore recipients,
            SheetStore sheets,
            PlanTwins twins,
            SendingConditions conditions,
            DomainRecords records,
            Clock clock) {
        this.templates = new TemplateCheck(templates);
        this.recipients = recipients;
        this.lists = new ListCheck(recipients, sheets);
        this.twins = new TwinCheck(twins);
        this.conditions = conditions;
        this.service = new ServiceCheck(conditions, records);
        this.clock = clock;
    }

    /**
     * Everything worth knowing before sending. Looks at every row of the list, and for a mailing in earnest asks the mail
     * service and the name servers, so give it a thread of its own.
     *
     * @param progress is told how many rows have been looked at; asked to stop between them and between the checks
     * @throws ImportCancelledException when it was stopped
     */
    public List<PlanFinding> check(PlanRequest request, Progress progress) throws ImportCancelledException {
        List<PlanFinding> findings = new ArrayList<>(FormCheck.of(request, clock.instant()));
        Optional<Compiled> compiled = templates.compile(request, findings);
        List<RecipientColumn> columns = recipients.columns(request.listId());
        Optional<Long> mailed = lists.mailed(request, findings);
        goOn(progress);
        if (compiled.isPresent()) {
            Compiled one = compiled.get();
            findings.addAll(TemplateCheck.look(one, keys(columns), mailed.orElse(0L), hasButton(request.world())));
            if (mailed.isPresent()) {
                lists.fill(request.listId(), Filling.toCheck(one.template(), columns, request), progress, findings);
            }
        }
        goOn(progress);
        mailed.ifPresent(count -> findings.addAll(twins.of(request, count, clock.instant())));
        goOn(progress);
        List<Attachment> images = compiled.map(one -> one.template().images()).orElse(List.of());
        findings.addAll(AttachmentCheck.of(
                Stream.concat(request.attachments().stream(), images.stream()).toList()));
        service.ask(request, mailed.orElse(0L), findings);
        return findings;
    }

    /** Whether mails have what mail programs make a button to unsubscribe of; the relay of practice is always there. */
    private boolean hasButton(World world) {
        return world == World.PRACTICE || conditions.counting().contains(HitCounter.RELAY);
    }

    /** Stops what was asked to stop. */
    static void goOn(Progress progress) throws ImportCancelledException {
        if (progress.cancelled()) {
            throw new ImportCancelledException();
        }
    }

    private static Set<String> keys(List<RecipientColumn> columns) {
        return columns.stream().map(column -> Variables.key(column.variable())).collect(Collectors.toSet());
    }
}
