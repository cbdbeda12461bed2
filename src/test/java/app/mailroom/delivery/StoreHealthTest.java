package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.StoreProblem;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreHealthTest {
    private static final Duration USUAL = Duration.ofMinutes(7);

    @TempDir
    Path folder;

    private final StoreHealth health = new StoreHealth();

    @Test
    void aStepThatCannotStoreIsTakenAgainSoonAndSaysWhyUntilItCan() throws Exception {
        try (TestWorkspace workspace = new TestWorkspace(folder)) {
            Loop.Step storing = health.watched("storing", () -> {
                workspace.database.change(
                        sql -> sql.execute("CREATE TABLE big AS SELECT zeroblob(4000000) AS content"));
                return USUAL;
            });
            Loop.Step other = health.watched("other", () -> USUAL);
            workspace.database.change(sql -> sql.execute("PRAGMA max_page_count = 1"));

            assertThat(storing.take()).isLessThan(Duration.ofSeconds(5));
            assertThat(other.take()).isEqualTo(USUAL);
            assertThat(health.problem()).as("the other step stored nothing").contains(StoreProblem.FULL);

            workspace.database.change(sql -> sql.execute("PRAGMA max_page_count = 1000000"));
            assertThat(storing.take()).isEqualTo(USUAL);
            assertThat(health.problem()).isEmpty();
        }
    }

    @Test
    void whatIsNotOfTheFilesIsLeftToTheLoop() {
        Loop.Step step = health.watched("step", () -> {
            throw new IllegalStateException("a mistake");
        });
        assertThatThrownBy(step::take).isInstanceOf(IllegalStateException.class);
        assertThat(health.problem()).isEmpty();
    }
}
