package app.mailroom.template;

import java.util.List;
import java.util.stream.Collectors;

/** A template cannot be compiled. The message lists every problem with its line and what to do. */
public final class TemplateException extends Exception {

    private final transient List<TemplateProblem> problems;

    TemplateException(List<TemplateProblem> problems) {
        super(problems.stream().map(TemplateProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The problems, at least one, in the order of subject, preheader and body and by line. */
    public List<TemplateProblem> problems() {
        return problems;
    }
}
