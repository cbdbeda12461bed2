package app.mailroom.template;

/**
 * Something that a check found in a template.
 *
 * @param code what it is
 * @param spot where it is
 * @param detail the piece of the template that is meant, or a figure; may be empty
 */
public record TemplateFinding(Code code, Spot spot, String detail) {

    /** Whether no mail can be sent with it. */
    public boolean blocks() {
        return code.blocks;
    }

    /** What can be found. The first ones are those of {@link TemplateProblem.Code}, by the same names. */
    public enum Code {
        UNCLOSED(true),
        BAD_NAME(true),
        IN_SCRIPT(true),
        IN_STYLE(true),
        IN_COMMENT(true),
        IN_RAW_TEXT(true),
        IN_TAG(true),
        IN_EVENT_HANDLER(true),
        IN_FORBIDDEN_ATTRIBUTE(true),
        IN_URL_SCHEME(true),
        BAD_FALLBACK(true),
        RESERVED_CHARACTER(true),
        NESTED_TOO_DEEPLY(true),

        SUBJECT_MISSING(true),
        SUBJECT_LONG(false),
        PREHEADER_MISSING(false),
        /** The list has no such column, and somewhere nothing stands in for it. */
        UNKNOWN_VARIABLE(true),
        /** The list has no such column, so that everybody gets the fallback. */
        UNKNOWN_WITH_FALLBACK(false),

        LINK_EMPTY(false),
        LINK_RELATIVE(true),
        LINK_SCHEME(true),
        /** A web, mail or telephone address that none can be. */
        LINK_MALFORMED(false),
        LINK_WITHOUT_TEXT(false),
        NO_UNSUBSCRIBE_LINK(false),

        IMAGE_NOT_KEPT(true),
        IMAGE_WITHOUT_SOURCE(false),
        IMAGE_WITHOUT_ALT(false),
        IMAGE_TOO_LARGE(false),
        IMAGES_TOO_LARGE(false),
        IMAGE_WIDER_THAN_SHOWN(false),
        /** Of a kind that many mail programs do not show. */
        IMAGE_TYPE(false),

        HTML_NEARLY_TOO_LARGE(false),
        HTML_TOO_LARGE(false),

        CSS_DROPPED(false),
        CSS_NOT_IN_OUTLOOK(false),
        WEB_FONT(false),
        STYLE_SHEET_LINKED(false),
        SCRIPT_DROPPED(false),
        FORM_DROPPED(false),
        MEDIA_DROPPED(false);

        private final boolean blocks;

        Code(boolean blocks) {
            this.blocks = blocks;
        }
    }
}
