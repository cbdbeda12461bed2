package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.AuditEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditStoreTest {
    @Test
    void tellsTheNewestEntriesFirst(@TempDir Path folder) {
        try (TestWorkspace workspace = new TestWorkspace(folder)) {
            AuditStore audit = new AuditStore(workspace.database, workspace.clock);
            audit.add("kim", "ERASED", "a person", "3 rows");
            audit.add("lee", "EXPORTED", "a person", "");
            audit.add("lee", "ERASED", "a person", "1 row");

            assertThat(audit.newest(2))
                    .containsExactly(
                            new AuditEntry(3, workspace.clock.instant(), "lee", "ERASED", "a person", "1 row"),
                            new AuditEntry(2, workspace.clock.instant(), "lee", "EXPORTED", "a person", ""));
        }
    }
}
