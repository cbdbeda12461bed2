package app.mailroom.ui.templates;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.template.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Stands in for the values that a template needs and nobody has given, so that it can be looked at and tried. */
final class SampleValues {
    private static final String LINK = "https://example.com/";
    private static final String STYLE = "0";

    private SampleValues() {}

    /**
     * A template as a mail to be looked at. What has neither a value nor a fallback shows as <code>{{name}}</code>; a
     * value that cannot stand in its place gives way to a harmless one.
     *
     * @param values by {@link Variables#key}
     */
    static RenderedMail render(CompiledTemplate template, Map<String, String> values) {
        Map<String, String> filled = with(template, values, name -> "{{" + name + "}}");
        for (int tries = 0; ; tries++) {
            try {
                return template.render(filled::get);
            } catch (RenderException e) {
                if (tries > template.variables().size()) {
                    throw new IllegalStateException("no value fits {{" + e.variable() + "}}", e);
                }
                filled.put(Variables.key(e.variable()), fitting(e));
            }
        }
    }

    /**
     * The values with which a template can be sent: the given ones, and for what has neither a value nor a fallback its
     * own name, or a harmless value where that cannot stand. What the program itself fills stays open.
     *
     * @param values by {@link Variables#key}
     * @throws TemplateException when the template cannot be made into a mail
     */
    static Map<String, String> filled(TemplateContent content, Map<String, String> values) throws TemplateException {
        CompiledTemplate template = CompiledTemplate.compile(content);
        Map<String, String> filled = with(template, values, name -> name);
        for (int tries = 0; tries <= template.variables().size(); tries++) {
            try {
                template.render(filled::get);
                break;
            } catch (RenderException e) {
                String key = Variables.key(e.variable());
                if (!given(values, key)) {
                    filled.put(key, fitting(e));
                }
            }
        }
        ProgramVariables.KEYS.stream().filter(key -> !given(values, key)).forEach(filled::remove);
        return Map.copyOf(filled);
    }

    private static Map<String, String> with(
            CompiledTemplate template, Map<String, String> values, UnaryOperator<String> standIn) {
        Map<String, String> filled = new HashMap<>(values);
        template.missingIn(filled::get).forEach(name -> filled.put(Variables.key(name), standIn.apply(name)));
        return filled;
    }

    private static boolean given(Map<String, String> values, String key) {
        return !values.getOrDefault(key, "").isBlank();
    }

    private static String fitting(RenderException problem) {
        return switch (problem.code()) {
            case MISSING_VALUE -> problem.variable();
            case NOT_A_LINK -> LINK;
            case NOT_A_STYLE -> STYLE;
        };
    }
}
