package app.mailroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProgramVersionTest {
    @Test
    void itIsTheOneOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String usual = pom.replaceFirst("(?s).*<revision>([0-9.]+)(-SNAPSHOT)?</revision>.*", "$1");
        assertThat(ProgramVersion.NUMBER)
                .isEqualTo(System.getProperty("revision", usual).replace("-SNAPSHOT", ""));
    }
}
