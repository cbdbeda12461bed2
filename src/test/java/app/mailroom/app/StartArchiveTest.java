package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartArchiveTest {
    private static final Path MAKER = Path.of("mailroom-prepare.exe");

    @TempDir
    Path folder;

    private final List<Path> started = new ArrayList<>();

    @Test
    void anEmptyArchiveIsMade() throws IOException {
        Path archive = Files.createFile(folder.resolve("start.jsa"));
        new StartArchive(archive, MAKER, started::add).makeIfEmpty();
        assertThat(started).containsExactly(MAKER);
    }

    @Test
    void oneThatIsThereIsLeftAlone() throws IOException {
        Path archive = Files.writeString(folder.resolve("start.jsa"), "classes");
        new StartArchive(archive, MAKER, started::add).makeIfEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void whereTheInstallationLeftNoPlaceForItNoneIsMade() {
        new StartArchive(folder.resolve("start.jsa"), MAKER, started::add).makeIfEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void aMakerThatCannotBeStartedHarmsNothing() throws IOException {
        Path archive = Files.createFile(folder.resolve("start.jsa"));
        StartArchive without = new StartArchive(archive, MAKER, program -> {
            throw new IOException("no such program");
        });
        assertThatCode(without::makeIfEmpty).doesNotThrowAnyException();
    }

    @Test
    void aProgramThatIsNotInstalledHasNone() {
        assertThat(StartArchive.ofThisInstallation()).isEmpty();
    }
}
