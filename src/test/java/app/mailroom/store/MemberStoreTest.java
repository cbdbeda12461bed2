package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.SettableClock;
import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.SignedInComputer;
import app.mailroom.model.World;
import app.mailroom.store.MemberStore.Admission;
import app.mailroom.store.MemberStore.Guest;
import app.mailroom.store.MemberStore.Kept;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemberStoreTest {
    private static final byte[] HASH = "of a secret".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private Database database;
    private MemberStore members;

    @BeforeEach
    void open() {
        database = openAgain();
        members = new MemberStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstPersonOwnsTheWorkspaceAndTheSecondIsAStranger() {
        assertThat(members.owned()).isFalse();

        Member mina = in(guest("1", "mina@example.com"));

        assertThat(mina.role()).isEqualTo(Role.OWNER);
        assertThat(members.owned()).isTrue();
        assertThat(members.admit(guest("2", "kim@example.com"))).isEqualTo(new Admission.NotInvited());
        assertThat(members.members()).containsExactly(mina);
        assertThat(told()).containsExactly("mina@example.com OWNER_CLAIMED member 1 “mina@example.com” ");
    }

    @Test
    void ofTwoFirstPersonsAtOnceOnlyOneOwnsTheWorkspace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Database other = openAgain()) {
            MemberStore elsewhere = new MemberStore(other, clock);
            CyclicBarrier together = new CyclicBarrier(2);
            Future<Admission> one = threads.submit(admitting(members, "1", together));
            Future<Admission> two = threads.submit(admitting(elsewhere, "2", together));

            assertThat(List.of(one.get(), two.get()))
                    .hasOnlyElementsOfTypes(Admission.In.class, Admission.NotInvited.class)
                    .filteredOn(Admission.In.class::isInstance)
                    .hasSize(1);
            assertThat(members.members()).extracting(Member::role).containsExactly(Role.OWNER);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Admission> admitting(MemberStore members, String subject, CyclicBarrier together) {
        return () -> {
            together.await();
            return members.admit(guest(subject, subject + "@example.com"));
        };
    }

    @Test
    void anInvitationLetsItsAddressInOnce() {
        own();
        members.invite("Kim@Example.COM", Role.EDITOR);
        assertThat(members.invitations())
                .containsExactly(new Invitation("kim@example.com", Role.EDITOR, "mailroom", clock.instant()));

        Member kim = in(guest("2", "KIM@example.com"));

        assertThat(kim.role()).isEqualTo(Role.EDITOR);
        assertThat(kim.email()).isEqualTo("kim@example.com");
        assertThat(members.invitations()).isEmpty();
        assertThat(members.admit(guest("3", "kim@example.com"))).isEqualTo(new Admission.NotInvited());
        assertThat(told())
                .containsSubsequence(
                        "mailroom INVITED invitation “kim@example.com” EDITOR",
                        "kim@example.com MEMBER_JOINED member 2 “kim@example.com” EDITOR, invited");
    }

    @Test
    void anInvitationIsChangedByInvitingAgainAndTakenBack() {
        own();
        members.invite("kim@example.com", Role.EDITOR);
        members.invite("kim@example.com", Role.VIEWER);
        assertThat(members.invitations()).extracting(Invitation::role).containsExactly(Role.VIEWER);

        members.withdrawInvitation("Kim@example.com");
        members.withdrawInvitation("kim@example.com");

        assertThat(members.admit(guest("2", "kim@example.com"))).isEqualTo(new Admission.NotInvited());
        assertThat(told())
                .filteredOn(entry -> entry.contains("WITHDRAWN"))
                .containsExactly("mailroom INVITATION_WITHDRAWN invitation “kim@example.com” VIEWER");
    }

    @Test
    void whatEverTheFirstIsInvitedAsTheyOwnTheWorkspace() {
        members.invite("mina@example.com", Role.VIEWER);

        assertThat(in(guest("1", "mina@example.com")).role()).isEqualTo(Role.OWNER);
        assertThat(members.invitations()).isEmpty();
    }

    @Test
    void aDomainIsTheOrganisationsAndNotTheAddresss() {
        own();
        members.allow("Example.COM", Role.SENDER);

        assertThat(members.admit(new Guest("2", "kim@example.com", "Kim", Optional.empty())))
                .isEqualTo(new Admission.NotInvited());
        assertThat(members.admit(new Guest("2", "kim@example.com", "Kim", Optional.of("example.com.evil.example"))))
                .isEqualTo(new Admission.NotInvited());
        assertThat(in(new Guest("2", "kim@elsewhere.example", "Kim", Optional.of("EXAMPLE.com")))
                        .role())
                .isEqualTo(Role.SENDER);
        members.withdrawDomain("example.com");
        assertThat(members.domains()).isEmpty();
        assertThat(in(new Guest("2", "kim@elsewhere.example", "Kim", Optional.of("example.com"))))
                .as("who came by it stays")
                .extracting(Member::role)
                .isEqualTo(Role.SENDER);
        assertThat(members.admit(new Guest("3", "lee@example.com", "Lee", Optional.of("example.com"))))
                .isEqualTo(new Admission.NotInvited());
    }

    @Test
    void anInvitationStandsBeforeTheDomain() {
        own();
        members.allow("example.com", Role.VIEWER);
        members.invite("kim@example.com", Role.SENDER);

        assertThat(in(new Guest("2", "kim@example.com", "Kim", Optional.of("example.com")))
                        .role())
                .isEqualTo(Role.SENDER);
    }

    @Test
    void aMemberIsKnownByTheAccountWhateverItsAddress() {
        own();
        members.invite("kim@example.com", Role.SENDER);
        Member kim = in(guest("2", "kim@example.com"));
        clock.advance(Duration.ofDays(1));

        Member later = in(new Guest("2", "kim.new@example.com", "Kim N.", Optional.empty()));

        assertThat(later)
                .isEqualTo(new Member(
                        kim.id(),
                        "2",
                        "kim.new@example.com",
                        "Kim N.",
                        Role.SENDER,
                        kim.joinedAt(),
                        clock.instant(),
                        Optional.empty()));
    }

    @Test
    void whoeverGetsAMembersAddressInheritsNothing() {
        Member owner = in(guest("1", "mina@example.com"));

        assertThat(members.admit(guest("2", "mina@example.com"))).isEqualTo(new Admission.NotInvited());

        members.invite("kim@example.com", Role.SENDER);
        members.remove(in(guest("3", "kim@example.com")).id());
        assertThat(members.admit(guest("4", "kim@example.com")))
                .as("nor is a stranger taken for one who was taken out")
                .isEqualTo(new Admission.NotInvited());
        members.invite("kim@example.com", Role.VIEWER);
        assertThat(in(guest("4", "kim@example.com")).id()).isNotIn(owner.id(), 2L);
        assertThat(members.admit(guest("3", "kim@example.com"))).isEqualTo(new Admission.Removed());
    }

    @Test
    void whoWasTakenOutComesInNeitherByDomainNorByAnOldInvitation() {
        own();
        members.allow("example.com", Role.SENDER);
        members.invite("kim@example.com", Role.EDITOR);
        Member kim = in(new Guest("2", "other@example.com", "Kim", Optional.of("example.com")));
        clock.advance(Duration.ofMinutes(1));
        members.remove(kim.id());

        assertThat(members.admit(new Guest("2", "kim@example.com", "Kim", Optional.of("example.com"))))
                .isEqualTo(new Admission.Removed());
        assertThat(members.removed()).extracting(Member::id).containsExactly(kim.id());
        assertThat(members.members()).extracting(Member::id).containsExactly(1L);

        clock.advance(Duration.ofMinutes(1));
        members.invite("kim@example.com", Role.VIEWER);
        Member back = in(guest("2", "kim@example.com"));

        assertThat(back.id()).isEqualTo(kim.id());
        assertThat(back.role()).isEqualTo(Role.VIEWER);
        assertThat(back.removedAt()).isEmpty();
        assertThat(members.invitations()).isEmpty();
    }

    @Test
    void restoringGivesTheRoleBack() {
        own();
        members.invite("kim@example.com", Role.EDITOR);
        Member kim = in(guest("2", "kim@example.com"));
        members.remove(kim.id());

        members.restore(kim.id());

        assertThat(in(guest("2", "kim@example.com")).role()).isEqualTo(Role.EDITOR);
        assertThat(told())
                .containsSubsequence(
                        "mailroom MEMBER_REMOVED member 2 “kim@example.com” EDITOR",
                        "mailroom MEMBER_RESTORED member 2 “kim@example.com” EDITOR");
    }

    @Test
    void theLastOwnerIsNeitherTakenOutNorGivenAnotherRole() {
        Member mina = in(guest("1", "mina@example.com"));
        members.invite("kim@example.com", Role.SENDER);
        Member kim = in(guest("2", "kim@example.com"));

        assertThatThrownBy(() -> members.remove(mina.id())).isInstanceOf(LastOwnerException.class);
        assertThatThrownBy(() -> members.changeRole(mina.id(), Role.EDITOR)).isInstanceOf(LastOwnerException.class);

        members.changeRole(kim.id(), Role.OWNER);
        members.changeRole(kim.id(), Role.OWNER);
        members.remove(mina.id());
        assertThatThrownBy(() -> members.remove(kim.id())).isInstanceOf(LastOwnerException.class);
        assertThat(members.members()).extracting(Member::id).containsExactly(kim.id());
        assertThat(told())
                .filteredOn(entry -> entry.contains("ROLE_CHANGED"))
                .containsExactly("mailroom ROLE_CHANGED member 2 “kim@example.com” SENDER → OWNER");
    }

    @Test
    void twoOwnersWhoDemoteEachOtherAtOnceLeaveOne() throws Exception {
        Member mina = in(guest("1", "mina@example.com"));
        members.invite("kim@example.com", Role.OWNER);
        Member kim = in(guest("2", "kim@example.com"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Database other = openAgain()) {
            CyclicBarrier together = new CyclicBarrier(2);
            Future<Boolean> one = threads.submit(demoting(members, kim, together));
            Future<Boolean> two = threads.submit(demoting(new MemberStore(other, clock), mina, together));

            assertThat(List.of(one.get(), two.get())).containsExactlyInAnyOrder(true, false);
            assertThat(members.members()).extracting(Member::role).containsExactly(Role.OWNER, Role.VIEWER);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Boolean> demoting(MemberStore members, Member member, CyclicBarrier together) {
        return () -> {
            together.await();
            try {
                members.changeRole(member.id(), Role.VIEWER);
                return true;
            } catch (LastOwnerException e) {
                return false;
            }
        };
    }

    @Test
    void ownersComeFirstThenAllByName() {
        own();
        members.invite("b@example.com", Role.VIEWER);
        members.invite("a@example.com", Role.SENDER);
        members.invite("o@example.com", Role.OWNER);
        in(new Guest("2", "b@example.com", "bora", Optional.empty()));
        in(new Guest("3", "a@example.com", "Ahn", Optional.empty()));
        in(new Guest("4", "o@example.com", "Zoe", Optional.empty()));

        assertThat(members.members()).extracting(Member::name).containsExactly("Name of 1", "Zoe", "Ahn", "bora");
    }

    @Test
    void aComputerStaysSignedInUntilItsSessionEnds() {
        Member mina = in(guest("1", "mina@example.com"));
        long session = members.beginSession(mina, "desk", HASH);
        members.signedIn(mina, "desk", Optional.of(session));

        assertThat(members.session(HASH)).contains(new Kept(session, mina, false));
        assertThat(members.session("another".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();

        members.signedOut(mina, "desk", Optional.of(session));

        assertThat(members.session(HASH)).isEmpty();
        assertThat(members.session(session)).isEmpty();
        assertThat(members.computers(mina.id(), Optional.empty())).isEmpty();
        assertThat(told())
                .containsSubsequence(
                        "mina@example.com SIGNED_IN computer “desk” stays signed in",
                        "mina@example.com SIGNED_OUT computer “desk” ");
    }

    @Test
    void aSessionEndsWhenNobodyUsesItFor30Days() {
        Member mina = in(guest("1", "mina@example.com"));
        long session = members.beginSession(mina, "desk", HASH);
        clock.advance(Duration.ofDays(29));
        members.seen(mina, Optional.of(session));
        clock.advance(Duration.ofDays(29));
        assertThat(members.session(HASH)).isPresent();

        clock.advance(Duration.ofDays(1));

        assertThat(members.session(HASH)).isEmpty();
        assertThat(members.computers(mina.id(), Optional.empty())).isEmpty();
    }

    @Test
    void takingSomebodyOutEndsAllTheirSessionsAndRestoringDoesNotBringThemBack() {
        own();
        members.invite("kim@example.com", Role.EDITOR);
        Member kim = in(guest("2", "kim@example.com"));
        members.beginSession(kim, "desk", HASH);

        members.remove(kim.id());
        assertThat(members.session(HASH)).isEmpty();
        members.restore(kim.id());

        assertThat(members.session(HASH)).isEmpty();
    }

    @Test
    void aLockedSessionStaysLockedUntilItsMemberSignsIn() {
        Member mina = in(guest("1", "mina@example.com"));
        long session = members.beginSession(mina, "desk", HASH);
        members.lock(mina, "desk", Optional.of(session));
        try (Database other = openAgain()) {
            assertThat(new MemberStore(other, clock).session(HASH))
                    .map(Kept::locked)
                    .contains(true);
        }

        members.unlock(mina, "desk", Optional.of(session));

        assertThat(members.session(HASH)).map(Kept::locked).contains(false);
        assertThat(told())
                .containsSubsequence(
                        "mina@example.com LOCKED computer “desk” ", "mina@example.com UNLOCKED computer “desk” ");
    }

    @Test
    void aMemberSignsOutTheirOwnComputersAndNobodyElses() {
        Member mina = in(guest("1", "mina@example.com"));
        members.invite("kim@example.com", Role.OWNER);
        Member kim = in(guest("2", "kim@example.com"));
        long desk = members.beginSession(mina, "desk", HASH);
        clock.advance(Duration.ofMinutes(1));
        long laptop = members.beginSession(mina, "laptop", new byte[] {1});

        List<SignedInComputer> computers = members.computers(mina.id(), Optional.of(desk));
        assertThat(computers).extracting(SignedInComputer::computer).containsExactly("laptop", "desk");
        assertThat(computers).extracting(SignedInComputer::here).containsExactly(false, true);

        members.signOut(kim, computers.get(0));
        assertThat(members.session(laptop)).isPresent();
        members.signOut(mina, computers.get(0));
        assertThat(members.session(laptop)).isEmpty();
        assertThat(members.session(desk)).isPresent();
        assertThat(told())
                .filteredOn(entry -> entry.contains("COMPUTER_SIGNED_OUT"))
                .containsExactly("mina@example.com COMPUTER_SIGNED_OUT computer “laptop” ");
    }

    @Test
    void whatAMemberChoseAndTheirPictureAreTheirsAlone() {
        Member mina = in(guest("1", "mina@example.com"));
        members.invite("kim@example.com", Role.OWNER);
        Member kim = in(guest("2", "kim@example.com"));

        members.prefer(mina.id(), "ui.theme", "light");
        members.prefer(mina.id(), "ui.theme", "dark");
        members.keepPicture(mina.id(), new byte[] {1, 2});

        assertThat(members.preference(mina.id(), "ui.theme")).contains("dark");
        assertThat(members.preference(kim.id(), "ui.theme")).isEmpty();
        assertThat(members.picture(mina.id())).contains(new byte[] {1, 2});
        assertThat(members.picture(kim.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyWhoManagesPeopleChangesThem(Role role) {
        Member mina = in(guest("1", "mina@example.com"));
        members.invite("kim@example.com", Role.OWNER);
        Member kim = in(guest("2", "kim@example.com"));
        MemberStore own = new MemberStore(database.usedBy(new InRole(role)), clock);
        List<Consumer<MemberStore>> deeds = List.of(
                people -> people.invite("lee@example.com", Role.VIEWER),
                people -> people.withdrawInvitation("lee@example.com"),
                people -> people.allow("example.com", Role.VIEWER),
                people -> people.withdrawDomain("example.com"),
                people -> people.changeRole(kim.id(), Role.EDITOR),
                people -> people.remove(kim.id()),
                people -> people.restore(kim.id()));

        for (Consumer<MemberStore> deed : deeds) {
            if (role == Role.OWNER) {
                deed.accept(own);
            } else {
                assertThatThrownBy(() -> deed.accept(own)).isInstanceOf(NotAllowedException.class);
            }
        }

        assertThat(told().stream().filter(entry -> entry.startsWith("tester ")))
                .hasSize(role == Role.OWNER ? deeds.size() : 0);
        assertThat(members.members()).extracting(Member::id).contains(mina.id(), kim.id());
        assertThatThrownBy(() -> own.admit(guest("9", "z@example.com"))).isInstanceOf(IllegalStateException.class);
    }

    private record InRole(Role role) implements Access {
        @Override
        public Actor actor() {
            return Actor.local("tester");
        }

        @Override
        public Optional<Refusal> refusal(Right right, World world) {
            return role.may(right)
                    ? Optional.empty()
                    : Optional.of(new Refusal(Refusal.Code.ROLE, right, Optional.of(role)));
        }
    }

    private Database openAgain() {
        return Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, clock);
    }

    private void own() {
        in(guest("1", "mina@example.com"));
    }

    private Member in(Guest guest) {
        Admission admission = members.admit(guest);
        assertThat(admission).isInstanceOf(Admission.In.class);
        return ((Admission.In) admission).member();
    }

    private static Guest guest(String subject, String email) {
        return new Guest(subject, email, "Name of " + subject, Optional.empty());
    }

    /** What the audit says, the oldest first. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (AuditEntry entry : new AuditStore(database, clock).newest(100)) {
            told.add(0, entry.actor() + " " + entry.action() + " " + entry.subject() + " " + entry.detail());
        }
        return told;
    }
}
