package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace of every version that was ever released is opened, keeps what is in it, and sends on. */
class EveryVersionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void isOpenedWithEverythingInItAndSendsOn(int version) throws Exception {
        Path file = folder.resolve("mailroom.sqlite");
        FilledWorkspace.make(file, version, 40, new Random(version));
        OpenedByToday opened = OpenedByToday.open(file, version < MigrationsEvidence.NEWEST);
        assertThat(opened.sameContent()).isTrue();
        assertThat(opened.faults()).isEqualTo(List.of());
        assertThat(opened.totalsHold()).isTrue();
        assertThat(opened.copyEqual()).isTrue();
        assertThat(opened.sent()).isEqualTo(20);
        assertThat(opened.ended()).isTrue();
    }
}
