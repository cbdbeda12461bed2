package app.mailroom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SendingWindowTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    /** All that today's zones know of clocks, from when their offsets are whole quarters of an hour. */
    private static final Instant FIRST = Instant.parse("1972-01-08T00:00:00Z");

    private static final Instant LAST = Instant.parse("2040-01-01T00:00:00Z");

    @Provide
    Arbitrary<SendingWindow> windows() {
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(7);
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
        return Combinators.combine(days, times, times).as(SendingWindow::new);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList());
    }

    /** Moments anywhere, and around the moments when a clock is put on or back. */
    @Provide
    Arbitrary<Moment> moments() {
        Arbitrary<Instant> anywhere = Arbitraries.longs()
                .between(FIRST.getEpochSecond() / 60, LAST.getEpochSecond() / 60)
                .map(minute -> Instant.ofEpochSecond(minute * 60));
        Arbitrary<Integer> nearby = Arbitraries.integers().between(-2 * 24 * 60, 3 * 60);
        return Combinators.combine(zones(), anywhere, nearby, Arbitraries.of(true, false))
                .as((zone, instant, minutes, atChange) -> {
                    ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
                    boolean near =
                            atChange && change != null && change.getInstant().isBefore(LAST);
                    return new Moment(zone, near ? change.getInstant().plusSeconds(minutes * 60L) : instant);
                });
    }

    record Moment(ZoneId zone, Instant instant) {}

    @Property(tries = 600)
    void opensAtTheFirstMomentAtWhichItIsOpen(@ForAll("windows") SendingWindow window, @ForAll("moments") Moment now) {
        Instant opens = window.nextOpening(now.instant(), now.zone());

        assertThat(window.isOpen(opens, now.zone())).isTrue();
        for (Instant at = now.instant(); at.isBefore(opens); at = at.plusSeconds(60)) {
            assertThat(window.isOpen(at, now.zone()))
                    .as("%s in %s", at, now.zone())
                    .isFalse();
        }
    }

    @Property(tries = 300)
    void closesAtTheFirstMomentAtWhichItIsClosed(
            @ForAll("windows") SendingWindow window, @ForAll("moments") Moment now) {
        Optional<Instant> closes = window.nextClosing(now.instant(), now.zone());
        Instant end = closes.orElse(now.instant().plus(Duration.ofDays(8)));

        closes.ifPresent(at -> assertThat(window.isOpen(at, now.zone())).isFalse());
        for (Instant at = now.instant(); at.isBefore(end); at = at.plusSeconds(60)) {
            assertThat(window.isOpen(at, now.zone()))
                    .as("%s in %s", at, now.zone())
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void isOpenExactlyWhileTheClockShowsATimeWithinIt(
            @ForAll("windows") SendingWindow window, @ForAll("moments") Moment now) {
        LocalDateTime local = LocalDateTime.ofInstant(now.instant(), now.zone());
        boolean wanted = false;
        for (int back = 0; back <= 1; back++) {
            LocalDateTime opens = local.toLocalDate().minusDays(back).atTime(window.from());
            LocalDateTime closes = opens.toLocalDate()
                    .plusDays(window.from().isBefore(window.until()) ? 0 : 1)
                    .atTime(window.until());
            wanted |= window.days().contains(opens.getDayOfWeek()) && !local.isBefore(opens) && local.isBefore(closes);
        }

        assertThat(window.isOpen(now.instant(), now.zone())).isEqualTo(wanted);
    }

    @Property(tries = 200)
    void isReadAsItIsWritten(@ForAll("windows") SendingWindow window) {
        assertThat(SendingWindow.parse(window.toString())).isEqualTo(window);
    }

    @Example
    void whatOpensInTheHourThatSummerTimeSkipsOpensWhenTheClockIsPutOn() {
        SendingWindow window = SendingWindow.parse("sun 02:30-04:00");

        assertThat(window.nextOpening(Instant.parse("2026-03-08T05:00:00Z"), NEW_YORK))
                .isEqualTo(Instant.parse("2026-03-08T07:00:00Z"));
        assertThat(window.nextClosing(Instant.parse("2026-03-08T07:00:00Z"), NEW_YORK))
                .contains(Instant.parse("2026-03-08T08:00:00Z"));
    }

    @Example
    void whatLiesInTheHourThatComesTwiceIsOpenTwice() {
        SendingWindow window = SendingWindow.parse("sun 01:00-01:30");

        assertThat(window.nextOpening(Instant.parse("2026-11-01T05:30:00Z"), NEW_YORK))
                .isEqualTo(Instant.parse("2026-11-01T06:00:00Z"));
    }

    @Example
    void reachesOverMidnightIntoADayThatIsNotNamed() {
        SendingWindow window = SendingWindow.parse("fri 22:00-06:00");

        assertThat(window.isOpen(Instant.parse("2026-11-28T05:59:00Z"), ZoneOffset.UTC))
                .isTrue();
        assertThat(window.isOpen(Instant.parse("2026-11-27T05:59:00Z"), ZoneOffset.UTC))
                .isFalse();
        assertThat(window.nextOpening(Instant.parse("2026-11-28T06:00:00Z"), ZoneOffset.UTC))
                .isEqualTo(Instant.parse("2026-12-04T22:00:00Z"));
    }

    @Example
    void daysMayBeRangesAndOverTheWeekend() {
        assertThat(SendingWindow.parse("Mon-Fri 9:00-17:30").days())
                .isEqualTo(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        assertThat(SendingWindow.parse("sat-mon,wed").days())
                .containsExactlyInAnyOrder(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY);
        assertThat(SendingWindow.parse("mon 00:00-24:00")).isEqualTo(SendingWindow.parse("mon"));
    }

    @Example
    void whatIsNoWindowIsRefused() {
        for (String text :
                List.of("", "mon 9-17", "mon 25:00-26:00", "montag 09:00-17:00", "mon 24:30-01:00", "mon-")) {
            assertThatThrownBy(() -> SendingWindow.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
