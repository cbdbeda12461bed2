package app.mailroom.ui.templates;

import app.mailroom.model.Attachment;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.template.TemplateProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template comes to for one recipient.
 *
 * @param mail absent when the template has problems
 * @param images those to which the mail's HTML refers
 * @param subject as an inbox shows it; as it is written where it cannot be filled
 * @param beginning what an inbox shows after the subject: the preheader, or the beginning of the text
 * @param preheader whether the beginning is the preheader
 */
record SampleMail(
        Optional<RenderedMail> mail,
        List<Attachment> images,
        String subject,
        String beginning,
        boolean preheader,
        List<TemplateProblem> problems) {
    /** More than any inbox shows. */
    private static final int BEGINNING = 240;

    /** Writes the mail; takes some milliseconds for a long template. */
    static SampleMail of(TemplateContent content, Optional<SampleRow> row) {
        Map<String, String> values = row.map(SampleRow::values).orElse(Map.of());
        String subject = line(content.subject(), values);
        String preheader = line(content.preheader(), values).strip();
        try {
            CompiledTemplate template = CompiledTemplate.compile(content);
            RenderedMail mail = SampleValues.render(template, values);
            String beginning = preheader.isEmpty() ? beginning(mail.text()) : preheader;
            return new SampleMail(
                    Optional.of(mail), template.images(), subject, beginning, !preheader.isEmpty(), List.of());
        } catch (TemplateException e) {
            return new SampleMail(Optional.empty(), List.of(), subject, preheader, !preheader.isEmpty(), e.problems());
        }
    }

    private static String line(String text, Map<String, String> values) {
        try {
            return SampleValues.render(CompiledTemplate.compile(new TemplateContent(text, "", "")), values)
                    .subject();
        } catch (TemplateException e) {
            return text;
        }
    }

    private static String beginning(String text) {
        String start = text.substring(0, Math.min(text.length(), 2 * BEGINNING));
        String line = start.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(line.length(), BEGINNING));
    }
}
