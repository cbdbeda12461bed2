package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.TemplateFinding.Code;
import app.mailroom.template.TemplateProblem.Part;
import app.mailroom.template.VariableScan.Occurrence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Looks through a template for what its readers, or their mail programs, would stumble over. */
public final class TemplateChecks {
    /** Gmail cuts a mail off here, in bytes. */
    private static final int CLIPPED = 102 * 1024;

    private static final int NEARLY_CLIPPED = 90 * 1024;

    /** How many letters a phone shows of a subject at best; Korean, Chinese and Japanese ones count twice. */
    private static final int LONG_SUBJECT = 70;

    /** How long a value is taken to be when nothing says so. */
    private static final int USUAL_VALUE = 10;

    private final TemplateContent content;
    private final List<VariableScan> scans;
    private final TrackedBody body;
    private final List<TemplateFinding> findings = new ArrayList<>();

    private TemplateChecks(TemplateContent content) {
        this.content = content;
        this.scans = VariableScan.all(content);
        this.body = new TrackedBody(content.html(), scans.get(2).occurrences());
    }

    /**
     * Everything that was found, in the order of subject, preheader and body and by place. Conditional comments are not
     * looked into; of styles that mail programs leave out only the first twenty are named.
     *
     * @param columns the {@link Variables#key keys} of the columns of the chosen list; empty if none is chosen, and then
     *     no variable is unknown
     */
    public static List<TemplateFinding> of(TemplateContent content, Set<String> columns) {
        return new TemplateChecks(content).run(columns);
    }

    private List<TemplateFinding> run(Set<String> columns) {
        checkSubject();
        checkPreheader();
        if (!columns.isEmpty()) {
            findUnknown(columns);
        }
        KeptImages images = new KeptImages(content.images());
        BodyChecks.find(body, images, findings);
        StyleChecks.find(body, images, findings);
        compile();
        findings.sort(
                Comparator.comparing((TemplateFinding finding) -> finding.spot().part())
                        .thenComparingInt(finding -> finding.spot().start()));
        return List.copyOf(findings);
    }

    private void checkSubject() {
        String subject = content.subject();
        if (Variables.isBlank(subject)) {
            add(Code.SUBJECT_MISSING, new Spot(Part.SUBJECT, 1, 0, subject.length(), Spot.Target.NONE, 0), "");
            return;
        }
        StringBuilder shown = new StringBuilder(subject.strip());
        int shift = shown.length() - subject.stripTrailing().length();
        for (Occurrence occurrence : scans.get(0).occurrences()) {
            String fallback = occurrence.variable().fallback();
            String value = fallback.isEmpty() ? "x".repeat(USUAL_VALUE) : fallback;
            shown.replace(occurrence.start() + shift, occurrence.end() + shift, value);
            shift += value.length() - (occurrence.end() - occurrence.start());
        }
        if (shown.codePoints().map(TemplateChecks::columns).sum() > LONG_SUBJECT) {
            String length = Integer.toString(shown.codePointCount(0, shown.length()));
            add(Code.SUBJECT_LONG, new Spot(Part.SUBJECT, 1, 0, subject.length(), Spot.Target.NONE, 0), length);
        }
    }

    private static int columns(int codePoint) {
        boolean wide = (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                || codePoint >= 0x1F300;
        return wide ? 2 : 1;
    }

    private void checkPreheader() {
        String preheader = content.preheader();
        if (Variables.isBlank(preheader) && !beginsHidden(body.document())) {
            Spot whole = new Spot(Part.PREHEADER, 1, 0, preheader.length(), Spot.Target.NONE, 0);
            add(Code.PREHEADER_MISSING, whole, "");
        }
    }

    /** Templates made elsewhere often have their preheader as hidden text at the beginning of their body. */
    private static boolean beginsHidden(Document document) {
        return document.body()
                .nodeStream(TextNode.class)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(TextNode::parentElement)
                .filter(TemplateChecks::isHidden)
                .isPresent();
    }

    private static boolean isHidden(Element element) {
        return element.closest("[hidden], [style~=(?i)display\\s*:\\s*none], [class~=(?i)pre-?header]") != null;
    }

    private void findUnknown(Set<String> columns) {
        Map<String, Occurrence> unknown = new LinkedHashMap<>();
        for (VariableScan scan : scans) {
            for (Occurrence occurrence : scan.occurrences()) {
                String key = Variables.key(occurrence.variable().name());
                if (!columns.contains(key) && !ProgramVariables.KEYS.contains(key)) {
                    unknown.merge(
                            key,
                            occurrence,
                            (first, next) -> first.variable().hasFallback()
                                            && !next.variable().hasFallback()
                                    ? next
                                    : first);
                }
            }
        }
        for (Occurrence occurrence : unknown.values()) {
            Code code = occurrence.variable().hasFallback() ? Code.UNKNOWN_WITH_FALLBACK : Code.UNKNOWN_VARIABLE;
            add(code, body.spot(occurrence), "{{" + occurrence.variable().name() + "}}");
        }
    }

    private void compile() {
        try {
            int size = CompiledTemplate.compile(content).htmlSize(USUAL_VALUE);
            if (size > NEARLY_CLIPPED) {
                Code code = size > CLIPPED ? Code.HTML_TOO_LARGE : Code.HTML_NEARLY_TOO_LARGE;
                add(code, body.spot(0, 0), (size + 1023) / 1024 + " KB");
            }
        } catch (TemplateException problems) {
            for (TemplateProblem problem : problems.problems()) {
                add(Code.valueOf(problem.code().name()), spot(problem), problem.detail());
            }
        }
    }

    private Spot spot(TemplateProblem problem) {
        return scans.stream()
                .flatMap(scan -> scan.occurrences().stream())
                .filter(occurrence -> occurrence.part() == problem.part()
                        && occurrence.start() == problem.start()
                        && occurrence.end() == problem.end())
                .findFirst()
                .map(body::spot)
                .orElseGet(() ->
                        new Spot(problem.part(), problem.line(), problem.start(), problem.end(), Spot.Target.NONE, 0));
    }

    private void add(Code code, Spot spot, String detail) {
        findings.add(new TemplateFinding(code, spot, detail));
    }
}
