package app.mailroom.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A mailing was not planned, because checks found what blocks it, or what was not known. */
public final class PlanningException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<PlanFinding> findings;

    PlanningException(List<PlanFinding> findings) {
        super(findings.stream()
                .filter(finding -> finding.blocks() || findings.stream().noneMatch(PlanFinding::blocks))
                .map(PlanFinding::detail)
                .collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** Everything that was found, what blocks and what does not. */
    public List<PlanFinding> findings() {
        return findings;
    }
}
