package app.mailroom.plan;

import app.mailroom.model.RecipientRow;
import app.mailroom.model.TemplateContent;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.MailLink;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.tracking.LeavingExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first mails of a mailing as they will arrive, before it is planned. Nothing in them is counted, and their links to leave
 * are {@link LeavingExamples}.
 */
public final class MailSamples {
    private static final int CHUNK = 500;
    /** Where none of so many fills the template, the checks say why, and looking on would only keep a person waiting. */
    private static final int MOST_LOOKED_AT = 20_000;

    /**
     * One of them.
     *
     * @param row number of the row in the list, from 1, as the sheet shows it
     * @param mail with its images as data, so that a preview can show them
     * @param links that its reader can follow, in order, for {@link LinkCheck}
     */
    public record Sample(long row, String address, RenderedMail mail, List<MailLink> links) {}

    private final TemplateStore templates;
    private final RecipientStore recipients;
    private final LeavingExamples leaving;

    /** Of what the stores hold. */
    public MailSamples(TemplateStore templates, RecipientStore recipients, LeavingExamples leaving) {
        this.templates = templates;
        this.recipients = recipients;
        this.leaving = leaving;
    }

    /**
     * The mails of the first so many rows that will be mailed and that fill the template; fewer where there are fewer
     * among the first twenty thousand. None where the template or the list is gone, or the template cannot be sent.
     * Takes up to half a second.
     */
    public List<Sample> of(PlanRequest request, int count) {
        Optional<TemplateContent> content = templates.content(request.templateVersionId());
        if (content.isEmpty()) {
            return List.of();
        }
        try {
            CompiledTemplate template = CompiledTemplate.compile(content.get());
            return samples(request, count, template);
        } catch (TemplateException e) {
            // Nothing can arrive of it; what is wrong with it is for the checks to say.
            return List.of();
        }
    }

    private List<Sample> samples(PlanRequest request, int count, CompiledTemplate template) {
        String unsubscribe = leaving.of(request.world(), request.fromAddress(), request.replyTo());
        Filling filling = Filling.of(template, recipients.columns(request.listId()), unsubscribe);
        List<Sample> samples = new ArrayList<>();
        long after = 0;
        int looked = 0;
        List<RecipientRow> rows;
        do {
            rows = recipients.unsuppressed(request.listId(), request.world(), after, CHUNK);
            for (RecipientRow row : rows) {
                if (samples.size() == count) {
                    return samples;
                }
                after = row.rank();
                sample(filling, request.listId(), row).ifPresent(samples::add);
            }
            looked += rows.size();
        } while (rows.size() == CHUNK && looked < MOST_LOOKED_AT);
        return samples;
    }

    private Optional<Sample> sample(Filling filling, long listId, RecipientRow row) {
        try {
            RenderedMail mail = filling.mail(row.values());
            return Optional.of(new Sample(
                    recipients.numberOf(listId, row.rank()),
                    row.address(),
                    mail.withImagesAsData(filling.template().images()),
                    filling.links(row.values())));
        } catch (RenderException e) {
            // Such a row keeps the mailing from being planned, and the checks name it.
            return Optional.empty();
        }
    }
}
