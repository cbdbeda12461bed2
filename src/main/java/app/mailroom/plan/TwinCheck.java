package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.store.PlanTwins;
import app.mailroom.store.PlanTwins.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a mailing would repeat another: the same template to mostly the same people, or the same title. */
final class TwinCheck {
    private static final Duration RECENT = Duration.ofDays(7);
    /** So many of the template's mailings are compared, the newest first. */
    private static final int MOST_COMPARED = 5;

    private final PlanTwins twins;

    TwinCheck(PlanTwins twins) {
        this.twins = twins;
    }

    /** Takes about a second for each mailing of a million to a list of a million. */
    List<PlanFinding> of(PlanRequest request, long mailed, Instant now) {
        List<PlanFinding> findings = new ArrayList<>();
        Optional<Twin> same = Optional.empty();
        for (Twin twin :
                twins.ofTemplate(request.world(), request.templateVersionId(), now.minus(RECENT), MOST_COMPARED)) {
            long overlap = twins.overlap(twin, request.listId());
            if (overlap > 0 && 2 * overlap >= mailed) {
                findings.add(finding(Code.RECENT_TWIN, twin, overlap));
                same = Optional.of(twin);
                break;
            }
        }
        for (Twin twin : twins.ofTitle(request.world(), request.title(), 1)) {
            if (!same.equals(Optional.of(twin))) {
                findings.add(finding(Code.SAME_TITLE, twin, twins.overlap(twin, request.listId())));
            }
        }
        return findings;
    }

    private static PlanFinding finding(Code code, Twin twin, long overlap) {
        return warning(code, said(twin.title()), new FindingValue.Time(twin.at()), count(overlap));
    }
}
