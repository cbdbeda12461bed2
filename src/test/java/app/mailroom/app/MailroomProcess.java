package app.mailroom.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as a person's command line would start it. */
final class MailroomProcess {
    private final Process process;
    private final Path output;

    private MailroomProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static MailroomProcess start(Path workspace, Path output, List<String> jvmArguments, String... command)
            throws IOException {
        return start(workspace, output, jvmArguments, Map.of(), command);
    }

    /**
     * The same with more in its environment than in that of the tests. A class path among the arguments stands in the place of the
     * tests' own.
     */
    static MailroomProcess start(
            Path workspace, Path output, List<String> jvmArguments, Map<String, String> environment, String... command)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmArguments);
        if (!jvmArguments.contains("-cp")) {
            line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        line.add("app.mailroom.app.Main");
        line.addAll(List.of("--workspace", workspace.toString()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())));
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new MailroomProcess(process, output);
    }

    /** Its number, by which a signal can be sent to it. */
    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: no hook runs, no buffer is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, as systems ask a process to end. */
    void terminate() {
        process.destroy();
    }

    int waitFor() throws InterruptedException {
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the program did not end; see " + output);
        }
        return process.exitValue();
    }
}
