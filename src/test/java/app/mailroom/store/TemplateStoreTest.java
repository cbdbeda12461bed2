package app.mailroom.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.SettableClock;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateDraft;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.TemplateVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateStoreTest {
    private static final TemplateImage LOGO = image("images/logo.png", "the logo");
    private static final TemplateImage HEAD = image("images/head.png", "the head");

    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private TemplateStore templates;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        templates = new TemplateStore(workspace.database, workspace.clock);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void eachVersionKeepsItsWordsAndItsImages() {
        TemplateContent first = letter("first", LOGO);
        TemplateContent second = letter("second", HEAD, LOGO);
        TemplateContent third = letter("third");
        long id = templates.create("letter", first, "mina");
        templates.save(id, second, "juno");
        templates.save(id, third, "mina");

        List<TemplateVersion> versions = templates.versions(id);
        assertThat(versions).extracting(TemplateVersion::number).containsExactly(3, 2, 1);
        assertThat(versions).extracting(TemplateVersion::createdBy).containsExactly("mina", "juno", "mina");
        assertThat(content(versions.get(2))).isEqualTo(first);
        assertThat(content(versions.get(1)).images()).containsExactlyInAnyOrder(HEAD, LOGO);
        assertThat(content(versions.get(0))).isEqualTo(third);
        assertThat(template(id).newest()).isEqualTo(versions.get(0));
    }

    @Test
    void anImageComesBackAsItWentIn() {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        TemplateImage photo = new TemplateImage("그림/사진 1.jpg", "image/jpeg", 600, 338, bytes);
        long id = templates.create("letter", letter("x", photo), "test");

        assertThat(content(template(id).newest()).images()).singleElement().satisfies(image -> {
            assertThat(image.name()).isEqualTo("그림/사진 1.jpg");
            assertThat(image.contentType()).isEqualTo("image/jpeg");
            assertThat(image.width()).isEqualTo(600);
            assertThat(image.height()).isEqualTo(338);
            assertThat(image.content()).isEqualTo(bytes);
        });
    }

    @Test
    void aFileIsStoredOnceHoweverManyTemplatesShowItUnderWhateverName() {
        long first = templates.create("first", letter("x", LOGO, LOGO.named("other.png"), LOGO), "test");
        templates.create("second", letter("x", LOGO), "test");
        templates.save(first, letter("y", LOGO), "test");
        templates.keepDraft(first, template(first).newest().id(), letter("z", LOGO), "test");

        assertThat(files()).isEqualTo(1);
        assertThat(content(templates.versions(first).get(1)).images())
                .extracting(TemplateImage::name)
                .containsExactly("images/logo.png", "other.png");
    }

    @Test
    void aDraftIsKeptReplacedAndDropped() {
        long id = templates.create("letter", letter("saved", LOGO), "mina");
        long version = template(id).newest().id();
        assertThat(templates.draft(id)).isEmpty();
        assertThat(template(id).hasDraft()).isFalse();

        templates.keepDraft(id, version, letter("begun", LOGO, HEAD), "mina");
        workspace.clock.advance(Duration.ofSeconds(5));
        templates.keepDraft(id, version, letter("gone on", HEAD), "juno");

        TemplateDraft draft = templates.draft(id).orElseThrow();
        assertThat(draft.content()).isEqualTo(letter("gone on", HEAD));
        assertThat(draft.basedOn()).isEqualTo(version);
        assertThat(draft.savedBy()).isEqualTo("juno");
        assertThat(draft.savedAt()).isEqualTo(workspace.clock.instant());
        assertThat(template(id).hasDraft()).isTrue();
        assertThat(template(id).newest().html()).contains("saved");

        templates.dropDraft(id);
        assertThat(templates.draft(id)).isEmpty();
        assertThat(template(id).hasDraft()).isFalse();
        assertThat(files()).as("the saved version's image").isEqualTo(1);
    }

    @Test
    void aDraftWithTheSameImagesAndOtherWordsIsKept() {
        long id = templates.create("letter", letter("saved"), "mina");
        long version = template(id).newest().id();
        templates.keepDraft(id, version, letter("one", LOGO, HEAD), "mina");
        templates.keepDraft(id, version, letter("two", HEAD, LOGO), "mina");

        TemplateContent kept = templates.draft(id).orElseThrow().content();
        assertThat(kept.html()).isEqualTo(letter("two").html());
        assertThat(kept.images()).containsExactlyInAnyOrder(LOGO, HEAD);
    }

    @Test
    void anImageThatGetsAnotherContentUnderItsNameIsReplacedInTheDraft() {
        TemplateImage redrawn = image(LOGO.name(), "the new logo");
        long id = templates.create("letter", letter("saved", LOGO), "mina");
        long version = template(id).newest().id();
        templates.keepDraft(id, version, letter("x", LOGO), "mina");
        templates.keepDraft(id, version, letter("x", redrawn), "mina");

        assertThat(templates.draft(id).orElseThrow().content().images()).containsExactly(redrawn);
        assertThat(content(template(id).newest()).images()).containsExactly(LOGO);
    }

    @Test
    void imagesThatOnlyADraftHadGoWithIt() {
        long id = templates.create("letter", letter("saved"), "mina");
        long version = template(id).newest().id();
        templates.keepDraft(id, version, letter("x", LOGO), "mina");
        templates.keepDraft(id, version, letter("x", HEAD), "mina");
        assertThat(files()).as("replaced within the draft").isEqualTo(1);

        templates.save(id, letter("saved without"), "mina");
        assertThat(templates.draft(id)).as("saving ends the draft").isEmpty();
        assertThat(files()).isZero();

        templates.keepDraft(id, version, letter("x", LOGO), "mina");
        templates.dropDraft(id);
        assertThat(files()).isZero();
    }

    @Test
    void aDuplicateIsATemplateOfItsOwnWithTheSameImages() {
        long id = templates.create("letter", letter("first"), "mina");
        templates.save(id, letter("second", LOGO), "mina");
        long copy = templates.duplicate(id, "letter 2", "juno");
        templates.save(id, letter("third"), "mina");

        Template duplicate = template(copy);
        assertThat(duplicate.name()).isEqualTo("letter 2");
        assertThat(duplicate.newest().number()).isEqualTo(1);
        assertThat(content(duplicate.newest())).isEqualTo(letter("second", LOGO));
        assertThatThrownBy(() -> templates.duplicate(id, "letter 2", "juno")).isInstanceOf(NameTakenException.class);
        assertThat(templates.list()).hasSize(2);
    }

    @Test
    void deletingTakesVersionsDraftAndImagesAlongAndLeavesWhatOthersShow() {
        long id = templates.create("letter", letter("first", LOGO), "mina");
        templates.save(id, letter("second", HEAD), "mina");
        templates.keepDraft(id, template(id).newest().id(), letter("third", image("images/third.png", "3")), "mina");
        templates.create("other", letter("other", LOGO), "mina");

        templates.delete(id);

        assertThat(templates.find(id)).isEmpty();
        assertThat(templates.versions(id)).isEmpty();
        assertThat(templates.draft(id)).isEmpty();
        assertThat(files()).as("the logo, which the other template shows").isEqualTo(1);
        assertThat(content(templates.findByName("other").orElseThrow().newest()).images())
                .containsExactly(LOGO);
        assertThat(workspace.number("SELECT count(*) FROM template_version_images"))
                .isEqualTo(1);
        assertThat(workspace.number("SELECT count(*) FROM template_draft_images"))
                .isZero();
    }

    @Test
    void aTemplateOfAMailingIsNotDeletedAndTheRefusalNamesTheMailings() {
        workspace.draft(workspace.clock.instant(), List.of("a@example.com"));
        long used = templates.findByName("template 1").orElseThrow().id();
        templates.save(used, letter("a newer version", LOGO), "mina");
        templates.keepDraft(used, template(used).newest().id(), letter("draft", HEAD), "mina");

        TemplateInUseException refusal =
                catchThrowableOfType(TemplateInUseException.class, () -> templates.delete(used));

        assertThat(refusal.mailings()).containsExactly("plan 1");
        assertThat(templates.versions(used)).hasSize(2);
        assertThat(templates.draft(used)).isPresent();
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void whatWasDeletedMeanwhileIsSaidSo() {
        long id = templates.create("letter", letter("x"), "mina");
        long version = template(id).newest().id();
        templates.delete(id);

        assertThatThrownBy(() -> templates.save(id, letter("y"), "mina")).isInstanceOf(NoSuchTemplateException.class);
        assertThatThrownBy(() -> templates.keepDraft(id, version, letter("y", LOGO), "mina"))
                .isInstanceOf(NoSuchTemplateException.class);
        assertThatThrownBy(() -> templates.duplicate(id, "copy", "mina")).isInstanceOf(NoSuchTemplateException.class);
        assertThat(files()).isZero();
    }

    @Test
    void anArchivedTemplateComesBack() {
        long id = templates.create("letter", letter("x"), "mina");

        templates.archive(id, true);
        assertThat(template(id).archived()).isTrue();
        templates.archive(id, false);
        assertThat(template(id).archived()).isFalse();
    }

    @Test
    void aWorkspaceOfTheVersionBeforeIsTakenOverWithACopyBeside() throws Exception {
        Path file = folder.resolve("older.sqlite");
        String url = "jdbc:sqlite:" + file;
        Flyway.configure()
                .dataSource(url, "", "")
                .table("schema_history")
                .locations("classpath:db/workspace")
                .target("2")
                .loggers("slf4j")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO templates VALUES (7, 'Spring', 1000, 2000, NULL), (8, 'Old', 1, 2, 3)");
            statement.executeUpdate(
                    "INSERT INTO template_versions VALUES (11, 7, 1, 'Hello', 'pre', '<p>one</p>', 1000, 'mina'),"
                            + " (12, 7, 2, 'Hello {{name}}', '', '<p>two</p>', 2000, 'juno'),"
                            + " (13, 8, 1, 'S', '', '<p>old</p>', 1, 'mina')");
            statement.executeUpdate("INSERT INTO plans (id, title, template_version_id, list_name, from_address,"
                    + " from_name, reply_to, state, not_before, zone, park_count, created_at, created_by)"
                    + " VALUES (5, 'March', 11, 'people', 'a@example.com', '', '', 'SENT', 1, 'UTC', 0, 1, 'mina')");
        }

        try (Database migrated = Database.open(file, Database.Schema.WORKSPACE, new SettableClock())) {
            TemplateStore store = new TemplateStore(migrated, new SettableClock());
            assertThat(store.list()).extracting(Template::name).containsExactly("Spring", "Old");
            Template spring = store.find(7).orElseThrow();
            assertThat(spring.updatedAt()).isEqualTo(Instant.ofEpochMilli(2000));
            assertThat(spring.hasDraft()).isFalse();
            assertThat(store.find(8).orElseThrow().archived()).isTrue();
            assertThat(store.content(11)).isEqualTo(Optional.of(new TemplateContent("Hello", "pre", "<p>one</p>")));
            store.save(7, letter("three", LOGO), "mina");
            assertThat(store.versions(7)).extracting(TemplateVersion::number).containsExactly(3, 2, 1);
            assertThatThrownBy(() -> store.delete(7))
                    .isInstanceOfSatisfying(
                            TemplateInUseException.class,
                            refusal -> assertThat(refusal.mailings()).containsExactly("March"));
            store.delete(8);
            assertThat(store.list()).hasSize(1);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(copy -> copy.getFileName().toString().startsWith("older.sqlite.before-migration-")))
                    .hasSize(1);
        }
    }

    private Template template(long id) {
        return templates.find(id).orElseThrow();
    }

    private TemplateContent content(TemplateVersion version) {
        return templates.content(version.id()).orElseThrow();
    }

    private long files() {
        return workspace.number("SELECT count(*) FROM images");
    }

    private static TemplateContent letter(String words, TemplateImage... images) {
        return new TemplateContent("Subject", "Preheader", "<p>" + words + "</p>", List.of(images));
    }

    private static TemplateImage image(String name, String content) {
        return new TemplateImage(name, "image/png", 10, 20, content.getBytes(UTF_8));
    }
}
