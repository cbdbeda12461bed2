package app.mailroom.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.account.Session.Standing;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeatTest {
    private static final Seat NOBODY = new Seat(Standing.LOCAL, Optional.empty(), false);

    @Test
    void onlyWhoHasToSignInOrUnlockIsBarred() {
        assertThat(NOBODY.barred()).isFalse();
        assertThat(seat(1, Role.OWNER, "Mina").barred()).isFalse();
        assertThat(new Seat(Standing.SIGNED_OUT, Optional.empty(), false).barred()).isTrue();
        assertThat(new Seat(Standing.LOCKED, Optional.of(member(1, Role.OWNER, "Mina")), false).barred())
                .isTrue();
    }

    @Test
    void anotherRoleOrNameNeedsTheWindowFilledAnew() {
        Seat before = seat(1, Role.OWNER, "Mina");
        assertThat(before.looksLike(seat(1, Role.OWNER, "Mina"))).isTrue();
        assertThat(before.looksLike(seat(1, Role.VIEWER, "Mina"))).isFalse();
        assertThat(before.looksLike(seat(1, Role.OWNER, "Mina Park"))).isFalse();
        assertThat(before.looksLike(seat(2, Role.OWNER, "Mina"))).isFalse();
        assertThat(before.looksLike(NOBODY)).isFalse();
    }

    @Test
    void whoGetsANameBySigningInIsNobodyElse() {
        assertThat(seat(1, Role.OWNER, "Mina").isSomebodyElseThan(NOBODY)).isFalse();
        assertThat(seat(1, Role.VIEWER, "Mina").isSomebodyElseThan(seat(1, Role.OWNER, "Mina")))
                .isFalse();
        assertThat(seat(2, Role.OWNER, "Mina").isSomebodyElseThan(seat(1, Role.OWNER, "Mina")))
                .isTrue();
    }

    private static Seat seat(long id, Role role, String name) {
        return new Seat(Standing.SIGNED_IN, Optional.of(member(id, role, name)), false);
    }

    private static Member member(long id, Role role, String name) {
        return new Member(
                id, "sub" + id, name + "@example.com", name, role, Instant.EPOCH, Instant.EPOCH, Optional.empty());
    }
}
