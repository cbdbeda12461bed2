package app.mailroom.plan;

import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.RenderedMail;
import java.util.List;

/** The first mails of a mailing as they will arrive, before it is planned. */
public final class MailSamples {
    /**
     * One of them.
     *
     * @param row number of the row in the list, from 1
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

    /** The mails of the first so many rows that will be mailed and that fill the template; fewer where there are fewer. */
    public List<Sample> of(PlanRequest request, int count) {
        throw new UnsupportedOperationException();
    }
}
