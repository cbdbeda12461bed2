package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.ALLOWED_DOMAINS;
import static app.mailroom.store.jooq.Tables.INVITATIONS;
import static app.mailroom.store.jooq.Tables.MEMBERS;
import static app.mailroom.store.jooq.Tables.MEMBER_PREFERENCES;
import static app.mailroom.store.jooq.Tables.SESSIONS;

import app.mailroom.model.Actor;
import app.mailroom.model.AllowedDomain;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.SignedInComputer;
import app.mailroom.store.jooq.tables.records.MembersRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Records;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * Who works with the workspace, who may come in, and on which computers they stay signed in. What an owner does takes
 * {@link Right#MANAGE_PEOPLE}; everything else is the program's own, and throws IllegalStateException in a person's name.
 */
public final class MemberStore {
    /** How long a computer stays signed in without being used. */
    public static final Duration LONGEST_UNUSED = Duration.ofDays(30);

    /** Who wants to come in, as the issuer says: domain is the organisation's, whatever the address. */
    public record Guest(String subject, String email, String name, Optional<String> domain) {}

    /** Whether a guest came in. */
    public sealed interface Admission {
        /** As this member, who may be a new one. */
        record In(Member member) implements Admission {}

        /** Not: neither invited nor of an allowed domain. */
        record NotInvited() implements Admission {}

        /** Not: taken out, and not invited since. */
        record Removed() implements Admission {}
    }

    /** A computer that stays signed in, and as whom. */
    public record Kept(long sessionId, Member member, boolean locked) {}

    private final Database database;
    private final Clock clock;

    /** Members in the given workspace database. */
    public MemberStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether somebody owns the workspace, so that it asks who works with it. */
    public boolean owned() {
        return database.read(MemberStore::owned);
    }

    private static boolean owned(DSLContext sql) {
        return sql.fetchExists(MEMBERS, isOwner());
    }

    private static Condition isOwner() {
        return MEMBERS.ROLE.eq(Role.OWNER).and(MEMBERS.REMOVED_AT.isNull());
    }

    /**
     * Lets somebody in whom the issuer has named: a member; else the first of all, who owns the workspace from then on; else who
     * is invited, whose invitation is used up; else who is of an allowed domain. Address and name are taken over as they are
     * now. A member is known by the subject alone: whoever gets a member's address later is a stranger.
     */
    public Admission admit(Guest guest) {
        String email = small(guest.email());
        return database.write(sql -> sql.selectFrom(MEMBERS)
                .where(MEMBERS.SUBJECT.eq(guest.subject()))
                .fetchOptional()
                .map(known -> known.getRemovedAt() == null
                        ? in(sql, renew(sql, known, guest, email))
                        : back(sql, known, guest, email))
                .orElseGet(() -> join(sql, guest, email)));
    }

    /** One who was taken out comes in only by an invitation that was made after that. */
    private Admission back(DSLContext sql, MembersRecord known, Guest guest, String email) {
        boolean invited = sql.fetchExists(
                INVITATIONS, INVITATIONS.EMAIL.eq(email).and(INVITATIONS.INVITED_AT.ge(known.getRemovedAt())));
        if (!invited) {
            return new Admission.Removed();
        }
        Role role = useInvitation(sql, email).orElse(known.getRole());
        sql.update(MEMBERS)
                .set(MEMBERS.ROLE, role)
                .setNull(MEMBERS.REMOVED_AT)
                .where(MEMBERS.ID.eq(known.getId()))
                .execute();
        Member member = renew(sql, known, guest, email);
        tellOwn(sql, member, AuditAction.MEMBER_JOINED, role + ", invited again");
        return new Admission.In(member);
    }

    private Admission join(DSLContext sql, Guest guest, String email) {
        boolean first = !owned(sql);
        Optional<Role> invited = useInvitation(sql, email);
        Optional<Role> role = first
                ? Optional.of(Role.OWNER)
                : invited.or(() -> guest.domain().flatMap(domain -> roleOfDomain(sql, domain)));
        return role.<Admission>map(given -> {
                    Member member = add(sql, guest, email, given);
                    tellOwn(
                            sql,
                            member,
                            first ? AuditAction.OWNER_CLAIMED : AuditAction.MEMBER_JOINED,
                            first
                                    ? ""
                                    : given
                                            + (invited.isPresent()
                                                    ? ", invited"
                                                    : ", of " + guest.domain().orElse("")));
                    return new Admission.In(member);
                })
                .orElseGet(Admission.NotInvited::new);
    }

    private static Admission in(DSLContext sql, Member member) {
        // Somebody may have invited them by an address that they have only now.
        sql.deleteFrom(INVITATIONS).where(INVITATIONS.EMAIL.eq(member.email())).execute();
        return new Admission.In(member);
    }

    private static Optional<Role> useInvitation(DSLContext sql, String email) {
        Optional<Role> role = sql.select(INVITATIONS.ROLE)
                .from(INVITATIONS)
                .where(INVITATIONS.EMAIL.eq(email))
                .fetchOptional(INVITATIONS.ROLE);
        sql.deleteFrom(INVITATIONS).where(INVITATIONS.EMAIL.eq(email)).execute();
        return role;
    }

    private static Optional<Role> roleOfDomain(DSLContext sql, String domain) {
        return sql.select(ALLOWED_DOMAINS.ROLE)
                .from(ALLOWED_DOMAINS)
                .where(ALLOWED_DOMAINS.DOMAIN.eq(small(domain)))
                .fetchOptional(ALLOWED_DOMAINS.ROLE);
    }

    private Member add(DSLContext sql, Guest guest, String email, Role role) {
        return sql.insertInto(MEMBERS)
                .set(MEMBERS.SUBJECT, guest.subject())
                .set(MEMBERS.EMAIL, email)
                .set(MEMBERS.NAME, guest.name())
                .set(MEMBERS.ROLE, role)
                .set(MEMBERS.JOINED_AT, clock.instant())
                .set(MEMBERS.LAST_SEEN_AT, clock.instant())
                .returning()
                .fetchSingle(MemberStore::member);
    }

    private Member renew(DSLContext sql, MembersRecord known, Guest guest, String email) {
        return sql.update(MEMBERS)
                .set(MEMBERS.EMAIL, email)
                .set(MEMBERS.NAME, guest.name())
                .set(MEMBERS.LAST_SEEN_AT, clock.instant())
                .where(MEMBERS.ID.eq(known.getId()))
                .returning()
                .fetchSingle(MemberStore::member);
    }

    /** The member with this id, taken out or not. */
    public Optional<Member> find(long memberId) {
        return database.read(sql -> find(sql, memberId));
    }

    private static Optional<Member> find(DSLContext sql, long memberId) {
        return sql.selectFrom(MEMBERS).where(MEMBERS.ID.eq(memberId)).fetchOptional(MemberStore::member);
    }

    /** All who may come in and have been here, owners first, then by name. */
    public List<Member> members() {
        return database.read(sql -> sql.selectFrom(MEMBERS)
                .where(MEMBERS.REMOVED_AT.isNull())
                .orderBy(
                        DSL.when(MEMBERS.ROLE.eq(Role.OWNER), 0).otherwise(1),
                        DSL.lower(MEMBERS.NAME),
                        MEMBERS.EMAIL,
                        MEMBERS.ID)
                .fetch(MemberStore::member));
    }

    /** Those who were taken out, the latest first. */
    public List<Member> removed() {
        return database.read(sql -> sql.selectFrom(MEMBERS)
                .where(MEMBERS.REMOVED_AT.isNotNull())
                .orderBy(MEMBERS.REMOVED_AT.desc(), MEMBERS.ID.desc())
                .fetch(MemberStore::member));
    }

    /**
     * Gives a role, even to oneself; does nothing to one who was taken out. Throws {@link LastOwnerException} when nobody would
     * own the workspace.
     */
    public void changeRole(long memberId, Role role) {
        database.change(Right.MANAGE_PEOPLE, sql -> {
            Optional<Member> there = present(sql, memberId).filter(member -> member.role() != role);
            there.ifPresent(member -> {
                requireOtherOwner(sql, member);
                sql.update(MEMBERS)
                        .set(MEMBERS.ROLE, role)
                        .where(MEMBERS.ID.eq(memberId))
                        .execute();
                tell(sql, AuditAction.ROLE_CHANGED, subject(member), member.role() + " → " + role);
            });
        });
    }

    /** Takes a member out and ends all their sessions. Throws {@link LastOwnerException} as above. */
    public void remove(long memberId) {
        database.change(
                Right.MANAGE_PEOPLE,
                sql -> present(sql, memberId).ifPresent(member -> {
                    requireOtherOwner(sql, member);
                    sql.update(MEMBERS)
                            .set(MEMBERS.REMOVED_AT, clock.instant())
                            .where(MEMBERS.ID.eq(memberId))
                            .execute();
                    sql.update(SESSIONS)
                            .set(SESSIONS.ENDED_AT, clock.instant())
                            .where(SESSIONS.MEMBER_ID.eq(memberId))
                            .and(SESSIONS.ENDED_AT.isNull())
                            .execute();
                    tell(
                            sql,
                            AuditAction.MEMBER_REMOVED,
                            subject(member),
                            member.role().toString());
                }));
    }

    /** Lets one who was taken out come in again, in the role that they had. */
    public void restore(long memberId) {
        database.change(
                Right.MANAGE_PEOPLE,
                sql -> find(sql, memberId)
                        .filter(member -> member.removedAt().isPresent())
                        .ifPresent(member -> {
                            sql.update(MEMBERS)
                                    .setNull(MEMBERS.REMOVED_AT)
                                    .where(MEMBERS.ID.eq(memberId))
                                    .execute();
                            tell(
                                    sql,
                                    AuditAction.MEMBER_RESTORED,
                                    subject(member),
                                    member.role().toString());
                        }));
    }

    private static Optional<Member> present(DSLContext sql, long memberId) {
        return find(sql, memberId).filter(member -> member.removedAt().isEmpty());
    }

    private static void requireOtherOwner(DSLContext sql, Member member) {
        if (member.role() == Role.OWNER && !sql.fetchExists(MEMBERS, isOwner().and(MEMBERS.ID.ne(member.id())))) {
            throw new LastOwnerException();
        }
    }

    /** Who is invited and has not come yet, by address. */
    public List<Invitation> invitations() {
        return database.read(
                sql -> sql.select(INVITATIONS.EMAIL, INVITATIONS.ROLE, INVITATIONS.INVITED_BY, INVITATIONS.INVITED_AT)
                        .from(INVITATIONS)
                        .orderBy(INVITATIONS.EMAIL)
                        .fetch(Records.mapping(Invitation::new)));
    }

    /** Invites an address, or changes the role for which it is invited. */
    public void invite(String email, Role role) {
        database.change(Right.MANAGE_PEOPLE, sql -> {
            sql.insertInto(INVITATIONS)
                    .set(INVITATIONS.EMAIL, small(email))
                    .set(INVITATIONS.ROLE, role)
                    .set(INVITATIONS.INVITED_BY, database.access().actor().name())
                    .set(INVITATIONS.INVITED_AT, clock.instant())
                    .onConflict(INVITATIONS.EMAIL)
                    .doUpdate()
                    .set(INVITATIONS.ROLE, role)
                    .set(INVITATIONS.INVITED_BY, database.access().actor().name())
                    .set(INVITATIONS.INVITED_AT, clock.instant())
                    .execute();
            tell(sql, AuditAction.INVITED, "invitation “" + small(email) + "”", role.toString());
        });
    }

    /** Takes an invitation back, if it is still there. */
    public void withdrawInvitation(String email) {
        database.change(
                Right.MANAGE_PEOPLE,
                sql -> useInvitation(sql, small(email))
                        .ifPresent(role -> tell(
                                sql,
                                AuditAction.INVITATION_WITHDRAWN,
                                "invitation “" + small(email) + "”",
                                role.toString())));
    }

    /** The domains whose accounts may come in. */
    public List<AllowedDomain> domains() {
        return database.read(sql -> sql.select(
                        ALLOWED_DOMAINS.DOMAIN,
                        ALLOWED_DOMAINS.ROLE,
                        ALLOWED_DOMAINS.ALLOWED_BY,
                        ALLOWED_DOMAINS.ALLOWED_AT)
                .from(ALLOWED_DOMAINS)
                .orderBy(ALLOWED_DOMAINS.DOMAIN)
                .fetch(Records.mapping(AllowedDomain::new)));
    }

    /** Allows a domain, or changes its role. */
    public void allow(String domain, Role role) {
        database.change(Right.MANAGE_PEOPLE, sql -> {
            sql.insertInto(ALLOWED_DOMAINS)
                    .set(ALLOWED_DOMAINS.DOMAIN, small(domain))
                    .set(ALLOWED_DOMAINS.ROLE, role)
                    .set(ALLOWED_DOMAINS.ALLOWED_BY, database.access().actor().name())
                    .set(ALLOWED_DOMAINS.ALLOWED_AT, clock.instant())
                    .onConflict(ALLOWED_DOMAINS.DOMAIN)
                    .doUpdate()
                    .set(ALLOWED_DOMAINS.ROLE, role)
                    .set(ALLOWED_DOMAINS.ALLOWED_BY, database.access().actor().name())
                    .set(ALLOWED_DOMAINS.ALLOWED_AT, clock.instant())
                    .execute();
            tell(sql, AuditAction.DOMAIN_ALLOWED, "domain “" + small(domain) + "”", role.toString());
        });
    }

    /** Takes that back; members who came by it stay. */
    public void withdrawDomain(String domain) {
        database.change(Right.MANAGE_PEOPLE, sql -> {
            int gone = sql.deleteFrom(ALLOWED_DOMAINS)
                    .where(ALLOWED_DOMAINS.DOMAIN.eq(small(domain)))
                    .execute();
            if (gone > 0) {
                tell(sql, AuditAction.DOMAIN_WITHDRAWN, "domain “" + small(domain) + "”", "");
            }
        });
    }

    /** The member's picture as PNG or JPEG. */
    public Optional<byte[]> picture(long memberId) {
        Result<Record1<byte[]>> found = database.read(sql -> sql.select(MEMBERS.PICTURE)
                .from(MEMBERS)
                .where(MEMBERS.ID.eq(memberId))
                .and(MEMBERS.PICTURE.isNotNull())
                .fetch());
        return found.stream().map(Record1::value1).findFirst();
    }

    /** Keeps the picture. */
    public void keepPicture(long memberId, byte[] picture) {
        database.change(sql -> sql.update(MEMBERS)
                .set(MEMBERS.PICTURE, picture)
                .where(MEMBERS.ID.eq(memberId))
                .execute());
    }

    /** What a member chose. */
    public Optional<String> preference(long memberId, String name) {
        return database.read(sql -> sql.select(MEMBER_PREFERENCES.VALUE)
                .from(MEMBER_PREFERENCES)
                .where(MEMBER_PREFERENCES.MEMBER_ID.eq(memberId))
                .and(MEMBER_PREFERENCES.NAME.eq(name))
                .fetchOptional(MEMBER_PREFERENCES.VALUE));
    }

    /** Keeps what a member chose. */
    public void prefer(long memberId, String name, String value) {
        database.change(sql -> sql.insertInto(MEMBER_PREFERENCES)
                .set(MEMBER_PREFERENCES.MEMBER_ID, memberId)
                .set(MEMBER_PREFERENCES.NAME, name)
                .set(MEMBER_PREFERENCES.VALUE, value)
                .onConflict(MEMBER_PREFERENCES.MEMBER_ID, MEMBER_PREFERENCES.NAME)
                .doUpdate()
                .set(MEMBER_PREFERENCES.VALUE, value)
                .execute());
    }

    /** Begins to keep a computer signed in; secretHash is the SHA-256 of a secret that it keeps. */
    public long beginSession(Member member, String computer, byte[] secretHash) {
        return database.write(sql -> sql.insertInto(SESSIONS)
                .set(SESSIONS.MEMBER_ID, member.id())
                .set(SESSIONS.SECRET_HASH, secretHash)
                .set(SESSIONS.COMPUTER, computer)
                .set(SESSIONS.BEGAN_AT, clock.instant())
                .set(SESSIONS.LAST_USED_AT, clock.instant())
                .returning(SESSIONS.ID)
                .fetchSingle(SESSIONS.ID));
    }

    /** Notes that a member has signed in at a computer, which stays signed in if there is a session for that. */
    public void signedIn(Member member, String computer, Optional<Long> sessionId) {
        String detail = sessionId.isPresent() ? "stays signed in" : "";
        database.change(sql -> {
            sessionId.ifPresent(session -> open(sql, session));
            tell(sql, member, AuditAction.SIGNED_IN, computer, detail);
        });
    }

    private void open(DSLContext sql, long sessionId) {
        sql.update(SESSIONS)
                .setNull(SESSIONS.LOCKED_AT)
                .set(SESSIONS.LAST_USED_AT, clock.instant())
                .where(SESSIONS.ID.eq(sessionId))
                .execute();
    }

    /** Notes that Google named somebody who may not come in, or whose coming in could not be believed; actor sat there. */
    public void signInRefused(Actor actor, String email, String why) {
        database.change(sql -> AuditStore.tell(sql, clock, actor, AuditAction.SIGN_IN_REFUSED, email, why));
    }

    /** The session of this secret, unless it has ended, was not used for too long, or its member was taken out. */
    public Optional<Kept> session(byte[] secretHash) {
        return kept(SESSIONS.SECRET_HASH.eq(secretHash));
    }

    /** The same by its id. */
    public Optional<Kept> session(long sessionId) {
        return kept(SESSIONS.ID.eq(sessionId));
    }

    private Optional<Kept> kept(Condition which) {
        return database.read(sql -> sql.select(SESSIONS.ID, SESSIONS.LOCKED_AT, MEMBERS)
                .from(SESSIONS)
                .join(MEMBERS)
                .on(MEMBERS.ID.eq(SESSIONS.MEMBER_ID))
                .where(which)
                .and(goesOn())
                .and(MEMBERS.REMOVED_AT.isNull())
                .fetchOptional(row -> new Kept(row.value1(), member(row.value3()), row.value2() != null)));
    }

    private Condition goesOn() {
        return SESSIONS.ENDED_AT
                .isNull()
                .and(SESSIONS.LAST_USED_AT.gt(clock.instant().minus(LONGEST_UNUSED)));
    }

    /** Says that a member is there, and that the session by which a computer stays signed in is in use, if there is one. */
    public void seen(Member member, Optional<Long> sessionId) {
        Instant now = clock.instant();
        database.change(sql -> {
            sessionId.ifPresent(session -> sql.update(SESSIONS)
                    .set(SESSIONS.LAST_USED_AT, now)
                    .where(SESSIONS.ID.eq(session))
                    .execute());
            sql.update(MEMBERS)
                    .set(MEMBERS.LAST_SEEN_AT, now)
                    .where(MEMBERS.ID.eq(member.id()))
                    .execute();
        });
    }

    /** Locks what a member works with at a computer, and the session by which that one stays signed in, if it does. */
    public void lock(Member member, String computer, Optional<Long> sessionId) {
        database.change(sql -> {
            sessionId.ifPresent(session -> sql.update(SESSIONS)
                    .set(SESSIONS.LOCKED_AT, clock.instant())
                    .where(SESSIONS.ID.eq(session))
                    .execute());
            tell(sql, member, AuditAction.LOCKED, computer, "");
        });
    }

    /** Unlocks both. */
    public void unlock(Member member, String computer, Optional<Long> sessionId) {
        database.change(sql -> {
            sessionId.ifPresent(session -> open(sql, session));
            tell(sql, member, AuditAction.UNLOCKED, computer, "");
        });
    }

    /** Notes that a member has signed out at a computer, which does not stay signed in any more. */
    public void signedOut(Member member, String computer, Optional<Long> sessionId) {
        database.change(sql -> {
            sessionId.ifPresent(session -> end(sql, SESSIONS.ID.eq(session)));
            tell(sql, member, AuditAction.SIGNED_OUT, computer, "");
        });
    }

    /** Ends a session, for good. */
    public void endSession(long sessionId) {
        database.change(sql -> {
            int ended = end(sql, SESSIONS.ID.eq(sessionId));
            assert ended <= 1;
        });
    }

    /** Ends the session of another computer in its member's name; does nothing to a session of somebody else. */
    public void signOut(Member member, SignedInComputer computer) {
        database.change(sql -> {
            if (end(sql, SESSIONS.ID.eq(computer.id()).and(SESSIONS.MEMBER_ID.eq(member.id()))) > 0) {
                tell(sql, member, AuditAction.COMPUTER_SIGNED_OUT, computer.computer(), "");
            }
        });
    }

    private int end(DSLContext sql, Condition which) {
        return sql.update(SESSIONS)
                .set(SESSIONS.ENDED_AT, clock.instant())
                .where(which)
                .and(SESSIONS.ENDED_AT.isNull())
                .execute();
    }

    /** The computers on which a member stays signed in, the latest used first; hereId is the session of this one. */
    public List<SignedInComputer> computers(long memberId, Optional<Long> hereId) {
        return database.read(sql -> sql.selectFrom(SESSIONS)
                .where(SESSIONS.MEMBER_ID.eq(memberId))
                .and(goesOn())
                .orderBy(SESSIONS.LAST_USED_AT.desc(), SESSIONS.ID.desc())
                .fetch(row -> new SignedInComputer(
                        row.getId(),
                        row.getMemberId(),
                        row.getComputer(),
                        row.getBeganAt(),
                        row.getLastUsedAt(),
                        row.getLockedAt() != null,
                        hereId.filter(row.getId()::equals).isPresent())));
    }

    private void tell(DSLContext sql, AuditAction action, String subject, String detail) {
        AuditStore.tell(sql, database, clock, action, subject, detail);
    }

    private void tell(DSLContext sql, Member member, AuditAction action, String computer, String detail) {
        AuditStore.tell(sql, clock, Actor.of(member), action, "computer “" + computer + "”", detail);
    }

    private void tellOwn(DSLContext sql, Member member, AuditAction action, String detail) {
        AuditStore.tell(sql, clock, Actor.of(member), action, subject(member), detail);
    }

    private static String subject(Member member) {
        return "member " + member.id() + " “" + member.email() + "”";
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Member member(MembersRecord row) {
        return new Member(
                row.getId(),
                row.getSubject(),
                row.getEmail(),
                row.getName(),
                row.getRole(),
                row.getJoinedAt(),
                row.getLastSeenAt(),
                Optional.ofNullable(row.getRemovedAt()));
    }
}
