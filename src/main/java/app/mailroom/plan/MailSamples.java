package app.mailroom.plan;

import app.mailroom.model.RecipientRow;
import app.mailroom.model.TemplateContent;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first mails of a mailing as they will arrive, before it is planned. */
public final class MailSamples {
    private static final int CHUNK = 500;
    /** Where none of so many fills the template, the checks say why, and looking on would only keep a person waiting. */
    private static final int MOST_LOOKED_AT = 20_000;

    /**
     * One of them.
     *
     * @param row number of the row in the list, from 1, as the sheet shows it
     * @param mail with its images as data, so that a preview can show them
     */
    public record Sample(long row, String address, RenderedMail mail) {}

    private final TemplateStore templates;
    private final RecipientStore recipients;

    /** Of what the stores hold. */
    public MailSamples(TemplateStore templates, RecipientStore recipients) {
        this.templates = templates;
        this.recipients = recipients;
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
        Filling filling = Filling.of(template, recipients.columns(request.listId()), request);
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
                fill(filling, row)
                        .ifPresent(mail -> samples.add(new Sample(
                                recipients.numberOf(request.listId(), row.rank()),
                                row.address(),
                                mail.withImagesAsData(template.images()))));
            }
            looked += rows.size();
        } while (rows.size() == CHUNK && looked < MOST_LOOKED_AT);
        return samples;
    }

    private static Optional<RenderedMail> fill(Filling filling, RecipientRow row) {
        try {
            return Optional.of(filling.mail(row.values()));
        } catch (RenderException e) {
            // Such a row keeps the mailing from being planned, and the checks name it.
            return Optional.empty();
        }
    }
}
