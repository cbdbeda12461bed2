package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;

import app.mailroom.model.TemplateContent;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.TemplateException;
import app.mailroom.template.TemplateProblem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at the version of a template that is to be sent. */
final class TemplateCheck {
    private final TemplateStore templates;

    TemplateCheck(TemplateStore templates) {
        this.templates = templates;
    }

    /** The template ready for many mails; empty where none can be written. */
    Optional<CompiledTemplate> compile(PlanRequest request, List<PlanFinding> findings) {
        Optional<TemplateContent> content = templates.content(request.templateVersionId());
        if (content.isEmpty()) {
            findings.add(block(Code.TEMPLATE_GONE));
            return Optional.empty();
        }
        if (content.get().subject().isBlank()) {
            findings.add(block(Code.SUBJECT_EMPTY));
        }
        try {
            return Optional.of(CompiledTemplate.compile(content.get()));
        } catch (TemplateException e) {
            findings.addAll(problems(e));
            return Optional.empty();
        }
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
