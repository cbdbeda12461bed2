package app.mailroom.ui.mailings;

import app.mailroom.plan.PlanFinding;

/**
 * Something that speaks against planning: it blocks, or it is only worth knowing.
 *
 * @param code of what was found; its words are those of {@code finding.CODE}
 * @param detail where it is and what to do, in the person's language; may be empty
 */
record Objection(boolean blocks, String code, String detail) {
    static Objection of(PlanFinding finding, FindingWords words) {
        return new Objection(finding.blocks(), finding.code().name(), words.detail(finding));
    }

    /** The step on which it is mended; the last one where no field would mend it. */
    PlanningStep mendedOn() {
        return switch (code) {
            case "FORM_TITLE", "FORM_TEMPLATE" -> PlanningStep.CONTENT;
            case "FORM_LIST" -> PlanningStep.RECIPIENTS;
            case "FORM_FROM" -> PlanningStep.SENDER;
            default ->
                code.startsWith("FORM_") ? PlanningStep.TIME : PlanningStep.mending(PlanFinding.Code.valueOf(code));
        };
    }
}
