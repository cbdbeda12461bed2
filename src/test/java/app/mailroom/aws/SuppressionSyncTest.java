package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.SettableClock;
import app.mailroom.aws.SesControlStub.Suppressed;
import app.mailroom.aws.SuppressionSync.Changes;
import app.mailroom.model.Suppression;
import app.mailroom.model.World;
import app.mailroom.store.SuppressionStore;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SuppressionSyncTest {
    private static final Instant BEFORE = SettableClock.START.minus(Duration.ofDays(1));
    private static final Instant AFTER = SettableClock.START.plus(Duration.ofDays(1));
    private static final Changes NOTHING = new Changes(0, 0, 0, 0);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final SesControlStub ses = new SesControlStub(2);
    private AmazonWorkspace workspace;
    private SuppressionStore store;
    private SuppressionSync sync;

    @BeforeEach
    void open() {
        workspace = new AmazonWorkspace(folder, ses.endpoint(), clock);
        store = workspace.suppressions;
        sync = workspace.amazon.suppressionSync();
    }

    @AfterEach
    void close() {
        ses.close();
        workspace.close();
    }

    @Test
    void bothSidesEndUpEqualAndASecondRoundChangesNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            ses.suppressed.put("there" + i + "@example.com", new Suppressed("BOUNCE", BEFORE));
        }
        ses.suppressed.put("Both@Example.com", new Suppressed("COMPLAINT", BEFORE));
        store.add(World.LIVE, "both@example.com", "BOUNCE", "550 no");
        store.add(World.LIVE, "here+label@example.com", "COMPLAINT", "abuse");

        assertThat(sync.syncOnce()).isEqualTo(new Changes(5, 1, 0, 0));

        assertThat(store.list("", 100)).hasSize(7);
        assertThat(store.list("there3", 10))
                .extracting(Suppression::world, Suppression::reason, Suppression::createdAt)
                .containsExactly(tuple(World.LIVE, "BOUNCE", BEFORE));
        assertThat(store.list("both", 10)).extracting(Suppression::detail).containsExactly("550 no");
        assertThat(ses.suppressed)
                .hasSize(7)
                .containsEntry("here+label@example.com", new Suppressed("COMPLAINT", ses.now));
        assertThat(sync.syncOnce()).isEqualTo(NOTHING);
    }

    @Test
    void practiceAndWhatIsNoBounceOrComplaintStayHere() throws Exception {
        store.add(World.PRACTICE, "practice@example.com", "BOUNCE", "");
        store.add("manual@example.com", "MANUAL", "");
        store.add(World.LIVE, "left@example.com", "UNSUBSCRIBED", "");

        assertThat(sync.syncOnce()).isEqualTo(NOTHING);
        assertThat(ses.suppressed).isEmpty();
    }

    @Test
    void whatAPersonLiftedIsLiftedAtSesAndDoesNotComeBack() throws Exception {
        ses.suppressed.put("Mina@example.com", new Suppressed("BOUNCE", BEFORE));
        sync.syncOnce();
        store.lift(World.LIVE, "mina@example.com");

        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 0, 1, 0));
        assertThat(ses.suppressed).isEmpty();
        assertThat(store.lifts()).hasSize(1);

        // SES may show the old list for a while.
        ses.suppressed.put("Mina@example.com", new Suppressed("BOUNCE", BEFORE));
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 0, 1, 0));
        assertThat(sync.syncOnce()).isEqualTo(NOTHING);
        assertThat(store.lifts()).isEmpty();
        assertThat(store.list("", 10)).isEmpty();
    }

    @Test
    void aLaterBounceStandsAgainstTheLift() throws Exception {
        store.add(World.LIVE, "mina@example.com", "BOUNCE", "");
        store.lift(World.LIVE, "mina@example.com");
        ses.suppressed.put("mina@example.com", new Suppressed("COMPLAINT", AFTER));

        assertThat(sync.syncOnce()).isEqualTo(new Changes(1, 0, 0, 0));
        assertThat(ses.suppressed).containsKey("mina@example.com");
        assertThat(store.list("", 10)).extracting(Suppression::reason).containsExactly("COMPLAINT");
        assertThat(store.lifts()).isEmpty();
    }

    @Test
    void aLiftOfWhatSesNeverListedIsForgotten() throws Exception {
        store.add(World.LIVE, "mina@example.com", "BOUNCE", "");
        store.lift(World.LIVE, "mina@example.com");

        assertThat(sync.syncOnce()).isEqualTo(NOTHING);
        assertThat(store.lifts()).isEmpty();
    }

    @Test
    void anAddressThatSesRefusesHoldsUpNoOther() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            store.add(World.LIVE, name + "@example.com", "BOUNCE", "");
        }
        ses.unacceptable.add("b@example.com");

        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 2, 0, 1));
        assertThat(ses.suppressed).containsOnlyKeys("a@example.com", "c@example.com");
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 0, 0, 1));

        ses.unacceptable.clear();
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 1, 0, 0));
    }

    @Test
    void aLiftThatSesRefusesHoldsUpNoOtherAndIsTriedAgain() throws Exception {
        for (String name : List.of("a", "b")) {
            ses.suppressed.put(name + "@example.com", new Suppressed("BOUNCE", BEFORE));
        }
        sync.syncOnce();
        store.lift(World.LIVE, "a@example.com");
        store.lift(World.LIVE, "b@example.com");
        store.add(World.LIVE, "c@example.com", "BOUNCE", "");
        ses.unacceptable.add("a@example.com");

        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 1, 1, 1));
        assertThat(ses.suppressed).containsOnlyKeys("a@example.com", "c@example.com");
        assertThat(store.list("a@", 10)).isEmpty();

        ses.unacceptable.clear();
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 0, 1, 0));
    }

    @Test
    void whatIsRefusedIsLoggedWithoutTheAddress() throws Exception {
        store.add(World.LIVE, "mina.kim@example.com", "BOUNCE", "");
        ses.unacceptable.add("mina.kim@example.com");
        Logger logger = (Logger) LoggerFactory.getLogger(SuppressionSync.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            sync.syncOnce();
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("1", "BadRequestException");
            assertThat(line.getFormattedMessage()).doesNotContain("mina", "example.com");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void aRoundStopsBeforeTheNextAddress() throws Exception {
        for (int i = 0; i < 5; i++) {
            store.add(World.LIVE, "here" + i + "@example.com", "BOUNCE", "");
        }

        assertThat(sync.syncOnce(() -> ses.suppressed.size() == 2)).isEqualTo(new Changes(0, 2, 0, 0));
        assertThat(ses.suppressed).hasSize(2);
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 3, 0, 0));
    }

    @Test
    void aRoundStopsBeforeTheNextLift() throws Exception {
        for (int i = 0; i < 3; i++) {
            ses.suppressed.put("there" + i + "@example.com", new Suppressed("BOUNCE", BEFORE));
        }
        sync.syncOnce();
        for (int i = 0; i < 3; i++) {
            store.lift(World.LIVE, "there" + i + "@example.com");
        }
        store.add(World.LIVE, "here@example.com", "BOUNCE", "");

        assertThat(sync.syncOnce(() -> ses.suppressed.size() == 1)).isEqualTo(new Changes(0, 0, 2, 0));
        assertThat(ses.suppressed).hasSize(1);
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 1, 1, 0));
    }

    @Test
    void aRoundThatStopsBetweenPagesHasDoneNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            ses.suppressed.put("there" + i + "@example.com", new Suppressed("BOUNCE", BEFORE));
        }
        sync.syncOnce();
        store.lift(World.LIVE, "there4@example.com");
        store.add(World.LIVE, "here@example.com", "BOUNCE", "");
        ses.requests.clear();

        assertThat(sync.syncOnce(() -> true)).isEqualTo(NOTHING);
        assertThat(ses.requests).isEmpty();
        assertThat(sync.syncOnce(() -> !ses.requests.isEmpty())).isEqualTo(NOTHING);
        assertThat(ses.requests).containsExactly("GET /v2/email/suppression/addresses");
        // What is on a page that was not read must not be taken for gone.
        assertThat(store.lifts()).hasSize(1);
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 1, 1, 0));
    }

    @Test
    void whatWasTakenOffAmazonsListByHandIsHandedOutAgain() throws Exception {
        ses.suppressed.put("mina@example.com", new Suppressed("BOUNCE", BEFORE));
        sync.syncOnce();
        ses.suppressed.clear();

        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 1, 0, 0));
        assertThat(ses.suppressed).containsOnlyKeys("mina@example.com");
    }

    @Test
    void aRoundThatFailsHalfWayIsFinishedByTheNext() throws Exception {
        store.add(World.LIVE, "here@example.com", "BOUNCE", "");
        ses.suppressed.put("there@example.com", new Suppressed("BOUNCE", BEFORE));
        ses.denied.add("PUT /v2/email/suppression/addresses");

        AmazonException refused = catchThrowableOfType(AmazonException.class, sync::syncOnce);
        assertThat(refused.code()).isEqualTo(AmazonException.Code.NOT_ALLOWED);
        assertThat(store.list("there", 10)).hasSize(1);

        ses.denied.clear();
        assertThat(sync.syncOnce()).isEqualTo(new Changes(0, 1, 0, 0));
    }
}
