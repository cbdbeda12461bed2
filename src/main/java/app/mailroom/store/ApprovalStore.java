package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_CHANGES;

import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.AuditAction;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.PlanPart;
import app.mailroom.model.PlanState;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.store.ApprovalException.Code;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Whether mailings may go out that somebody else has to approve. What was approved is what goes out: the database itself takes
 * an approval away with each change of it, by the triggers of V12, whoever makes the change.
 */
public final class ApprovalStore {
    private static final int FINGERPRINT_BYTES = 8;

    private final Database database;
    private final Clock clock;
    private final BooleanSupplier asked;

    /**
     * Approvals in the given workspace database.
     *
     * @param asked whether the workspace asks for them now. Where it does not any more, whoever may approve mailings may
     *     approve their own
     */
    public ApprovalStore(Database database, Clock clock, BooleanSupplier asked) {
        this.database = database;
        this.clock = clock;
        this.asked = asked;
    }

    /** Whether a mailing that is planned now will need it. */
    public boolean asked() {
        return asked.getAsBoolean();
    }

    /** Why whoever uses the database may not approve this mailing, or say that they do not; empty if they may. */
    public Optional<Refusal> refusal(Plan plan) {
        Access access = database.access();
        return access.refusal(Right.APPROVE_MAILINGS, plan.world()).or(() -> own(access.actor(), plan));
    }

    private Optional<Refusal> own(Actor actor, Plan plan) {
        return plan.approval().isOwnOf(actor) && asked()
                ? Optional.of(new Refusal(Refusal.Code.OWN_MAILING, Right.APPROVE_MAILINGS, Optional.empty()))
                : Optional.empty();
    }

    /** Stands for all that goes out of a mailing as it is now. Read it before what is shown to whoever approves it. */
    public String fingerprint(long planId) {
        return database.read(sql -> fingerprint(existing(sql, planId)));
    }

    /**
     * Lets a mailing go out as it is now.
     *
     * @param fingerprint of what the person has seen
     * @throws ApprovalException when it was changed since, or does not wait for this
     * @throws NotAllowedException when they may not; nothing was changed
     */
    public void approve(long planId, String fingerprint) {
        database.change(Right.APPROVE_MAILINGS, sql -> {
            PlansRecord plan = waiting(sql, planId);
            if (plan.getFrozenAt() == null) {
                throw new ApprovalException(Code.BEING_MADE, planId);
            }
            if (!fingerprint.equals(fingerprint(plan))) {
                throw new ApprovalException(Code.CHANGED_MEANWHILE, planId);
            }
            Actor actor = database.access().actor();
            sql.update(PLANS)
                    .set(PLANS.APPROVED_AT, clock.instant())
                    .set(PLANS.APPROVED_BY, actor.name())
                    .set(PLANS.APPROVED_MEMBER_ID, memberId(actor))
                    .setNull(PLANS.APPROVAL_NOTE)
                    .setNull(PLANS.APPROVAL_NOTE_BY)
                    .setNull(PLANS.APPROVAL_NOTE_AT)
                    .where(PLANS.ID.eq(planId))
                    .execute();
            forgetChanges(sql, planId);
            String messages = PlanStore.totals(sql, planId).all() + " messages";
            AuditStore.tell(sql, database, clock, AuditAction.MAILING_APPROVED, subject(plan), messages);
        });
    }

    /** Says to whoever planned a mailing why it is not approved. It goes on waiting. Throws as {@link #approve}. */
    public void decline(long planId, String words) {
        database.change(Right.APPROVE_MAILINGS, sql -> {
            PlansRecord plan = waiting(sql, planId);
            sql.update(PLANS)
                    .set(PLANS.APPROVAL_NOTE, words.strip())
                    .set(PLANS.APPROVAL_NOTE_BY, database.access().actor().name())
                    .set(PLANS.APPROVAL_NOTE_AT, clock.instant())
                    .where(PLANS.ID.eq(planId))
                    .execute();
            // The words stay with the mailing: they are a person's, and may name anybody.
            AuditStore.tell(sql, database, clock, AuditAction.APPROVAL_DECLINED, subject(plan), "");
        });
    }

    /**
     * Takes an approval back: nothing more goes out before the mailing is approved anew; what is in flight comes to its end. Does
     * nothing where there is none.
     */
    public void withdraw(long planId) {
        database.change(Right.APPROVE_MAILINGS, sql -> {
            int withdrawn = sql.update(PLANS)
                    .setNull(PLANS.APPROVED_AT)
                    .setNull(PLANS.APPROVED_BY)
                    .setNull(PLANS.APPROVED_MEMBER_ID)
                    .where(PLANS.ID.eq(planId))
                    .and(PLANS.APPROVED_AT.isNotNull())
                    .and(PLANS.STATE.notIn(PlanState.SENT, PlanState.CANCELLED))
                    .execute();
            if (withdrawn == 1) {
                AuditStore.tell(
                        sql,
                        database,
                        clock,
                        AuditAction.APPROVAL_LAPSED,
                        subject(existing(sql, planId)),
                        "taken back by a person");
            }
        });
    }

    private PlansRecord waiting(DSLContext sql, long planId) {
        PlansRecord row = existing(sql, planId);
        Plan plan = PlanStore.plan(row, changes(sql, planId));
        refusal(plan).ifPresent(refusal -> {
            throw new NotAllowedException(refusal);
        });
        if (!plan.awaitsApproval()) {
            throw new ApprovalException(Code.NOT_WAITING, planId);
        }
        return row;
    }

    private static PlansRecord existing(DSLContext sql, long planId) {
        return sql.selectFrom(PLANS)
                .where(PLANS.ID.eq(planId))
                .fetchOptional()
                .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + planId));
    }

    /** The revision tells of each change that the triggers see. The values are in it as well, should one ever see less. */
    private static String fingerprint(PlansRecord plan) {
        String all = String.join(
                "\n",
                plan.getId().toString(),
                plan.getRevision().toString(),
                String.valueOf(plan.getFrozenAt()),
                plan.getTitle(),
                plan.getTemplateVersionId().toString(),
                plan.getFromAddress(),
                plan.getFromName(),
                plan.getReplyTo(),
                plan.getNotBefore().toString(),
                plan.getZone(),
                Allowance.rules(plan).toString(),
                plan.getTracked().toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Plans of which something may go out, as far as it is for others to approve. */
    static Condition given() {
        return PLANS.APPROVAL_NEEDED.eq(false).or(PLANS.APPROVED_AT.isNotNull());
    }

    /** Keeps who changes what goes out of a plan. */
    static void changedBy(DSLContext sql, Actor actor, long planId) {
        sql.update(PLANS)
                .set(PLANS.CHANGED_BY, actor.name())
                .set(PLANS.CHANGED_MEMBER_ID, memberId(actor))
                .where(PLANS.ID.eq(planId))
                .execute();
    }

    /** Keeps who plans it, and whether others have to approve it. */
    static void planned(PlansRecord plan, Actor actor, boolean approvalNeeded) {
        plan.setPlannedBy(actor.name());
        plan.setPlannedMemberId(memberId(actor));
        plan.setApprovalNeeded(approvalNeeded);
        plan.setApprovedAt(null);
        plan.setApprovedBy(null);
        plan.setApprovedMemberId(null);
        plan.setApprovalNote(null);
        plan.setApprovalNoteBy(null);
        plan.setApprovalNoteAt(null);
        plan.setLapseUntold(false);
    }

    static @Nullable Long memberId(Actor actor) {
        return actor.memberId().isPresent() ? actor.memberId().getAsLong() : null;
    }

    /** Tells the audit of approvals that a trigger took away since this was last called, in the name of whoever calls it. */
    static void tellLapsed(DSLContext sql, Database database, Clock clock) {
        List<PlansRecord> lapsed =
                sql.selectFrom(PLANS).where(PLANS.LAPSE_UNTOLD.eq(true)).fetch();
        for (PlansRecord plan : lapsed) {
            sql.update(PLANS)
                    .set(PLANS.LAPSE_UNTOLD, false)
                    .where(PLANS.ID.eq(plan.getId()))
                    .execute();
            String parts = changes(sql, plan.getId()).stream()
                    .map(part -> part.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            AuditStore.tell(sql, database, clock, AuditAction.APPROVAL_LAPSED, subject(plan), "changed: " + parts);
        }
    }

    private static void forgetChanges(DSLContext sql, long planId) {
        sql.deleteFrom(PLAN_CHANGES).where(PLAN_CHANGES.PLAN_ID.eq(planId)).execute();
    }

    /** What was changed since the plan was last approved. */
    static Set<PlanPart> changes(DSLContext sql, long planId) {
        Set<PlanPart> parts = EnumSet.noneOf(PlanPart.class);
        sql.selectFrom(PLAN_CHANGES)
                .where(PLAN_CHANGES.PLAN_ID.eq(planId))
                .forEach(row -> parts.add(PlanPart.valueOf(row.getPart())));
        return parts;
    }

    /** As the audit calls a mailing. */
    static String subject(PlansRecord plan) {
        return subject(plan.getId(), plan.getTitle());
    }

    static String subject(long planId, String title) {
        return AuditStore.subject("mailing", planId, title);
    }

    static PlanApproval of(PlansRecord plan, Set<PlanPart> changes) {
        String by = plan.getApprovedBy();
        String note = plan.getApprovalNote();
        String noteBy = plan.getApprovalNoteBy();
        return new PlanApproval(
                plan.getApprovalNeeded(),
                actor(plan.getPlannedMemberId(), plan.getPlannedBy()),
                actor(plan.getChangedMemberId(), plan.getChangedBy()),
                Optional.ofNullable(plan.getApprovedAt()),
                by == null ? Optional.empty() : Optional.of(actor(plan.getApprovedMemberId(), by)),
                by == null ? Set.of() : changes,
                note == null || noteBy == null || plan.getApprovalNoteAt() == null
                        ? Optional.empty()
                        : Optional.of(new PlanApproval.Note(note, noteBy, plan.getApprovalNoteAt())));
    }

    private static Actor actor(@Nullable Long memberId, String name) {
        return new Actor(memberId == null ? OptionalLong.empty() : OptionalLong.of(memberId), name);
    }
}
