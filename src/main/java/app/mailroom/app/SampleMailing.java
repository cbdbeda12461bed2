package app.mailroom.app;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.recipients.AddressCell;
import app.mailroom.store.FieldValues;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.StagedRow;
import app.mailroom.store.TemplateStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The template and the list that a fresh workspace begins with, so that a first mailing can be sent at once. The
 * addresses are of a domain that exists for examples (RFC 2606), and of the SES mailbox simulator.
 */
final class SampleMailing {
    private static final String DONE = "sample.made";
    private static final String TEMPLATE = "Sample: an invitation";
    private static final String LIST = "Sample: friends of the shop";
    private static final int PEOPLE = 240;
    private static final List<String> NAMES =
            List.of("Mina", "Jonas", "서연", "Aisha", "Pavel", "지훈", "Lucía", "Emre", "Hanna", "민준", "Noor", "Tomás");
    private static final List<String> CITIES = List.of("Busan", "Lisbon", "Galway", "서울", "Trieste", "Bergen");

    private final SettingsStore settings;
    private final TemplateStore templates;
    private final RecipientStore recipients;

    SampleMailing(SettingsStore settings, TemplateStore templates, RecipientStore recipients) {
        this.settings = settings;
        this.templates = templates;
        this.recipients = recipients;
    }

    /** Does nothing in a workspace that ever had it, so that what a person deletes stays deleted. */
    void putIntoFreshWorkspace() {
        String mine = Long.toString(ProcessHandle.current().pid());
        if (settings.get(DONE).isPresent() || !settings.putIfAbsent(DONE, mine).equals(mine)) {
            return;
        }
        if (templates.findByName(TEMPLATE).isEmpty()) {
            templates.create(
                    TEMPLATE,
                    new TemplateContent(
                            "{{name|Friend}}, a seat is kept for you on Friday",
                            "Tea, three short readings, and a table of books.",
                            html()),
                    "Mailroom");
        }
        if (recipients.findByName(LIST).isEmpty()) {
            long listId = recipients.begin(
                    LIST,
                    "Mailroom",
                    List.of(
                            new RecipientColumn(0, 0, "email", "email"),
                            new RecipientColumn(1, 1, "name", "name"),
                            new RecipientColumn(2, 2, "city", "city"),
                            new RecipientColumn(3, 3, "seat", "seat")),
                    templates.findByName(TEMPLATE).map(Template::id),
                    AddressCell.RULES.version());
            List<StagedRow> rows = people();
            recipients.append(listId, rows);
            recipients.finish(listId);
        }
    }

    private static List<StagedRow> people() {
        List<StagedRow> rows = new ArrayList<>();
        for (String mailbox : List.of("success", "bounce", "complaint", "ooto", "suppressionlist")) {
            rows.add(row(mailbox + "@simulator.amazonses.com", rows.size()));
        }
        while (rows.size() < PEOPLE) {
            rows.add(row("guest" + String.format("%03d", rows.size()) + "@example.com", rows.size()));
        }
        return rows;
    }

    private static StagedRow row(String address, int number) {
        return new StagedRow(
                address,
                address,
                FieldValues.toJson(List.of(
                        address,
                        NAMES.get(number % NAMES.size()),
                        CITIES.get(number % CITIES.size()),
                        number % 7 == 0 ? "" : "A" + number)));
    }

    private static String html() {
        try (InputStream in = SampleMailing.class.getResourceAsStream("sample/template.html")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
