package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.SettableClock;
import app.mailroom.model.Suppression;
import app.mailroom.model.World;
import app.mailroom.store.SuppressionStore.Lift;
import app.mailroom.store.SuppressionStore.Listed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionStoreTest {
    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private SuppressionStore store;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        store = workspace.suppressions;
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void anAddressMayBeSuppressedInBothWorldsEachForItsOwnReason() {
        store.add(World.PRACTICE, "mina@example.com", "BOUNCE", "550");
        workspace.clock.advance(Duration.ofSeconds(1));
        store.add(World.LIVE, "Mina@Example.com", "COMPLAINT", "");

        assertThat(store.list("MINA", 10))
                .extracting(Suppression::world, Suppression::address, Suppression::reason)
                .containsExactly(
                        tuple(World.LIVE, "Mina@Example.com", "COMPLAINT"),
                        tuple(World.PRACTICE, "mina@example.com", "BOUNCE"));
    }

    @Test
    void whatWasAddedFirstKeepsItsReason() {
        store.add("mina@example.com", "MANUAL", "");
        store.add(World.LIVE, "MINA@example.com", "BOUNCE", "550");

        assertThat(store.list("", 10)).singleElement().satisfies(only -> {
            assertThat(only.reason()).isEqualTo("MANUAL");
            assertThat(only.world()).isEqualTo(World.LIVE);
        });
    }

    @Test
    void practiceIsHeldBackByBothWorldsAndRealMailByTheRealOneOnly() {
        store.add(World.PRACTICE, "practice@example.com", "BOUNCE", "");
        store.add(World.LIVE, "live@example.com", "BOUNCE", "");

        assertThat(heldBackIn(World.LIVE)).containsExactly("live@example.com");
        assertThat(heldBackIn(World.PRACTICE)).containsExactly("live@example.com", "practice@example.com");
    }

    @Test
    void liftingInOneWorldLeavesTheOtherAndOnlyARealLiftIsRemembered() {
        store.add(World.PRACTICE, "mina@example.com", "BOUNCE", "");
        store.add(World.LIVE, "mina@example.com", "BOUNCE", "");

        store.lift(World.PRACTICE, "mina@example.com");
        assertThat(store.lifts()).isEmpty();
        assertThat(store.list("", 10)).extracting(Suppression::world).containsExactly(World.LIVE);

        store.lift(store.list("", 10).get(0));
        assertThat(store.list("", 10)).isEmpty();
        assertThat(store.lifts()).containsExactly(new Lift("mina@example.com", SettableClock.START));
    }

    @Test
    void liftingWhatIsNotSuppressedIsNothingToRemember() {
        store.lift(World.LIVE, "mina@example.com");

        assertThat(store.lifts()).isEmpty();
    }

    @Test
    void addingAgainForgetsTheLift() {
        store.add("mina@example.com", "MANUAL", "");
        store.lift(World.LIVE, "mina@example.com");
        store.add(World.PRACTICE, "mina@example.com", "BOUNCE", "");
        assertThat(store.lifts()).hasSize(1);

        store.add(World.LIVE, "MINA@example.com", "COMPLAINT", "");

        assertThat(store.lifts()).isEmpty();
    }

    @Test
    void aLiftThatWasRepeatedMeanwhileIsNotForgotten() {
        store.add("mina@example.com", "MANUAL", "");
        store.lift(World.LIVE, "mina@example.com");
        Lift first = store.lifts().get(0);
        store.add("mina@example.com", "MANUAL", "");
        workspace.clock.advance(Duration.ofSeconds(5));
        store.lift(World.LIVE, "mina@example.com");

        store.forgetLift(first);
        assertThat(store.lifts()).hasSize(1);
        store.forgetLift(store.lifts().get(0));
        assertThat(store.lifts()).isEmpty();
    }

    @Test
    void takingInPassesByWhatWasLiftedSinceAndCountsOnlyTheNew() {
        Instant before = SettableClock.START.minusSeconds(60);
        Instant after = SettableClock.START.plusSeconds(60);
        for (String address : List.of("lifted@example.com", "again@example.com", "known@example.com")) {
            store.add(World.LIVE, address, "BOUNCE", "550");
        }
        store.lift(World.LIVE, "lifted@example.com");
        store.lift(World.LIVE, "again@example.com");

        int fresh = store.takeIn(List.of(
                new Listed("lifted@example.com", "BOUNCE", before),
                new Listed("Again@example.com", "COMPLAINT", after),
                new Listed("known@example.com", "BOUNCE", before),
                new Listed("new@example.com", "BOUNCE", before)));

        assertThat(fresh).isEqualTo(2);
        assertThat(store.list("", 10))
                .extracting(Suppression::address, Suppression::reason, Suppression::createdAt)
                .containsExactly(
                        tuple("Again@example.com", "COMPLAINT", after),
                        tuple("known@example.com", "BOUNCE", SettableClock.START),
                        tuple("new@example.com", "BOUNCE", before));
        assertThat(store.lifts()).extracting(Lift::address).containsExactly("lifted@example.com");
    }

    @Test
    void onlyTheRealOnesForTheAskedReasonsAreHandedOut() {
        store.add("manual@example.com", "MANUAL", "");
        store.add(World.PRACTICE, "practice@example.com", "BOUNCE", "");
        store.add(World.LIVE, "bounce@example.com", "BOUNCE", "");
        store.add(World.LIVE, "complaint@example.com", "COMPLAINT", "");

        assertThat(store.live(List.of("BOUNCE", "COMPLAINT")))
                .extracting(Suppression::address)
                .containsExactly("bounce@example.com", "complaint@example.com");
    }

    private List<String> heldBackIn(World world) {
        return workspace.database.read(sql -> sql.select(SUPPRESSIONS.ADDRESS_KEY)
                .from(SUPPRESSIONS)
                .where(SuppressionStore.holdsIn(world))
                .orderBy(SUPPRESSIONS.ADDRESS_KEY)
                .fetch(SUPPRESSIONS.ADDRESS_KEY));
    }
}
