package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.mailroom.account.Session;
import app.mailroom.account.Session.Standing;
import app.mailroom.cli.Features;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.Member;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanControl;
import app.mailroom.recipients.ListExport;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.SheetEditing;
import app.mailroom.results.ResultTable;
import app.mailroom.results.ResultsExport;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.store.ApprovalStore;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.MemberStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetChange;
import app.mailroom.store.StagedRow;
import app.mailroom.store.TemplateStore;
import app.mailroom.tracking.RelayAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every right with every role, and with nobody, through the features that windows and commands use, over a real workspace.
 * Whatever is refused must have changed nothing, and whatever is done must stand in the audit in the right name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String COMPUTER = "desk";

    /** In the keychain: by which this computer stays signed in. */
    private static final String KEPT = "account.session";

    /** Written by every deed that is allowed and no change: who is there, and for how long. */
    private static final Set<String> PRESENCE = Set.of("members", "sessions");

    @TempDir
    static Path folder;

    private final Map<Who, Opened> opened = new EnumMap<>(Who.class);

    /** Who sits in front of the program. */
    enum Who {
        OWNER,
        SENDER,
        EDITOR,
        VIEWER,
        /** The person at a computer, in a workspace that nobody owns. */
        LOCAL,
        SIGNED_OUT,
        /** An owner whose program is locked. */
        LOCKED;

        Optional<Role> role() {
            return switch (this) {
                case OWNER, SENDER, EDITOR, VIEWER -> Optional.of(Role.valueOf(name()));
                case LOCAL, SIGNED_OUT, LOCKED -> Optional.empty();
            };
        }

        /** Why they are refused what takes this right. */
        Optional<Refusal.Code> refusal(Right right) {
            return switch (this) {
                case OWNER, SENDER, EDITOR, VIEWER ->
                    holders(right).contains(this) ? Optional.empty() : Optional.of(Refusal.Code.ROLE);
                case LOCAL -> Optional.empty();
                case SIGNED_OUT -> Optional.of(Refusal.Code.SIGNED_OUT);
                case LOCKED -> Optional.of(Refusal.Code.LOCKED);
            };
        }

        /** Written down once more, so that a slip in the table of rights is seen. */
        private static Set<Who> holders(Right right) {
            return switch (right) {
                case VIEW -> Set.of(OWNER, SENDER, EDITOR, VIEWER);
                case EDIT_TEMPLATES, EDIT_RECIPIENTS, EXPORT, PREPARE_MAILINGS -> Set.of(OWNER, SENDER, EDITOR);
                case SEND_MAILINGS, APPROVE_MAILINGS, EDIT_SUPPRESSIONS -> Set.of(OWNER, SENDER);
                case ERASE_PERSONS, CHANGE_SETTINGS, SET_UP_SENDING, MANAGE_PEOPLE, READ_AUDIT -> Set.of(OWNER);
            };
        }
    }

    /** What somebody does with what there is. */
    @FunctionalInterface
    interface Doing {
        void with(Opened opened, Things things) throws Exception;
    }

    /**
     * What takes a right.
     *
     * @param told what the audit says of it; nothing for what is not worth an entry
     */
    record Deed(Right right, String name, Optional<AuditAction> told, Doing doing) {
        static Deed told(Right right, String name, AuditAction action, Doing doing) {
            return new Deed(right, name, Optional.of(action), doing);
        }

        static Deed untold(Right right, String name, Doing doing) {
            return new Deed(right, name, Optional.empty(), doing);
        }

        @Override
        public String toString() {
            return right + ": " + name;
        }
    }

    /**
     * What there is to do something to, made by the program itself and new for each deed.
     *
     * @param number stands in all their names
     * @param draft a mailing that is not planned yet
     * @param waiting one that is planned and waits for somebody to approve it
     */
    record Things(
            long number, long template, long list, long row, String suppressed, long draft, long waiting, Path file) {
        String named(String what) {
            return what + " " + number;
        }
    }

    static Stream<Arguments> everyCell() {
        return Arrays.stream(Who.values()).flatMap(who -> deeds().map(deed -> Arguments.of(who, deed)));
    }

    static Stream<Arguments> everyRight() {
        return Arrays.stream(Who.values())
                .flatMap(who -> Arrays.stream(Right.values()).map(right -> Arguments.of(who, right)));
    }

    private static Stream<Deed> deeds() {
        return Stream.of(
                        templates(), recipients(), exports(), mailings(), suppressions(), settings(), setUp(), people())
                .flatMap(List::stream);
    }

    private static List<Deed> templates() {
        TemplateContent content = new TemplateContent("Hello", "", "<p>Hello</p>");
        return List.of(
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "making a template",
                        AuditAction.TEMPLATE_MADE,
                        (opened, things) -> opened.mailroom.templates.create(things.named("made"), content, "me")),
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "saving a version",
                        AuditAction.TEMPLATE_CHANGED,
                        (opened, things) -> opened.mailroom.templates.save(things.template(), content, "me")),
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "duplicating a template",
                        AuditAction.TEMPLATE_MADE,
                        (opened, things) ->
                                opened.mailroom.templates.duplicate(things.template(), things.named("copy"), "me")),
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "renaming a template",
                        AuditAction.TEMPLATE_RENAMED,
                        (opened, things) -> opened.mailroom.templates.rename(things.template(), things.named("other"))),
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "archiving a template",
                        AuditAction.TEMPLATE_ARCHIVED,
                        (opened, things) -> opened.mailroom.templates.archive(things.template(), true)),
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "bringing a template back",
                        AuditAction.TEMPLATE_RESTORED,
                        (opened, things) -> opened.mailroom.templates.archive(things.template(), false)),
                Deed.told(
                        Right.EDIT_TEMPLATES,
                        "deleting a template",
                        AuditAction.TEMPLATE_DELETED,
                        (opened, things) -> opened.mailroom.templates.delete(things.template())),
                Deed.untold(Right.EDIT_TEMPLATES, "keeping what is written", (opened, things) -> {
                    long version = opened.mailroom
                            .templates
                            .find(things.template())
                            .orElseThrow()
                            .newest()
                            .id();
                    opened.mailroom.templates.keepDraft(things.template(), version, content, "me");
                }),
                Deed.untold(
                        Right.EDIT_TEMPLATES,
                        "dropping what is written",
                        (opened, things) -> opened.mailroom.templates.dropDraft(things.template())));
    }

    private static List<Deed> recipients() {
        return List.of(
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "making an empty list",
                        AuditAction.LIST_MADE,
                        (opened, things) -> opened.features
                                .lists()
                                .making()
                                .empty(things.named("empty"), "email", Optional.empty(), List.of())),
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "duplicating a list",
                        AuditAction.LIST_MADE,
                        (opened, things) -> opened.features.lists().making().duplicate(things.list(), Progress.NONE)),
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "typing into a sheet",
                        AuditAction.LIST_CHANGED,
                        (opened, things) -> opened.features
                                .lists()
                                .editing()
                                .write(
                                        things.list(),
                                        SheetEdit.Kind.TYPED,
                                        List.of(new SheetEditing.Cell(things.row(), 0, "new@example.com")))),
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "deleting rows",
                        AuditAction.LIST_CHANGED,
                        (opened, things) -> opened.features
                                .lists()
                                .editing()
                                .deleteRows(
                                        things.list(),
                                        SheetEdit.Kind.ROWS_DELETED,
                                        new long[] {things.row()},
                                        Progress.NONE)),
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "undoing",
                        AuditAction.LIST_CHANGED,
                        (opened, things) -> opened.mailroom.sheets.undo(things.list(), rows -> {})),
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "renaming a list",
                        AuditAction.LIST_RENAMED,
                        (opened, things) -> opened.mailroom.recipients.rename(things.list(), things.named("other"))),
                Deed.told(
                        Right.EDIT_RECIPIENTS,
                        "deleting a list",
                        AuditAction.LIST_DELETED,
                        (opened, things) -> opened.mailroom.recipients.delete(things.list())));
    }

    private static List<Deed> exports() {
        SheetSituation situation = new SheetSituation(World.PRACTICE, Set.of());
        ListExport.Choice choice = new ListExport.Choice(SheetQuery.ALL, situation, List.of(0));
        ListExport.TextForm form = new ListExport.TextForm(StandardCharsets.UTF_8, ',', true);
        ResultTable table = new ResultTable("rates", List.of("rate"), List.of(List.of("1")));
        return List.of(
                Deed.told(
                        Right.EXPORT,
                        "a list as text",
                        AuditAction.LIST_EXPORTED,
                        (opened, things) -> opened.features
                                .lists()
                                .exports()
                                .toText(things.list(), choice, form, things.file(), Progress.NONE)),
                Deed.told(
                        Right.EXPORT,
                        "a list as a workbook",
                        AuditAction.LIST_EXPORTED,
                        (opened, things) -> opened.features
                                .lists()
                                .exports()
                                .toWorkbook(things.list(), choice, things.file(), Progress.NONE)),
                Deed.told(
                        Right.EXPORT,
                        "results as text",
                        AuditAction.RESULTS_EXPORTED,
                        (opened, things) ->
                                opened.results().toText("rates", table, true, things.file(), Progress.NONE)),
                Deed.told(
                        Right.EXPORT,
                        "results as a workbook",
                        AuditAction.RESULTS_EXPORTED,
                        (opened, things) ->
                                opened.results().toWorkbook("rates", List.of(table), things.file(), Progress.NONE)),
                Deed.told(
                        Right.EXPORT,
                        "messages",
                        AuditAction.RESULTS_EXPORTED,
                        (opened, things) -> opened.results().inAnotherWay("messages", "messages", () -> {
                            Files.createFile(things.file());
                            return 0;
                        })),
                Deed.told(
                        Right.EXPORT,
                        "what is kept of a person",
                        AuditAction.PERSON_EXPORTED,
                        (opened, things) ->
                                opened.features.lists().people().export(things.suppressed(), things.file())));
    }

    private static List<Deed> mailings() {
        return List.of(
                Deed.untold(
                        Right.PREPARE_MAILINGS,
                        "keeping what is typed of a mailing",
                        (opened, things) -> opened.mailroom.drafts.create(things.named("draft"), Map.of())),
                Deed.untold(
                        Right.PREPARE_MAILINGS,
                        "drafting a mailing",
                        (opened, things) ->
                                opened.draft(opened.mailroom.plans, things.named("drafted"), things.list())),
                Deed.told(
                        Right.SEND_MAILINGS,
                        "planning a mailing",
                        AuditAction.MAILING_PLANNED,
                        (opened, things) -> opened.control().start(things.draft())),
                Deed.told(
                        Right.SEND_MAILINGS,
                        "pausing a mailing",
                        AuditAction.MAILING_PAUSED,
                        (opened, things) -> opened.control().pause(things.waiting())),
                Deed.told(
                        Right.SEND_MAILINGS,
                        "cancelling a mailing",
                        AuditAction.MAILING_CANCELLED,
                        (opened, things) -> opened.control().cancel(things.waiting())),
                Deed.told(
                        Right.APPROVE_MAILINGS,
                        "approving a mailing",
                        AuditAction.MAILING_APPROVED,
                        (opened, things) -> opened.control()
                                .approve(things.waiting(), opened.approvals.fingerprint(things.waiting()))),
                Deed.told(
                        Right.APPROVE_MAILINGS,
                        "declining a mailing",
                        AuditAction.APPROVAL_DECLINED,
                        (opened, things) -> opened.control().decline(things.waiting(), "not yet")),
                Deed.untold(
                        Right.SEND_MAILINGS,
                        "putting an event out of sight",
                        (opened, things) -> opened.mailroom.outcomes.dismiss(things.number())));
    }

    private static List<Deed> suppressions() {
        return List.of(
                Deed.told(
                        Right.EDIT_SUPPRESSIONS,
                        "suppressing an address",
                        AuditAction.SUPPRESSION_ADDED,
                        (opened, things) -> opened.mailroom.suppressions.add(
                                "more" + things.number() + "@example.com", "MANUAL", "")),
                Deed.told(
                        Right.EDIT_SUPPRESSIONS,
                        "lifting a suppression",
                        AuditAction.SUPPRESSION_LIFTED,
                        (opened, things) -> opened.mailroom.suppressions.lift(World.LIVE, things.suppressed())),
                Deed.told(
                        Right.ERASE_PERSONS,
                        "erasing a person",
                        AuditAction.PERSON_ERASED,
                        (opened, things) ->
                                opened.features.lists().people().erase(things.suppressed(), false, place -> {})));
    }

    private static List<Deed> settings() {
        return List.of(
                Deed.told(
                        Right.CHANGE_SETTINGS,
                        "setting how fast to send",
                        AuditAction.SETTING_CHANGED,
                        (opened, things) ->
                                opened.mailroom.settings.put("delivery.rate_cap", Long.toString(things.number()))),
                Deed.told(
                        Right.CHANGE_SETTINGS,
                        "switching the mode",
                        AuditAction.SETTING_CHANGED,
                        (opened, things) -> opened.dispatch.switchTo(World.PRACTICE)));
    }

    private static List<Deed> setUp() {
        return List.of(
                Deed.told(
                        Right.SET_UP_SENDING,
                        "setting a region",
                        AuditAction.SETTING_CHANGED,
                        (opened, things) ->
                                opened.mailroom.settings.put("aws.region", "eu-central-" + things.number())),
                Deed.told(
                        Right.SET_UP_SENDING,
                        "keeping keys",
                        AuditAction.SET_UP_CHANGED,
                        (opened, things) -> opened.mailroom.amazon.keepKeys(things.named("id"), "secret")),
                Deed.told(
                        Right.SET_UP_SENDING,
                        "forgetting keys",
                        AuditAction.SET_UP_CHANGED,
                        (opened, things) -> opened.mailroom.amazon.forgetKeys()),
                Deed.told(
                        Right.SET_UP_SENDING,
                        "saying where the relay is",
                        AuditAction.SETTING_CHANGED,
                        (opened, things) -> opened.mailroom.tracking.keep(
                                RelayAddress.parse("https://relay" + things.number() + ".example.com"))),
                Deed.told(
                        Right.SET_UP_SENDING,
                        "writing the relay's key file",
                        AuditAction.SET_UP_CHANGED,
                        (opened, things) -> opened.mailroom.tracking.writeKeyFile(things.file(), false)),
                Deed.told(
                        Right.SET_UP_SENDING,
                        "making a key for the relay",
                        AuditAction.SET_UP_CHANGED,
                        (opened, things) -> opened.mailroom.tracking.renewKey()));
    }

    private static List<Deed> people() {
        return List.of(
                Deed.told(
                        Right.MANAGE_PEOPLE,
                        "inviting somebody",
                        AuditAction.INVITED,
                        (opened, things) ->
                                opened.mailroom.people.invite("guest" + things.number() + "@example.com", Role.VIEWER)),
                Deed.told(
                        Right.MANAGE_PEOPLE,
                        "setting when to lock",
                        AuditAction.SETTING_CHANGED,
                        (opened, things) ->
                                opened.mailroom.accountSettings.idle(Duration.ofMinutes(things.number() + 60))),
                Deed.told(
                        Right.MANAGE_PEOPLE,
                        "keeping Google's client",
                        AuditAction.SETTING_CHANGED,
                        (opened, things) -> opened.mailroom.google.keep("client" + things.number(), "secret")),
                Deed.untold(
                        Right.READ_AUDIT, "reading the record", (opened, things) -> opened.mailroom.audit.newest(1)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void everyCell(Who who, Deed deed) throws Exception {
        Opened here = open(who);
        Things things = here.things();
        long last = here.lastEntry();
        Map<String, List<String>> before = here.content();

        Throwable thrown = catchThrowable(() -> deed.doing().with(here, things));

        Optional<Refusal.Code> refusal = who.refusal(deed.right());
        if (refusal.isPresent()) {
            assertThat(thrown).isInstanceOfSatisfying(NotAllowedException.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo(refusal.get());
                assertThat(refused.refusal().right()).isEqualTo(deed.right());
                assertThat(refused.refusal().role()).isEqualTo(who.role());
            });
            assertThat(here.content()).isEqualTo(before);
            assertThat(things.file()).doesNotExist();
        } else {
            assertThat(thrown).isNull();
            List<AuditEntry> entries = here.entriesAfter(last);
            deed.told()
                    .ifPresentOrElse(
                            action -> assertThat(entries)
                                    .isNotEmpty()
                                    .allSatisfy(entry -> {
                                        assertThat(entry.actor()).isEqualTo(here.actor());
                                        assertThat(entry.subject() + entry.detail())
                                                .doesNotContain(things.suppressed());
                                    })
                                    .extracting(AuditEntry::action)
                                    .contains(action.name()),
                            () -> assertThat(entries).isEmpty());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void everyRight(Who who, Right right) throws Exception {
        Session session = open(who).mailroom.session;

        assertThat(session.refusal(right).map(Refusal::code)).isEqualTo(who.refusal(right));
    }

    @ParameterizedTest
    @EnumSource
    void whoMayOnlyLookStillHasTheirWindowRemembered(Who who) throws Exception {
        Opened here = open(who);
        Things things = here.things();
        long last = here.lastEntry();

        here.mailroom.settings.put("ui.page", "RESULTS");
        here.mailroom.sheets.readAddresses(things.list());
        here.mailroom.templates.draft(things.template());
        here.mailroom.sheets.settle();
        here.mailroom.recipients.abandon(things.list());

        assertThat(here.mailroom.settings.get("ui.page")).contains("RESULTS");
        assertThat(here.mailroom.recipients.find(things.list())).isPresent();
        assertThat(here.entriesAfter(last)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheProgramDoesIsRefusedToNobody(Who who) throws Exception {
        Opened here = open(who);
        Mailroom.Own own = here.mailroom.own;

        own.settings().put("practice.outage", "false");
        own.suppressions().add("program@example.com", "BOUNCE", "");
        own.sheets().forgetHistory(Duration.ofDays(1));
        own.outcomes().judgeAnew(10);
        own.recipients().purgeAbandoned(Duration.ofMinutes(1));

        assertThat(own.suppressions().holds("program@example.com")).isTrue();
    }

    private Opened open(Who who) throws Exception {
        Opened there = opened.get(who);
        if (there == null) {
            there = new Opened(who, folder.resolve(who.name()));
            opened.put(who, there);
        }
        return there;
    }

    @AfterAll
    void close() {
        opened.values().forEach(Opened::close);
    }

    /** A workspace in which somebody is, or nobody. */
    private static final class Opened implements AutoCloseable {
        private final Who who;
        private final Path files;
        private final LastingSecrets secrets = new LastingSecrets();
        private final Mailroom mailroom;
        private final Features features;
        private final Dispatch dispatch;
        private final Database program;
        private final ApprovalStore approvals;
        /** The version of a template that mailings are made of. */
        private final long mailed;

        private long number;

        Opened(Who who, Path folder) throws Exception {
            this.who = who;
            this.files = Files.createDirectories(folder);
            Workspace workspace = Workspace.in(folder);
            this.program = Database.open(workspace.database(), Database.Schema.WORKSPACE, CLOCK);
            this.approvals = new ApprovalStore(program, CLOCK, () -> true);
            admit(new MemberStore(program, CLOCK));
            this.mailroom = Mailroom.open(workspace, CLOCK, Surroundings.EMPTY, id -> secrets);
            mailroom.session.resume();
            this.features = mailroom.forCommands(page -> {});
            this.dispatch = mailroom.dispatch();
            TemplateStore templates = mailroom.own.templates();
            long template = templates.create("mailed", new TemplateContent("Hi", "", "<p>Hi</p>"), "program");
            this.mailed = templates.find(template).orElseThrow().newest().id();
            assertThat(mailroom.session.standing())
                    .isEqualTo(who.role().isPresent() ? Standing.SIGNED_IN : Standing.valueOf(who.name()));
        }

        private void admit(MemberStore members) throws Exception {
            if (who == Who.LOCAL) {
                return;
            }
            Member owner = admitted(members, "owner@example.com");
            if (who == Who.SIGNED_OUT) {
                return;
            }
            Member member = owner;
            if (who.role().isPresent() && who != Who.OWNER) {
                members.invite("member@example.com", who.role().get());
                member = admitted(members, "member@example.com");
            }
            byte[] secret = who.name().getBytes(StandardCharsets.US_ASCII);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret);
            secrets.put(KEPT, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
            long session = members.beginSession(member, COMPUTER, hash);
            if (who == Who.LOCKED) {
                members.lock(member, COMPUTER, Optional.of(session));
            }
        }

        private static Member admitted(MemberStore members, String email) {
            MemberStore.Admission admission =
                    members.admit(new MemberStore.Guest("subject of " + email, email, "Somebody", Optional.empty()));
            return ((MemberStore.Admission.In) admission).member();
        }

        /** In whose name they do something. */
        String actor() {
            return mailroom.session.actor().name();
        }

        PlanControl control() {
            return features.control();
        }

        ResultsExport results() {
            return new ResultsExport(mailroom.session, mailroom.audit, ZoneOffset.UTC);
        }

        Things things() {
            number++;
            Mailroom.Own own = mailroom.own;
            String address = "person" + number + "@example.com";
            long template =
                    own.templates().create("template " + number, new TemplateContent("Hi", "", "<p>Hi</p>"), "program");
            long list = list("list " + number, address);
            try (SheetChange change = own.sheets().change(list, SheetEdit.Kind.ROWS_INSERTED, "")) {
                change.insert(0, List.of(List.of("second" + number + "@example.com")));
            }
            long[] rows = own.sheets().ids(list, SheetQuery.ALL, new SheetSituation(World.PRACTICE, Set.of()));
            own.suppressions().add(address, "MANUAL", "");
            own.settings().put("mode", "");
            PlanStore plans = new PlanStore(program, CLOCK, () -> true);
            long mailed = list("mailed " + number, "reader" + number + "@example.com");
            long waiting = draft(plans, "waiting " + number, mailed);
            plans.schedule(waiting);
            plans.freeze(waiting);
            long draft = draft(plans, "draft " + number, mailed);
            return new Things(
                    number, template, list, rows[0], address, draft, waiting, files.resolve("file " + number));
        }

        private long list(String name, String address) {
            RecipientStore lists = mailroom.own.recipients();
            long list = lists.begin(name, "test", List.of(new RecipientColumn(0, 0, "email", "email")));
            lists.append(list, List.of(new StagedRow(address, address, "[\"" + address + "\"]")));
            lists.finish(list);
            return list;
        }

        long draft(PlanStore plans, String title, long list) {
            PlanStore.NewPlan plan = new PlanStore.NewPlan(
                    title,
                    mailed,
                    list,
                    "list",
                    "news@example.com",
                    "News",
                    "",
                    new PlanTiming(CLOCK.instant().plus(Duration.ofDays(1)), "UTC", SendingRules.NONE),
                    true,
                    World.PRACTICE,
                    List.of());
            return plans.create(plan, List.of(new RecipientColumn(0, 0, "email", "email")), List.of());
        }

        long lastEntry() {
            return newest(1).stream().mapToLong(AuditEntry::id).max().orElse(0);
        }

        List<AuditEntry> entriesAfter(long last) {
            return newest(50).stream().filter(entry -> entry.id() > last).toList();
        }

        private List<AuditEntry> newest(int limit) {
            return new AuditStore(program, CLOCK).newest(limit);
        }

        /** All rows of all tables, and what the keychain holds. */
        Map<String, List<String>> content() {
            Map<String, List<String>> content = new TreeMap<>();
            String tables = "select name from sqlite_master where type = 'table'";
            for (String table : program.read(sql -> sql.fetch(tables).getValues(0, String.class))) {
                if (!PRESENCE.contains(table)) {
                    content.put(
                            table,
                            program.read(sql -> sql.fetch("select * from " + table)
                                    .map(row -> Arrays.deepToString(row.intoArray()))));
                }
            }
            for (String secret : List.of(
                    KEPT, "aws-access-key-id", "aws-secret-access-key", "relay-signing-keys", "google.client_secret")) {
                content.put("secret " + secret, secrets.get(secret).stream().toList());
            }
            return content;
        }

        @Override
        public void close() {
            dispatch.close();
            mailroom.close();
            program.close();
        }
    }
}
