package app.mailroom.template;

import app.mailroom.model.Attachment;
import java.util.Base64;
import java.util.List;

/**
 * What one recipient gets.
 *
 * @param subject one line, not yet encoded for a mail header
 * @param html a whole HTML document
 * @param text the same as plain text, lines separated by {@code \n} and not wrapped
 */
public record RenderedMail(String subject, String html, String text) {
    /**
     * The same for a preview, which has no parts of a mail to refer to: with the images in its HTML as {@code data:}.
     *
     * @param images {@link CompiledTemplate#images} of its template
     */
    public RenderedMail withImagesAsData(List<Attachment> images) {
        String shown = html;
        for (Attachment image : images) {
            if (image.isInline()) {
                shown = shown.replace(
                        "cid:" + image.contentId(),
                        "data:" + image.contentType() + ";base64,"
                                + Base64.getEncoder().encodeToString(image.content()));
            }
        }
        return new RenderedMail(subject, shown, text);
    }
}
