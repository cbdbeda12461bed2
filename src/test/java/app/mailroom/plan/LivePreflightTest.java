package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.SettableClock;
import app.mailroom.model.Attachment;
import app.mailroom.model.MailAccount;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.plan.SendingConditions.HitCounter;
import app.mailroom.recipients.AddressCell;
import app.mailroom.store.Database;
import app.mailroom.store.FieldValues;
import app.mailroom.store.PlanStore;
import app.mailroom.store.PlanTwins;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.StagedRow;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.TemplateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the mail service says about a mailing before it is planned. */
class LivePreflightTest {
    /** A mail service as a test wants it; the real ones are asked over HTTP in the tests of their packages. */
    private static final class Service implements SendingConditions {
        World world = World.LIVE;
        MailAccount account = new MailAccount(14, 50_000, 0, false, true);
        String sender = "news@example.com";
        boolean signed = true;
        boolean away;
        Set<HitCounter> counting = Set.of(HitCounter.RELAY);

        @Override
        public World world() {
            return world;
        }

        @Override
        public MailAccount account() throws IOException {
            askable();
            return account;
        }

        @Override
        public boolean maySend(String address) throws IOException {
            askable();
            return address.equals(sender);
        }

        @Override
        public boolean signs(String address) throws IOException {
            askable();
            return signed;
        }

        @Override
        public Set<HitCounter> counting() {
            return counting;
        }

        private void askable() throws IOException {
            if (away) {
                throw new IOException("SES does not answer");
            }
        }
    }

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final Service service = new Service();
    private final Map<String, List<String>> texts =
            new HashMap<>(Map.of("_dmarc.example.com", List.of("v=DMARC1; p=none")));
    private boolean namesAway;
    private Database database;
    private PlanStore plans;
    private Planning planning;
    private long list;
    private long version;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        RecipientStore recipients = new RecipientStore(database, clock);
        TemplateStore templates = new TemplateStore(database, clock);
        plans = new PlanStore(database, clock);
        planning = new Planning(
                templates,
                recipients,
                plans,
                new Preflight(
                        templates,
                        recipients,
                        new SheetStore(database, clock, AddressCell.RULES),
                        new PlanTwins(database),
                        service,
                        this::texts,
                        clock));
        list = recipients.begin("people", "test", List.of(new RecipientColumn(0, 0, "name", "name")));
        recipients.append(
                list,
                IntStream.range(0, 300)
                        .mapToObj(i -> new StagedRow(
                                "reader" + i + "@example.com",
                                "reader" + i + "@example.com",
                                FieldValues.toJson(List.of("Reader"))))
                        .toList());
        recipients.finish(list);
        long template = templates.create(
                "letter",
                new TemplateContent(
                        "Hello {{name}}", "What is new", "<p>Hello</p><a href=\"{{unsubscribe}}\">Leave</a>"),
                "test");
        version = templates.find(template).orElseThrow().newest().id();
    }

    private List<String> texts(String name) throws IOException {
        if (namesAway) {
            throw new IOException("no name server");
        }
        return texts.getOrDefault(name, List.of());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingIsSaidWhereNothingIsWrong() {
        assertThat(planning.check(request())).isEmpty();
    }

    @Test
    void aSenderWhoIsNotVerifiedBlocks() {
        service.sender = "somebody.else@example.com";

        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.code()).isEqualTo(Code.SENDER_NOT_VERIFIED);
            assertThat(finding.detail()).contains("news@example.com");
        });
        assertThatThrownBy(() -> planning.plan(request())).isInstanceOf(PlanningException.class);
        assertThat(plans.overviews()).isEmpty();
    }

    @Test
    void aMailingLargerThanWhatIsLeftOfTheDayIsAWarningWithFigures() {
        service.account = new MailAccount(14, 1_000, 900, false, true);

        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.QUOTA_SMALLER);
            assertThat(finding.detail()).contains("300", "100", "1,000");
        });
    }

    @Test
    void anUnlimitedQuotaIsNeverTooSmall() {
        service.account = new MailAccount(14, -1, 5_000_000, false, true);

        assertThat(planning.check(request())).isEmpty();
    }

    @Test
    void whatIsSuppressedNeedsNoQuota() {
        service.account = new MailAccount(14, 1_000, 701, false, true);
        SuppressionStore suppressions = new SuppressionStore(database, clock);
        suppressions.add(World.LIVE, "reader7@example.com", "BOUNCE", "");

        assertThat(planning.check(request())).extracting(PlanFinding::code).containsExactly(Code.LIST_MARKS);
    }

    @Test
    void mailThatIsNotSignedIsAWarning() {
        service.signed = false;

        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.DKIM_MISSING);
            assertThat(finding.detail()).contains("news@example.com");
        });
    }

    @Test
    void aDomainWithoutADmarcRecordIsAWarning() {
        texts.put("_dmarc.example.com", List.of("some other text", "v=spf1 -all"));

        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.DMARC_MISSING);
            assertThat(finding.detail()).contains("_dmarc.example.com");
        });
    }

    @Test
    void aSubdomainIsCoveredByTheRecordOfItsDomain() {
        service.sender = "news@mail.shop.example.com";
        texts.put("_dmarc.example.com", List.of("v=DMARC1;p=reject"));

        assertThat(planning.check(from(service.sender))).isEmpty();
    }

    @Test
    void twoRecordsCountAsNone() {
        service.sender = "news@shop.example.com";
        texts.put("_dmarc.shop.example.com", List.of("v=DMARC1; p=none", "v=DMARC1; p=reject"));

        assertThat(planning.check(from(service.sender))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.DMARC_SEVERAL);
            assertThat(finding.detail()).contains("_dmarc.shop.example.com");
        });
    }

    @Test
    void nameServersThatDoNotAnswerAreAWarningAndNoObstacle() throws Exception {
        namesAway = true;

        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.DNS_UNKNOWN);
            assertThat(finding.detail()).contains("example.com", "no name server");
        });
        assertThat(plans.find(planning.plan(request()))).isPresent();
    }

    @Test
    void sandboxAndPausedSendingAreSaid() {
        service.account = new MailAccount(1, 50_000, 0, true, false);

        assertThat(planning.check(request()))
                .extracting(PlanFinding::code)
                .containsExactly(Code.ACCOUNT_PAUSED, Code.SANDBOX);
    }

    @Test
    void aServiceThatDoesNotAnswerIsAWarningAndNoObstacle() throws Exception {
        service.away = true;

        assertThat(planning.check(request()))
                .extracting(PlanFinding::code)
                .containsExactly(Code.SENDERS_UNKNOWN, Code.QUOTA_UNKNOWN);
        assertThat(plans.find(planning.plan(request()))).isPresent();
    }

    @Test
    void practiceAsksNobodyAndTheMailingStaysPractice() throws Exception {
        service.world = World.PRACTICE;
        service.away = true;
        namesAway = true;

        assertThat(planning.check(request())).isEmpty();
        long planned = planning.plan(request());
        service.world = World.LIVE;
        service.away = false;
        namesAway = false;
        long live = planning.plan(request());

        assertThat(plans.find(planned).orElseThrow().world()).isEqualTo(World.PRACTICE);
        assertThat(plans.find(live).orElseThrow().world()).isEqualTo(World.LIVE);
        assertThat(plans.due(World.LIVE)).containsExactly(live);
        assertThat(plans.due(World.PRACTICE)).containsExactly(planned);
    }

    @Test
    void aMailingThatWasMadeForPracticeNeverGoesLiveBecauseTheModeWasSwitched() {
        PlanRequest made = request(World.PRACTICE, List.of());

        assertThat(planning.check(made)).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.code()).isEqualTo(Code.MODE_CHANGED);
        });
        assertThatThrownBy(() -> planning.plan(made)).isInstanceOf(PlanningException.class);
        assertThat(plans.overviews()).isEmpty();
    }

    @Test
    void aMailingThatMayNotBeCountedIsBlockedWhereEverythingIsCounted() throws Exception {
        assertThat(planning.check(uncounted())).isEmpty();
        service.counting = Set.of(HitCounter.AMAZON);

        assertThat(planning.check(request())).isEmpty();
        assertThat(planning.check(uncounted())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.code()).isEqualTo(Code.TRACKING_BY_AMAZON);
        });
        assertThatThrownBy(() -> planning.plan(uncounted())).isInstanceOf(PlanningException.class);
        assertThat(plans.overviews()).isEmpty();

        service.world = World.PRACTICE;
        long planned = planning.plan(uncounted());
        assertThat(plans.find(planned).orElseThrow().tracked()).isFalse();
        assertThat(plans.find(planning.plan(request())).orElseThrow().tracked()).isTrue();
    }

    @Test
    void aMailingThatBothCountIsBlockedAndOneThatNobodyCountsIsNot() {
        service.counting = Set.of(HitCounter.AMAZON, HitCounter.RELAY);
        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.code()).isEqualTo(Code.COUNTED_TWICE);
        });

        service.counting = Set.of();
        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.NOBODY_COUNTS);
        });
        assertThat(planning.check(uncounted())).isEmpty();
    }

    @Test
    void whoeverSendsManyInADayIsToldOfTheButtonThatOnlyTheRelayGives() {
        service.account = new MailAccount(14, 50_000, 4_700, false, true);
        assertThat(planning.check(request())).isEmpty();

        service.counting = Set.of(HitCounter.AMAZON);
        assertThat(planning.check(request())).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.ONE_CLICK_MISSING);
            assertThat(finding.detail()).contains("5,000");
        });
        service.account = new MailAccount(14, 50_000, 4_699, false, true);
        assertThat(planning.check(request())).isEmpty();
    }

    @Test
    void aLetterWithoutALinkToLeaveStillHasTheMailProgramsButtonWhereThereIsARelay() {
        long bare = new TemplateStore(database, clock)
                .create("bare", new TemplateContent("Hello", "What is new", "<p>Hello</p>"), "test");
        version = new TemplateStore(database, clock)
                .find(bare)
                .orElseThrow()
                .newest()
                .id();

        assertThat(planning.check(request())).extracting(PlanFinding::code).containsExactly(Code.UNSUBSCRIBE_BY_BUTTON);
        service.counting = Set.of(HitCounter.AMAZON);
        assertThat(planning.check(request())).extracting(PlanFinding::code).containsExactly(Code.UNSUBSCRIBE_MISSING);
    }

    @Test
    void attachmentsAreKeptWithTheMailingByteForByte() throws Exception {
        Attachment file = new Attachment("제안.pdf", "application/pdf", "%PDF \0 ÿ".getBytes(StandardCharsets.UTF_8));
        long planned = planning.plan(request(World.LIVE, List.of(file)));

        assertThat(plans.attachments(planned)).containsExactly(file);
    }

    private PlanRequest uncounted() {
        return request(service.world, List.of(), false);
    }

    private PlanRequest request() {
        return request(service.world, List.of());
    }

    private PlanRequest from(String sender) {
        return request(service.world, sender, List.of(), true);
    }

    private PlanRequest request(World world, List<Attachment> attachments) {
        return request(world, "news@example.com", attachments, true);
    }

    private PlanRequest request(World world, List<Attachment> attachments, boolean tracked) {
        return request(world, "news@example.com", attachments, tracked);
    }

    private PlanRequest request(World world, String sender, List<Attachment> attachments, boolean tracked) {
        return new PlanRequest(
                "Autumn",
                version,
                list,
                sender,
                "News",
                "",
                new PlanTiming(clock.instant(), "UTC", SendingRules.NONE),
                tracked,
                world,
                attachments);
    }
}
