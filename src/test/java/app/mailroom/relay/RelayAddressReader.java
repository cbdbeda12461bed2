package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.evidence.InputReader;
import app.mailroom.tracking.HitLink;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests as a relay gets them from anybody, over a real connection. Only what was signed leads anywhere or is counted, and
 * nothing makes the relay fail.
 */
public final class RelayAddressReader implements InputReader {
    private static final String TAG = "w1abcdefgh-42";
    private static final String TARGET = "https://example.com/shop?a=1&b=%2F";
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})");
    private static final Pattern LOCATION = Pattern.compile("(?im)^Location: (.*)\r$");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGE = 1 << 20;

    private final RelayUnderTest relay;
    private final List<String> paths;

    /** Starts a relay whose spool is in a folder. */
    public RelayAddressReader(Path folder) throws IOException {
        relay = RelayUnderTest.start(folder.resolve("spool"));
        paths = Stream.of(HitLink.open(TAG), HitLink.click(TAG, 3, TARGET), HitLink.unsubscribe(TAG))
                .map(relay::path)
                .toList();
    }

    @Override
    public String name() {
        return "requests to the relay";
    }

    @Override
    public List<byte[]> corpus() {
        return Stream.concat(
                        paths.stream().map(path -> request("GET", path, "")),
                        Stream.of(request(
                                "POST",
                                paths.get(2),
                                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\n"
                                        + "List-Unsubscribe=One-Click")))
                .map(RelayAddressReader::bytes)
                .toList();
    }

    private static String request(String method, String path, String more) {
        return method + " " + path + " HTTP/1.1\r\nHost: links.example.com\r\nConnection: close\r\n"
                + (more.isEmpty() ? "\r\n" : more);
    }

    @Override
    public List<String> words() {
        return List.of(
                "%00",
                "%2e%2e/",
                "../",
                "//",
                ";",
                "?",
                "#",
                "%",
                "%zz",
                "%C0%AF",
                " ",
                "\t",
                "\r\n",
                "\r\n\r\n",
                "\0",
                "HTTP/1.0",
                "HTTP/9.9",
                "/o/",
                "/c/",
                "/u/",
                "https://evil.example/",
                "Location: x\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Expect: 100-continue\r\n",
                "HEAD",
                "POST",
                "GET",
                "=",
                "-",
                "_",
                "A",
                "한",
                "Cookie: ");
    }

    @Override
    public List<byte[]> extremes() {
        return Stream.of(
                        request("GET", "/o/" + "A".repeat(LARGE), ""),
                        request("GET", paths.get(0), "X: " + "y".repeat(LARGE) + "\r\n\r\n"),
                        request("GET", paths.get(0), "X: y\r\n".repeat(LARGE / 10) + "\r\n"),
                        request("POST", paths.get(2), "Content-Length: " + LARGE + "\r\n\r\n" + "z".repeat(LARGE)),
                        "\r\n".repeat(LARGE / 2),
                        "\0".repeat(LARGE),
                        "")
                .map(RelayAddressReader::bytes)
                .toList();
    }

    @Override
    public String read(byte[] input) throws IOException {
        String answer = answer(input);
        Matcher status = STATUS.matcher(answer);
        if (!status.find()) {
            assertThat(answer).as("what is no answer").isEmpty();
            return "cut off";
        }
        int code = Integer.parseInt(status.group(1));
        // What asks for a version or a coding that there is not is told so; that is no failure.
        assertThat(code).as(answer).matches(known -> known < 500 || known == 501 || known == 505);
        Matcher location = LOCATION.matcher(answer);
        while (location.find()) {
            assertThat(location.group(1)).as("where a request leads").isEqualTo(TARGET);
        }
        return Integer.toString(code);
    }

    private String answer(byte[] input) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            try {
                OutputStream out = socket.getOutputStream();
                out.write(input);
                out.flush();
                socket.shutdownOutput();
            } catch (SocketException e) {
                // The relay has heard enough and hung up; it may have answered before.
                return "";
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            // Reset while it was read, as it happens when the relay does not want the rest.
            return "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the relay; what it handed on must be what was signed. */
    @Override
    public void close() {
        for (JsonNode event : relay.events()) {
            assertThat(event.path("tag").asText()).as("a hit that was counted").isEqualTo(TAG);
        }
    }
}
