package app.mailroom.plan;

import app.mailroom.model.Attachment;
import app.mailroom.model.RecipientList;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that is looked at before a mailing is planned, in the order in which a person is told of it. */
public final class Preflight {
    private final TemplateCheck templates;
    private final ListCheck lists;
    private final RecipientStore recipients;
    private final ServiceCheck service;
    private final Clock clock;

    /** Over the given stores, for mailings that go where the conditions say. */
    public Preflight(TemplateStore templates, RecipientStore recipients, SendingConditions conditions, Clock clock) {
        this.templates = new TemplateCheck(templates);
        this.lists = new ListCheck(recipients);
        this.recipients = recipients;
        this.service = new ServiceCheck(conditions);
        this.clock = clock;
    }

    /**
     * Everything worth knowing before sending. Looks at every row of the list and asks the mail service, so give it a
     * thread of its own.
     */
    public List<PlanFinding> check(PlanRequest request) {
        List<PlanFinding> findings = new ArrayList<>(FormCheck.of(request, clock.instant()));
        Optional<CompiledTemplate> template = templates.compile(request, findings);
        Optional<RecipientList> list = lists.find(request, findings);
        if (list.isPresent() && template.isPresent()) {
            Filling filling = Filling.of(template.get(), recipients.columns(request.listId()), request);
            lists.fill(request.listId(), filling, findings);
        }
        List<Attachment> images = template.map(CompiledTemplate::images).orElse(List.of());
        findings.addAll(AttachmentCheck.of(
                Stream.concat(request.attachments().stream(), images.stream()).toList()));
        service.ask(request, list.map(RecipientList::rowCount).orElse(0L), findings);
        return findings;
    }
}
