package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.PersonStore;
import app.mailroom.store.PersonStore.Place;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.StagedRow;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonRecordsTest {
    @TempDir
    private Path folder;

    @Test
    void theAuditSaysThatAnErasureBrokeOffAndWhatItErased() throws Exception {
        Clock clock = Clock.systemUTC();
        try (Database workspace = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
                Database practice = Database.open(folder.resolve("practice.sqlite"), Database.Schema.PRACTICE, clock)) {
            RecipientStore store = new RecipientStore(workspace, clock);
            long list = store.begin("list", "test", List.of(new RecipientColumn(0, 0, "email", "email")));
            store.append(list, List.of(new StagedRow("a@x.org", "a@x.org", "[\"a@x.org\"]")));
            store.finish(list);
            AuditStore audit = new AuditStore(workspace, clock);
            PersonRecords people = new PersonRecords(
                    new PersonStore(workspace, practice, new WorkspaceId("workspace1"), clock),
                    audit,
                    () -> new KeptCopies(Optional.empty(), List.of()),
                    Access.PROGRAM,
                    clock);

            assertThatThrownBy(() -> people.erase("a@x.org", false, place -> {
                        if (place == Place.QUARANTINED) {
                            throw new IllegalStateException("the power failed");
                        }
                    }))
                    .hasMessage("the power failed");

            List<AuditEntry> entries = audit.newest(10);
            assertThat(entries)
                    .extracting(AuditEntry::action)
                    .startsWith(AuditAction.PERSON_ERASURE_BROKE_OFF.name(), AuditAction.PERSON_ERASURE_BEGUN.name());
            assertThat(entries.get(0).detail()).isEqualTo("rows 1");
        }
    }
}
