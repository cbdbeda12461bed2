package app.mailroom.cli;

import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.PlanFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what was found before planning. */
final class PlanCheckOutput {
    private PlanCheckOutput() {}

    /** The findings, and where links were asked for, how each answered. */
    static void print(Output output, List<PlanFinding> findings, boolean links, List<LinkCheck.Answer> answers) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("blocked", findings.stream().anyMatch(PlanFinding::blocks));
        described.put(
                "findings", findings.stream().map(PlanCheckOutput::described).toList());
        if (links) {
            described.put(
                    "links", answers.stream().map(PlanCheckOutput::described).toList());
        }
        String text = Stream.concat(
                        findings.stream().map(PlanCheckOutput::line),
                        answers.stream().map(PlanCheckOutput::line))
                .collect(Collectors.joining("\n"));
        output.print(described, text.isEmpty() ? "Nothing was found." : text);
    }

    private static String line(PlanFinding finding) {
        return String.format("%s  %s  %s", finding.blocks() ? "blocks " : "warning", finding.code(), finding.detail());
    }

    private static String line(LinkCheck.Answer answer) {
        String status = answer.status() == 0 ? "" : " " + answer.status();
        return String.format("link     %s%s  %s  %s", answer.standing(), status, answer.url(), answer.detail())
                .stripTrailing();
    }

    private static Map<String, Object> described(PlanFinding finding) {
        return Map.of("blocks", finding.blocks(), "code", finding.code(), "detail", finding.detail());
    }

    private static Map<String, Object> described(LinkCheck.Answer answer) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("url", answer.url());
        described.put("standing", answer.standing());
        described.put("status", answer.status());
        described.put("reason", answer.reason());
        return described;
    }
}
