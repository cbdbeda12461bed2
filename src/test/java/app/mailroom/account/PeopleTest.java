package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.store.Database;
import app.mailroom.store.LastOwnerException;
import app.mailroom.store.MemberStore;
import app.mailroom.store.SettingsStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {
    @TempDir
    private Path folder;

    private Database database;
    private MemberStore members;
    private People people;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, Clock.systemUTC());
        members = new MemberStore(database, Clock.systemUTC());
        people = new People(members, new AccountSettings(new SettingsStore(database, Clock.systemUTC())));
        members.admit(new MemberStore.Guest("1", "mina@example.com", "Mina", Optional.empty()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "kim@example.com, kim@example.com",
        "'  Kim.Lee+news@Mail.Example.CO.KR ', kim.lee+news@mail.example.co.kr",
        "kim_99@xn--bcher-kva.example, kim_99@xn--bcher-kva.example",
        "o'hara@example.com, o'hara@example.com"
    })
    void anAddressIsInvitedInSmallLetters(String typed, String invited) {
        people.invite(typed, Role.EDITOR);

        assertThat(people.invitations()).extracting(Invitation::email).containsExactly(invited);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kim",
                "kim@",
                "@example.com",
                "kim@example",
                "kim@example..com",
                "kim@-example.com",
                "kim@exa mple.com",
                "kim lee@example.com",
                "Kim <kim@example.com>",
                "kim@example.com, lee@example.com",
                "kim@example.com;lee@example.com",
                "kim@lee@example.com",
                "kim@example.com\nlee@example.com",
                "kim@127.0.0.1"
            })
    void whatIsNoAddressIsNotInvited(String typed) {
        assertThatThrownBy(() -> people.invite(typed, Role.EDITOR))
                .isInstanceOf(UnfitGuestException.class)
                .hasMessageContaining("is no address");
        assertThat(people.invitations()).isEmpty();
    }

    @Test
    void aMemberIsNotInvitedAgainAndThatIsSaid() {
        assertThatThrownBy(() -> people.invite("MINA@example.com", Role.EDITOR))
                .isInstanceOf(UnfitGuestException.class)
                .hasMessageContaining("mina@example.com works with this workspace already");
    }

    @Test
    void oneWhoWasTakenOutMayBeInvitedAgain() {
        Member kim = invited("kim@example.com", "2");
        people.remove(kim);
        assertThat(people.removed()).extracting(Member::id).containsExactly(kim.id());

        people.invite("kim@example.com", Role.VIEWER);

        assertThat(people.invitations()).hasSize(1);
        people.withdraw(people.invitations().get(0));
        assertThat(people.invitations()).isEmpty();
        people.restore(kim);
        assertThat(people.members()).extracting(Member::id).containsExactly(1L, kim.id());
    }

    @Test
    void rolesAreGivenAndTheLastOwnerStays() {
        Member kim = invited("kim@example.com", "2");
        Member mina = people.members().get(0);

        people.changeRole(kim, Role.SENDER);

        assertThat(people.members()).extracting(Member::role).containsExactly(Role.OWNER, Role.SENDER);
        assertThatThrownBy(() -> people.changeRole(mina, Role.SENDER)).isInstanceOf(LastOwnerException.class);
        assertThatThrownBy(() -> people.remove(mina)).isInstanceOf(LastOwnerException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "@Example.COM, example.com",
        "' mail.example.co.kr ', mail.example.co.kr",
        "한국.example, xn--3e0b707e.example"
    })
    void aDomainIsAllowedAsGoogleWritesIt(String typed, String allowed) {
        people.allow(typed, Role.VIEWER);

        assertThat(people.domains()).extracting(AllowedDomain::domain).containsExactly(allowed);
        people.withdraw(people.domains().get(0));
        assertThat(people.domains()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example", "kim@example.com", "*.example.com", "example.com/", "https://example.com"})
    void whatIsNoDomainIsNotAllowed(String typed) {
        assertThatThrownBy(() -> people.allow(typed, Role.VIEWER))
                .isInstanceOf(UnfitGuestException.class)
                .hasMessageContaining("is no domain");
        assertThat(people.domains()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmail.com", "GoogleMail.com", "@naver.com", "outlook.com"})
    void aDomainWhereAnybodyHasAnAccountIsNotAllowed(String typed) {
        assertThatThrownBy(() -> people.allow(typed, Role.VIEWER))
                .isInstanceOf(UnfitGuestException.class)
                .hasMessageContaining("Anybody can have an address");
        assertThat(people.domains()).isEmpty();
    }

    private Member invited(String email, String subject) {
        people.invite(email, Role.EDITOR);
        return ((MemberStore.Admission.In)
                        members.admit(new MemberStore.Guest(subject, email, "Name", Optional.empty())))
                .member();
    }
}
