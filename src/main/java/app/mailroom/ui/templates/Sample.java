package app.mailroom.ui.templates;

import app.mailroom.model.Attachment;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import java.util.List;
import java.util.Map;

/**
 * A template as a mail to be looked at.
 *
 * @param images those to which the mail's HTML refers
 */
record Sample(RenderedMail mail, List<Attachment> images) {
    /** Copies the list. */
    Sample {
        images = List.copyOf(images);
    }

    /**
     * Makes a mail of a template; see {@link SampleValues}. Takes as long as compiling does.
     *
     * @throws TemplateException when the template cannot be made into one
     */
    static Sample of(TemplateContent content, Map<String, String> values) throws TemplateException {
        CompiledTemplate template = CompiledTemplate.compile(content);
        return new Sample(SampleValues.render(template, values), template.images());
    }
}
