package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import java.util.List;

/** The variables of a template, and changes to all uses of one. What is not a well-formed variable stays as it is. */
public final class VariableUses {
    private VariableUses() {}

    /** In order of first appearance: subject, preheader, body. */
    public static List<VariableUse> in(TemplateContent content) {
        throw new UnsupportedOperationException();
    }

    /**
     * The same template with every use of a variable renamed. Nothing else changes, down to the byte.
     *
     * @param key of the variable
     * @param name the new name
     * @throws IllegalArgumentException if the new name is no name of a variable
     */
    public static TemplateContent renamed(TemplateContent content, String key, String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * The same template with this fallback at every use of a variable; without any when it is null.
     *
     * @throws IllegalArgumentException if the fallback cannot be written in a template, as with braces
     */
    public static TemplateContent withFallback(
            TemplateContent content, String key, @org.jspecify.annotations.Nullable String fallback) {
        throw new UnsupportedOperationException();
    }
}
