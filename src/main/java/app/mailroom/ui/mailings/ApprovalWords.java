package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.Refusal;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.stream.Collectors;

/** What is said about the approval of a mailing. */
final class ApprovalWords {
    private ApprovalWords() {}

    /** Who planned it, and who changed it last if that was somebody else. */
    static String people(Texts texts, PlanApproval approval) {
        String planner = approval.plannedBy().name();
        String changer = approval.changedBy().name();
        return planner.equals(changer)
                ? texts.get("approval.planned", planner)
                : texts.get("approval.planned_changed", planner, changer);
    }

    /** Who approved it before, and what was changed since; empty if nobody did. */
    static String lapsed(Texts texts, PlanApproval approval) {
        if (!approval.lapsed()) {
            return "";
        }
        List<String> parts = approval.changed().stream()
                .sorted()
                .map(part -> texts.code("approval.part", part))
                .toList();
        return texts.get(
                "approval.lapsed",
                approval.by().map(by -> by.name()).orElse(""),
                parts.stream().collect(Collectors.joining(texts.get("approval.and"))));
    }

    /** What somebody wrote instead of approving it; empty if nobody did. */
    static String note(Texts texts, Plan plan) {
        return plan.approval()
                .note()
                .map(note -> texts.get(
                        note.words().isEmpty() ? "approval.declined" : "approval.note",
                        note.by(),
                        Timings.moment(texts, note.at(), plan.zone()),
                        note.words()))
                .orElse("");
    }

    /** Why the person does not approve it. */
    static String refusal(Texts texts, Permits permits, Refusal refusal) {
        return refusal.code() == Refusal.Code.ROLE
                ? permits.reason(refusal.right())
                : texts.code("failure", "REFUSED_" + refusal.code());
    }
}
