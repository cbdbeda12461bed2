package app.mailroom.model;

import java.util.List;

/**
 * A template as its author wrote it. Nothing is checked here.
 *
 * @param subject plain text with variables
 * @param preheader plain text with variables, shown by mail programs beside the subject; blank for none
 * @param html the body, a whole HTML document or a fragment
 * @param images the files that its HTML shows, each under the name by which the HTML refers to it
 */
public record TemplateContent(String subject, String preheader, String html, List<TemplateImage> images) {
    /** Copies the list. */
    public TemplateContent {
        images = List.copyOf(images);
    }

    /** One without images of its own. */
    public TemplateContent(String subject, String preheader, String html) {
        this(subject, preheader, html, List.of());
    }

    /** The same with other words. */
    public TemplateContent withText(String newSubject, String newPreheader, String newHtml) {
        return new TemplateContent(newSubject, newPreheader, newHtml, images);
    }
}
