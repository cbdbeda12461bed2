package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.World;
import app.mailroom.store.PlanStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mailroom template …} as a person types it, on a real workspace. */
class TemplateCommandsIT extends CommandRun {
    @Test
    void imagesBesideAFileComeWithIt() throws Exception {
        Path html = folder.resolve("letter/index.html");
        Files.createDirectories(folder.resolve("letter/images"));
        Files.write(folder.resolve("letter/images/logo.png"), png(8, 5));
        Files.writeString(
                html,
                "<html><body><img src=\"images/logo.png\" alt=\"Shop\"><img src=\"images/gone.png\"><p>{{name}}</p></body></html>");

        assertThat(mailroom("template", "add", "letter", "--subject", "Hello", "--html", html.toString(), "--json"))
                .as(err)
                .isEqualTo(0);
        assertThat(json().path("images").asInt()).isEqualTo(1);
        assertThat(json().path("missing").path(0).asText()).isEqualTo("images/gone.png");
        assertThat(json().path("variables").path(0).asText()).isEqualTo("name");
        TemplateContent kept = content("letter");
        assertThat(kept.html()).isEqualTo(Files.readString(html));
        assertThat(kept.images()).singleElement().satisfies(image -> {
            assertThat(image.name()).isEqualTo("images/logo.png");
            assertThat(image.width()).isEqualTo(8);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"letter.zip", "letter.mailroom"})
    void anExportedArchiveIsTakenInAgainAsItWas(String file) throws Exception {
        TemplateContent letter = new TemplateContent(
                "Hello {{name}}",
                "A seat is kept",
                "<p>Hello {{name}}</p><img src=\"images/logo.png\" alt=\"Shop\">",
                List.of(new TemplateImage("images/logo.png", "image/png", 8, 5, png(8, 5))));
        create("letter", letter);
        Path zip = folder.resolve(file);

        assertThat(mailroom("template", "export", "letter", "--to", zip.toString()))
                .as(err)
                .isEqualTo(0);
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            assertThat(archive.stream().map(entry -> entry.getName())).anyMatch(name -> name.endsWith("logo.png"));
        }
        assertThat(mailroom("template", "add", "again", "--html", zip.toString()))
                .as(err)
                .isEqualTo(0);
        assertThat(content("again")).isEqualTo(letter);
    }

    @Test
    void anExportedPageHasItsImagesInItself() throws Exception {
        create(
                "letter",
                new TemplateContent(
                        "Hello",
                        "",
                        "<p>Hello</p><img src=\"images/logo.png\" alt=\"Shop\">",
                        List.of(new TemplateImage("images/logo.png", "image/png", 8, 5, png(8, 5)))));
        Path page = folder.resolve("letter.html");

        assertThat(mailroom("template", "export", "letter", "--to", page.toString()))
                .as(err)
                .isEqualTo(0);
        assertThat(Files.readString(page)).contains("data:image/png;base64,").doesNotContain("images/logo.png");
        assertThat(mailroom(
                        "template",
                        "export",
                        "letter",
                        "--to",
                        folder.resolve("letter.doc").toString()))
                .isEqualTo(3);
        assertThat(err).contains(".html, .zip or .mailroom");
    }

    @Test
    void aFileWithoutASubjectNeedsOne() throws Exception {
        Path html = Files.writeString(folder.resolve("plain.html"), "<p>Hello</p>");

        assertThat(mailroom("template", "add", "plain", "--html", html.toString()))
                .isEqualTo(3);
        assertThat(err).contains("--subject");
        assertThat(mailroom(
                        "template",
                        "add",
                        "x",
                        "--subject",
                        "x",
                        "--html",
                        folder.resolve("gone").toString()))
                .isEqualTo(3);
        assertThat(err).contains("There is no file");
    }

    @Test
    void aCheckSaysWhereAndWhatAndRefusesOnlyWhatCannotBeSent() throws Exception {
        create("good", new TemplateContent("Hello", "Preheader", "<p>Hello</p>"));
        create("bad", new TemplateContent("Hello", "", "<p>Hello</p>\n<script>var a = '{{name}}';</script>"));

        assertThat(mailroom("template", "check", "bad")).isEqualTo(3);
        assertThat(out).contains("blocks   BODY, line 2  IN_SCRIPT  {{name}}");
        assertThat(mailroom("template", "check", "bad", "--json")).isEqualTo(3);
        assertThat(json()).anySatisfy(finding -> {
            assertThat(finding.path("blocks").asBoolean()).isTrue();
            assertThat(finding.path("part").asText()).isEqualTo("BODY");
            assertThat(finding.path("line").asInt()).isEqualTo(2);
            assertThat(finding.path("code").asText()).isEqualTo("IN_SCRIPT");
        });
        assertThat(mailroom("template", "check", "good")).as(out).isEqualTo(0);
        assertThat(mailroom("template", "check", "nothing")).isEqualTo(3);
        assertThat(mailroom("template", "check", "good", "--list", "nobody")).isEqualTo(3);
        assertThat(err).contains("There is no recipient list “nobody”");
    }

    @Test
    void versionsAreListedTheNewestFirst() {
        create("letter", new TemplateContent("First", "", "<p>1</p>"));
        within(mailroom -> {
            Template template = mailroom.templates.findByName("letter").orElseThrow();
            return mailroom.templates.save(template.id(), new TemplateContent("Second", "", "<p>2</p>"), "juno");
        });

        assertThat(mailroom("template", "versions", "letter")).isEqualTo(0);
        assertThat(out.strip().lines()).hasSize(2);
        assertThat(out.strip().lines().findFirst().orElseThrow()).matches("2  .*Z  juno  Second");
        assertThat(mailroom("template", "versions", "nothing")).isEqualTo(3);
    }

    @Test
    void whatIsArchivedIsMarkedAndComesBack() {
        create("letter", new TemplateContent("Hello", "", "<p>Hello</p>"));

        assertThat(mailroom("template", "archive", "letter")).isEqualTo(0);
        mailroom("template", "list");
        assertThat(out).contains("letter  (version 1, archived)");
        assertThat(mailroom("template", "archive", "letter", "--undo")).isEqualTo(0);
        mailroom("template", "list");
        assertThat(out).contains("letter  (version 1)");
    }

    @Test
    void whatAMailingNeedsIsNotDeleted() {
        create("used", new TemplateContent("Hello", "", "<p>Hello</p>"));
        create("unused", new TemplateContent("Hello", "", "<p>Hello</p>"));
        within(TemplateCommandsIT::mailing);

        assertThat(mailroom("template", "delete", "unused")).as(err).isEqualTo(0);
        assertThat(mailroom("template", "delete", "unused")).isEqualTo(3);
        assertThat(err).contains("There is no template “unused”");
        assertThat(mailroom("template", "delete", "used")).isEqualTo(3);
        assertThat(err).contains("March").contains("Archive it instead");
        assertThat(mailroom("template", "show", "used")).isEqualTo(0);
    }

    private static long mailing(Mailroom mailroom) {
        long list = mailroom.recipients.begin("people", "test", List.of(new RecipientColumn(0, 0, "name", "name")));
        mailroom.recipients.finish(list);
        return mailroom.plans.create(
                new PlanStore.NewPlan(
                        "March",
                        mailroom.templates
                                .findByName("used")
                                .orElseThrow()
                                .newest()
                                .id(),
                        list,
                        "people",
                        "news@example.com",
                        "",
                        "",
                        new PlanTiming(Instant.now(), "UTC", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()),
                mailroom.recipients.columns(list),
                List.of());
    }

    private void create(String name, TemplateContent content) {
        within(mailroom -> mailroom.templates.create(name, content, "test"));
    }

    private TemplateContent content(String name) {
        return within(mailroom -> {
            Template template = mailroom.templates.findByName(name).orElseThrow();
            return mailroom.templates.content(template.newest().id()).orElseThrow();
        });
    }

    private <T> T within(Function<Mailroom, T> work) {
        try (Mailroom mailroom = open(workspace())) {
            return Objects.requireNonNull(work.apply(mailroom));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }
}
