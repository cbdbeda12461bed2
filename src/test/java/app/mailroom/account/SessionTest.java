package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.SettableClock;
import app.mailroom.account.GoogleSignIn.Wish;
import app.mailroom.account.Session.Entered;
import app.mailroom.account.Session.Standing;
import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.Member;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.SignedInComputer;
import app.mailroom.model.World;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.RefusingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.MemberStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SuppressionStore;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions of several processes and computers on one workspace, with people who sign in at a real server. */
class SessionTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0};

    private static StandInForGoogle google;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final List<Database> opened = new ArrayList<>();
    private final SecretStore secrets = new LastingSecrets();
    private MemberStore members;
    private AccountSettings settings;
    private Session session;

    @BeforeAll
    static void startGoogle() throws IOException {
        google = new StandInForGoogle();
    }

    @AfterAll
    static void stopGoogle() {
        google.close();
    }

    @BeforeEach
    void open() {
        Database database = database();
        members = new MemberStore(database, clock);
        settings = new AccountSettings(new SettingsStore(database, clock));
        session = process("desk", secrets);
    }

    @AfterEach
    void close() {
        opened.forEach(Database::close);
    }

    // Who may do what.

    @ParameterizedTest
    @EnumSource(Right.class)
    void thePersonAtTheComputerMayDoAllThatSendsNothingInEarnest(Right right) {
        assertThat(session.standing()).isEqualTo(Standing.LOCAL);
        assertThat(session.actor()).isEqualTo(Actor.local("min"));
        assertThat(session.refusal(right, World.PRACTICE)).isEmpty();
        boolean sends =
                right == Right.SEND_MAILINGS || right == Right.APPROVE_MAILINGS || right == Right.PREPARE_MAILINGS;
        assertThat(session.refusal(right, World.LIVE).map(Refusal::code))
                .isEqualTo(sends ? Optional.of(Refusal.Code.LIVE_NEEDS_SIGN_IN) : Optional.empty());

        settings.askWho(false);

        assertThat(session.refusal(right, World.PRACTICE)).isEmpty();
        assertThat(session.refusal(right, World.LIVE)).isEmpty();
    }

    @Test
    void whoIsSignedInMayDoWhatTheirRoleMay() throws Exception {
        own();
        Member kim = invited("2", "kim@example.com", Role.VIEWER);
        Session hers = process("laptop", new LastingSecrets());
        signIn(hers, kim());

        for (Role role : Role.values()) {
            members.changeRole(kim.id(), role);
            for (Right right : Right.values()) {
                Optional<Refusal> refusal = role.may(right)
                        ? Optional.empty()
                        : Optional.of(new Refusal(Refusal.Code.ROLE, right, Optional.of(role)));
                assertThat(hers.refusal(right, World.PRACTICE))
                        .as("%s %s", role, right)
                        .isEqualTo(refusal);
                assertThat(hers.refusal(right, World.LIVE))
                        .as("%s %s", role, right)
                        .isEqualTo(refusal);
            }
        }

        assertThat(hers.actor()).isEqualTo(Actor.of(kim));
    }

    @Test
    void whoIsSignedOutLockedOrTakenOutMayDoNothing() throws Exception {
        own();
        Member kim = invited("2", "kim@example.com", Role.OWNER);
        Session signedOut = process("other", new LastingSecrets());
        Session locked = process("laptop", new LastingSecrets());
        signIn(locked, kim());
        locked.lock();
        Session removed = process("third", new LastingSecrets());
        signIn(removed, kim());
        for (Right right : Right.values()) {
            for (World world : World.values()) {
                assertThat(code(locked, right, world)).contains(Refusal.Code.LOCKED);
            }
        }
        members.remove(kim.id());
        for (Right right : Right.values()) {
            for (World world : World.values()) {
                assertThat(code(signedOut, right, world)).contains(Refusal.Code.SIGNED_OUT);
                assertThat(code(removed, right, world)).contains(Refusal.Code.REMOVED);
                assertThat(code(locked, right, world)).contains(Refusal.Code.REMOVED);
            }
        }
        assertThat(removed.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(removed.member()).isEmpty();
        assertThatThrownBy(() -> removed.require(Right.VIEW))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("taken out");
        assertThat(catchThrowableOfType(NotAdmittedException.class, () -> signIn(removed, kim()))
                        .code())
                .isEqualTo(NotAdmittedException.Code.REMOVED);
    }

    private static Optional<Refusal.Code> code(Session session, Right right, World world) {
        return session.refusal(right, world).map(Refusal::code);
    }

    // Coming in.

    @Test
    void whoeverSignsInFirstOwnsTheWorkspaceAndAllOthersAreAskedWhoTheyAre() throws Exception {
        Session other = process("laptop", new LastingSecrets());
        AtomicInteger changes = new AtomicInteger();
        session.subscribe(changes::incrementAndGet);

        Entered entered = session.signIn(usual(), false, mina());

        assertThat(entered.member().role()).isEqualTo(Role.OWNER);
        assertThat(entered.member().email()).isEqualTo("mina@example.com");
        assertThat(entered.stays()).isFalse();
        assertThat(session.standing()).isEqualTo(Standing.SIGNED_IN);
        assertThat(session.member()).contains(entered.member());
        assertThat(changes).hasPositiveValue();
        assertThat(other.refusal(Right.VIEW).map(Refusal::code)).contains(Refusal.Code.SIGNED_OUT);
        assertThat(other.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(told())
                .containsExactly(
                        "mina@example.com OWNER_CLAIMED member 1 “mina@example.com” ",
                        "mina@example.com SIGNED_IN computer “desk” ");
    }

    @Test
    void aStrangerIsRefusedAndNothingChanges() throws Exception {
        own();
        session.signOut();

        NotAdmittedException refused = catchThrowableOfType(NotAdmittedException.class, () -> signIn(session, kim()));

        assertThat(refused.code()).isEqualTo(NotAdmittedException.Code.NOT_INVITED);
        assertThat(refused.email()).isEqualTo("kim@example.com");
        assertThat(refused).hasMessageContaining("kim@example.com is not invited");
        assertThat(session.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(members.members()).hasSize(1);
        assertThat(told()).last().isEqualTo("min SIGN_IN_REFUSED kim@example.com NOT_INVITED");
    }

    @Test
    void anAnswerThatCannotBeBelievedIsToldToTheAudit() throws Exception {
        own();

        assertThatThrownBy(() -> session.signIn(
                        usual(), false, page -> PersonAtBrowser.comesBack(page, "code=4%2F0Forged&state=guessed")))
                .isInstanceOf(SignInException.class);
        assertThatThrownBy(() -> session.signIn(usual(), false, mina().with("nonce", "of-another")))
                .isInstanceOf(SignInException.class);
        assertThatThrownBy(() -> session.signIn(usual(), false, page -> {
                    throw new UnsupportedOperationException("there is no browser");
                }))
                .isInstanceOf(SignInException.class);

        assertThat(told().stream().filter(entry -> entry.contains("REFUSED")))
                .containsExactly("min SIGN_IN_REFUSED nobody STATE_MISMATCH", "min SIGN_IN_REFUSED nobody WRONG_NONCE");
        assertThat(session.standing()).as("who was there stays").isEqualTo(Standing.SIGNED_IN);
    }

    @Test
    void whoeverSignsInOverSomebodyElseSignsThemOut() throws Exception {
        own();
        invited("2", "kim@example.com", Role.EDITOR);

        signIn(session, kim());

        assertThat(session.actor().name()).isEqualTo("kim@example.com");
        assertThat(told())
                .endsWith(
                        "mina@example.com SIGNED_OUT computer “desk” ",
                        "kim@example.com SIGNED_IN computer “desk” stays signed in");
        Session again = process("desk", secrets);
        again.resume();
        assertThat(again.actor().name()).isEqualTo("kim@example.com");
    }

    @Test
    void othersAreAnsweredWhileSomebodySignsInAndInterruptingCancels() throws Exception {
        ExecutorService remote = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch shown = new CountDownLatch(1);
            AtomicReference<Thread> waiting = new AtomicReference<>();
            Future<SignInException> failure = remote.submit(() -> {
                waiting.set(Thread.currentThread());
                return catchThrowableOfType(
                        SignInException.class, () -> session.signIn(usual(), true, page -> shown.countDown()));
            });
            assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(session.refusal(Right.EDIT_TEMPLATES)).isEmpty();
            assertThat(session.lockIfIdle()).isFalse();
            Objects.requireNonNull(waiting.get()).interrupt();

            assertThat(failure.get().code()).isEqualTo(SignInException.Code.CANCELLED);
            assertThat(members.owned()).isFalse();
        } finally {
            remote.shutdownNow();
        }
    }

    @Test
    void whoGivesUpJustAfterGoogleAnsweredIsNotSignedIn() throws Exception {
        own();
        session.signOut();
        PersonAtBrowser person = mina();

        SignInException failure = catchThrowableOfType(
                SignInException.class,
                () -> session.signIn(usual(), true, page -> {
                    person.accept(page);
                    Thread.currentThread().interrupt();
                }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(SignInException.Code.CANCELLED);
        assertThat(session.standing()).isEqualTo(Standing.SIGNED_OUT);
    }

    // Staying.

    @Test
    void aComputerStaysSignedInAndOnlyItsKeychainHoldsTheSecret() throws Exception {
        Entered entered = signIn(session, mina());
        assertThat(entered.stays()).isTrue();
        assertThat(session.stays()).isTrue();
        String secret = secrets.get("account.session").orElseThrow();
        assertThat(secret).hasSize(43);

        Session later = process("desk", secrets);
        assertThat(later.standing()).isEqualTo(Standing.SIGNED_OUT);
        later.resume();

        assertThat(later.standing()).isEqualTo(Standing.SIGNED_IN);
        assertThat(later.member().map(Member::id)).contains(entered.member().id());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void signingOutEndsItInAllProcessesOfTheComputer() throws Exception {
        own();
        Session second = process("desk", secrets);
        second.resume();
        List<Standing> heard = new ArrayList<>();
        second.subscribe(() -> heard.add(second.standing()));

        session.signOut();

        assertThat(session.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(secrets.get("account.session")).isEmpty();
        assertThat(second.lockIfIdle()).isFalse();
        assertThat(second.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(heard).containsExactly(Standing.SIGNED_OUT);
        assertThat(told()).last().isEqualTo("mina@example.com SIGNED_OUT computer “desk” ");
        session.signOut();
        assertThat(told()).filteredOn(entry -> entry.contains("SIGNED_OUT")).hasSize(1);
    }

    @Test
    void aSignInThatIsNotToStayEndsOneThatDid() throws Exception {
        own();

        session.signIn(usual(), false, mina());

        assertThat(session.stays()).isFalse();
        assertThat(secrets.get("account.session")).isEmpty();
        assertThat(members.computers(1, Optional.empty())).isEmpty();
    }

    @Test
    void signingInAgainDoesNotMakeASecondComputerOfIt() throws Exception {
        own();
        Session second = process("desk", secrets);

        signIn(second, mina());

        assertThat(second.computers()).hasSize(1);
        assertThat(session.refusal(Right.VIEW)).as("the first process goes on").isEmpty();
    }

    @Test
    void anotherComputerIsSignedOutFromHere() throws Exception {
        own();
        Session laptop = process("laptop", new LastingSecrets());
        signIn(laptop, mina());
        assertThat(session.computers())
                .extracting(SignedInComputer::computer, SignedInComputer::here)
                .containsExactlyInAnyOrder(tuple("desk", true), tuple("laptop", false));

        session.signOut(session.computers().stream()
                .filter(computer -> !computer.here())
                .findFirst()
                .orElseThrow());

        assertThat(laptop.refusal(Right.VIEW).map(Refusal::code)).contains(Refusal.Code.SIGNED_OUT);
        assertThat(session.computers()).extracting(SignedInComputer::computer).containsExactly("desk");
        assertThat(told()).last().isEqualTo("mina@example.com COMPUTER_SIGNED_OUT computer “laptop” ");
        session.signOut(session.computers().get(0));
        assertThat(session.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(session.computers()).isEmpty();
    }

    @Test
    void whatNobodyUsesFor30DaysEndsAndWhatIsUsedGoesOn() throws Exception {
        settings.idle(Duration.ZERO);
        own();
        for (int day = 0; day < 40; day++) {
            clock.advance(Duration.ofDays(1));
            session.lockIfIdle();
        }
        assertThat(session.standing()).isEqualTo(Standing.SIGNED_IN);
        assertThat(members.find(1)).map(Member::lastSeenAt).contains(clock.instant());

        clock.advance(Duration.ofDays(30));
        Session later = process("desk", secrets);
        later.resume();

        assertThat(later.standing()).isEqualTo(Standing.SIGNED_OUT);
        assertThat(secrets.get("account.session")).as("it is of no more use").isEmpty();
    }

    @Test
    void aKeychainThatRefusesDoesNotKeepAnybodyOut() throws Exception {
        Session here = process("desk", new RefusingSecrets());

        Entered entered = signIn(here, mina());

        assertThat(entered.stays()).isFalse();
        assertThat(here.stays()).isFalse();
        assertThat(here.standing()).isEqualTo(Standing.SIGNED_IN);
        assertThat(here.computers()).isEmpty();
        here.signOut();
        assertThat(here.standing()).isEqualTo(Standing.SIGNED_OUT);
    }

    @Test
    void whereSecretsDoNotLastNothingStays() throws Exception {
        Session here = process("desk", new SessionSecrets());

        assertThat(here.canStay()).isFalse();
        assertThat(signIn(here, mina()).stays()).isFalse();
        assertThat(here.computers()).isEmpty();
    }

    @Test
    void whatIsNoSecretInTheKeychainSignsNobodyIn() throws Exception {
        own();
        for (String planted : List.of("", "not base64 at all!", "QUJD")) {
            SecretStore other = new LastingSecrets();
            other.put("account.session", planted);
            Session here = process("other", other);
            here.resume();
            assertThat(here.standing()).isEqualTo(Standing.SIGNED_OUT);
        }
    }

    // Locking.

    @Test
    void whoeverLeavesTheComputerIsLockedOutUntilTheySignInAgain() throws Exception {
        Member mina = own();
        clock.advance(IDLE.minusSeconds(1));
        assertThat(session.lockIfIdle()).isFalse();
        assertThat(session.touched()).isTrue();
        clock.advance(IDLE.minusSeconds(1));
        assertThat(session.lockIfIdle()).isFalse();

        clock.advance(Duration.ofSeconds(1));

        assertThat(session.lockIfIdle()).isTrue();
        assertThat(session.standing()).isEqualTo(Standing.LOCKED);
        assertThat(session.member()).map(Member::id).contains(mina.id());
        session.touched();
        assertThat(session.lockIfIdle()).as("a key does not unlock").isTrue();

        session.signIn(usual(), true, mina());

        assertThat(session.standing()).isEqualTo(Standing.SIGNED_IN);
        assertThat(session.lockIfIdle()).isFalse();
        assertThat(told())
                .endsWith("mina@example.com LOCKED computer “desk” ", "mina@example.com UNLOCKED computer “desk” ");
    }

    @Test
    void aComputerThatSleptIsLockedBeforeTheFirstKeyCounts() throws Exception {
        own();
        clock.advance(Duration.ofHours(9));

        assertThat(session.touched()).isFalse();
        assertThat(code(session, Right.VIEW, World.PRACTICE)).contains(Refusal.Code.LOCKED);
        assertThat(session.touched()).isFalse();
        assertThat(session.lockIfIdle()).isTrue();
    }

    @Test
    void whatIsDoneInSomebodysNameShowsThatTheyAreThere() throws Exception {
        own();
        SuppressionStore suppressions = new SuppressionStore(database().usedBy(session), clock);
        for (int i = 0; i < 4; i++) {
            clock.advance(IDLE.dividedBy(2));
            suppressions.add("reader" + i + "@example.com", "MANUAL", "");
            assertThat(session.lockIfIdle()).isFalse();
        }
    }

    /** An open window looks by itself again and again: at the audit, and whether what is being planned is still right. */
    @Test
    void whatAWindowReadsByItselfKeepsNothingOpen() throws Exception {
        own();
        Database hers = database().usedBy(session);
        clock.advance(IDLE.dividedBy(2));
        session.require(Right.VIEW);
        new AuditStore(hers, clock).newest(1);
        new PlanStore(hers, clock).requirePreparing();
        new SettingsStore(hers, clock).put("ui.window", "10 10 1280 800");
        clock.advance(IDLE.dividedBy(2));

        assertThat(session.lockIfIdle()).isTrue();
    }

    @Test
    void howLongIsTheWorkspacesToSay() throws Exception {
        own();
        settings.idle(Duration.ZERO);
        session.lockIfIdle();
        clock.advance(Duration.ofDays(2));
        assertThat(session.lockIfIdle()).isFalse();

        session.touched();
        settings.idle(Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5));
        assertThat(session.lockIfIdle()).isTrue();
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepTheProgramOpen() throws Exception {
        own();
        clock.advance(Duration.ofHours(-5));
        assertThat(session.lockIfIdle()).isFalse();

        clock.advance(IDLE);

        assertThat(session.lockIfIdle()).isTrue();
    }

    @Test
    void closingAndStartingDoesNotGetRoundTheLock() throws Exception {
        own();
        session.lock();

        Session later = process("desk", secrets);
        later.resume();

        assertThat(later.standing()).isEqualTo(Standing.LOCKED);
        assertThat(code(later, Right.VIEW, World.PRACTICE)).contains(Refusal.Code.LOCKED);
        signIn(later, mina());
        assertThat(later.standing()).isEqualTo(Standing.SIGNED_IN);
        assertThat(session.refusal(Right.VIEW).map(Refusal::code))
                .as("before the other process somebody else may sit")
                .contains(Refusal.Code.LOCKED);
    }

    @Test
    void lockingOneProcessLocksTheOthersOfTheComputer() throws Exception {
        own();
        Session second = process("desk", secrets);
        second.resume();

        session.lock();

        assertThat(second.lockIfIdle()).isTrue();
        assertThat(told()).filteredOn(entry -> entry.contains(" LOCKED ")).hasSize(1);
    }

    @Test
    void onlyWhoLockedItUnlocksIt() throws Exception {
        own();
        members.invite("kim@example.com", Role.OWNER);
        session.lock();

        NotAdmittedException refused = catchThrowableOfType(NotAdmittedException.class, () -> signIn(session, kim()));

        assertThat(refused.code()).isEqualTo(NotAdmittedException.Code.SOMEBODY_ELSE);
        assertThat(session.standing()).isEqualTo(Standing.LOCKED);
        assertThat(members.invitations()).as("their invitation is not used up").hasSize(1);
        assertThat(told()).last().isEqualTo("min SIGN_IN_REFUSED kim@example.com SOMEBODY_ELSE");

        session.signOut();
        signIn(session, kim());
        assertThat(session.actor().name()).isEqualTo("kim@example.com");
    }

    @Test
    void nothingLocksWhereNobodyIsSignedInOrNobodyIsAsked() throws Exception {
        session.lock();
        clock.advance(Duration.ofDays(1));
        assertThat(session.lockIfIdle()).isFalse();
        assertThat(session.standing()).isEqualTo(Standing.LOCAL);

        own();
        settings.askWho(false);
        clock.advance(Duration.ofDays(1));
        assertThat(session.lockIfIdle()).isFalse();
        assertThat(session.touched()).isTrue();
        assertThat(session.standing()).isEqualTo(Standing.SIGNED_IN);
    }

    // What others change.

    @Test
    void aRoleThatIsChangedElsewhereHoldsAtOnce() throws Exception {
        own();
        Member kim = invited("2", "kim@example.com", Role.EDITOR);
        Session hers = process("laptop", new LastingSecrets());
        signIn(hers, kim());
        AtomicInteger changes = new AtomicInteger();
        Runnable stop = hers.subscribe(changes::incrementAndGet);

        members.changeRole(kim.id(), Role.VIEWER);

        assertThat(code(hers, Right.EDIT_TEMPLATES, World.PRACTICE)).contains(Refusal.Code.ROLE);
        assertThat(hers.member()).map(Member::role).contains(Role.VIEWER);
        assertThat(changes).hasValue(1);
        stop.run();
        members.changeRole(kim.id(), Role.SENDER);
        assertThat(hers.refusal(Right.SEND_MAILINGS, World.LIVE)).isEmpty();
        assertThat(changes).hasValue(1);
    }

    @Test
    void switchingSignInOffAndOnIsNoticed() throws Exception {
        own();
        Session other = process("laptop", new LastingSecrets());
        AtomicInteger changes = new AtomicInteger();
        other.subscribe(changes::incrementAndGet);

        settings.askWho(false);
        other.lockIfIdle();
        assertThat(other.standing()).isEqualTo(Standing.LOCAL);
        assertThat(other.refusal(Right.MANAGE_PEOPLE)).isEmpty();
        assertThat(other.refusal(Right.SEND_MAILINGS, World.LIVE)).isEmpty();

        settings.askWho(true);
        assertThat(code(other, Right.VIEW, World.PRACTICE)).contains(Refusal.Code.SIGNED_OUT);
        assertThat(changes).hasValue(2);
    }

    @Test
    void aSubscriberThatFailsStopsNobody() throws Exception {
        session.subscribe(() -> {
            throw new IllegalStateException("a window is gone");
        });

        assertThat(own().role()).isEqualTo(Role.OWNER);
    }

    @Test
    void whatSomebodyChoseGoesWithThem() throws Exception {
        assertThat(session.prefer("ui.theme", "dark")).isFalse();
        assertThat(session.preference("ui.theme")).isEmpty();
        own();
        assertThat(session.prefer("ui.theme", "dark")).isTrue();

        Session laptop = process("laptop", new LastingSecrets());
        signIn(laptop, mina());
        assertThat(laptop.preference("ui.theme")).contains("dark");
        laptop.signOut();
        assertThat(laptop.preference("ui.theme")).isEmpty();
    }

    // Pictures.

    @Test
    void aPictureComesAfterTheSignInAndKeepsNobodyWaiting() throws Exception {
        CountDownLatch signedIn = new CountDownLatch(1);
        try (Pictures pictures = new Pictures(() -> {
            waitFor(signedIn);
            return PNG;
        })) {
            CountDownLatch told = new CountDownLatch(1);
            session.signIn(usual(), false, mina().with("picture", pictures.address("/mina")));
            session.subscribe(told::countDown);
            assertThat(session.picture()).isEmpty();
            signedIn.countDown();

            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(session.picture()).contains(PNG);
        }
    }

    @Test
    void aJpegIsAPictureAndWhatIsNoneIsNotTaken() throws Exception {
        AtomicReference<byte[]> body = new AtomicReference<>(JPEG);
        try (Pictures pictures = new Pictures(body::get)) {
            assertThat(Picture.at(pictures.address("/x"))).isEqualTo(JPEG);
            body.set(Arrays.copyOf(PNG, 256 * 1024));
            assertThat(Picture.at(pictures.address("/x"))).hasSize(256 * 1024);
            for (byte[] bad : List.of(
                    Arrays.copyOf(PNG, 256 * 1024 + 1),
                    new byte[0],
                    Arrays.copyOf(PNG, 4),
                    "<svg/>".getBytes(StandardCharsets.UTF_8))) {
                body.set(bad);
                assertThatThrownBy(() -> Picture.at(pictures.address("/x"))).isInstanceOf(IOException.class);
            }
            body.set(PNG);
            assertThatThrownBy(() -> Picture.at(pictures.address("/elsewhere"))).hasMessageContaining("302");
            assertThatThrownBy(() -> Picture.at("http://pictures.example.com/x"))
                    .hasMessageContaining("https");
            assertThatThrownBy(() -> Picture.at("file:///etc/hostname")).hasMessageContaining("https");
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server with one picture, and an address that leads to it. */
    private static final class Pictures implements AutoCloseable {
        private final HttpServer server;

        Pictures(Supplier<byte[]> picture) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    byte[] bytes = picture.get();
                    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            server.createContext("/elsewhere", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().set("Location", "/x");
                    exchange.sendResponseHeaders(302, -1);
                }
            });
            server.start();
        }

        String address(String path) {
            return "http://127.0.0.1:" + server.getAddress().getPort() + path;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private Member own() throws Exception {
        return signIn(session, mina()).member();
    }

    private Member invited(String subject, String email, Role role) {
        members.invite(email, role);
        MemberStore.Admission admission = members.admit(new MemberStore.Guest(subject, email, "Kim", Optional.empty()));
        return ((MemberStore.Admission.In) admission).member();
    }

    private static Entered signIn(Session session, PersonAtBrowser person) throws Exception {
        return session.signIn(usual(), true, person);
    }

    private static Wish usual() {
        return Wish.usual(Locale.ENGLISH);
    }

    private static PersonAtBrowser mina() {
        return new PersonAtBrowser().as("1").without("hd").without("picture");
    }

    private static PersonAtBrowser kim() {
        return mina().as("2").with("email", "kim@example.com").with("name", "Kim");
    }

    private Database database() {
        Database database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, clock);
        opened.add(database);
        return database;
    }

    /** As a process that has just started. */
    private Session process(String computer, SecretStore keychain) {
        Database database = database();
        SettingsStore store = new SettingsStore(database, clock);
        GoogleSettings client = new GoogleSettings(
                store,
                keychain,
                Map.of(
                        GoogleSettings.ID, "4711",
                        GoogleSettings.SECRET, "GOCSPX-x",
                        GoogleSettings.ISSUER, google.issuer().toString()),
                Access.PROGRAM);
        return new Session(new Session.Parts(
                new MemberStore(database, clock),
                new AccountSettings(store),
                (Consumer<URI> browser) -> new GoogleSignIn(client, browser, Clock.systemUTC()),
                keychain,
                "min",
                computer,
                clock));
    }

    /** What the audit says, the oldest first. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (AuditEntry entry : new AuditStore(opened.get(0), clock).newest(1_000)) {
            told.add(0, entry.actor() + " " + entry.action() + " " + entry.subject() + " " + entry.detail());
        }
        return told;
    }
}
