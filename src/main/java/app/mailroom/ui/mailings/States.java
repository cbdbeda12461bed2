package app.mailroom.ui.mailings;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;

/** Which tone a state is shown in; the tones are those of {@link app.mailroom.ui.common.Look#badge}. */
final class States {
    private States() {}

    static String tone(PlanState state) {
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
