package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.support.Calls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the program beside each other, as processes. */
class OneWindowIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> WITHOUT_DISPLAY = List.of(
            "-Dglass.platform=Monocle", "-Dmonocle.platform=Headless", "-Dprism.order=sw", "-Djava.awt.headless=true");

    @TempDir
    Path folder;

    private final List<MailroomProcess> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (MailroomProcess process : started) {
            process.kill();
        }
    }

    private MailroomProcess start(Path workspace, String... arguments) throws IOException {
        MailroomProcess process =
                MailroomProcess.start(workspace, folder.resolve("output.txt"), WITHOUT_DISPLAY, arguments);
        started.add(process);
        return process;
    }

    private MailroomProcess startAndWait(Path workspace) throws IOException {
        MailroomProcess process = start(workspace);
        await().atMost(PATIENCE).until(() -> log(workspace).contains("The window was there"));
        return process;
    }

    private static String log(Path workspace) throws IOException {
        Path logs = workspace.resolve("logs");
        if (!Files.isDirectory(logs)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void aSecondStartEndsAndHandsItsFileToTheFirst() throws Exception {
        Path workspace = folder.resolve("one");
        MailroomProcess first = startAndWait(workspace);
        Path list = Files.writeString(folder.resolve("list of guests.csv"), "email\na@example.org\n");
        assertThat(start(workspace).waitFor()).isZero();
        assertThat(start(workspace, list.toString()).waitFor()).isZero();
        assertThat(first.isAlive()).isTrue();
        // Commands go on working beside a window.
        assertThat(start(workspace, "plan", "list").waitFor()).isZero();
        // Another workspace has a window of its own.
        MailroomProcess other = startAndWait(folder.resolve("two"));
        assertThat(first.isAlive()).isTrue();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void fromAWindowAnotherWorkspaceOpensInAProcessOfItsOwn() throws Exception {
        Path other = folder.resolve("the other");
        Process started = AnotherWindow.open(other);
        try {
            await().atMost(PATIENCE).until(() -> log(other).contains("The window was there"));
        } finally {
            started.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatAKilledWindowLeftBehindKeepsNobodyOut() throws Exception {
        Path workspace = folder.resolve("one");
        startAndWait(workspace).kill();
        assertThat(workspace.resolve("window.address")).exists();
        try (Stream<Path> logs = Files.list(workspace.resolve("logs"))) {
            for (Path file : logs.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        MailroomProcess next = startAndWait(workspace);
        assertThat(next.isAlive()).isTrue();
        assertThat(start(workspace).waitFor()).isZero();
    }

    @Test
    void aFileThatIsNotThereIsToldAndIsNoCommand() throws Exception {
        Path missing = folder.resolve("missing.csv");
        assertThat(start(folder.resolve("one"), missing.toString()).waitFor()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("output.txt"))).contains("There is no file " + missing);
        assertThat(start(folder.resolve("one"), "nonsense").waitFor()).isEqualTo(2);
    }

    @Test
    void callsWaitForTheWindowAndCarryTheFile() throws Exception {
        Workspace workspace = Workspace.in(folder.resolve("one"));
        Calls calls = new Calls();
        List<Optional<Path>> heard = new ArrayList<>();
        Path file = folder.resolve("a b+c%20.html");
        try (OneWindow first =
                OneWindow.enter(workspace, Optional.empty(), calls, PATIENCE).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(OneWindow.enter(workspace, Optional.of(file), new Calls(), PATIENCE))
                    .isEmpty();
            assertThat(OneWindow.enter(workspace, Optional.empty(), new Calls(), PATIENCE))
                    .isEmpty();
            calls.answeredBy(heard::add);
            assertThat(heard).containsExactly(Optional.of(file), Optional.empty());
        }
        assertThat(workspace.windowAddress()).doesNotExist();
        try (OneWindow next = OneWindow.enter(workspace, Optional.empty(), new Calls(), PATIENCE)
                .orElseThrow()) {
            assertThat(next).isNotNull();
            assertThat(workspace.windowAddress()).exists();
        }
    }

    @Test
    void whoDoesNotKnowTheWordIsNotHeard() throws Exception {
        Workspace workspace = Workspace.in(folder.resolve("one"));
        Calls calls = new Calls();
        List<Optional<Path>> heard = new ArrayList<>();
        calls.answeredBy(heard::add);
        try (OneWindow first =
                OneWindow.enter(workspace, Optional.empty(), calls, PATIENCE).orElseThrow()) {
            assertThat(first).isNotNull();
            int port =
                    Integer.parseInt(Files.readString(workspace.windowAddress()).split(" ", -1)[0]);
            for (String said : List.of("0".repeat(64) + "\n\n", "\n\n", "GET / HTTP/1.1\r\n\r\n", "x".repeat(70_000))) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    assertThat(answer(socket)).isEmpty();
                }
            }
            assertThat(heard).isEmpty();
            // And after all that the door still opens to whoever knows it.
            assertThat(OneWindow.enter(workspace, Optional.empty(), new Calls(), PATIENCE))
                    .isEmpty();
            assertThat(heard).hasSize(1);
        }
    }

    private static byte[] answer(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // Hung up in the middle of what was said.
            return new byte[0];
        }
    }

    @Test
    void aWindowThatDoesNotAnswerKeepsNobodyWaitingForLong() throws Exception {
        Workspace workspace = Workspace.in(folder.resolve("one"));
        Calls over = new Calls();
        over.close();
        try (OneWindow hung = OneWindow.enter(workspace, Optional.empty(), over, PATIENCE)
                        .orElseThrow();
                OneWindow beside = OneWindow.enter(workspace, Optional.empty(), new Calls(), Duration.ofMillis(200))
                        .orElseThrow()) {
            assertThat(beside).isNotSameAs(hung);
            assertThat(workspace.windowAddress()).exists();
        }
    }
}
