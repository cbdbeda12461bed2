package app.mailroom.plan;

import app.mailroom.SettableClock;
import app.mailroom.model.Attachment;
import app.mailroom.model.MailAccount;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.SendingConditions.HitCounter;
import app.mailroom.recipients.AddressCell;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.SheetEditing;
import app.mailroom.recipients.SheetEditing.Patch;
import app.mailroom.recipients.TextBlock;
import app.mailroom.store.Database;
import app.mailroom.store.PlanStore;
import app.mailroom.store.PlanTwins;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.TemplateStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A workspace in which a test writes templates and lists as a person does, and asks for mailings of them. */
final class PlanDesk implements AutoCloseable {
    final SettableClock clock = new SettableClock();
    final Database database;
    final TemplateStore templates;
    final RecipientStore recipients;
    final SheetStore sheets;
    final PlanStore plans;
    final SuppressionStore suppressions;
    final SheetEditing editing;

    PlanDesk(Path folder) {
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        templates = new TemplateStore(database, clock);
        recipients = new RecipientStore(database, clock);
        sheets = new SheetStore(database, clock, AddressCell.RULES);
        plans = new PlanStore(database, clock);
        suppressions = new SuppressionStore(database, clock);
        editing = new SheetEditing(recipients, sheets);
    }

    /** A version of a new template. */
    long template(String subject, String html) {
        long id = templates.create(
                "letter " + templates.list().size(),
                new TemplateContent(subject, "What is new", html, List.of()),
                "test");
        return templates.find(id).orElseThrow().newest().id();
    }

    /** A list with these rows, written into its sheet, {@code address,name} each. */
    long list(String... rows) throws Exception {
        long id = recipients.begin(
                "people " + recipients.lists().size(),
                "test",
                List.of(new RecipientColumn(0, 0, "E-Mail", "email"), new RecipientColumn(1, 1, "Name", "name")));
        recipients.finish(id);
        List<List<String>> cells =
                Arrays.stream(rows).map(row -> List.of(row.split(",", -1))).toList();
        editing.write(
                id,
                SheetEdit.Kind.PASTED,
                new long[0],
                new Patch(List.of(0, 1), TextBlock.of(cells), 0),
                number -> "Column " + number,
                Progress.NONE);
        return id;
    }

    /** A mailing for practice, tracked, without files, to begin now. */
    PlanRequest request(long version, long list) {
        return request(World.PRACTICE, version, list);
    }

    /** The same under another title. */
    PlanRequest request(String title, long version, long list) {
        PlanRequest usual = request(version, list);
        return new PlanRequest(
                title,
                version,
                list,
                usual.fromAddress(),
                usual.fromName(),
                usual.replyTo(),
                usual.timing(),
                usual.tracked(),
                usual.world(),
                usual.attachments());
    }

    PlanRequest request(World world, long version, long list, Attachment... files) {
        return new PlanRequest(
                "Autumn",
                version,
                list,
                "news@example.com",
                "News",
                "",
                new PlanTiming(clock.instant(), "UTC", SendingRules.NONE),
                true,
                world,
                List.of(files));
    }

    /** The checks of mailings for practice, in which nobody is asked. */
    Preflight preflight() {
        SendingConditions practice = new SendingConditions() {
            @Override
            public World world() {
                return World.PRACTICE;
            }

            @Override
            public MailAccount account() {
                throw new AssertionError("nobody is to be asked");
            }

            @Override
            public boolean maySend(String address) {
                throw new AssertionError("nobody is to be asked");
            }

            @Override
            public boolean signs(String address) {
                throw new AssertionError("nobody is to be asked");
            }

            @Override
            public Set<HitCounter> counting() {
                return Set.of();
            }
        };
        return new Preflight(
                templates, recipients, sheets, new PlanTwins(database), practice, name -> List.of(), clock);
    }

    @Override
    public void close() {
        database.close();
    }
}
