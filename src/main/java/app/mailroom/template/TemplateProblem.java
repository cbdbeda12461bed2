package app.mailroom.template;

/**
 * Something in a template that its author has to change before it can be sent.
 *
 * @param part where it is
 * @param line line within that part, from 1
 * @param start where it begins in that part as it is written, in chars from 0
 * @param end where it ends
 * @param code what is wrong
 * @param detail the piece of the template that is meant
 */
public record TemplateProblem(Part part, int line, int start, int end, Code code, String detail) {

    /** The three texts that make a template. */
    public enum Part {
        SUBJECT,
        PREHEADER,
        BODY
    }

    /** What is wrong, with an English sentence on what to do. */
    public enum Code {
        UNCLOSED("the variable is opened with {{ but not closed; add }}"),
        BAD_NAME("a variable name may only have letters, digits and _; rename it or remove formatting inside {{ }}"),
        IN_SCRIPT("a variable cannot stand in a script; remove it"),
        IN_STYLE("a variable cannot stand in a style sheet; use it in a style attribute instead"),
        IN_COMMENT("a variable cannot stand in a comment; move it out of the comment"),
        IN_RAW_TEXT("a variable cannot stand in this element, whose text mail programs do not read as text; move it"),
        IN_TAG("a variable cannot be the name of a tag or attribute; move it into text or an attribute's value"),
        IN_EVENT_HANDLER("a variable cannot stand in an event handler (on...); remove it"),
        IN_FORBIDDEN_ATTRIBUTE("a variable cannot stand in this attribute; remove it"),
        IN_URL_SCHEME("a variable cannot be a piece of a link's beginning; let it be the whole link, or put it after"
                + " https://host/"),
        BAD_FALLBACK("the fallback does not fit its place; a link needs a complete https link, a style only letters,"
                + " digits, spaces and # % . , _ -"),
        RESERVED_CHARACTER("the characters U+FDD0 and U+FDD1 are reserved; remove them"),
        NESTED_TOO_DEEPLY(
                "the elements stand in one another more deeply than can be read; remove what mail programs do not"
                        + " show");

        private final String advice;

        Code(String advice) {
            this.advice = advice;
        }

        /** What is wrong and what to do, in English; screens translate the code instead. */
        public String advice() {
            return advice;
        }
    }

    /** Part, line, what is wrong and what to do, in one English line. */
    public String message() {
        String where = switch (part) {
            case SUBJECT -> "Subject";
            case PREHEADER -> "Preheader";
            case BODY -> "Body";
        };
        return where + ", line " + line + ": " + code.advice() + " (" + detail + ")";
    }
}
