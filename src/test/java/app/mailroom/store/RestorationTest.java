package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Actor;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.FileDamage;
import app.mailroom.model.MessageState;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.RestoreReport;
import app.mailroom.model.SendResult;
import app.mailroom.model.World;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a workspace in which mails went out since is made to one with which one can go on. */
class RestorationTest {
    private static final Actor WHO = Actor.local("mina");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestWorkspace workspace;

    @SuppressWarnings("NullAway.Init")
    private Path copy;

    private long plan;

    @BeforeEach
    void copyInTheMiddleOfAMailing() {
        workspace = new TestWorkspace(folder);
        plan = workspace.running(300);
        send(100);
        copy = folder.resolve("copy.db");
        workspace.database.copyTo(copy);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private void send(int count) {
        long sender = workspace.delivery.register("test");
        workspace.delivery.record(workspace.delivery.claim(sender, plan, count).stream()
                .map(message -> workspace.result(message, sender, new SendResult.Accepted("ses-" + message.id())))
                .toList());
        workspace.delivery.stop(sender);
    }

    private RestoreReport restore(Path replaced) throws IOException {
        return Restoration.make(
                copy, replaced, workspace.clock, new Restoration.Order("copy", folder.resolve("aside"), WHO));
    }

    private Database restored() {
        return Database.open(copy, Database.Schema.WORKSPACE, workspace.clock);
    }

    @Test
    void whatWasSentSinceTheCopyIsKnownFromTheFileThatItReplaces() throws IOException {
        send(120);
        workspace.suppressions.add(World.PRACTICE, "leaver@example.com", "UNSUBSCRIBE", "");
        workspace.outcomes.settle(List.of(delivered(150)), List.of());

        RestoreReport report = restore(workspace.file);

        assertThat(report.learnt()).isEqualTo(120);
        assertThat(report.uncertain()).isZero();
        assertThat(report.events()).isEqualTo(1);
        assertThat(report.suppressions()).isEqualTo(1);
        assertThat(report.parked()).containsExactly("plan 1");
        try (Database database = restored()) {
            PlanStore plans = new PlanStore(database, workspace.clock);
            Plan found = plans.find(plan).orElseThrow();
            assertThat(found.state()).isEqualTo(PlanState.PARKED);
            assertThat(found.problem()).isEqualTo(Plan.RESTORED);
            assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(80);
            assertThat(plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(219);
            assertThat(plans.totals(plan).in(MessageState.DELIVERED)).isEqualTo(1);
            assertThat(new SuppressionStore(database, workspace.clock).list("leaver@", 5))
                    .hasSize(1);
        }
    }

    @Test
    void whereNothingCanBeReadEverythingThatMayHaveGoneIsUncertain() throws IOException {
        send(120);

        RestoreReport report = restore(folder.resolve("nothing.db"));

        assertThat(report.readable()).isFalse();
        assertThat(report.uncertain()).isEqualTo(200);
        try (Database database = restored()) {
            PlanStore plans = new PlanStore(database, workspace.clock);
            assertThat(plans.totals(plan).in(MessageState.UNCERTAIN)).isEqualTo(200);
            assertThat(plans.find(plan).orElseThrow().state()).isEqualTo(PlanState.PARKED);
            DeliveryStore delivery = new DeliveryStore(database, workspace.clock, World.PRACTICE);
            plans.resume(plan);
            assertThat(delivery.claim(delivery.register("again"), plan, 1_000)).isEmpty();
        }
    }

    @Test
    void whatIsReportedLaterSettlesWhatIsUncertain() throws IOException {
        restore(folder.resolve("nothing.db"));
        try (Database database = restored()) {
            new OutcomeStore(database, workspace.clock, app.mailroom.outcome.HitJudge.RULES)
                    .settle(List.of(delivered(200)), List.of());
            PlanStore plans = new PlanStore(database, workspace.clock);
            assertThat(plans.totals(plan).in(MessageState.DELIVERED)).isEqualTo(1);
            assertThat(plans.totals(plan).in(MessageState.UNCERTAIN)).isEqualTo(199);
        }
    }

    @Test
    void ofABrokenFileNothingGoesTwiceAndTheRestIsKnownOrUncertain() throws IOException {
        send(120);
        Set<Long> sent = new HashSet<>();
        for (long id = 1; id <= 220; id++) {
            sent.add(id);
        }
        workspace.database.close();
        for (int seed = 0; seed < 8; seed++) {
            Path broken = folder.resolve("broken-" + seed + ".db");
            Files.copy(workspace.file, broken);
            scribble(broken, new Random(seed), 6);
            Path again = folder.resolve("again-" + seed + ".db");
            Files.copy(copy, again);
            Restoration.make(again, broken, workspace.clock, new Restoration.Order("copy", folder, WHO));
            try (Database database = Database.open(again, Database.Schema.WORKSPACE, workspace.clock)) {
                PlanStore plans = new PlanStore(database, workspace.clock);
                DeliveryStore delivery = new DeliveryStore(database, workspace.clock, World.PRACTICE);
                if (!plans.find(plan).orElseThrow().state().isEnded()) {
                    plans.resume(plan);
                }
                List<ClaimedMessage> claimed = delivery.claim(delivery.register("again"), plan, 1_000);
                assertThat(claimed).as("seed %d", seed).noneMatch(message -> sent.contains(message.id()));
                assertThat(claimed.size() + plans.totals(plan).all())
                        .as("seed %d", seed)
                        .isEqualTo(300 + claimed.size());
            }
        }
    }

    /** Random bytes over pages, of which the first is spared. */
    static void scribble(Path file, Random random, int pages) throws IOException {
        int page = 4096;
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long count = bytes.length() / page;
            for (int i = 0; i < pages; i++) {
                byte[] noise = new byte[page];
                random.nextBytes(noise);
                bytes.seek((1 + (long) (random.nextDouble() * (count - 1))) * page);
                bytes.write(noise);
            }
        }
    }

    @Test
    void aMailingWhoseTimeIsToComeStaysAsLongAsTheFileSaysThatItHasNotBegun() throws IOException {
        long later = workspace.draft(workspace.clock.instant().plus(Duration.ofDays(1)), List.of("a@example.com"));
        workspace.plans.start(later);
        Path second = folder.resolve("second.db");
        workspace.database.copyTo(second);
        Path third = folder.resolve("third.db");
        Files.copy(second, third);
        copy = second;

        assertThat(restore(workspace.file).scheduled()).containsExactly("plan 2");
        copy = third;
        RestoreReport unread = restore(folder.resolve("nothing.db"));

        assertThat(unread.scheduled()).isEmpty();
        assertThat(unread.parked()).containsExactlyInAnyOrder("plan 1", "plan 2");
        try (Database database = restored()) {
            PlanStore plans = new PlanStore(database, workspace.clock);
            assertThat(plans.totals(later).in(MessageState.PLANNED)).isEqualTo(1);
            plans.resume(later);
            assertThat(plans.find(later).orElseThrow().state()).isEqualTo(PlanState.SCHEDULED);
        }
    }

    @Test
    void numbersThatWereGivenSinceAreNotGivenAgain() throws IOException {
        long lost = workspace.running(50);
        long newest = workspace.number("SELECT max(id) FROM messages");
        plan = lost;
        send(20);

        RestoreReport report = restore(workspace.file);

        assertThat(report.lost()).containsExactly(new RestoreReport.LostMailing("plan 2", 20));
        try (Database database = restored()) {
            RecipientStore recipients = new RecipientStore(database, workspace.clock);
            long list = recipients.lists().get(0).id();
            PlanStore plans = new PlanStore(database, workspace.clock);
            Plan first = plans.find(1).orElseThrow();
            long made = plans.create(
                    new PlanStore.NewPlan(
                            "anew",
                            first.templateVersionId(),
                            list,
                            "list 1",
                            "news@example.com",
                            "News",
                            "",
                            first.timing(),
                            true,
                            World.PRACTICE,
                            List.of()),
                    recipients.columns(list),
                    List.of());
            plans.start(made);
            assertThat(made).isGreaterThan(lost);
            assertThat(plans.totals(made).all()).isEqualTo(300);
            List<Long> ids = database.read(sql -> sql.select(app.mailroom.store.jooq.Tables.MESSAGES.ID)
                    .from(app.mailroom.store.jooq.Tables.MESSAGES)
                    .where(app.mailroom.store.jooq.Tables.MESSAGES.PLAN_ID.eq(made))
                    .fetch(app.mailroom.store.jooq.Tables.MESSAGES.ID));
            assertThat(ids).hasSize(300).allMatch(id -> id > newest + 1_000_000);
        }
    }

    @Test
    void theRestoredFileSaysWhoRestoredItAndEverybodySignsInAnew() throws IOException {
        restore(workspace.file);
        try (Database database = restored()) {
            assertThat(new AuditStore(database, workspace.clock).newest(1))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.actor()).isEqualTo("mina");
                        assertThat(entry.action()).isEqualTo("WORKSPACE_RESTORED");
                        assertThat(entry.detail()).contains("0 uncertain");
                    });
        }
    }

    @Test
    void aDamagedFileIsNotOpened() throws IOException {
        workspace.database.close();
        Path zeroed = folder.resolve("zeroed.db");
        Files.copy(copy, zeroed);
        try (RandomAccessFile bytes = new RandomAccessFile(zeroed.toFile(), "rw")) {
            bytes.write(new byte[100]);
        }
        assertThat(kind(zeroed)).contains(FileDamage.Kind.NO_DATABASE);

        Path cut = folder.resolve("cut.db");
        Files.copy(copy, cut);
        try (RandomAccessFile bytes = new RandomAccessFile(cut.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
        assertThat(kind(cut)).contains(FileDamage.Kind.CUT_SHORT);

        Path text = folder.resolve("text.db");
        Files.writeString(text, "Dear reader, ".repeat(2_000));
        assertThat(kind(text)).contains(FileDamage.Kind.NO_DATABASE);

        Path practice = folder.resolve("practice.db");
        Database.open(practice, Database.Schema.PRACTICE, workspace.clock).close();
        assertThat(kind(practice)).contains(FileDamage.Kind.FOREIGN);
        assertThat(kind(copy)).isEmpty();
    }

    @Test
    void aFileFromWhichOnlyTheJournalWasTakenIsDamaged() throws Exception {
        Path file = killed();
        Files.delete(file.resolveSibling("journal.db-wal"));
        assertThat(kind(file)).contains(FileDamage.Kind.JOURNAL_MISSING);
    }

    @Test
    void aFileWhoseJournalAnotherProgramCarriedOverIsWellAndCheckedInFull() throws Exception {
        Path file = killed();
        try (Connection looking = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = looking.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM plans").close();
        }
        assertThat(file.resolveSibling("journal.db-wal")).doesNotExist();
        assertThat(kind(file)).isEmpty();
        assertThat(new DatabaseFile(file, Database.Schema.WORKSPACE).checkIsDue(workspace.clock))
                .isTrue();
    }

    /** What a killed process leaves: the mark says open, nobody holds it, and journal and shared memory lie there. */
    private Path killed() throws IOException {
        Path there = Files.createDirectories(folder.resolve("running")).resolve("journal.db");
        Path left = Files.createDirectories(folder.resolve("killed")).resolve("journal.db");
        Files.copy(copy, there);
        try (Database open = Database.open(there, Database.Schema.WORKSPACE, workspace.clock)) {
            new SettingsStore(open, workspace.clock).put("sample.made", "true");
            for (String end : List.of("", "-wal", "-shm", ".open")) {
                Files.copy(there.resolveSibling("journal.db" + end), left.resolveSibling("journal.db" + end));
            }
        }
        assertThat(Files.readString(left.resolveSibling("journal.db.open"))).startsWith("open");
        assertThat(kind(left)).isEmpty();
        return left;
    }

    @Test
    void aFileThatIsNotAsItWasLeftIsCheckedInFull() throws Exception {
        Path file = folder.resolve("left.db");
        Files.copy(copy, file);
        DatabaseFile there = new DatabaseFile(file, Database.Schema.WORKSPACE);
        assertThat(there.checkIsDue(workspace.clock)).isTrue();
        Database.open(file, Database.Schema.WORKSPACE, workspace.clock).close();
        there.keepChecked(workspace.clock);
        assertThat(there.checkIsDue(workspace.clock)).isFalse();

        workspace.clock.advance(Duration.ofHours(25));
        assertThat(there.checkIsDue(workspace.clock)).isTrue();
        there.keepChecked(workspace.clock);
        scribble(file, new Random(3), 10);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
        assertThat(there.checkIsDue(workspace.clock)).isTrue();
        assertThat(there.check()).isPresent();
    }

    @Test
    void damageThatIsMetWhileItIsOpenStopsAllWriting() {
        assertThat(workspace.database.damage()).isEmpty();
        FileDamage damage = new FileDamage(FileDamage.Kind.BROKEN, workspace.file, "test");
        Set<FileDamage> told = new HashSet<>();
        workspace.database.onDamage(told::add);
        workspace.database.stopFor(damage);
        assertThat(told).containsExactly(damage);
        long before = workspace.number("SELECT count(*) FROM senders");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> workspace.delivery.register("late"))
                .isInstanceOf(DamagedException.class);
        assertThat(workspace.number("SELECT count(*) FROM senders")).isEqualTo(before);
    }

    private Optional<FileDamage.Kind> kind(Path file) throws IOException {
        return new DatabaseFile(file, Database.Schema.WORKSPACE).look().map(FileDamage::kind);
    }

    private static Outcome delivered(long message) {
        return new Outcome(
                OutcomeKind.DELIVERY,
                OptionalLong.of(message),
                "ses-" + message,
                "fingerprint " + message,
                app.mailroom.SettableClock.START.plusSeconds(60),
                false,
                null,
                null,
                null,
                "{}");
    }
}
