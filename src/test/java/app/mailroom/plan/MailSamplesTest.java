package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.World;
import app.mailroom.plan.MailSamples.Sample;
import app.mailroom.tracking.LeavingExamples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSamplesTest {
    @TempDir
    Path folder;

    private PlanDesk desk;
    private MailSamples samples;

    @BeforeEach
    void open() {
        desk = new PlanDesk(folder);
        samples = new MailSamples(desk.templates, desk.recipients, new LeavingExamples(world -> Optional.empty()));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theFirstRowsAreWrittenWithTheirValues() throws Exception {
        long version = desk.template("Hello {{name}}", "<p>Dear {{name}}</p><a href=\"{{unsubscribe}}\">Leave</a>");
        long list = desk.list("a@example.com,Ann", "b@example.com,Bo & Co", "c@example.com,Cho", "d@example.com,Dan");

        List<Sample> found = samples.of(desk.request(version, list), 3);

        assertThat(found)
                .extracting(
                        Sample::row, Sample::address, sample -> sample.mail().subject())
                .containsExactly(
                        tuple(1L, "a@example.com", "Hello Ann"),
                        tuple(2L, "b@example.com", "Hello Bo & Co"),
                        tuple(3L, "c@example.com", "Hello Cho"));
        assertThat(found.get(1).mail().html()).contains("Dear Bo &amp; Co", "mailto:news@example.com");
    }

    @Test
    void rowsThatAreNotMailedAreLeftOutAndTheOthersKeepTheirNumbers() throws Exception {
        long version = desk.template("Hello {{name}}", "<p>Hello</p>");
        long list = desk.list(
                "no address,Ann",
                "b@example.com,Bo",
                "B@example.com,Bo again",
                "away@example.com,Cho",
                ",",
                "empty@example.com,",
                "g@example.com,Gil");
        desk.suppressions.add(World.PRACTICE, "away@example.com", "BOUNCE", "");

        assertThat(samples.of(desk.request(version, list), 5))
                .extracting(Sample::row, Sample::address)
                .containsExactly(tuple(2L, "b@example.com"), tuple(7L, "g@example.com"));
        assertThat(samples.of(desk.request(World.LIVE, version, list), 5))
                .as("a suppression of practice does not hold in earnest")
                .extracting(Sample::row)
                .containsExactly(2L, 4L, 7L);
    }

    @Test
    void rowsBeyondTheFirstHundredsAreFoundWhereThoseBeforeDoNotFillTheTemplate() throws Exception {
        String[] rows = new String[1_200];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = "reader" + i + "@example.com," + (i < 1_100 ? "" : "Name");
        }
        long version = desk.template("Hello {{name}}", "<p>Hello</p>");

        assertThat(samples.of(desk.request(version, desk.list(rows)), 2))
                .extracting(Sample::row)
                .containsExactly(1_101L, 1_102L);
    }

    @Test
    void imagesStandInTheMailAsData() throws Exception {
        TemplateImage image = new TemplateImage("images/a.png", "image/png", 1, 1, new byte[] {1, 2, 3});
        long template = desk.templates.create(
                "with an image",
                new TemplateContent("Hello", "", "<img src=\"images/a.png\" alt=\"\">", List.of(image)),
                "test");
        long version = desk.templates.find(template).orElseThrow().newest().id();

        assertThat(samples.of(desk.request(version, desk.list("a@example.com,Ann")), 1))
                .singleElement()
                .satisfies(sample -> assertThat(sample.mail().html())
                        .contains("data:image/png;base64,AQID")
                        .doesNotContain("cid:"));
    }

    @Test
    void nothingArrivesOfATemplateThatCannotBeSentNorOfAListOrTemplateThatIsGone() throws Exception {
        long list = desk.list("a@example.com,Ann");
        long faulty = desk.template("Hello", "<p>{{name</p>");
        long fine = desk.template("Hello", "<p>Hello</p>");

        assertThat(samples.of(desk.request(faulty, list), 3)).isEmpty();
        assertThat(samples.of(desk.request(4_711, list), 3)).isEmpty();
        assertThat(samples.of(desk.request(fine, 4_711), 3)).isEmpty();
    }
}
