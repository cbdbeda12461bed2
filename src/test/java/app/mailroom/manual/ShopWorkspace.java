package app.mailroom.manual;

import static org.awaitility.Awaitility.await;

import app.mailroom.Somebody;
import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn;
import app.mailroom.app.WindowedWorkspace;
import app.mailroom.authoring.Gallery;
import app.mailroom.model.Actor;
import app.mailroom.model.Attachment;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Role;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanRequest;
import app.mailroom.recipients.AddressCell;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.SheetEditing.Patch;
import app.mailroom.recipients.TextBlock;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.FieldValues;
import app.mailroom.store.MemberStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.StagedRow;
import app.mailroom.ui.common.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The workspace of the shop, of which the pictures are taken: its mailings were really sent, by the pipeline and the mail service
 * of practice, on days that the clock was put on to. What becomes of each mail is the same each time.
 */
final class ShopWorkspace implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<MessageState> UNDER_WAY =
            Set.of(MessageState.PLANNED, MessageState.CLAIMED, MessageState.ACCEPTED, MessageState.DELAYED);
    private static final int CUSTOMERS = 1_240;
    private static final int REGULARS = 186;
    /** What takes seconds takes minutes, so that results are spread as they would be; the clock is put on past it. */
    private static final String SLOW_OUTCOMES = "0.01";

    private static final SendingRules A_FEW_HOURS =
            new SendingRules(Optional.empty(), OptionalLong.of(280), OptionalLong.empty());

    /** A client that nobody has, so that signing in looks as it does where it is set up. */
    private static final Map<String, String> GOOGLE =
            Map.of(GoogleSettings.ID, "1234567890-mailroom.apps.example.com", GoogleSettings.SECRET, "of-nobody");

    private static final LocalDateTime TODAY = LocalDateTime.of(2026, 4, 2, 10, 0);
    private static final byte[] SECRET = {4, 7, 1, 1};

    private final Shop shop;
    private final ZoneId zone;
    private final Path folder;
    private final RunningClock clock;
    private WindowedWorkspace workspace;

    private ShopWorkspace(Shop shop, Path folder, RunningClock clock, WindowedWorkspace workspace) {
        this.shop = shop;
        this.folder = folder;
        this.zone = ZoneId.of(shop.zone());
        this.clock = clock;
        this.workspace = workspace;
    }

    /** Opens a fresh workspace in an empty folder, in which nobody has signed in yet. */
    static ShopWorkspace open(Shop shop, Path folder) throws IOException {
        ZoneId zone = ZoneId.of(shop.zone());
        RunningClock clock =
                new RunningClock(LocalDateTime.of(2026, 1, 5, 9, 0).atZone(zone).toInstant(), zone);
        Files.createDirectories(folder);
        ShopWorkspace made = new ShopWorkspace(shop, folder, clock, in(folder, clock, new LastingSecrets()));
        made.set("ui.language", shop.language().toLanguageTag());
        made.set("ui.theme", "light");
        return made;
    }

    private static WindowedWorkspace in(Path folder, RunningClock clock, LastingSecrets secrets) throws IOException {
        return new WindowedWorkspace(folder, clock, GOOGLE, secrets, page -> {}, GoogleSignIn.Wish::usual);
    }

    /** It is today, and from now on people work here, of whom the owner is at the computer. No window may be open. */
    void letPeopleIn() throws Exception {
        clock.putOnTo(at(TODAY));
        workspace.close();
        try (Database database = Database.open(folder.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, clock)) {
            MemberStore members = new MemberStore(database, clock);
            MemberStore.Admission owner =
                    members.admit(new MemberStore.Guest("owner", "mina@example.com", shop.owner(), Optional.empty()));
            members.beginSession(
                    ((MemberStore.Admission.In) owner).member(),
                    shop.isKorean() ? "미나의 노트북" : "Mina’s laptop",
                    MessageDigest.getInstance("SHA-256").digest(SECRET));
            List<Role> roles = List.of(Role.SENDER, Role.EDITOR, Role.VIEWER);
            for (int i = 0; i < roles.size(); i++) {
                members.invite(shop.addressOf(i), roles.get(i));
                members.admit(new MemberStore.Guest(
                        "person " + i, shop.addressOf(i), shop.people().get(i), Optional.empty()));
            }
            members.invite("hana@example.com", Role.EDITOR);
            members.allow("example.com", Role.VIEWER);
        }
        LastingSecrets secrets = new LastingSecrets();
        secrets.put("account.session", Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET));
        workspace = in(folder, clock, secrets);
        workspace.features().account().session().resume();
    }

    Features features() {
        return workspace.features();
    }

    Features.Stores stores() {
        return features().stores();
    }

    void set(String name, String value) {
        stores().settings().put(name, value);
    }

    /** Templates and lists. */
    void fill() throws Exception {
        stores().templates().list().forEach(template -> stores().templates().delete(template.id()));
        stores().recipients().lists().forEach(list -> stores().recipients().delete(list.id()));
        template(shop.names().newsletter(), Gallery.Kind.NEWSLETTER);
        template(shop.names().sale(), Gallery.Kind.PROMOTION);
        invitation();
        unfinished();
        list(
                shop.names().customers(),
                shop.names().newsletter(),
                CUSTOMERS,
                shop.names().townColumn());
        list(shop.names().regulars(), shop.names().invitation(), REGULARS, "seats");
        guests();
    }

    /**
     * Sends the mailings of the last months, and lets what became of them come in.
     *
     * @param overHours whether the last one is sent over some hours, which takes a minute longer
     */
    void sendEarlierOnes(boolean overHours) throws Exception {
        long customers = listId(shop.names().customers());
        set("practice.rate", "800");
        set("practice.outcome_speed", SLOW_OUTCOMES);
        LocalDateTime day = LocalDateTime.of(2026, 1, 15, 10, 0);
        for (String title : shop.names().mailings()) {
            clock.putOnTo(at(day));
            boolean sale = title.equals(shop.names().mailings().get(1));
            boolean last = overHours && title.equals(shop.names().mailings().get(3));
            set("practice.seed", Integer.toString(day.getDayOfYear()));
            long plan = plan(
                    title,
                    sale ? shop.names().sale() : shop.names().newsletter(),
                    customers,
                    now(),
                    last ? A_FEW_HOURS : SendingRules.NONE);
            settle(plan, last ? 30 : 90);
            day = day.plusDays(21);
        }
        set("practice.outcome_speed", "1");
    }

    /** Puts the clock on in such steps until everything was sent and came back. */
    private void settle(long plan, int minutes) {
        await().atMost(PATIENCE).until(() -> stores().plans().totals(plan).in(MessageState.ACCEPTED) > 0);
        for (int step = 0; step < 2 || !isSettled(plan); step++) {
            quiet(plan);
            clock.putOnTo(clock.instant().plus(Duration.ofMinutes(minutes)));
        }
        quiet(plan);
    }

    private boolean isSettled(long plan) {
        PlanTotals totals = stores().plans().totals(plan);
        return state(plan) == PlanState.SENT && UNDER_WAY.stream().allMatch(state -> totals.in(state) == 0);
    }

    /** Waits until nothing more happens at the time that the clock shows. */
    private void quiet(long plan) {
        AtomicReference<PlanTotals> before = new AtomicReference<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(800)).until(() -> {
            PlanTotals now = stores().plans().totals(plan);
            return now.equals(before.getAndSet(now));
        });
    }

    /** What lies ahead: one that is scheduled, and a draft. */
    void schedule() throws Exception {
        plan(
                shop.names().scheduled(),
                shop.names().invitation(),
                listId(shop.names().regulars()),
                at(LocalDateTime.of(2026, 4, 16, 9, 30)));
        stores().drafts().create(shop.names().draft(), Map.of());
    }

    /** Begins to send at a pace at which somebody can watch. */
    long send() throws Exception {
        set("practice.rate", "14");
        set("practice.outcome_speed", "1");
        return plan(
                shop.names().sending(),
                shop.names().newsletter(),
                listId(shop.names().customers()),
                now());
    }

    /** Sends one of which some messages get no answer, while the service tells nothing further. */
    void sendWithoutAnswers() throws Exception {
        set("practice.rate", "400");
        set("practice.timeout_percent", "4");
        set("practice.outcome_speed", "0.01");
        long plan = plan(
                shop.names().later(),
                shop.names().invitation(),
                listId(shop.names().regulars()),
                now());
        await().atMost(PATIENCE).until(() -> state(plan) == PlanState.SENT);
        set("practice.timeout_percent", "0");
    }

    /** One that somebody else planned, and that waits for the owner's approval. */
    void planForApproval() throws Exception {
        features().account().people().settings().approval(true);
        Somebody sam = new Somebody(Actor.local(shop.people().get(0)), Role.SENDER, true);
        Template template = stores().templates().findByName(shop.names().sale()).orElseThrow();
        long list = listId(shop.names().customers());
        PlanStore plans = workspace.plansOf(sam);
        plans.schedule(plans.create(
                new PlanStore.NewPlan(
                        shop.names().unapproved(),
                        template.newest().id(),
                        list,
                        shop.names().customers(),
                        "news@example.com",
                        shop.sender(),
                        "",
                        new PlanTiming(at(LocalDateTime.of(2026, 4, 10, 11, 0)), shop.zone(), SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()),
                stores().recipients().columns(list),
                List.of("https://example.com/offer")));
    }

    private long plan(String title, String template, long list, Instant when) throws Exception {
        return plan(title, template, list, when, SendingRules.NONE);
    }

    private long plan(String title, String template, long list, Instant when, SendingRules rules) throws Exception {
        Template chosen = stores().templates().findByName(template).orElseThrow();
        return features()
                .mailing()
                .planning()
                .plan(new PlanRequest(
                        title,
                        chosen.newest().id(),
                        list,
                        "news@example.com",
                        shop.sender(),
                        "",
                        new PlanTiming(when, shop.zone(), rules),
                        true,
                        World.PRACTICE,
                        List.<Attachment>of()));
    }

    /** The mailing of this title. */
    long planId(String title) {
        return stores().plans().overviews().stream()
                .map(overview -> overview.plan())
                .filter(plan -> plan.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    PlanState state(long plan) {
        return stores().plans().find(plan).orElseThrow().state();
    }

    private long listId(String name) {
        return stores().recipients().findByName(name).map(RecipientList::id).orElseThrow();
    }

    private Instant at(LocalDateTime time) {
        return time.atZone(zone).toInstant();
    }

    private Instant now() {
        return clock.instant();
    }

    private void template(String name, Gallery.Kind kind) {
        stores().templates().create(name, Gallery.template(kind, shop.language()), shop.owner());
    }

    /** Three versions, of which the newest needs a number of seats for everybody. */
    private void invitation() {
        TemplateContent drawn = Gallery.template(Gallery.Kind.INVITATION, shop.language());
        long id = stores().templates().create(shop.names().invitation(), drawn, shop.owner());
        String html = drawn.html().replaceAll("\\{\\{seats\\|[^}]*}}", "{{seats}}");
        TemplateContent needing = new TemplateContent(drawn.subject(), drawn.preheader(), html, drawn.images());
        clock.putOnTo(clock.instant().plus(Duration.ofHours(2)));
        stores().templates().save(id, needing, shop.people().get(1));
        clock.putOnTo(clock.instant().plus(Duration.ofHours(26)));
        stores().templates()
                .save(
                        id,
                        new TemplateContent(drawn.subject() + " ✦", drawn.preheader(), html, drawn.images()),
                        shop.owner());
    }

    /** One with what checks find: a link that leads nowhere, a picture without a description, a variable nobody has. */
    private void unfinished() {
        TemplateContent drawn = Gallery.template(Gallery.Kind.ANNOUNCEMENT, shop.language());
        String html = drawn.html()
                .replaceFirst("href=\"https://[^\"]*\"", "href=\"\"")
                .replaceFirst("(announcement-board[^>]*) alt=\"[^\"]*\"", "$1")
                .replaceFirst("href=\"\\{\\{unsubscribe}}\"", "href=\"https://example.com\"");
        stores().templates()
                .create(
                        shop.names().announcement(),
                        new TemplateContent("{{first_name}}: " + drawn.subject(), "", html, drawn.images()),
                        shop.people().get(1));
    }

    private long list(String name, String template, int people, String column) {
        long list = stores().recipients()
                .begin(
                        name,
                        name + ".xlsx",
                        List.of(
                                new RecipientColumn(0, 0, "email", "email"),
                                new RecipientColumn(1, 1, "name", "name"),
                                new RecipientColumn(2, 2, column, column)),
                        stores().templates().findByName(template).map(Template::id),
                        AddressCell.RULES.version());
        List<StagedRow> rows = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            String address = shop.address(i);
            rows.add(new StagedRow(
                    address, address, FieldValues.toJson(List.of(address, shop.name(i), value(column, i)))));
        }
        stores().recipients().append(list, rows);
        stores().recipients().finish(list);
        return list;
    }

    private String value(String column, int number) {
        return column.equals("seats")
                ? Integer.toString(1 + number % 4)
                : shop.towns().get(number % shop.towns().size());
    }

    /** A list with what goes wrong in lists. */
    private void guests() throws Exception {
        long list = stores().recipients()
                .begin(
                        shop.names().guests(),
                        shop.isKorean() ? "직접 입력" : "By hand",
                        List.of(
                                new RecipientColumn(0, 0, "email", "email"),
                                new RecipientColumn(1, 1, "name", "name"),
                                new RecipientColumn(2, 2, "seats", "seats"),
                                new RecipientColumn(
                                        3,
                                        3,
                                        shop.names().townColumn(),
                                        shop.names().townColumn())),
                        stores().templates()
                                .findByName(shop.names().invitation())
                                .map(Template::id),
                        AddressCell.RULES.version());
        stores().recipients().finish(list);
        stores().suppressions().add(World.PRACTICE, shop.address(9), "MANUAL", "");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String address = shop.address(i);
            String seats = Integer.toString(1 + i % 4);
            if (i == 3) {
                address = address.replace("@", " @ ");
            } else if (i == 6) {
                address = shop.address(2);
            } else if (i == 12) {
                address = address.replace(".com", "");
            } else if (i == 5 || i == 14) {
                seats = "";
            }
            rows.add(List.of(
                    address,
                    shop.name(i),
                    seats,
                    shop.towns().get(i % shop.towns().size())));
        }
        features()
                .lists()
                .editing()
                .write(
                        list,
                        SheetEdit.Kind.PASTED,
                        new long[0],
                        new Patch(List.of(0, 1, 2, 3), TextBlock.of(rows), 0),
                        number -> "Column " + number,
                        Progress.NONE);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
