package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.model.MailAccount;
import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Resend;
import app.mailroom.model.Resend.Whom;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.plan.SendingConditions.HitCounter;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.FieldValues;
import app.mailroom.store.PlanStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.ResendStore;
import app.mailroom.store.StagedRow;
import app.mailroom.store.TemplateStore;
import app.mailroom.store.TestWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A mailing that reaches those whom an earlier one did not reach or move. */
class SendAgainTest {
    private static final class Service implements SendingConditions {
        World world = World.PRACTICE;
        boolean verified = true;
        boolean away;
        Set<HitCounter> counting = Set.of(HitCounter.RELAY);

        @Override
        public World world() {
            return world;
        }

        @Override
        public MailAccount account() {
            return new MailAccount(14, 50_000, 0, false, true);
        }

        @Override
        public boolean maySend(String address) throws IOException {
            if (away) {
                throw new IOException("SES does not answer");
            }
            return verified;
        }

        @Override
        public boolean signs(String address) {
            return true;
        }

        @Override
        public Set<HitCounter> counting() {
            return counting;
        }
    }

    /** Says when it was told something, and stops at once if that is wanted. */
    private static final class Watching implements Progress {
        final List<Long> told = new ArrayList<>();
        boolean stop;

        @Override
        public void at(long rows, long done, long inAll) {
            told.add(rows);
            assertThat(done).isLessThanOrEqualTo(inAll);
        }

        @Override
        public boolean cancelled() {
            return stop;
        }
    }

    @TempDir
    Path folder;

    private final Service service = new Service();
    private TestWorkspace workspace;
    private RecipientStore recipients;
    private TemplateStore templates;
    private SendAgain sendAgain;
    private long template;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        recipients = new RecipientStore(workspace.database, workspace.clock);
        templates = new TemplateStore(workspace.database, workspace.clock);
        sendAgain = new SendAgain(
                templates, workspace.plans, new ResendStore(workspace.database, workspace.clock, () -> false), service);
        template = templates.create(
                "letter",
                new TemplateContent("Hello {{name}}", "", "<p><a href=\"https://shop.example/first\">look</a></p>"),
                "test");
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void theNewMailingIsLinkedAndTakesEverythingButTitleTemplateAndTimeFromTheFirst() throws Exception {
        long first = sent("ann", "bob");
        became("bob", "state = 'DELIVERED', delivered_at = 5, opened_at = 6");
        Instant time = workspace.clock.instant().plus(Duration.ofDays(1));

        ResendStore.Made made = sendAgain.plan(new SendAgain.Request(
                new Resend(first, Whom.NOT_OPENED), " Once more ", OptionalLong.empty(), time, "Asia/Tokyo"));

        assertThat(made.messages()).isEqualTo(1);
        Plan earlier = workspace.plans.find(first).orElseThrow();
        Plan again = workspace.plans.find(made.planId()).orElseThrow();
        assertThat(again.title()).isEqualTo("Once more");
        assertThat(again.state()).isEqualTo(PlanState.SCHEDULED);
        assertThat(again.frozenAt()).isNotNull();
        assertThat(again.notBefore()).isEqualTo(time);
        assertThat(again.zone()).isEqualTo("Asia/Tokyo");
        assertThat(again.templateVersionId()).isEqualTo(earlier.templateVersionId());
        assertThat(again.fromAddress()).isEqualTo(earlier.fromAddress());
        assertThat(again.fromName()).isEqualTo(earlier.fromName());
        assertThat(again.replyTo()).isEqualTo(earlier.replyTo());
        assertThat(again.listName()).isEqualTo(earlier.listName());
        assertThat(again.rules()).isEqualTo(earlier.rules());
        assertThat(again.tracked()).isEqualTo(earlier.tracked());
        assertThat(workspace.number("SELECT resends_plan_id FROM plans WHERE id = " + again.id()))
                .isEqualTo(first);
        assertThat(workspace.text("SELECT url FROM links WHERE plan_id = " + again.id()))
                .isEqualTo("https://shop.example/first");
        assertThat(values(again.id())).containsExactly(List.of("Ann"));
    }

    @Test
    void whatWasAddedToTheListSinceDoesNotMatter() throws Exception {
        long first = sent("ann");
        workspace.execute("UPDATE recipient_rows SET field_values = '[\"Other\"]'");

        assertThat(values(plan(first, Whom.NOT_OPENED).planId())).containsExactly(List.of("Ann"));
    }

    @ParameterizedTest
    @CsvSource({
        "BOUNCED, reason = 'Permanent.General'",
        "COMPLAINED, delivered_at = 5",
        "DELIVERED, 'delivered_at = 5, unsubscribed_at = 6'",
        "UNCERTAIN, reason = 'TIME_OUT'"
    })
    void whoMustNotBeMailedIsNeverReachedWhateverIsAsked(String state, String fate) {
        long first = sent("ann");
        became("ann", "state = '" + state + "', " + fate);
        long message = workspace.number("SELECT id FROM messages");

        for (Whom whom : Whom.values()) {
            Resend resend = new Resend(first, whom, List.of(message));
            assertThat(sendAgain.count(resend)).as("%s", whom).isZero();
            assertThat(blocks(resend)).containsExactly(Code.AGAIN_NOBODY);
        }
        assertThat(workspace.plans.overviews()).hasSize(1);
    }

    @Test
    void whoIsSuppressedNowIsNotReached() throws Exception {
        long first = sent("ann", "bob");
        workspace.suppressions.add("ann@example.com", "MANUAL", "");

        assertThat(names(plan(first, Whom.NOT_OPENED).planId())).containsExactly("bob");
    }

    @Test
    void whoWasReachedByAnEarlierOneIsNotReachedAgainUnlessChosen() throws Exception {
        long first = sent("ann", "bob");
        plan(first, Whom.NOT_OPENED);

        assertThat(blocks(new Resend(first, Whom.NOT_OPENED))).containsExactly(Code.AGAIN_NOBODY);
        long ann = workspace.number("SELECT min(id) FROM messages WHERE address LIKE 'ann%'");
        ResendStore.Made made =
                sendAgain.plan(request(new Resend(first, Whom.SELECTION, List.of(ann)), OptionalLong.empty()));
        assertThat(names(made.planId())).containsExactly("ann");
    }

    @Test
    void aTitleIsNeededAndNothingIsMadeWithoutOne() {
        long first = sent("ann");
        SendAgain.Request request = new SendAgain.Request(
                new Resend(first, Whom.NOT_OPENED), " ", OptionalLong.empty(), Instant.EPOCH, "UTC");

        assertThatThrownBy(() -> sendAgain.plan(request))
                .isInstanceOfSatisfying(
                        PlanningException.class,
                        refused -> assertThat(refused.findings())
                                .extracting(PlanFinding::code)
                                .containsExactly(Code.TITLE_EMPTY));
        assertThat(workspace.plans.overviews()).hasSize(1);
    }

    @Test
    void anotherVersionBringsItsLinksAndMayUseEveryColumn() throws Exception {
        long first = sent("ann");
        long version = version("<p>{{name}}, <a href=\"https://shop.example/second\">look</a></p>");

        ResendStore.Made made = sendAgain.plan(request(new Resend(first, Whom.NOT_OPENED), OptionalLong.of(version)));

        assertThat(workspace.plans.find(made.planId()).orElseThrow().templateVersionId())
                .isEqualTo(version);
        assertThat(workspace.text("SELECT url FROM links WHERE plan_id = " + made.planId()))
                .isEqualTo("https://shop.example/second");
    }

    @Test
    void aVariableThatTheFirstMailingHasNoColumnForBlocks() throws Exception {
        long first = sent("ann");
        long version = version("<p>{{coupon}}</p>");

        assertThat(blocks(new Resend(first, Whom.NOT_OPENED), version)).containsExactly(Code.AGAIN_COLUMN_MISSING);
        assertThat(blocks(new Resend(first, Whom.NOT_OPENED), version("<p>{{coupon|none}}</p>")))
                .isEmpty();
    }

    @Test
    void aValueThatIsMissingInOneOfThoseItReachesBlocks() throws Exception {
        long first = sent("ann", "bob");
        workspace.execute("UPDATE messages SET field_values = '[\"\"]' WHERE address LIKE 'bob%'");
        long version = version("<p>Dear {{name}}</p>");

        assertThat(blocks(new Resend(first, Whom.NOT_OPENED), version)).containsExactly(Code.AGAIN_VALUE_MISSING);
        became("bob", "opened_at = 6");
        assertThat(blocks(new Resend(first, Whom.NOT_OPENED), version)).isEmpty();
    }

    @Test
    void aTemplateThatIsFaultyBlocks() throws Exception {
        long first = sent("ann");

        assertThat(blocks(new Resend(first, Whom.NOT_OPENED), version("<script>{{name}}</script>")))
                .containsExactly(Code.TEMPLATE_PROBLEM);
        assertThat(blocks(new Resend(first, Whom.NOT_OPENED), 999)).containsExactly(Code.TEMPLATE_GONE);
    }

    @Test
    void whatWasSentInPracticeIsNotSentAgainInEarnest() {
        long first = sent("ann");
        service.world = World.LIVE;

        assertThat(blocks(new Resend(first, Whom.NOT_OPENED))).containsExactly(Code.AGAIN_MODE_CHANGED);
    }

    @Test
    void aSenderWhoIsNotVerifiedAnyMoreBlocksAndOneWhoCannotBeAskedForDoesNot() {
        long first = sent("ann");
        workspace.execute("UPDATE plans SET world = 'LIVE'");
        service.world = World.LIVE;
        service.verified = false;

        assertThat(blocks(new Resend(first, Whom.NOT_OPENED))).containsExactly(Code.SENDER_NOT_VERIFIED);
        service.away = true;
        assertThat(blocks(new Resend(first, Whom.NOT_OPENED))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Whom.class,
            names = {"NOT_OPENED", "NOT_CLICKED"})
    void whereNothingWasCountedNobodyGetsItOnceMoreForNotOpeningIt(Whom whom) {
        long first = sent("ann");
        uncounted(first);

        assertThat(sendAgain.count(new Resend(first, whom))).isZero();
        assertThat(blocks(new Resend(first, whom))).containsExactly(Code.NOT_TRACKED);
        assertThat(workspace.plans.overviews()).hasSize(1);
    }

    @Test
    void otherGroupsGetItAndAreNotCountedEither() throws Exception {
        long first = sent("ann");
        uncounted(first);
        became("ann", "state = 'REJECTED', reason = 'RENDERING', delivered_at = NULL");

        ResendStore.Made made = plan(first, Whom.FAILED);

        assertThat(made.messages()).isEqualTo(1);
        assertThat(workspace.plans.find(made.planId()).orElseThrow().tracked()).isFalse();
    }

    @Test
    void whatMayNotBeCountedIsBlockedWhereEverythingIsCounted() {
        long first = sent("ann");
        uncounted(first);
        became("ann", "state = 'REJECTED', reason = 'RENDERING', delivered_at = NULL");
        workspace.execute("UPDATE plans SET world = 'LIVE'");
        service.world = World.LIVE;
        service.counting = Set.of(HitCounter.AMAZON);

        assertThat(blocks(new Resend(first, Whom.FAILED))).containsExactly(Code.TRACKING_BY_AMAZON);
    }

    @Test
    void amongManyItIsToldHowFarItIs() throws Exception {
        long first = sent(IntStream.range(0, 12_000).mapToObj(i -> "reader" + i).toArray(String[]::new));
        Watching watching = new Watching();

        ResendStore.Made made = sendAgain.plan(
                request(new Resend(first, Whom.NOT_OPENED), OptionalLong.of(version("<p>{{name}}</p>"))), watching);

        assertThat(made.messages()).isEqualTo(12_000);
        assertThat(watching.told)
                .as("looked at, then made")
                .hasSizeGreaterThan(3)
                .contains(5_000L, 10_000L, 12_000L);
    }

    @Test
    void oneThatIsStoppedWhileItIsMadeLeavesNothing() {
        long first = sent(IntStream.range(0, 12_000).mapToObj(i -> "reader" + i).toArray(String[]::new));
        Watching watching = new Watching();
        watching.stop = true;

        assertThatThrownBy(() ->
                        sendAgain.plan(request(new Resend(first, Whom.NOT_OPENED), OptionalLong.empty()), watching))
                .isInstanceOf(ImportCancelledException.class);

        assertThat(workspace.plans.overviews()).hasSize(1);
        assertThat(workspace.number("SELECT count(*) FROM messages")).isEqualTo(12_000);
        assertThat(sendAgain.count(new Resend(first, Whom.NOT_OPENED))).isEqualTo(12_000);
    }

    @Test
    void oneThatIsStoppedWhileItsMessagesAreLookedAtMakesNothing() throws Exception {
        long first = sent("ann");
        Watching watching = new Watching();
        watching.stop = true;
        SendAgain.Request request =
                request(new Resend(first, Whom.NOT_OPENED), OptionalLong.of(version("<p>{{name}}</p>")));

        assertThatThrownBy(() -> sendAgain.plan(request, watching)).isInstanceOf(ImportCancelledException.class);

        assertThat(workspace.plans.overviews()).hasSize(1);
    }

    @Test
    void oneThatFailsWhileItsMessagesAreMadeIsPlannedAllTheSameSoThatNobodyAsksForItTwice() throws Exception {
        long first = sent("ann", "bob");
        workspace.execute("CREATE TRIGGER full BEFORE INSERT ON messages WHEN NEW.plan_id <> " + first
                + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        List<Long> both = workspace.messages.page(MessageQuery.all(first, 10)).stream()
                .map(Message::id)
                .toList();

        var made = sendAgain.plan(request(new Resend(first, Whom.SELECTION, both), OptionalLong.empty()));

        assertThat(made.messages()).isEqualTo(2);
        assertThat(workspace.plans.find(made.planId()).orElseThrow().frozenAt()).isNull();
        workspace.execute("DROP TRIGGER full");
        while (workspace.plans.freezeSome(made.planId())) {
            // The planner's part.
        }
        assertThat(workspace.plans.totals(made.planId()).all()).isEqualTo(2);
        assertThat(workspace.plans.overviews()).hasSize(2);
    }

    /** A mailing to these people that reached all of them and moved nobody. */
    private long sent(String... names) {
        List<RecipientColumn> columns = List.of(new RecipientColumn(0, 0, "Name", "name"));
        long list = recipients.begin("people", "test", columns);
        recipients.append(
                list,
                List.of(names).stream()
                        .map(name -> new StagedRow(
                                name + "@example.com",
                                name + "@example.com",
                                FieldValues.toJson(
                                        List.of(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)))))
                        .toList());
        recipients.finish(list);
        long plan = workspace.plans.create(
                new PlanStore.NewPlan(
                        "first",
                        templates.find(template).orElseThrow().newest().id(),
                        list,
                        "people",
                        "news@example.com",
                        "News",
                        "answers@example.com",
                        new PlanTiming(
                                workspace.clock.instant(),
                                "Asia/Seoul",
                                new SendingRules(Optional.empty(), OptionalLong.of(50), OptionalLong.empty())),
                        true,
                        World.PRACTICE,
                        List.of()),
                columns,
                List.of("https://shop.example/first"));
        workspace.plans.start(plan);
        workspace.execute("UPDATE plans SET state = 'SENT'");
        workspace.execute("UPDATE messages SET state = 'DELIVERED', delivered_at = 5");
        workspace.results.recount(plan);
        return plan;
    }

    private void uncounted(long plan) {
        workspace.execute("UPDATE plans SET tracked = 0 WHERE id = " + plan);
    }

    private void became(String name, String fate) {
        workspace.execute("UPDATE messages SET " + fate + " WHERE address = '" + name + "@example.com'");
        workspace.results.recount(1);
    }

    private long version(String html) {
        return templates
                .save(template, new TemplateContent("Hello", "", html), "test")
                .id();
    }

    private SendAgain.Request request(Resend resend, OptionalLong version) {
        return new SendAgain.Request(resend, "again", version, workspace.clock.instant(), "UTC");
    }

    private ResendStore.Made plan(long first, Whom whom) throws PlanningException {
        return sendAgain.plan(request(new Resend(first, whom), OptionalLong.empty()));
    }

    private List<Code> blocks(Resend resend) {
        return blocks(resend, OptionalLong.empty());
    }

    private List<Code> blocks(Resend resend, long version) {
        return blocks(resend, OptionalLong.of(version));
    }

    /** Why it is not made; nothing where it is. */
    private List<Code> blocks(Resend resend, OptionalLong version) {
        PlanningException refused =
                catchThrowableOfType(PlanningException.class, () -> sendAgain.plan(request(resend, version)));
        return refused == null
                ? List.of()
                : refused.findings().stream()
                        .filter(PlanFinding::blocks)
                        .map(PlanFinding::code)
                        .toList();
    }

    private List<Message> messages(long plan) {
        return workspace.results.messages(
                MessageFilter.all(plan), new MessageOrder(MessageOrder.By.ADDRESS, false), null, 100);
    }

    private List<List<String>> values(long plan) {
        return messages(plan).stream().map(Message::values).toList();
    }

    private List<String> names(long plan) {
        return messages(plan).stream()
                .map(message -> message.address().replaceFirst("@.*", ""))
                .toList();
    }
}
