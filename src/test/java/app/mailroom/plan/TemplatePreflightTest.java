package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Attachment;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.store.FieldValues;
import app.mailroom.store.StagedRow;
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

    private PlanDesk desk;
    private Planning planning;

    @BeforeEach
    void open() {
        desk = new PlanDesk(folder);
        planning = new Planning(desk.templates, desk.recipients, desk.plans, desk.preflight());
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theProgramsVariableNeedsNoColumn() throws Exception {
        PlanRequest request = request(template("<a href=\"{{unsubscribe}}\">Leave</a> {{name}}"), "name", "Mina");

        assertThat(planning.check(request)).isEmpty();
        assertThat(desk.plans.find(planning.plan(request))).isPresent();
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
        long template = desk.templates.create(
                "letter " + desk.templates.list().size(),
                new TemplateContent("Hello", "What is new", html, List.of(images)),
                "test");
        return desk.templates.find(template).orElseThrow().newest().id();
    }

    private static TemplateImage image(String name, int bytes) {
        return new TemplateImage(name, "image/png", 10, 10, new byte[bytes]);
    }

    private PlanRequest request(long version, String column, String value, Attachment... files) {
        String name = "people " + desk.recipients.lists().size();
        long list = desk.recipients.begin(name, "test", List.of(new RecipientColumn(0, 0, column, column)));
        desk.recipients.append(
                list,
                List.of(new StagedRow("mina@example.com", "mina@example.com", FieldValues.toJson(List.of(value)))));
        desk.recipients.finish(list);
        return desk.request(World.PRACTICE, version, list, files);
    }
}
