package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.LINKS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_ATTACHMENTS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.PLAN_FREEZES;
import static app.mailroom.store.jooq.Tables.PLAN_PICKS;

import app.mailroom.model.Actor;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Message;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.Resend;
import app.mailroom.model.Right;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** Mailings made of the messages of earlier ones. */
public final class ResendStore {
    /** Far fewer than a statement takes parameters. */
    private static final int PORTION = 5_000;

    /** What is new in such a mailing; everything else is the earlier one's. */
    public record NewMailing(
            String title, long templateVersionId, List<String> links, Instant notBefore, String zone) {}

    /** What was made. */
    public record Made(long planId, long messages) {}

    private final Database database;
    private final Clock clock;
    private final BooleanSupplier approvalAsked;

    /**
     * Mailings in the given workspace database.
     *
     * @param approvalAsked whether others have to approve what is planned now
     */
    public ResendStore(Database database, Clock clock, BooleanSupplier approvalAsked) {
        this.database = database;
        this.clock = clock;
        this.approvalAsked = approvalAsked;
    }

    /** How many it would reach now. */
    public long count(Resend resend) {
        return database.read(sql -> {
            Condition whom =
                    MESSAGES.PLAN_ID.eq(resend.planId()).and(ResendGroup.of(sql, resend.planId(), resend.whom(), 0));
            return chosen(sql, resend).stream()
                    .mapToLong(some -> sql.fetchCount(MESSAGES, whom.and(some)))
                    .sum();
        });
    }

    /** The messages of those whom it would reach now, by their number, after one; with the values frozen then. */
    public List<Message> messages(Resend resend, long afterId, int limit) {
        return database.read(sql -> {
            Condition whom = MessageSpan.of(sql, resend.planId(), EnumSet.allOf(MessageState.class))
                    .after(afterId)
                    .and(ResendGroup.of(sql, resend.planId(), resend.whom(), 0));
            List<Message> found = new ArrayList<>();
            for (Condition some : chosen(sql, resend)) {
                if (found.size() < limit) {
                    found.addAll(sql.selectFrom(MESSAGES)
                            .where(whom.and(some))
                            .orderBy(MESSAGES.ID)
                            .limit(limit - found.size())
                            .fetch(MessageStore::message));
                }
            }
            return found;
        });
    }

    /** What is chosen of the group, in the order of the numbers and in so many pieces that each fits into a statement. */
    private static List<Condition> chosen(DSLContext sql, Resend resend) {
        if (resend.whom() != Resend.Whom.SELECTION) {
            return List.of(DSL.noCondition());
        }
        return resend.meeting()
                .map(filter -> List.of(new MessageSearch(sql, filter, MessageSearch.FEW).met()))
                .orElseGet(() -> portions(resend.messageIds()).stream()
                        .map(MESSAGES.ID::in)
                        .toList());
    }

    private static List<List<Long>> portions(List<Long> ids) {
        List<Long> sorted = ids.stream().distinct().sorted().toList();
        return IntStream.iterate(0, from -> from < sorted.size(), from -> from + PORTION)
                .mapToObj(from -> sorted.subList(from, Math.min(from + PORTION, sorted.size())))
                .toList();
    }

    /**
     * Plans the mailing and returns its id. It waits for its time, and until its messages are made, which is left to
     * {@link PlanStore#freezeSome}: whoever plans it calls that again and again, and should the program end meanwhile, the
     * planner does. Its rows, columns, sender and attachments are those of the earlier one.
     */
    public long begin(Resend resend, NewMailing mailing) {
        return database.write(Right.SEND_MAILINGS, sql -> {
            PlansRecord first = sql.selectFrom(PLANS)
                    .where(PLANS.ID.eq(resend.planId()))
                    .fetchOptional()
                    .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + resend.planId()));
            database.access().require(Right.SEND_MAILINGS, first.getWorld());
            long id = sql.insertInto(PLANS)
                    .set(PLANS.ID, FreeIds.PLANS.next(sql))
                    .set(plan(first, resend.whom(), mailing))
                    .returning(PLANS.ID)
                    .fetchSingle(PLANS.ID);
            copy(sql, PLAN_COLUMNS, PLAN_COLUMNS.PLAN_ID, first.getId(), id);
            copy(sql, PLAN_ATTACHMENTS, PLAN_ATTACHMENTS.PLAN_ID, first.getId(), id);
            for (int i = 0; i < mailing.links().size(); i++) {
                sql.insertInto(LINKS)
                        .set(LINKS.PLAN_ID, id)
                        .set(LINKS.NUMBER, i + 1)
                        .set(LINKS.URL, mailing.links().get(i))
                        .execute();
            }
            sql.insertInto(PLAN_FREEZES)
                    .set(PLAN_FREEZES.PLAN_ID, id)
                    .set(PLAN_FREEZES.REVISION, 0L)
                    .set(PLAN_FREEZES.RANK, 0L)
                    .execute();
            if (resend.whom() == Resend.Whom.SELECTION) {
                keepPicks(sql, id, resend);
            }
            AuditStore.tell(
                    sql,
                    database,
                    clock,
                    AuditAction.MAILING_SENT_AGAIN,
                    ApprovalStore.subject(id, mailing.title()),
                    "to those of mailing " + first.getId() + " that are " + resend.whom());
            return id;
        });
    }

    private static void keepPicks(DSLContext sql, long planId, Resend resend) {
        for (Condition some : chosen(sql, resend)) {
            sql.insertInto(PLAN_PICKS, PLAN_PICKS.PLAN_ID, PLAN_PICKS.MESSAGE_ID)
                    .select(DSL.select(DSL.val(planId), MESSAGES.ID)
                            .from(MESSAGES)
                            .where(MESSAGES.PLAN_ID.eq(resend.planId()))
                            .and(some))
                    .execute();
        }
    }

    private PlansRecord plan(PlansRecord first, Resend.Whom whom, NewMailing mailing) {
        Instant now = clock.instant();
        PlansRecord plan = first.copy();
        plan.setTitle(mailing.title());
        plan.setTemplateVersionId(mailing.templateVersionId());
        plan.setListId(null);
        plan.setState(PlanState.SCHEDULED);
        plan.setProblem(null);
        plan.setProblemDetail(null);
        plan.setNotBefore(mailing.notBefore());
        plan.setZone(mailing.zone());
        plan.setParkedUntil(null);
        plan.setParkCount(0L);
        plan.setCreatedAt(now);
        Actor author = database.access().actor();
        plan.setCreatedBy(author.name());
        plan.setChangedBy(author.name());
        plan.setChangedMemberId(ApprovalStore.memberId(author));
        plan.setRevision(0L);
        ApprovalStore.planned(plan, author, approvalAsked.getAsBoolean());
        plan.setStartedAt(null);
        plan.setFinishedAt(null);
        plan.setFrozenAt(null);
        plan.setTimeSetAt(now);
        plan.setResendsPlanId(first.getId());
        plan.setResendsWhom(whom.name());
        return plan;
    }

    private static <R extends Record> void copy(
            DSLContext sql, Table<R> table, TableField<R, Long> planId, long from, long to) {
        for (R row : sql.selectFrom(table).where(planId.eq(from)).fetch()) {
            row.set(planId, to);
            row.changed(true);
            sql.insertInto(table).set(row).execute();
        }
    }
}
