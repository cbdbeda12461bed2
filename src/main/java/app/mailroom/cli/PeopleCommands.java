package app.mailroom.cli;

import app.mailroom.account.People;
import app.mailroom.account.UnfitGuestException;
import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "people",
        description =
                "Who works with the workspace and who may come in: list, invite, withdraw, role, remove, restore, "
                        + "allow-domain, withdraw-domain. (What is kept of a recipient: see mailroom help person.)")
final class PeopleCommands {
    private static final String ROLES = "One of: ${COMPLETION-CANDIDATES}.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    /** What is done to people; returns what to say. */
    private interface Deed {
        String to(People people) throws RefusedException;
    }

    @Command(description = "Lists members, those who were taken out, invitations and allowed domains.")
    int list() throws Exception {
        return program.working((features, output) -> {
                    People people = features.account().people();
                    output.print(described(people), text(people));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Lets an address come in once. No mail is sent: tell the person yourself.")
    int invite(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--role", required = true, description = ROLES) Role role)
            throws Exception {
        return doing(people -> {
            people.invite(address, role);
            return address.strip() + " may come in as " + plain(role)
                    + ". No mail was sent: tell them to sign in to this workspace with that address.";
        });
    }

    @Command(description = "Takes an invitation back.")
    int withdraw(@Parameters(paramLabel = "ADDRESS") String address) throws Exception {
        return doing(people -> {
            Invitation invitation = people.invitations().stream()
                    .filter(each -> each.email().equals(small(address)))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(address + " is not invited."));
            people.withdraw(invitation);
            return invitation.email() + " is not invited any more.";
        });
    }

    @Command(description = "Gives a member a role.")
    int role(
            @Parameters(paramLabel = "MEMBER", description = "The address, or the id.") String member,
            @Parameters(paramLabel = "ROLE", description = ROLES) Role role)
            throws Exception {
        return doing(people -> {
            Member found = one(people.members(), member);
            people.changeRole(found, role);
            return found.email() + " is " + plain(role) + ".";
        });
    }

    @Command(description = "Takes a member out, and signs them out everywhere. What they made stays.")
    int remove(@Parameters(paramLabel = "MEMBER", description = "The address, or the id.") String member)
            throws Exception {
        return doing(people -> {
            Member found = one(people.members(), member);
            people.remove(found);
            return found.email() + " is taken out. Back again with: mailroom people restore " + found.id();
        });
    }

    @Command(description = "Lets one who was taken out come in again, in the role that they had.")
    int restore(@Parameters(paramLabel = "MEMBER", description = "The address, or the id.") String member)
            throws Exception {
        return doing(people -> {
            Member found = one(people.removed(), member);
            people.restore(found);
            return found.email() + " may come in again as " + plain(found.role()) + ".";
        });
    }

    @Command(name = "allow-domain", description = "Lets all accounts of an organisation come in, as Google names it.")
    int allowDomain(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(names = "--role", required = true, description = ROLES) Role role)
            throws Exception {
        return doing(people -> {
            people.allow(domain, role);
            return "All accounts of " + domain.strip() + " may come in as " + plain(role) + ".";
        });
    }

    @Command(name = "withdraw-domain", description = "Takes that back; who came by it stays.")
    int withdrawDomain(@Parameters(paramLabel = "DOMAIN") String domain) throws Exception {
        return doing(people -> {
            AllowedDomain allowed = people.domains().stream()
                    .filter(each -> each.domain().equals(small(domain)))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(domain + " is not allowed."));
            people.withdraw(allowed);
            return "Nobody comes in by " + allowed.domain() + " any more. Who came by it stays.";
        });
    }

    private int doing(Deed deed) throws Exception {
        return program.working((features, output) -> {
                    People people = features.account().people();
                    String said;
                    try {
                        said = deed.to(people);
                    } catch (UnfitGuestException e) {
                        throw new RefusedException(String.valueOf(e.getMessage()));
                    }
                    output.print(described(people), said);
                    return ExitCode.DONE;
                })
                .call();
    }

    /** An address may be of several, one after another. */
    private static Member one(List<Member> among, String wanted) throws RefusedException {
        List<Member> found = among.stream()
                .filter(member -> member.email().equals(small(wanted))
                        || Long.toString(member.id()).equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new RefusedException("There is no “" + wanted + "” among them. See: mailroom people list");
        }
        if (found.size() > 1) {
            throw new RefusedException("Several have that address. Say which by its id: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(member -> member.id() + " (" + member.name() + ")")
                                    .toList()));
        }
        return found.get(0);
    }

    private static Map<String, Object> described(People people) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("members", each(people.members(), PeopleCommands::described));
        described.put("removed", each(people.removed(), PeopleCommands::described));
        described.put(
                "invitations",
                each(
                        people.invitations(),
                        invitation -> Map.of(
                                "email", invitation.email(),
                                "role", invitation.role(),
                                "invited_by", invitation.invitedBy(),
                                "invited_at", invitation.invitedAt().toString())));
        described.put(
                "domains",
                each(
                        people.domains(),
                        domain -> Map.of(
                                "domain", domain.domain(),
                                "role", domain.role(),
                                "allowed_by", domain.allowedBy(),
                                "allowed_at", domain.allowedAt().toString())));
        return described;
    }

    private static Map<String, Object> described(Member member) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", member.id());
        described.put("email", member.email());
        described.put("name", member.name());
        described.put("role", member.role());
        described.put("joined_at", member.joinedAt().toString());
        described.put("last_seen_at", member.lastSeenAt().toString());
        member.removedAt().ifPresent(at -> described.put("removed_at", at.toString()));
        return described;
    }

    private static <T> List<Map<String, Object>> each(List<T> all, Function<T, Map<String, Object>> described) {
        return all.stream().map(described).toList();
    }

    private static String text(People people) {
        StringBuilder text = new StringBuilder();
        people.members()
                .forEach(member -> line(text, member.role(), member.email(), "last seen " + member.lastSeenAt()));
        people.removed()
                .forEach(member -> line(
                        text,
                        member.role(),
                        member.email(),
                        "taken out " + member.removedAt().map(Object::toString).orElse("") + ", id " + member.id()));
        people.invitations()
                .forEach(invitation ->
                        line(text, invitation.role(), invitation.email(), "invited by " + invitation.invitedBy()));
        people.domains()
                .forEach(
                        domain -> line(text, domain.role(), "@" + domain.domain(), "allowed by " + domain.allowedBy()));
        return text.isEmpty()
                ? "Nobody owns the workspace yet. Whoever signs in first does: mailroom account sign-in"
                : text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, Role role, String who, String what) {
        text.append(String.format("%-7s %-40s %s%n", plain(role), who, what));
    }

    private static String small(String address) {
        return address.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT);
    }

    /** As a role is typed and told. */
    static String plain(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
