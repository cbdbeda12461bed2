package app.mailroom.app;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the program once more, for another workspace: a window ends with its workspace, and a process with both. Started the way
 * this process was: as the installed program, or by the same Java with the same class path.
 */
final class AnotherWindow {
    private static final Logger log = LoggerFactory.getLogger(AnotherWindow.class);

    /** What jpackage's launcher says of itself. */
    private static final String LAUNCHER = "jpackage.app-path";

    private AnotherWindow() {}

    /**
     * Starts it, and does not wait until its window is there. Where the workspace has a window already, that comes to the front.
     *
     * @return its process
     * @throws IOException when the program cannot be started
     */
    static Process open(Path workspace) throws IOException {
        List<String> command = command(
                workspace,
                Map.of(
                        LAUNCHER,
                        System.getProperty(LAUNCHER, ""),
                        "java.home",
                        System.getProperty("java.home", ""),
                        "java.class.path",
                        System.getProperty("java.class.path", "")),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        // It outlives this process, so nothing may wait for somebody who reads what it prints.
        Process started = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        log.info("Another window was started, process {}", started.pid());
        return started;
    }

    private static File nothing() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    /**
     * The command for this.
     *
     * @param properties of the system, as far as they are looked at
     * @param options of the virtual machine
     */
    static List<String> command(Path workspace, Map<String, String> properties, List<String> options) {
        List<String> command = new ArrayList<>();
        String launcher = properties.getOrDefault(LAUNCHER, "");
        if (launcher.isEmpty()) {
            command.add(Path.of(properties.getOrDefault("java.home", ""), "bin", "java")
                    .toString());
            // Two debuggers cannot wait at one port.
            options.stream().filter(option -> !option.startsWith("-agentlib:")).forEach(command::add);
            command.addAll(List.of("-cp", properties.getOrDefault("java.class.path", ""), Main.class.getName()));
        } else {
            command.add(launcher);
        }
        command.addAll(List.of("--workspace", workspace.toString()));
        return List.copyOf(command);
    }
}
