package app.mailroom.account;

import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.store.MemberStore;
import java.util.List;

/**
 * What an owner does about people. All that changes something takes {@link app.mailroom.model.Right#MANAGE_PEOPLE} and throws
 * {@link app.mailroom.model.NotAllowedException} without.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class People {
    private final MemberStore members;
    private final AccountSettings settings;

    /** Over what is used in the name of whoever is signed in. */
    public People(MemberStore members, AccountSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    /** How people come in. */
    public AccountSettings settings() {
        return settings;
    }

    /** All who may come in and have been here, owners first, then by name. */
    public List<Member> members() {
        return members.members();
    }

    /** Those who were taken out, the latest first. */
    public List<Member> removed() {
        return members.removed();
    }

    /** Gives a role. Throws {@link app.mailroom.store.LastOwnerException} when nobody would own the workspace. */
    public void changeRole(Member member, Role role) {
        members.changeRole(member.id(), role);
    }

    /** Takes somebody out, and signs them out everywhere. Throws as above. */
    public void remove(Member member) {
        members.remove(member.id());
    }

    /** Lets one who was taken out come in again. */
    public void restore(Member member) {
        members.restore(member.id());
    }

    /** Who is invited and has not come yet. */
    public List<Invitation> invitations() {
        return members.invitations();
    }

    /**
     * Invites somebody by address. No mail is sent.
     *
     * @throws IllegalArgumentException with a sentence for a person when that is no address, or a member's already
     */
    public void invite(String address, Role role) {
        throw new UnsupportedOperationException(address + role);
    }

    /** Takes an invitation back. */
    public void withdraw(Invitation invitation) {
        members.withdrawInvitation(invitation.email());
    }

    /** The organisations whose accounts may come in. */
    public List<AllowedDomain> domains() {
        return members.domains();
    }

    /**
     * Allows all accounts of an organisation.
     *
     * @throws IllegalArgumentException with a sentence for a person when that is no domain, or one at which anybody can have an
     *     account
     */
    public void allow(String domain, Role role) {
        throw new UnsupportedOperationException(domain + role);
    }

    /** Takes that back; who came by it stays. */
    public void withdraw(AllowedDomain domain) {
        members.withdrawDomain(domain.domain());
    }
}
