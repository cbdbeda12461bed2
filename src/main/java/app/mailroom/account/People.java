package app.mailroom.account;

import app.mailroom.account.UnfitGuestException.Code;
import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.store.MemberStore;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an owner does about people. All that changes something takes {@link app.mailroom.model.Right#MANAGE_PEOPLE} and throws
 * {@link app.mailroom.model.NotAllowedException} without.
 */
public final class People {
    /** Whatever may stand before the @ without quotation marks; a bit more than RFC 5322, section 3.2.3, allows. */
    private static final Pattern LOCAL_PART = Pattern.compile("[^\\s\\p{Cntrl}@<>()\\[\\]\",:;\\\\]{1,64}");

    /** A host name of at least two labels (RFC 1123, section 2.1). */
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    /** Where anybody can have a mailbox. Google names no organisation for accounts with such an address in any case. */
    private static final Set<String> OPEN_TO_ALL = Set.of(
            "aol.com",
            "daum.net",
            "gmail.com",
            "gmx.com",
            "gmx.de",
            "gmx.net",
            "googlemail.com",
            "hanmail.net",
            "hotmail.com",
            "icloud.com",
            "kakao.com",
            "live.com",
            "mail.com",
            "me.com",
            "msn.com",
            "nate.com",
            "naver.com",
            "outlook.com",
            "outlook.kr",
            "proton.me",
            "protonmail.com",
            "qq.com",
            "web.de",
            "yahoo.co.jp",
            "yahoo.co.kr",
            "yahoo.com",
            "yandex.com",
            "163.com");

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

    /** A member's picture as PNG or JPEG. */
    public Optional<byte[]> picture(Member member) {
        return members.picture(member.id());
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
     * @throws UnfitGuestException with a sentence for a person when that is no address, or a member's already
     */
    public void invite(String address, Role role) {
        String email = address.strip().toLowerCase(Locale.ROOT);
        int at = email.lastIndexOf('@');
        if (at < 0) {
            throw new UnfitGuestException(
                    Code.NO_ADDRESS, "“" + address.strip() + "” is no address: there is no @ in it.");
        }
        if (!LOCAL_PART.matcher(email.substring(0, at)).matches() || !isDomain(email.substring(at + 1))) {
            throw new UnfitGuestException(
                    Code.NO_ADDRESS,
                    "“" + address.strip()
                            + "” is no address like mina@example.com. Write one address, without a name.");
        }
        if (members.members().stream().anyMatch(member -> member.email().equals(email))) {
            throw new UnfitGuestException(
                    Code.MEMBER_ALREADY,
                    email
                            + " works with this workspace already. Give them another role instead; if the address belongs to"
                            + " somebody else now, take out whoever had it first.");
        }
        members.invite(email, role);
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
     * @throws UnfitGuestException with a sentence for a person when that is no domain, or one at which anybody can have an
     *     account
     */
    public void allow(String domain, Role role) {
        String name = domain.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT);
        if (!isDomain(name)) {
            throw new UnfitGuestException(
                    Code.NO_DOMAIN,
                    "“" + domain.strip()
                            + "” is no domain like example.com. Write what stands after the @ of your organisation's addresses.");
        }
        if (OPEN_TO_ALL.contains(name)) {
            throw new UnfitGuestException(
                    Code.OPEN_DOMAIN,
                    "Anybody can have an address at " + name
                            + ", and Google names no organisation for it. Invite people there one by one.");
        }
        members.allow(ascii(name), role);
    }

    private static boolean isDomain(String name) {
        return DOMAIN.matcher(ascii(name)).matches();
    }

    /** As the domain stands in the DNS, and in what Google says; empty if it cannot stand there. */
    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Takes that back; who came by it stays. */
    public void withdraw(AllowedDomain domain) {
        members.withdrawDomain(domain.domain());
    }
}
