package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import app.mailroom.SettableClock;
import app.mailroom.model.StoreProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told when the files of a workspace do not do what they should. */
class StoreExceptionTest {
    @TempDir
    Path folder;

    @Test
    void aDiskThatIsFullIsNamedAndTheNextTransactionGoesThrough() {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.change(sql -> {
                        sql.execute("PRAGMA max_page_count = 1");
                        sql.execute("CREATE TABLE big AS SELECT zeroblob(4000000) AS content");
                    }))
                    .asInstanceOf(type(StoreException.class))
                    .satisfies(full -> {
                        assertThat(full.problem()).isEqualTo(StoreProblem.FULL);
                        assertThat(full)
                                .hasMessage(
                                        "The workspace could not store this: the disk is full. Make room on it and try again.");
                    });
            database.change(sql -> sql.execute("PRAGMA max_page_count = 1000000"));
            database.change(sql -> sql.execute("CREATE TABLE small AS SELECT 1 AS content"));
            assertThat(database.<Integer>read(sql -> sql.fetchCount(DSL.table("small"))))
                    .isEqualTo(1);
        }
    }

    @Test
    void filesThatMustNotBeWrittenAreNamed() {
        try (Database database = open()) {
            database.change(sql -> sql.execute("PRAGMA query_only = ON"));
            assertThatThrownBy(() -> database.change(sql -> sql.execute("CREATE TABLE other (content TEXT)")))
                    .asInstanceOf(type(StoreException.class))
                    .satisfies(refused -> assertThat(refused.problem()).isEqualTo(StoreProblem.READ_ONLY));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsCalledDamaged() throws IOException {
        Files.writeString(folder.resolve("workspace.db"), "this is a letter and not a database".repeat(200));
        assertThatThrownBy(this::open).isInstanceOfSatisfying(DamagedException.class, e -> {
            assertThat(e.problem()).isEqualTo(StoreProblem.DAMAGED);
            assertThat(e.damage().file()).isEqualTo(folder.resolve("workspace.db"));
        });
    }

    @Test
    void whatTheSystemSaysOfFilesIsUnderstood() {
        assertThat(StoreException.problem(new AccessDeniedException("mailroom.sqlite.lock")))
                .isEqualTo(StoreProblem.READ_ONLY);
        assertThat(StoreException.problem(new FileSystemException("a.lock", null, "Read-only file system")))
                .isEqualTo(StoreProblem.READ_ONLY);
        assertThat(StoreException.problem(new IllegalStateException(new IOException("No space left on device"))))
                .isEqualTo(StoreProblem.FULL);
        assertThat(StoreException.problem(new IllegalStateException("something else")))
                .isEqualTo(StoreProblem.OTHER);
    }

    private Database open() {
        return Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, new SettableClock());
    }
}
