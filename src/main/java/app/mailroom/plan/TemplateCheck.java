package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.TemplateContent;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.TemplateChecks;
import app.mailroom.template.TemplateException;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.TemplateProblem;
import app.mailroom.template.Variables;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the version of a template that is to be sent. */
final class TemplateCheck {
    /** So many places are named. */
    private static final int FIRST = 3;

    /** For these there are findings of their own. */
    private static final Set<TemplateFinding.Code> SAID_OTHERWISE = EnumSet.of(
            TemplateFinding.Code.SUBJECT_MISSING,
            TemplateFinding.Code.UNKNOWN_VARIABLE,
            TemplateFinding.Code.NO_UNSUBSCRIBE_LINK);

    private final TemplateStore templates;

    TemplateCheck(TemplateStore templates) {
        this.templates = templates;
    }

    /** A template that can be sent, as it is written and ready for many mails. */
    record Compiled(TemplateContent content, CompiledTemplate template) {}

    /** The template of a mailing; empty where no mail can be written with it. */
    Optional<Compiled> compile(PlanRequest request, List<PlanFinding> findings) {
        Optional<TemplateContent> content = templates.content(request.templateVersionId());
        if (content.isEmpty()) {
            findings.add(block(Code.TEMPLATE_GONE));
            return Optional.empty();
        }
        if (content.get().subject().isBlank()) {
            findings.add(block(Code.SUBJECT_EMPTY));
        }
        try {
            return Optional.of(new Compiled(content.get(), CompiledTemplate.compile(content.get())));
        } catch (TemplateException e) {
            findings.addAll(problems(e));
            return Optional.empty();
        }
    }

    /**
     * What its readers would stumble over, and whether they can leave.
     *
     * @param columns keys of the list's columns; empty where there is no list
     * @param recipients how many get it
     * @param button whether mail programs have a button of their own to unsubscribe
     */
    static List<PlanFinding> look(Compiled compiled, Set<String> columns, long recipients, boolean button) {
        List<TemplateFinding> all = TemplateChecks.of(compiled.content(), columns);
        Map<Boolean, List<TemplateFinding>> found = all.stream()
                .filter(finding -> !SAID_OTHERWISE.contains(finding.code()))
                .collect(Collectors.partitioningBy(TemplateFinding::blocks));
        List<PlanFinding> findings = new ArrayList<>();
        List<TemplateFinding> mistakes = found.getOrDefault(true, List.of());
        if (!mistakes.isEmpty()) {
            findings.add(block(Code.TEMPLATE_MISTAKES, count(mistakes.size()), first(mistakes)));
        }
        if (recipients > 1 && !letsLeave(compiled, all)) {
            findings.add(warning(
                    button ? Code.UNSUBSCRIBE_BY_BUTTON : Code.UNSUBSCRIBE_MISSING,
                    said(ListCheck.braced(ProgramVariables.UNSUBSCRIBE))));
        }
        List<TemplateFinding> others = found.getOrDefault(false, List.of());
        if (!others.isEmpty()) {
            findings.add(warning(Code.TEMPLATE_CHECKS, count(others.size()), first(others)));
        }
        return findings;
    }

    private static FindingValue first(List<TemplateFinding> findings) {
        return new FindingValue.Places(findings.subList(0, Math.min(FIRST, findings.size())));
    }

    /** Whether a reader can leave, by a link that says so or by the program's own variable, wherever it stands. */
    private static boolean letsLeave(Compiled compiled, List<TemplateFinding> all) {
        boolean variable = compiled.template().variables().stream()
                .anyMatch(name -> Variables.key(name).equals(ProgramVariables.UNSUBSCRIBE));
        return variable
                || all.stream().noneMatch(finding -> finding.code() == TemplateFinding.Code.NO_UNSUBSCRIBE_LINK);
    }

    /** Each of them as a finding that blocks. */
    static List<PlanFinding> problems(TemplateException e) {
        return e.problems().stream().map(TemplateCheck::problem).toList();
    }

    private static PlanFinding problem(TemplateProblem problem) {
        String part = problem.part().name();
        return block(
                Code.TEMPLATE_PROBLEM,
                coded(problem.part(), part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT)),
                count(problem.line()),
                coded(problem.code(), problem.code().advice()),
                said(problem.detail()));
    }
}
