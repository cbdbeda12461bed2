package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.Attachment;
import app.mailroom.model.MailAccount;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.AddressCell;
import app.mailroom.store.Database;
import app.mailroom.store.FieldValues;
import app.mailroom.store.PlanStore;
import app.mailroom.store.PlanTwins;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.StagedRow;
import app.mailroom.store.TemplateStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a template's images and the program's own variables mean for a mailing that is about to be planned. */
class TemplatePreflightTest {
    private static final String PICTURE = "<img src=\"images/a.png\" alt=\"A\">";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Database database;
    private RecipientStore recipients;
    private TemplateStore templates;
    private PlanStore plans;
    private Planning planning;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        recipients = new RecipientStore(database, clock);
        templates = new TemplateStore(database, clock);
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
                        new Practice(),
                        name -> List.of("v=DMARC1; p=none"),
                        clock));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theProgramsVariableNeedsNoColumn() throws Exception {
        PlanRequest request = request(template("<a href=\"{{unsubscribe}}\">Leave</a> {{name}}"), "name", "Mina");

        assertThat(planning.check(request)).isEmpty();
        assertThat(plans.find(planning.plan(request))).isPresent();
    }

    @Test
    void aRowWithoutAValueInItsColumnGetsTheProgramsOne() {
        long version = template("<a href=\"{{unsubscribe}}\">Leave</a>");

        assertThat(planning.check(request(version, "unsubscribe", ""))).isEmpty();
        assertThat(planning.check(request(version, "unsubscribe", "https://shop.example/u/1")))
                .isEmpty();
        assertThat(planning.check(request(version, "unsubscribe", "no link")))
                .extracting(PlanFinding::code)
                .containsExactly(Code.VALUE_UNFIT);
    }

    @Test
    void anyOtherVariableNeedsItsColumn() {
        assertThat(planning.check(request(template("<p>{{unsubscribe_link}}</p>"), "name", "Mina")))
                .extracting(PlanFinding::code)
                .containsExactly(Code.COLUMN_MISSING);
    }

    @Test
    void anImageThatTheTemplateShowsCountsWithTheFiles() {
        long version = template(PICTURE, image("images/a.png", 4_000_000));
        Attachment file = new Attachment("a.pdf", "application/pdf", new byte[3_500_000]);

        assertThat(planning.check(request(version, "name", "Mina")))
                .extracting(PlanFinding::code)
                .containsExactly(Code.TEMPLATE_CHECKS);
        assertThat(planning.check(request(version, "name", "Mina", file)))
                .filteredOn(finding -> finding.code() == Code.ATTACHMENT_LARGE)
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).startsWith("7.5 MB"));
    }

    @Test
    void anImageThatTheTemplateDoesNotShowIsNotSentAndDoesNotCount() {
        long version = template(PICTURE, image("images/a.png", 100), image("images/other.png", 30_000_000));

        assertThat(planning.check(request(version, "name", "Mina"))).isEmpty();
    }

    private long template(String html, TemplateImage... images) {
        long template = templates.create(
                "letter " + templates.list().size(),
                new TemplateContent("Hello", "What is new", html, List.of(images)),
                "test");
        return templates.find(template).orElseThrow().newest().id();
    }

    private static TemplateImage image(String name, int bytes) {
        return new TemplateImage(name, "image/png", 10, 10, new byte[bytes]);
    }

    private PlanRequest request(long version, String column, String value, Attachment... files) {
        String name = "people " + recipients.lists().size();
        long list = recipients.begin(name, "test", List.of(new RecipientColumn(0, 0, column, column)));
        recipients.append(
                list,
                List.of(new StagedRow("mina@example.com", "mina@example.com", FieldValues.toJson(List.of(value)))));
        recipients.finish(list);
        return new PlanRequest(
                "Autumn",
                version,
                list,
                "news@example.com",
                "News",
                "",
                new PlanTiming(clock.instant(), "UTC", SendingRules.NONE),
                true,
                "test",
                World.PRACTICE,
                List.of(files));
    }

    /** Where practice mode sends, and nobody is asked. */
    private static final class Practice implements SendingConditions {
        @Override
        public World world() {
            return World.PRACTICE;
        }

        @Override
        public MailAccount account() {
            throw new AssertionError("nobody is to be asked");
        }

        @Override
        public boolean signs(String address) {
            throw new AssertionError("nobody is to be asked");
        }

        @Override
        public boolean maySend(String address) {
            throw new AssertionError("nobody is to be asked");
        }

        @Override
        public boolean countsHits() {
            throw new AssertionError("practice counts as each mailing says");
        }
    }
}
