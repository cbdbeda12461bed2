package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.Somebody;
import app.mailroom.model.Attachment;
import app.mailroom.model.PlanDraft;
import app.mailroom.model.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDraftStoreTest {
    private static final Map<String, String> FORM = Map.of(
            "title", "봄 소식 🌱",
            "from", "",
            "note", " first\r\nsecond\n\tthird \"quoted\" \\ \u2028 </script> ",
            "", "of no name");
    private static final Attachment PRICES = file("가격표.pdf", "one");
    private static final Attachment MAP = file("map.png", "two");

    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private PlanDraftStore drafts;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        drafts = of("mina");
    }

    private PlanDraftStore of(String name) {
        return new PlanDraftStore(workspace.database.usedBy(Somebody.called(name, Role.EDITOR)), workspace.clock);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void whatWasTypedComesBackAsItWasTyped() {
        long id = drafts.create("봄 소식 🌱", FORM);

        PlanDraft found =
                new PlanDraftStore(workspace.database, workspace.clock).find(id).orElseThrow();
        assertThat(found).isEqualTo(new PlanDraft(id, "봄 소식 🌱", FORM, List.of(), workspace.clock.instant()));
        assertThat(updatedBy(id)).isEqualTo("mina");
    }

    @Test
    void aFormWithNothingTypedIsKeptToo() {
        long id = drafts.create("", Map.of());

        assertThat(drafts.find(id)).get().satisfies(draft -> {
            assertThat(draft.title()).isEmpty();
            assertThat(draft.form()).isEmpty();
        });
    }

    @Test
    void savingReplacesTheFormAndLeavesTheAttachments() {
        long id = drafts.create("Spring", FORM);
        drafts.saveAttachments(id, List.of(PRICES));
        workspace.clock.advance(Duration.ofMinutes(1));

        assertThat(of("jun").save(id, "Summer", Map.of("title", "Summer"))).isTrue();

        assertThat(drafts.find(id))
                .contains(new PlanDraft(
                        id, "Summer", Map.of("title", "Summer"), List.of(PRICES), workspace.clock.instant()));
        assertThat(updatedBy(id)).isEqualTo("jun");
    }

    @Test
    void attachmentsAreReplacedAndKeepTheirOrder() {
        long id = drafts.create("Spring", FORM);
        assertThat(drafts.saveAttachments(id, List.of(PRICES, MAP))).isTrue();
        assertThat(drafts.find(id).orElseThrow().attachments()).containsExactly(PRICES, MAP);

        workspace.clock.advance(Duration.ofMinutes(1));
        assertThat(drafts.saveAttachments(id, List.of(MAP, PRICES, MAP))).isTrue();
        PlanDraft found = drafts.find(id).orElseThrow();
        assertThat(found.attachments()).containsExactly(MAP, PRICES, MAP);
        assertThat(found.form()).isEqualTo(FORM);
        assertThat(found.updatedAt()).isEqualTo(workspace.clock.instant());

        drafts.saveAttachments(id, List.of());
        assertThat(drafts.find(id).orElseThrow().attachments()).isEmpty();
    }

    @Test
    void theOneChangedLastIsListedFirstAndWithoutItsAttachments() {
        long first = drafts.create("first", FORM);
        long second = drafts.create("second", FORM);
        workspace.clock.advance(Duration.ofMinutes(1));
        long third = drafts.create("third", FORM);
        workspace.clock.advance(Duration.ofMinutes(1));
        drafts.saveAttachments(first, List.of(PRICES));

        assertThat(drafts.list()).extracting(PlanDraft::id).containsExactly(first, third, second);
        assertThat(drafts.list()).allSatisfy(draft -> {
            assertThat(draft.attachments()).isEmpty();
            assertThat(draft.form()).isEqualTo(FORM);
        });
    }

    @Test
    void deletingTakesTheAttachmentsAlongAndMayBeAskedTwice() {
        long id = drafts.create("Spring", FORM);
        long other = drafts.create("Summer", FORM);
        drafts.saveAttachments(id, List.of(PRICES));
        drafts.saveAttachments(other, List.of(MAP));

        drafts.delete(id);
        drafts.delete(id);

        assertThat(drafts.find(id)).isEmpty();
        assertThat(drafts.list()).extracting(PlanDraft::id).containsExactly(other);
        assertThat(workspace.number("SELECT count(*) FROM plan_draft_attachments"))
                .isEqualTo(1);
    }

    @Test
    void whatIsGoneIsNotSavedAndDoesNotComeBackByIt() {
        long id = drafts.create("Spring", FORM);
        drafts.delete(id);

        assertThat(drafts.save(id, "Spring", FORM)).isFalse();
        assertThat(drafts.saveAttachments(id, List.of(PRICES))).isFalse();

        assertThat(drafts.list()).isEmpty();
        assertThat(workspace.number("SELECT count(*) FROM plan_draft_attachments"))
                .isZero();
    }

    @Test
    void whatWasThrownAwayComesBackUnderItsNumberAndInItsPlace() {
        long id = drafts.create("Spring", FORM);
        drafts.saveAttachments(id, List.of(PRICES, MAP));
        workspace.clock.advance(Duration.ofMinutes(1));
        long newer = drafts.create("Summer", FORM);
        PlanDraft thrownAway = drafts.find(id).orElseThrow();
        drafts.delete(id);
        workspace.clock.advance(Duration.ofMinutes(1));

        of("jun").restore(thrownAway);

        assertThat(drafts.find(id)).contains(thrownAway);
        assertThat(drafts.list()).extracting(PlanDraft::id).containsExactly(newer, id);
        assertThat(updatedBy(id)).isEqualTo("jun");
    }

    @Test
    void theNumberOfWhatWasThrownAwayIsGivenToNobodyElse() {
        long id = drafts.create("Spring", FORM);
        PlanDraft thrownAway = drafts.find(id).orElseThrow();
        drafts.delete(id);

        long next = drafts.create("Summer", FORM);
        drafts.restore(thrownAway);

        assertThat(next).isNotEqualTo(id);
        assertThat(drafts.find(id)).contains(thrownAway);
    }

    @Test
    void restoringWhatIsThereLeavesWhatIsThere() {
        long id = drafts.create("Spring", FORM);
        drafts.saveAttachments(id, List.of(PRICES));
        PlanDraft older = drafts.find(id).orElseThrow();
        drafts.save(id, "Summer", Map.of("title", "Summer"));

        drafts.restore(older);

        assertThat(drafts.find(id)).get().satisfies(draft -> {
            assertThat(draft.title()).isEqualTo("Summer");
            assertThat(draft.attachments()).containsExactly(PRICES);
        });
    }

    private String updatedBy(long id) {
        return workspace.text("SELECT updated_by FROM plan_drafts WHERE id = " + id);
    }

    private static Attachment file(String name, String content) {
        return new Attachment(name, "application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
    }
}
