package app.mailroom.app;

import app.mailroom.account.AccountSettings;
import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn;
import app.mailroom.account.People;
import app.mailroom.account.Session;
import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonLive;
import app.mailroom.backup.Backups;
import app.mailroom.delivery.DeliverySettings;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.Letters;
import app.mailroom.delivery.MailGateway;
import app.mailroom.delivery.Pipeline;
import app.mailroom.delivery.TestSend;
import app.mailroom.model.Access;
import app.mailroom.model.FileDamage;
import app.mailroom.model.WorkspaceId;
import app.mailroom.model.World;
import app.mailroom.outcome.HitJudge;
import app.mailroom.outcome.OutcomePoller;
import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.outcome.QuarantineReview;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.plan.DnsRecords;
import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.MailSamples;
import app.mailroom.plan.PlanControl;
import app.mailroom.plan.PlanReview;
import app.mailroom.plan.Planning;
import app.mailroom.plan.Preflight;
import app.mailroom.plan.SendAgain;
import app.mailroom.practice.PracticeLinks;
import app.mailroom.practice.PracticeMailGateway;
import app.mailroom.practice.PracticeMailbox;
import app.mailroom.practice.PracticeOutcomeQueue;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.recipients.AddressCell;
import app.mailroom.recipients.ListExport;
import app.mailroom.recipients.ListImport;
import app.mailroom.recipients.ListMaking;
import app.mailroom.recipients.PersonRecords;
import app.mailroom.recipients.SheetEditing;
import app.mailroom.secrets.Keychain;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.ApprovalStore;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.DeliveryStore;
import app.mailroom.store.ListCopying;
import app.mailroom.store.MemberStore;
import app.mailroom.store.MessageStore;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.PersonStore;
import app.mailroom.store.PlanDraftStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.PlanTwins;
import app.mailroom.store.PracticeStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.ResendStore;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.support.Support;
import app.mailroom.tracking.LeavingExamples;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayLinks;
import app.mailroom.tracking.Tracking;
import app.mailroom.ui.common.Browser;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The object graph of an open workspace, built by hand and closed in reverse. */
public final class Mailroom implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mailroom.class);
    private static final String WORKSPACE_ID = "workspace.id";

    private final Workspace workspace;
    private final Clock clock;
    private final Database database;
    private final Database practiceDatabase;
    final WorkspaceId workspaceId;
    final Own own;

    public final SettingsStore settings;
    public final TemplateStore templates;
    public final RecipientStore recipients;
    public final PlanStore plans;
    public final PlanDraftStore drafts;
    public final MessageStore messages;
    public final OutcomeStore outcomes;
    public final ResultsStore results;
    public final SuppressionStore suppressions;
    public final PracticeMailbox practiceMailbox;
    public final ListImport listImport;
    public final SheetStore sheets;
    public final AuditStore audit;
    private final SheetEditing sheetEditing;
    private final ListExport listExport;
    private final ListMaking listMaking;
    private final PersonRecords personRecords;
    private final ApprovalStore approvals;
    private final PlanReview planReview;
    public final Planning planning;
    public final SendAgain sendAgain;
    private final LeavingExamples leaving;
    private final LinkCheck linkCheck = new LinkCheck();
    public final Amazon amazon;
    public final Tracking tracking;
    private final PresentConditions conditions;
    private final Map<World, DeliveryStore> delivery;
    public final Surroundings surroundings;
    private final PracticeStore practice;
    private final PracticeLinks practiceLinks;
    private final MailSamples samples;
    private final QuarantineReview quarantineReview;
    public final GoogleSettings google;
    public final AccountSettings accountSettings;
    public final Session session;
    public final People people;
    private final Backups backups;

    private Mailroom(
            Workspace workspace, Clock clock, Surroundings surroundings, Function<String, SecretStore> secrets) {
        this.workspace = workspace;
        this.surroundings = surroundings;
        this.clock = clock;
        this.database = Database.open(workspace.database(), Database.Schema.WORKSPACE, clock);
        this.practiceDatabase = Database.open(workspace.practiceDatabase(), Database.Schema.PRACTICE, clock);
        this.own = Own.of(database, clock);
        this.workspaceId = new WorkspaceId(own.settings().putIfAbsent(WORKSPACE_ID, randomId()));
        SecretStore kept = secrets.apply(workspaceId.value());
        GoogleSettings ofTheProgram = new GoogleSettings(own.settings(), kept, surroundings.google(), Access.PROGRAM);
        this.session = new Session(new Session.Parts(
                new MemberStore(database, clock),
                new AccountSettings(own.settings()),
                browser -> new GoogleSignIn(ofTheProgram, browser, clock),
                kept,
                System.getProperty("user.name", ""),
                computerName(),
                clock));
        Database personally = database.usedBy(session);
        this.settings = new SettingsStore(personally, clock);
        this.google = new GoogleSettings(settings, kept, surroundings.google(), session);
        this.accountSettings = new AccountSettings(settings);
        this.people = new People(new MemberStore(personally, clock), accountSettings);
        this.audit = new AuditStore(personally, clock);
        this.templates = new TemplateStore(personally, clock);
        this.recipients = new RecipientStore(personally, clock);
        this.sheets = new SheetStore(personally, clock, AddressCell.RULES);
        this.suppressions = new SuppressionStore(personally, clock);
        this.outcomes = new OutcomeStore(personally, clock, HitJudge.RULES);
        this.results = new ResultsStore(personally);
        this.plans = new PlanStore(personally, clock, accountSettings::approval);
        this.drafts = new PlanDraftStore(personally, clock);
        this.messages = new MessageStore(personally, clock);
        this.approvals = new ApprovalStore(personally, clock, accountSettings::approval);
        this.delivery = Map.of(
                World.PRACTICE, new DeliveryStore(database, clock, World.PRACTICE),
                World.LIVE, new DeliveryStore(database, clock, World.LIVE));
        this.practice = new PracticeStore(practiceDatabase, clock);
        this.practiceLinks = new PracticeLinks(own.settings());
        this.practiceMailbox = new PracticeMailbox(practice, workspaceId);
        this.leaving = new LeavingExamples(this::relayOf);
        this.samples = new MailSamples(templates, recipients, leaving);
        this.listImport = new ListImport(recipients, sheets, clock);
        this.sheetEditing = new SheetEditing(recipients, sheets);
        this.listExport = new ListExport(recipients, sheets, audit, session);
        this.listMaking = new ListMaking(recipients, sheets, new ListCopying(personally, recipients));
        this.amazon = new Amazon(
                new Amazon.Stores(settings, audit, own.settings(), own.suppressions(), own.probes(), own.outcomes()),
                session,
                kept,
                workspaceId,
                surroundings.amazon(),
                clock);
        this.tracking = new Tracking(
                new Tracking.Stores(settings, audit, own.probes()),
                session,
                kept,
                workspaceId,
                surroundings.relay(),
                amazon,
                clock);
        this.conditions = new PresentConditions(settings, amazon);
        this.planReview = new PlanReview(templates, plans, messages, approvals, leaving);
        this.planning = new Planning(
                templates,
                recipients,
                plans,
                new Preflight(
                        templates, recipients, sheets, new PlanTwins(database), conditions, new DnsRecords(), clock));
        this.sendAgain = new SendAgain(
                templates, plans, new ResendStore(personally, clock, accountSettings::approval), conditions);
        this.quarantineReview = new QuarantineReview(own.outcomes(), new SesEventParser(workspaceId));
        this.backups = new Backups(database, workspace.copies(), session, clock);
        this.personRecords = new PersonRecords(
                new PersonStore(personally, practiceDatabase, workspaceId, clock),
                audit,
                backups::kept,
                session,
                clock);
    }

    /**
     * What the program itself works with, whoever uses it and even if nobody does: the pipelines, the upkeep, and what is done
     * when it starts. Nothing is refused to it.
     */
    record Own(
            SettingsStore settings,
            TemplateStore templates,
            RecipientStore recipients,
            SheetStore sheets,
            PlanStore plans,
            OutcomeStore outcomes,
            SuppressionStore suppressions,
            ProbeStore probes) {
        static Own of(Database database, Clock clock) {
            return new Own(
                    new SettingsStore(database, clock),
                    new TemplateStore(database, clock),
                    new RecipientStore(database, clock),
                    new SheetStore(database, clock, AddressCell.RULES),
                    new PlanStore(database, clock),
                    new OutcomeStore(database, clock, HitJudge.RULES),
                    new SuppressionStore(database, clock),
                    new ProbeStore(database, clock));
        }
    }

    /** Opens a workspace in this computer's surroundings; a fresh one gets the sample mailing. */
    public static Mailroom open(Workspace workspace, Clock clock) {
        return open(
                workspace,
                clock,
                Surroundings.of(workspace.folder(), Path.of(""), System.getenv()),
                Keychain::ofThisComputer);
    }

    /** The same in other surroundings; secrets opens the secrets of the workspace of this id. */
    public static Mailroom open(
            Workspace workspace, Clock clock, Surroundings surroundings, Function<String, SecretStore> secrets) {
        Mailroom mailroom = new Mailroom(workspace, clock, surroundings, secrets);
        surroundings.warnings().forEach(warning -> log.warn("Of the surroundings: {}", warning));
        Own own = mailroom.own;
        new SampleMailing(own.settings(), own.templates(), own.recipients()).putIntoFreshWorkspace();
        own.recipients().purgeAbandoned(Duration.ofMinutes(30));
        return mailroom;
    }

    /** The pipelines, not started yet: practice always, live while live mode is on. */
    public Dispatch dispatch() {
        RelayLinks links = practiceLinks.links();
        Pipeline practicing = pipeline(
                World.PRACTICE,
                new PracticeMailGateway(practice, own.settings(), links, clock),
                new PracticeOutcomeQueue(practice),
                Optional.of(links));
        return new Dispatch(
                practicing,
                (gateway, queue) -> pipeline(World.LIVE, gateway, queue, tracking.links()),
                new AmazonLive(amazon, tracking),
                settings,
                session);
    }

    private Pipeline pipeline(World world, MailGateway gateway, OutcomeQueue queue, Optional<RelayLinks> relay) {
        OutcomePoller poller =
                new OutcomePoller(queue, new SesEventParser(workspaceId), own.outcomes(), own.probes(), clock);
        Pipeline.Parts parts = new Pipeline.Parts(
                world,
                own.plans(),
                Objects.requireNonNull(delivery.get(world)),
                new Letters(own.plans(), own.templates(), workspaceId, relay),
                gateway,
                poller,
                () -> DeliverySettings.from(own.settings(), surroundings.usualRateCap()),
                clock);
        return new Pipeline(parts, "process " + ProcessHandle.current().pid());
    }

    /** What takes the hits of practice mails while pipelines run, not started yet. */
    PracticeRelay practiceRelay() {
        return new PracticeRelay(
                practiceLinks, practice, workspace.practiceHits(), workspaceId.testTag("relay"), clock);
    }

    /** The relay that mails of a world use at present. */
    private Optional<RelayAddress> relayOf(World world) {
        return world == World.PRACTICE ? Optional.of(practiceLinks.address()) : tracking.inUse();
    }

    /** What a person may do to mailings; wakePipeline is run after each change. */
    public PlanControl control(Runnable wakePipeline) {
        return new PlanControl(plans, messages, approvals, wakePipeline);
    }

    /** What the commands work with, and the browser in which people sign in. Closing it closes the workspace. */
    app.mailroom.cli.Features forCommands(Consumer<URI> browser) {
        return new app.mailroom.cli.Features(
                settings,
                templates,
                recipients,
                sheets,
                new app.mailroom.cli.Features.Lists(
                        listImport, sheetEditing, listExport, listMaking, personRecords, audit),
                planning,
                samples,
                sendAgain,
                control(() -> {}),
                planReview,
                plans,
                drafts,
                messages,
                outcomes,
                results,
                suppressions,
                practiceMailbox,
                amazon,
                tracking,
                surroundings.usualSender(),
                new app.mailroom.cli.Features.Account(session, people, google, browser),
                new app.mailroom.cli.Features.Keeping(backups, database::damage),
                this::dispatch,
                this::practiceRelay,
                this::close);
    }

    /**
     * What the windows work with, together with the running pipelines, how the relay of practice stands, and what helps with the
     * program itself.
     */
    app.mailroom.ui.common.Features forWindows(
            Dispatch dispatch, Supplier<PracticeRelayStanding> practiceRelay, Support support) {
        return new app.mailroom.ui.common.Features(
                new app.mailroom.ui.common.Features.Account(session, people, google, audit, GoogleSignIn.Wish::usual),
                workspace.folder(),
                clock,
                new app.mailroom.ui.common.Features.Stores(
                        templates,
                        recipients,
                        plans,
                        messages,
                        outcomes,
                        suppressions,
                        settings,
                        sheets,
                        results,
                        drafts),
                new app.mailroom.ui.common.Features.Mailing(
                        planning,
                        control(dispatch::wake),
                        dispatch,
                        practiceMailbox,
                        quarantineReview,
                        surroundings.usualSender(),
                        new TestSend(dispatch, workspaceId, practiceMailbox::eml, session, audit),
                        new app.mailroom.ui.common.Features.BeforeAndAfter(
                                samples, linkCheck, sendAgain, leaving, conditions, planReview)),
                new app.mailroom.ui.common.Features.Outside(amazon, tracking, Browser.ofThisComputer(), practiceRelay),
                new app.mailroom.ui.common.Features.Lists(
                        listImport, sheetEditing, listExport, listMaking, personRecords),
                new app.mailroom.ui.common.Features.Keeping(database::onDamage, backups, AnotherWindow::open, support));
    }

    /** Stops all writing, because the database's file was found to be damaged. */
    void stopFor(FileDamage damage) {
        database.stopFor(damage);
    }

    /** What keeps the computer awake while something is sent, unless that is switched off. */
    AwakeWhileSending awake() {
        return new AwakeWhileSending(
                AwakeWhileSending.command(
                        System.getProperty("os.name", ""),
                        ProcessHandle.current().pid()),
                () -> !settings.get(AwakeWhileSending.SETTING).orElse("").equalsIgnoreCase("false"));
    }

    /** What is to be done now and then while the program runs. */
    Upkeep upkeep() {
        return new Upkeep(backups, quarantineReview, own.outcomes(), own.sheets(), amazon, own.settings());
    }

    @Override
    public void close() {
        linkCheck.close();
        practiceDatabase.close();
        database.close();
    }

    private static String computerName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            log.debug("This computer does not know its own name", e);
            return System.getProperty("os.name", "");
        }
    }

    private static String randomId() {
        SecureRandom random = new SecureRandom();
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            id.append(Character.forDigit(random.nextInt(32), 36));
        }
        return id.toString();
    }
}
