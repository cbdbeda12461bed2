package app.mailroom.ui.mailings;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanState;
import app.mailroom.ui.common.Texts;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What mailings and messages have in common on all screens; tones are those of {@link app.mailroom.ui.common.Look#badge}. */
final class States {
    private States() {}

    /** Whether what halts a mailing can be mended in the guide for Amazon. */
    static boolean mendedInTheGuide(@Nullable String problem) {
        return Stream.of(
                        AccountProblem.CREDENTIALS,
                        AccountProblem.SENDER_NOT_VERIFIED,
                        AccountProblem.CONFIGURATION,
                        AccountProblem.COUNTS_HITS,
                        AccountProblem.COUNTED_TWICE,
                        AccountProblem.ACCOUNT_PAUSED)
                .anyMatch(one -> one.name().equals(problem));
    }

    /** Where a mailing stands, in a word; one that waits for its own hours or caps, or for a decision, says so. */
    static String name(Texts texts, PlanOverview overview) {
        if (overview.plan().missed()) {
            return texts.get("plan.missed");
        }
        if (waitsForApproval(overview)) {
            return texts.get("approval.state");
        }
        return overview.waiting().isPresent()
                ? texts.get("plan.waiting")
                : texts.code("plan", overview.plan().state());
    }

    static String tone(PlanOverview overview) {
        if (overview.plan().missed()) {
            return "danger";
        }
        return waitsForApproval(overview) ? "warning" : tone(overview.plan().state());
    }

    /** Whether nothing else keeps it from going out, now or at its time. */
    private static boolean waitsForApproval(PlanOverview overview) {
        PlanState state = overview.plan().state();
        return overview.plan().awaitsApproval() && (state == PlanState.SCHEDULED || state == PlanState.RUNNING);
    }

    private static String tone(PlanState state) {
        return switch (state) {
            case DRAFT, CANCELLED -> "neutral";
            case SCHEDULED, RUNNING -> "accent";
            case PAUSED, PARKED -> "warning";
            case SENT -> "success";
        };
    }

    static String tone(MessageState state) {
        return switch (state) {
            case PLANNED, SUPPRESSED, CANCELLED -> "neutral";
            case CLAIMED, ACCEPTED -> "accent";
            case UNCERTAIN, DELAYED -> "warning";
            case REJECTED, BOUNCED, COMPLAINED -> "danger";
            case DELIVERED -> "success";
        };
    }
}
