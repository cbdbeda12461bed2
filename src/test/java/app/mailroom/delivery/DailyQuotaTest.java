package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.MailAccount;
import org.junit.jupiter.api.Test;

class DailyQuotaTest {
    private final DailyQuota quota = new DailyQuota();

    @Test
    void nothingLimitsBeforeTheServiceHasSpoken() {
        assertThat(quota.left(1_000_000)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatWasSentSinceIsTakenOff() {
        quota.heard(account(200, 150), 40);

        assertThat(quota.left(40)).isEqualTo(50);
        assertThat(quota.left(70)).isEqualTo(20);
        assertThat(quota.left(90)).isZero();
        assertThat(quota.left(95)).isZero();
    }

    @Test
    void theServicesLastWordHolds() {
        quota.heard(account(200, 200), 0);
        assertThat(quota.left(0)).isZero();

        quota.heard(account(200, 120), 80);
        assertThat(quota.left(80)).isEqualTo(80);
    }

    @Test
    void anUnlimitedAccountStaysSo() {
        quota.heard(account(-1, 5_000_000), 0);

        assertThat(quota.left(1_000_000)).isEqualTo(Long.MAX_VALUE);
    }

    private static MailAccount account(long quota24h, long sent) {
        return new MailAccount(14, quota24h, sent, false, true);
    }
}
