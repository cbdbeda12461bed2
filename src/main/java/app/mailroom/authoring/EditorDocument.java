package app.mailroom.authoring;

import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import java.util.List;

/**
 * A template's HTML on its way through the visual editor and back. The editor gets the body only, with variables as
 * chips, images as data and nothing that could run; what it must not touch (the head, conditional comments, scripts)
 * stays here and is put back into its place. Immutable.
 */
public final class EditorDocument {
    private EditorDocument() {}

    /** Makes a template's HTML ready for the editor. */
    public static EditorDocument of(TemplateContent content) {
        throw new UnsupportedOperationException();
    }

    /** What the editor shows and edits: the inside of its body. */
    public String editable() {
        throw new UnsupportedOperationException();
    }

    /** The style sheets of the template, for the editor's own document, with nothing in them that would be fetched. */
    public String styles() {
        throw new UnsupportedOperationException();
    }

    /** The attributes of the template's body element that concern its look (style, class, bgcolor…), as they stand in a tag. */
    public String bodyAttributes() {
        throw new UnsupportedOperationException();
    }

    /**
     * The template's whole HTML again, with what the editor holds now. What came from the editor is cleaned of the
     * editor's own marks and of whatever could run in the editor again.
     *
     * @param edited what the editor gives, made of {@link #editable}
     */
    public String source(String edited) {
        throw new UnsupportedOperationException();
    }

    /**
     * What of the template the editor would lose or change, found by comparing what it was given with what it gives
     * back untouched. Empty when editing is harmless. Differences that no mail program can tell (white space between
     * elements, order of attributes, entities, colours in another notation) are none.
     *
     * @param untouched what the editor gives right after it was filled
     */
    public List<Damage> damage(String untouched) {
        throw new UnsupportedOperationException();
    }

    /** One kind of damage, such as elements that are lost: how many, and the first of them for a person to recognise. */
    public record Damage(Kind kind, int count, String example) {}

    /** What would happen to the template. */
    public enum Kind {
        ELEMENT_LOST,
        ATTRIBUTE_LOST,
        STYLE_CHANGED,
        COMMENT_LOST,
        TEXT_CHANGED,
        LAYOUT_CHANGED
    }

    /** The name of an image as it stands in the template, for one that the editor shows as data; see {@link #editable}. */
    public static final String IMAGE_NAME_ATTRIBUTE = "data-mr-src";

    /** The class of the chip that stands for a variable in the editor. */
    public static final String CHIP_CLASS = "mr-variable";

    /** The chip's attribute with what stands between the braces. */
    public static final String CHIP_ATTRIBUTE = "data-mr-variable";

    /** The chip for a variable, as HTML. */
    public static String chip(String variable) {
        throw new UnsupportedOperationException();
    }

    /** An img for an image, as HTML, to be put into the editor. */
    public static String image(TemplateImage image, String alt) {
        throw new UnsupportedOperationException();
    }

    /** Those of the images that this HTML refers to. */
    public static List<TemplateImage> used(String html, List<TemplateImage> images) {
        throw new UnsupportedOperationException();
    }
}
