package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import java.util.List;
import java.util.Set;

/** Looks through a template for what its readers, or their mail programs, would stumble over. */
public final class TemplateChecks {
    private TemplateChecks() {}

    /**
     * Everything that was found, in the order of subject, preheader and body and by place.
     *
     * @param columns the {@link Variables#key keys} of the columns of the chosen list; empty if none is chosen, and then
     *     no variable is unknown
     */
    public static List<TemplateFinding> of(TemplateContent content, Set<String> columns) {
        throw new UnsupportedOperationException();
    }
}
