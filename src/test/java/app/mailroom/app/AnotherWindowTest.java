package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnotherWindowTest {
    private static final Path WORKSPACE = Path.of("a b", "shop");

    @Test
    void theInstalledProgramIsStartedByItsLauncher() {
        assertThat(AnotherWindow.command(
                        WORKSPACE,
                        Map.of("jpackage.app-path", "/opt/mailroom/bin/mailroom", "java.home", "/opt/mailroom/runtime"),
                        List.of("-Xmx1g")))
                .containsExactly("/opt/mailroom/bin/mailroom", "--workspace", WORKSPACE.toString());
    }

    @Test
    void otherwiseTheSameJavaWithTheSameOptionsButNoSecondDebugger() {
        assertThat(AnotherWindow.command(
                        WORKSPACE,
                        Map.of("java.home", "/java", "java.class.path", "a.jar:b.jar"),
                        List.of("-Xmx1g", "-agentlib:jdwp=address=5005", "--add-modules=javafx.controls")))
                .containsExactly(
                        Path.of("/java", "bin", "java").toString(),
                        "-Xmx1g",
                        "--add-modules=javafx.controls",
                        "-cp",
                        "a.jar:b.jar",
                        "app.mailroom.app.Main",
                        "--workspace",
                        WORKSPACE.toString());
    }
}
