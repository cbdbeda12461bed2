package app.mailroom.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.mailroom.model.Actor;
import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RateTest {
    @Test
    void deliveredIsAShareOfWhatWasAccepted() {
        assertThat(Rate.DELIVERED.of(mailing(true))).isEqualTo(Share.of(80, 90));
        assertThat(Rate.DELIVERED.of(mailing(true)).rate().orElseThrow()).isCloseTo(0.889, within(0.001));
    }

    @Test
    void acceptedIsAShareOfAllMessages() {
        assertThat(Rate.ACCEPTED.of(mailing(true))).isEqualTo(Share.of(90, 100));
        assertThat(Rate.UNCERTAIN.of(mailing(true))).isEqualTo(Share.of(4, 100));
        assertThat(Rate.SUPPRESSED.of(mailing(true))).isEqualTo(Share.of(6, 100));
    }

    @Test
    void whatPeopleDoIsAShareOfWhatArrived() {
        assertThat(Rate.OPENED.of(mailing(true))).isEqualTo(Share.of(40, 80));
        assertThat(Rate.CLICKED.of(mailing(true))).isEqualTo(Share.of(8, 80));
        assertThat(Rate.UNSUBSCRIBED.of(mailing(true))).isEqualTo(Share.of(2, 80));
        assertThat(Rate.COMPLAINED.of(mailing(true))).isEqualTo(Share.of(1, 80));
    }

    @Test
    void bouncesAreTakenApartByWhatTheyMean() {
        assertThat(Rate.BOUNCED.of(mailing(true))).isEqualTo(Share.of(9, 90));
        assertThat(Rate.BOUNCED_HARD.of(mailing(true))).isEqualTo(Share.of(6, 90));
        assertThat(Rate.BOUNCED_SOFT.of(mailing(true))).isEqualTo(Share.of(3, 90));
    }

    @Test
    void whatWasNotCountedIsUnknownAndNotZero() {
        Share opened = Rate.OPENED.of(mailing(false));
        assertThat(opened.counted()).isFalse();
        assertThat(opened.rate()).isEmpty();
        assertThat(Rate.UNSUBSCRIBED.of(mailing(false))).isEqualTo(Share.of(2, 80));
    }

    @Test
    void mailingsWithoutCountingAreLeftOutOfTheWhole() {
        List<PlanResults> both = List.of(mailing(true), mailing(false));
        assertThat(Rate.OPENED.of(both)).isEqualTo(Share.of(40, 80));
        assertThat(Rate.DELIVERED.of(both)).isEqualTo(Share.of(160, 180));
        assertThat(Rate.OPENED.of(List.of(mailing(false))).counted()).isFalse();
        assertThat(Rate.OPENED.of(List.of()).counted()).isFalse();
    }

    @Test
    void partsOfMailingsAreSharesOfThemselves() {
        ResultCounts part = new ResultCounts(Map.of(Measure.TAKEN, 10L, Measure.ARRIVED, 8L, Measure.OPENED, 4L));
        assertThat(Rate.DELIVERED.of(part, true)).isEqualTo(Share.of(8, 10));
        assertThat(Rate.OPENED.of(part, true)).isEqualTo(Share.of(4, 8));
        assertThat(Rate.OPENED.of(part, false)).isEqualTo(Share.notCounted());
        assertThatThrownBy(() -> Rate.UNCERTAIN.of(part, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rate.BOUNCED_HARD.of(part, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Measure.class)
    void everyMeasureHasItsRate(Measure measure) {
        assertThat(Rate.of(measure).of(mailing(true)).count())
                .isEqualTo(mailing(true).totals().of(measure));
    }

    @ParameterizedTest
    @CsvSource({
        "BOUNCED_HARD, 49, 1000, FINE", "BOUNCED_HARD, 50, 1000, REVIEW", "BOUNCED_HARD, 100, 1000, PAUSE",
        "COMPLAINED, 0, 1000, FINE", "COMPLAINED, 1, 1000, REVIEW", "COMPLAINED, 5, 1000, PAUSE",
        "BOUNCED_SOFT, 900, 1000, FINE", "BOUNCED, 900, 1000, FINE", "COMPLAINED, 0, 0, FINE"
    })
    void amazonActsOnHardBouncesAndComplaints(Rate rate, long count, long among, Rate.Verdict verdict) {
        assertThat(rate.verdict(Share.of(count, among))).isEqualTo(verdict);
    }

    private static PlanResults mailing(boolean tracked) {
        Instant then = Instant.EPOCH;
        Plan plan = new Plan(
                1,
                "Spring",
                1,
                null,
                "list",
                "a@b.example",
                "A",
                "",
                PlanState.SENT,
                null,
                null,
                then,
                "UTC",
                null,
                then,
                then,
                then,
                World.PRACTICE,
                SendingRules.NONE,
                then,
                then,
                tracked,
                new PlanApproval(
                        false,
                        Actor.PROGRAM,
                        Actor.PROGRAM,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty()));
        PlanTotals totals = new PlanTotals(
                Map.of(
                        MessageState.DELIVERED, 79L,
                        MessageState.COMPLAINED, 1L,
                        MessageState.BOUNCED, 9L,
                        MessageState.DELAYED, 1L,
                        MessageState.UNCERTAIN, 4L,
                        MessageState.SUPPRESSED, 6L),
                Map.of(
                        Measure.TAKEN, 90L,
                        Measure.ARRIVED, 80L,
                        Measure.OPENED, 40L,
                        Measure.CLICKED, 8L,
                        Measure.UNSUBSCRIBED, 2L));
        return new PlanResults(
                plan,
                totals,
                List.of(
                        new ReasonCount(MessageState.BOUNCED, "Permanent.General", 6),
                        new ReasonCount(MessageState.BOUNCED, "Transient.MailboxFull", 3)));
    }
}
