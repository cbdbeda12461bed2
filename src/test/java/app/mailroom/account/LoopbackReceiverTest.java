package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.account.SignInException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackReceiverTest {
    private final LoopbackReceiver receiver =
            new LoopbackReceiver(0, new OneTimeValue("right"), Duration.ofSeconds(30), new ReturnPage(Locale.ENGLISH));
    private int port;

    @BeforeEach
    void open() throws SignInException {
        port = URI.create(receiver.getRedirectUri()).getPort();
    }

    @AfterEach
    void close() {
        receiver.stop();
    }

    @Test
    void theAnswerIsTakenOnce() throws Exception {
        assertThat(get("/signed-in?code=4%2F0Ab&state=right"))
                .startsWith("HTTP/1.1 200")
                .contains("Go back to Mailroom");
        assertThat(get("/signed-in?code=other&state=right")).startsWith("HTTP/1.1 404");

        assertThat(receiver.waitForCode()).isEqualTo("4/0Ab");
    }

    @Test
    void aWrongAnswerIsTheOnlyOneToo() throws Exception {
        assertThat(get("/signed-in?code=forged&state=wrong")).startsWith("HTTP/1.1 200");
        assertThat(get("/signed-in?code=4%2F0Ab&state=right")).startsWith("HTTP/1.1 404");

        assertThat(catchThrowableOfType(SignInException.class, receiver::waitForCode)
                        .code())
                .isEqualTo(Code.STATE_MISMATCH);
    }

    @Test
    void whateverElseIsAskedForIsNotThereAndEndsNothing() throws Exception {
        for (String path : List.of(
                "/", "/favicon.ico", "/signed-in/", "/signed-inside", "/x?code=a&state=right", "/signed-in/..")) {
            assertThat(get(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("x?");
        }
        assertThat(ask("POST /signed-in?code=a&state=right HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405");

        assertThat(get("/signed-in?code=good&state=right")).startsWith("HTTP/1.1 200");
        assertThat(receiver.waitForCode()).isEqualTo("good");
    }

    @Test
    void aPageOfSomebodyElsesNameIsNotAnswered() throws Exception {
        assertThat(ask("GET /signed-in?code=a&state=right HTTP/1.1\r\nHost: attacker.example:" + port + "\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void connectionsThatSayNothingKeepNobodyWaiting() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.getOutputStream().write("GET /signed-in?code=".getBytes(StandardCharsets.US_ASCII));
                silent.add(socket);
            }

            assertThat(get("/signed-in?code=good&state=right")).startsWith("HTTP/1.1 200");
            assertThat(receiver.waitForCode()).isEqualTo("good");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void thePageRunsNothingFetchesNothingAndIsNotKept() throws Exception {
        String answer = get("/signed-in?code=4%2F0Ab&state=right");

        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("content-security-policy: default-src 'none'")
                .contains("cache-control: no-store")
                .contains("referrer-policy: no-referrer");
        assertThat(answer)
                .doesNotContain("<script")
                .doesNotContain("4/0Ab")
                .doesNotContain("4%2F0Ab")
                .doesNotContain("right");
    }

    @Test
    void onlyThisComputerReachesIt() throws Exception {
        assertThat(receiver.getRedirectUri()).startsWith("http://127.0.0.1:");
    }

    private String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
