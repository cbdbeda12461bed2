package app.mailroom.app;

import app.mailroom.evidence.Report;

/**
 * How a mailing through faults came out.
 *
 * @param undecided once every event had come, before a person decided about what was left uncertain
 * @param end after that
 * @param inDoubt messages of which it was not known for some time whether they were taken
 * @param settled those of them that became known without a person
 * @param decided those that a person had sent again
 * @param everyEventOnce every event was stored once, and none put aside
 * @param everyOutcomeKnown what became of every message was known in the end
 * @param keptEqualsRecount what is kept of the mailing's results equals what is counted from nothing
 */
record FaultVerdict(
        FaultTally undecided,
        FaultTally end,
        int inDoubt,
        int settled,
        long decided,
        boolean everyEventOnce,
        boolean everyOutcomeKnown,
        boolean keptEqualsRecount) {
    /** Says in one line whether all holds that must. */
    void checkBriefly(Report report, String mailing) {
        report.check(
                ("%s: %,d twice, %,d forgotten, %,d wrong; nothing that SES took stayed uncertain; after a person decided about %,d,"
                                + " everybody had it once; every event was stored once, and kept totals equal a recount")
                        .formatted(mailing, end.sentTwice(), undecided.lost() + end.lost(), end.wrong(), decided),
                undecided.holds() && nothingTakenIsUncertain() && onlyUntakenIsLeft() && end.isWhole() && keptRight());
    }

    /** Says what must hold, each by itself. */
    void check(Report report, String mailing) {
        undecided.check(report, mailing);
        report.check(
                "%s: of what SES had taken, nothing was uncertain any more once its events had come (%,d settled, %,d left)"
                        .formatted(mailing, settled, undecided.uncertainTaken()),
                nothingTakenIsUncertain());
        report.check(
                "%s: what was left for a person is what SES had not taken (%,d)".formatted(mailing, decided),
                onlyUntakenIsLeft());
        end.checkWhole(report, mailing + ", after a person decided");
        report.check(
                "%s: every event was stored once and none put aside, every outcome is known, and kept totals equal a recount"
                        .formatted(mailing),
                keptRight());
    }

    private boolean nothingTakenIsUncertain() {
        return undecided.uncertainTaken() == 0;
    }

    private boolean onlyUntakenIsLeft() {
        return decided == undecided.uncertain() && undecided.accepted() + decided == undecided.people();
    }

    private boolean keptRight() {
        return everyEventOnce && everyOutcomeKnown && keptEqualsRecount;
    }
}
