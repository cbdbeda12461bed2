package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.TemplateProblem.Part;
import app.mailroom.template.VariableScan.Occurrence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of a template, and changes to all uses of one. What is not a well-formed variable stays as it is. */
public final class VariableUses {
    /** Between percent-encoded braces no more is read as a variable. */
    private static final int LONGEST_ENCODED = 2000;

    private static final Pattern ENCODED_BRACE = Pattern.compile("%7[bd]", Pattern.CASE_INSENSITIVE);

    private VariableUses() {}

    /** In order of first appearance: subject, preheader, body. */
    public static List<VariableUse> in(TemplateContent content) {
        List<VariableScan> scans = VariableScan.all(content);
        TrackedBody body = new TrackedBody(content.html(), scans.get(2).occurrences());
        Map<String, List<Occurrence>> uses = new LinkedHashMap<>();
        for (VariableScan scan : scans) {
            for (Occurrence occurrence : scan.occurrences()) {
                uses.computeIfAbsent(Variables.key(occurrence.variable().name()), key -> new ArrayList<>())
                        .add(occurrence);
            }
        }
        List<VariableUse> variables = new ArrayList<>();
        uses.forEach((key, occurrences) -> variables.add(use(key, occurrences, body)));
        return List.copyOf(variables);
    }

    private static VariableUse use(String key, List<Occurrence> occurrences, TrackedBody body) {
        String fallback = occurrences.stream()
                .map(Occurrence::variable)
                .filter(Variable::hasFallback)
                .map(Variable::fallback)
                .findFirst()
                .orElse("");
        return new VariableUse(
                occurrences.get(0).variable().name(),
                key,
                fallback,
                occurrences.stream()
                        .allMatch(occurrence -> occurrence.variable().hasFallback()),
                occurrences.stream().map(body::spot).toList());
    }

    /**
     * The same template with every use of a variable renamed. Nothing else changes, down to the byte. A name that another
     * variable has makes one of both.
     *
     * @param key of the variable
     * @param name the new name
     * @throws IllegalArgumentException if the new name is no name of a variable
     */
    public static TemplateContent renamed(TemplateContent content, String key, String name) {
        if (!Variables.isName(name)) {
            throw new IllegalArgumentException("No name of a variable: " + name);
        }
        return changed(content, key, inside -> inside.named(name));
    }

    /**
     * The same template with this fallback at every use of a variable; without any when it is null.
     *
     * @throws IllegalArgumentException if the fallback cannot be written in a template, as with braces
     */
    public static TemplateContent withFallback(TemplateContent content, String key, @Nullable String fallback) {
        if (fallback != null && !isWritable(fallback)) {
            throw new IllegalArgumentException("No fallback can be: " + fallback);
        }
        String written = fallback == null ? null : Variables.trimmed(fallback);
        return changed(content, key, inside -> inside.withFallback(written));
    }

    private static boolean isWritable(String fallback) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(fallback)
                && !ENCODED_BRACE.matcher(fallback).find()
                && fallback.chars()
                        .noneMatch(c -> Character.isISOControl(c)
                                || c == '{'
                                || c == '}'
                                || c == VariableScan.OPEN
                                || c == VariableScan.CLOSE);
    }

    private static TemplateContent changed(TemplateContent content, String key, UnaryOperator<Inside> change) {
        List<VariableScan> scans = VariableScan.all(content);
        return content.withText(
                changed(content.subject(), scans.get(0), key, change),
                changed(content.preheader(), scans.get(1), key, change),
                changed(content.html(), scans.get(2), key, change));
    }

    private static String changed(String source, VariableScan scan, String key, UnaryOperator<Inside> change) {
        StringBuilder out = new StringBuilder(source.length() + 64);
        int from = 0;
        for (Occurrence occurrence : scan.occurrences()) {
            if (Variables.key(occurrence.variable().name()).equals(key)) {
                int brace = source.charAt(occurrence.start()) == '{' ? 2 : 6;
                int start = occurrence.start() + brace;
                int end = occurrence.end() - brace;
                Inside inside = new Inside(source.substring(start, end), occurrence.part(), brace == 6);
                out.append(source, from, start).append(change.apply(inside).written());
                from = end;
            }
        }
        return out.append(source, from, source.length()).toString();
    }

    /** What stands between the braces of one use. */
    private record Inside(String written, Part part, boolean percentEncoded) {

        Inside named(String name) {
            Reading reading = reading();
            String text = reading.text();
            int end = nameEnd(text);
            int start = 0;
            while (start < end && Variables.isBlank(text.substring(start, start + 1))) {
                start++;
            }
            String spelled = Variables.trimmed(text.substring(start, end));
            int from = reading.origin(start);
            int to = reading.origin(start + spelled.length());
            if (from < 0 || to < 0) {
                return rewritten(encoded(name) + (end < text.length() ? encoded("|" + text.substring(end + 1)) : ""));
            }
            return rewritten(written.substring(0, from) + encoded(name) + written.substring(to));
        }

        Inside withFallback(@Nullable String fallback) {
            Reading reading = reading();
            int bar = nameEnd(reading.text());
            int to = reading.origin(bar);
            String name = to < 0 ? encoded(reading.text().substring(0, bar)) : written.substring(0, to);
            String padding = written.substring(written.stripTrailing().length());
            return rewritten(name.stripTrailing() + (fallback == null ? "" : encoded("|" + fallback)) + padding);
        }

        private Inside rewritten(String inside) {
            if (percentEncoded && inside.length() > LONGEST_ENCODED) {
                throw new IllegalArgumentException("Too long for a link: " + inside);
            }
            return new Inside(inside, part, percentEncoded);
        }

        private Reading reading() {
            Reading reading = percentEncoded ? Reading.percentDecoded(written) : Reading.plain(written);
            return part == Part.BODY ? reading.unescaped() : reading;
        }

        private static int nameEnd(String text) {
            int bar = text.indexOf('|');
            return bar < 0 ? text.length() : bar;
        }

        private String encoded(String text) {
            String html = part == Part.BODY
                    ? text.replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                            .replace("\"", "&quot;")
                            .replace("'", "&#39;")
                    : text;
            return percentEncoded ? Link.encoded(html, "", false) : html;
        }
    }
}
