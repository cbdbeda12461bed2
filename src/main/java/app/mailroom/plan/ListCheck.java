package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.template.RenderException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a list: who in it will get the mailing, and whether every row fills the template. */
final class ListCheck {
    private static final int CHUNK = 10_000;
    /** Between two looks at whether it is to stop; so many rows take a few milliseconds. */
    private static final int ROWS_AT_ONCE = 1_000;

    private final RecipientStore recipients;
    private final SheetStore sheets;

    ListCheck(RecipientStore recipients, SheetStore sheets) {
        this.recipients = recipients;
        this.sheets = sheets;
    }

    /** How many get the mailing; empty where the list cannot be looked into, or nobody does. */
    Optional<Long> mailed(PlanRequest request, List<PlanFinding> findings) {
        Optional<RecipientList> list = recipients.find(request.listId());
        if (list.isEmpty()) {
            findings.add(block(Code.LIST_GONE));
        } else if (recipients.isBeingChanged(request.listId())) {
            findings.add(block(Code.LIST_CHANGING, said(list.get().name())));
        } else {
            return mailed(list.get(), request.world(), findings);
        }
        return Optional.empty();
    }

    private Optional<Long> mailed(RecipientList list, World world, List<PlanFinding> findings) {
        long mailed = recipients.unsuppressedCount(list.id(), world);
        long suppressed = list.rowCount() - mailed;
        Map<SheetMark, Long> marks = sheets.counts(list.id(), new SheetSituation(world, Set.of()));
        long invalid = marks.getOrDefault(SheetMark.INVALID, 0L);
        long repeated = marks.getOrDefault(SheetMark.DUPLICATE, 0L);
        long mistyped = marks.getOrDefault(SheetMark.MISTYPED, 0L);
        if (mailed == 0) {
            findings.add(
                    suppressed + invalid == 0
                            ? block(Code.LIST_EMPTY, said(list.name()))
                            : block(Code.NOBODY_LEFT, said(list.name()), count(suppressed), count(invalid)));
            return Optional.empty();
        }
        if (suppressed + repeated + invalid + mistyped > 0) {
            findings.add(warning(
                    Code.LIST_MARKS,
                    count(mailed),
                    count(suppressed),
                    count(repeated),
                    count(invalid),
                    count(mistyped)));
        }
        return Optional.of(mailed);
    }

    /** Writes the mail of every row, as it will be written when it is sent; takes seconds for a million. */
    void fill(long listId, Filling filling, Progress progress, List<PlanFinding> findings)
            throws ImportCancelledException {
        Set<String> missing = filling.withoutColumn();
        for (String variable : missing) {
            findings.add(block(Code.COLUMN_MISSING, said(braced(variable)), said(braced(variable + "|…"))));
        }
        if (missing.isEmpty()) {
            fillAll(listId, filling, progress).ifPresent(findings::add);
        }
    }

    private Optional<PlanFinding> fillAll(long listId, Filling filling, Progress progress)
            throws ImportCancelledException {
        long inAll = recipients.find(listId).map(RecipientList::rowCount).orElse(0L);
        long looked = 0;
        long unfit = 0;
        RecipientRow first = null;
        RenderException why = null;
        long after = 0;
        List<RecipientRow> rows;
        do {
            rows = recipients.rows(listId, after, CHUNK);
            for (RecipientRow row : rows) {
                after = row.rank();
                if (looked++ % ROWS_AT_ONCE == 0) {
                    Preflight.goOn(progress);
                }
                RenderException failure = failure(filling, row);
                if (failure != null) {
                    unfit++;
                    first = first == null ? row : first;
                    why = why == null ? failure : why;
                }
            }
            progress.at(looked, looked, inAll);
        } while (rows.size() == CHUNK);
        return first == null || why == null
                ? Optional.empty()
                : Optional.of(unfit(unfit, recipients.numberOf(listId, first.rank()), first.address(), why));
    }

    private static @Nullable RenderException failure(Filling filling, RecipientRow row) {
        try {
            filling.mail(row.values());
            return null;
        } catch (RenderException e) {
            return e;
        }
    }

    private static PlanFinding unfit(long rows, long number, String address, RenderException why) {
        return why.code() == RenderException.Code.MISSING_VALUE
                ? block(Code.VALUE_MISSING, count(rows), count(number), said(address), said(braced(why.variable())))
                : block(
                        Code.VALUE_UNFIT,
                        count(rows),
                        count(number),
                        said(address),
                        said(braced(why.variable())),
                        coded(why.code(), why));
    }

    /** A variable as a template writes it. */
    static String braced(String variable) {
        return "{{" + variable + "}}";
    }
}
