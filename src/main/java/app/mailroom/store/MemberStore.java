package app.mailroom.store;

import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.model.SignedInComputer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who works with the workspace, who may come in, and on which computers they stay signed in. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class MemberStore {
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
        throw new UnsupportedOperationException();
    }

    /**
     * Lets somebody in whom the issuer has named: a member; else the first of all, who owns the workspace from then on; else who
     * is invited, whose invitation is used up; else who is of an allowed domain. Address and name are taken over as they are now.
     */
    public Admission admit(Guest guest) {
        throw new UnsupportedOperationException();
    }

    /** The member with this id, taken out or not. */
    public Optional<Member> find(long memberId) {
        throw new UnsupportedOperationException();
    }

    /** All who may come in and have been here, owners first, then by name. */
    public List<Member> members() {
        throw new UnsupportedOperationException();
    }

    /** Those who were taken out, the latest first. */
    public List<Member> removed() {
        throw new UnsupportedOperationException();
    }

    /** Gives a role, even to oneself. Throws {@link LastOwnerException} when nobody would own the workspace. */
    public void changeRole(long memberId, Role role) {
        throw new UnsupportedOperationException();
    }

    /** Takes a member out and ends all their sessions. Throws {@link LastOwnerException} as above. */
    public void remove(long memberId) {
        throw new UnsupportedOperationException();
    }

    /** Lets one who was taken out come in again. */
    public void restore(long memberId) {
        throw new UnsupportedOperationException();
    }

    /** Who is invited and has not come yet, by address. */
    public List<Invitation> invitations() {
        throw new UnsupportedOperationException();
    }

    /** Invites an address, or changes the role for which it is invited. */
    public void invite(String email, Role role) {
        throw new UnsupportedOperationException();
    }

    /** Takes an invitation back, if it is still there. */
    public void withdrawInvitation(String email) {
        throw new UnsupportedOperationException();
    }

    /** The domains whose accounts may come in. */
    public List<AllowedDomain> domains() {
        throw new UnsupportedOperationException();
    }

    /** Allows a domain, or changes its role. */
    public void allow(String domain, Role role) {
        throw new UnsupportedOperationException();
    }

    /** Takes that back; members who came by it stay. */
    public void withdrawDomain(String domain) {
        throw new UnsupportedOperationException();
    }

    /** The member's picture as PNG or JPEG. */
    public Optional<byte[]> picture(long memberId) {
        throw new UnsupportedOperationException();
    }

    /** Keeps the picture. */
    public void keepPicture(long memberId, byte[] picture) {
        throw new UnsupportedOperationException();
    }

    /** What a member chose. */
    public Optional<String> preference(long memberId, String name) {
        throw new UnsupportedOperationException();
    }

    /** Keeps what a member chose. */
    public void prefer(long memberId, String name, String value) {
        throw new UnsupportedOperationException();
    }

    /** Keeps a computer signed in; secretHash is the SHA-256 of a secret that it keeps. */
    public long beginSession(long memberId, byte[] secretHash, String computer) {
        throw new UnsupportedOperationException();
    }

    /** The session of this secret, unless it has ended, was not used for so long, or its member was taken out. */
    public Optional<Kept> session(byte[] secretHash, Duration longest) {
        throw new UnsupportedOperationException();
    }

    /** Says that it is in use. */
    public void useSession(long sessionId) {
        throw new UnsupportedOperationException();
    }

    /** Locks it, or unlocks it. */
    public void lockSession(long sessionId, boolean locked) {
        throw new UnsupportedOperationException();
    }

    /** Ends it, for good. */
    public void endSession(long sessionId) {
        throw new UnsupportedOperationException();
    }

    /** The computers on which a member stays signed in, the latest used first; hereId is the session of this one. */
    public List<SignedInComputer> computers(long memberId, Optional<Long> hereId) {
        throw new UnsupportedOperationException();
    }
}
