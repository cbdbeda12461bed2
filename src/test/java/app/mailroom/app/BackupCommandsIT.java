package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Copies, and a damaged database, from the command line. */
class BackupCommandsIT extends CommandRun {
    @Override
    Mailroom open(Path workspace) throws IOException {
        Workspace there = Workspace.in(workspace);
        new StartCheck(there, Clock.systemUTC()).whole();
        return super.open(workspace);
    }

    private void zeroTheBeginning() throws IOException {
        try (RandomAccessFile bytes =
                new RandomAccessFile(new Workspace(workspace()).database().toFile(), "rw")) {
            bytes.write(new byte[100]);
        }
    }

    @Test
    void aDamagedDatabaseIsFoundAndACopyTakesItsPlace() throws Exception {
        assertThat(mailroom("backup", "list")).isZero();
        assertThat(mailroom("backup", "make", "--json")).as(err).isZero();
        String name = json().path("name").asText();
        assertThat(json().path("templates").asInt()).isEqualTo(1);
        zeroTheBeginning();

        assertThat(mailroom("template", "list")).isEqualTo(6);
        assertThat(err).contains("mailroom backup restore");
        assertThat(mailroom("backup", "make")).isEqualTo(6);
        assertThat(mailroom("backup", "list", "--check")).isZero();
        assertThat(out).contains(name).contains("1 templates").contains("well");
        assertThat(mailroom("backup", "restore", "nothing", "--yes")).isEqualTo(3);
        assertThat(mailroom("backup", "restore", name)).isEqualTo(3);
        assertThat(mailroom("backup", "restore", name, "--yes")).as(err).isZero();
        assertThat(out).contains("Nothing could be read from it");

        assertThat(mailroom("template", "list")).as(err).isZero();
        assertThat(mailroom("audit", "--action", "WORKSPACE_RESTORED")).isZero();
        assertThat(out).contains(name);
        try (Stream<Path> files = Files.list(workspace())) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("damaged-")))
                    .singleElement()
                    .satisfies(folder ->
                            assertThat(folder.resolve("mailroom.sqlite")).exists());
        }
    }

    @Test
    void aWorkspaceThatIsOpenElsewhereIsNotReplaced() throws Exception {
        assertThat(mailroom("backup", "make", "--json")).isZero();
        String name = json().path("name").asText();
        try (Mailroom elsewhere = super.open(workspace())) {
            assertThat(elsewhere.workspaceId.value()).isNotEmpty();
            assertThat(mailroom("backup", "restore", name, "--yes")).isEqualTo(3);
            assertThat(err).contains("open in another program");
        }
        assertThat(mailroom("backup", "restore", name, "--yes")).as(err).isZero();
    }

    @Test
    void whatPracticeKeepsIsSetAsideAndBeginsAnew() throws Exception {
        assertThat(mailroom("template", "list")).isZero();
        Files.writeString(new Workspace(workspace()).practiceDatabase(), "no database");
        assertThat(mailroom("template", "list")).as(err).isZero();
        try (Stream<Path> files = Files.list(workspace())) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("damaged-")))
                    .hasSize(1);
        }
    }
}
