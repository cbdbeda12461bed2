package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.WorkspaceId;
import app.mailroom.store.TemplateStore;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LettersTest {
    @TempDir
    Path folder;

    @Test
    void aMailMayBeCountedIfItsMailingMay() throws Exception {
        try (TestWorkspace workspace = new TestWorkspace(folder)) {
            long counted = workspace.running(1);
            long uncounted = workspace.running(1);
            workspace.execute("UPDATE plans SET tracked = 0 WHERE id = " + uncounted);
            long sender = workspace.delivery.register("test");
            Letters letters = new Letters(
                    workspace.plans,
                    new TemplateStore(workspace.database, workspace.clock),
                    new WorkspaceId("workspace1"),
                    Optional.empty());

            assertThat(letters.write(workspace.claimOne(sender, counted)).tracked())
                    .isTrue();
            assertThat(letters.write(workspace.claimOne(sender, uncounted)).tracked())
                    .isFalse();
        }
    }
}
