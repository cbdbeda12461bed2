package app.mailroom.authoring;

import app.mailroom.model.TemplateImage;
import java.util.List;

/**
 * HTML from the clipboard made fit for a mail: what Word, Google Docs, spreadsheets and web pages put there besides
 * text is taken away, lists become lists, and nothing is left that could run or fetch.
 *
 * @param html ready for the visual editor
 * @param images files that came with it, to which html refers
 */
public record PastedHtml(String html, List<TemplateImage> images) {
    /** Cleans what another program put into the clipboard. */
    public static PastedHtml clean(String clipboardHtml) {
        throw new UnsupportedOperationException();
    }
}
