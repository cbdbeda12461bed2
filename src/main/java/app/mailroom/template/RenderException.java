package app.mailroom.template;

/** A message cannot be rendered with the values of its recipient; other recipients are not concerned. */
public final class RenderException extends Exception {

    /** Why a value cannot be used. */
    public enum Code {
        /** The value is empty and the template has no fallback for it. */
        MISSING_VALUE,
        /** The value fills a whole link, or its start, and is not an absolute http, https, mailto or tel link. */
        NOT_A_LINK,
        /** The value stands in a style and has characters other than letters, digits, space and {@code # % . , _ -}. */
        NOT_A_STYLE
    }

    private final String variable;
    private final Code code;

    RenderException(String variable, Code code) {
        super(
                switch (code) {
                    case MISSING_VALUE ->
                        "The variable {{" + variable + "}} has no value for this recipient and no fallback.";
                    case NOT_A_LINK ->
                        "The value of {{" + variable
                                + "}} is used as a link and must be a complete http, https, mailto or tel link.";
                    case NOT_A_STYLE ->
                        "The value of {{" + variable
                                + "}} is used in a style and may only have letters, digits, spaces and # % . , _ -";
                });
        this.variable = variable;
        this.code = code;
    }

    /** The name of the variable as the template writes it. */
    public String variable() {
        return variable;
    }

    /** Why its value cannot be used. */
    public Code code() {
        return code;
    }
}
