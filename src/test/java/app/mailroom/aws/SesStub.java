package app.mailroom.aws;

import app.mailroom.outcome.SesEventParser;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that answers as Amazon SES (API v2) does: SendEmail and GetAccount, with SES's own form of errors. It
 * keeps what it accepts, and can be slow, silent, broken or away. A thread for each connection, so that one that waits
 * holds up no other.
 */
public final class SesStub implements AutoCloseable {
    /** A mail that was accepted. The time is {@link System#nanoTime()} when its request began to arrive. */
    public record Accepted(
            String messageId,
            String messageTag,
            String planTag,
            String recipient,
            String configurationSet,
            JsonNode request,
            long nanoTime) {}

    /** What GetAccount says. */
    public record Account(
            double rate, long quota, long sentLast24h, boolean sandbox, boolean sendingEnabled, String enforcement) {}

    /** Decides what becomes of a request to send. Called from many threads. */
    @FunctionalInterface
    public interface Behaviour {
        /** What to do with this request. */
        Answer to(Request request);
    }

    /** A request to send, whose body is read from the connection when it is asked for. */
    public static final class Request {
        private final int number;
        private final Map<String, String> headers;
        private final Connection connection;
        private @Nullable JsonNode body;

        private Request(int number, Map<String, String> headers, Connection connection) {
            this.number = number;
            this.headers = headers;
            this.connection = connection;
        }

        /** Which of the requests to send it is, counted from 1. */
        public int number() {
            return number;
        }

        /** A header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        /** What is asked for. */
        public JsonNode json() {
            if (body == null) {
                try {
                    body = MAPPER.readTree(connection.body(headers));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return body;
        }

        /** The tag that names the message. */
        public String messageTag() {
            return tag(json(), SesEventParser.MESSAGE_TAG);
        }
    }

    /** What the server does with a request to send. */
    public sealed interface Answer {
        /** Takes the mail and says so. */
        Answer ACCEPT = new Accept(Duration.ZERO);
        /** Takes the mail and never says so; the connection stays open until the client closes it. */
        Answer ACCEPT_THEN_SILENCE = new AcceptThenSilence();
        /** Takes the mail and breaks the connection (TCP reset). */
        Answer ACCEPT_THEN_RESET = new AcceptThenReset();
        /** Takes the mail and ends the connection in the middle of the answer. */
        Answer ACCEPT_THEN_HALF_AN_ANSWER = new AcceptThenHalfAnAnswer();
        /** Breaks the connection (TCP reset) after the headers, without reading the body. */
        Answer RESET_BEFORE_READING = new ResetBeforeReading();
        /** Too many a second. */
        Answer THROTTLE = error(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
        /** Out of order. */
        Answer UNAVAILABLE = error(503, "ServiceUnavailableException", "Service is temporarily unavailable.");

        /** An error in SES's form: class in a header, message in the body. */
        static Answer error(int status, String type, String message) {
            return new Failure(status, type, message);
        }

        /** A status with whatever bytes, and nothing that SES would say about errors. */
        static Answer garbage(int status, byte[] bytes) {
            return new Garbage(status, new String(bytes, StandardCharsets.ISO_8859_1));
        }

        /** Takes the mail and answers as if it had not. */
        static Answer acceptThen(Answer said) {
            return new AcceptThen(said);
        }

        /** Takes the mail at once and says so only after a time. */
        static Answer slow(Duration duration) {
            return new Accept(duration);
        }
    }

    private record Accept(Duration delay) implements Answer {}

    private record AcceptThenSilence() implements Answer {}

    private record AcceptThenReset() implements Answer {}

    private record AcceptThenHalfAnAnswer() implements Answer {}

    private record ResetBeforeReading() implements Answer {}

    private record AcceptThen(Answer said) implements Answer {}

    private record Failure(int status, String type, String message) implements Answer {}

    private record Garbage(int status, String latin1) implements Answer {}

    /**
     * Below the ports that the system gives to outgoing connections: nobody takes the port while it is closed, and a
     * client that knocks then cannot by accident be connected with itself.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final int BACKLOG = 1_024;
    private static final int REOPEN_TRIES = 200;
    private static final Duration REOPEN_PAUSE = Duration.ofMillis(10);
    /** Attachments are long texts in a request. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Consumer<Accepted>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connectionsMade = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int port;
    private ServerSocket listening;
    private Thread listener;
    private volatile Behaviour behaviour = request -> Answer.ACCEPT;
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean keepRequests = true;
    private volatile Account account = new Account(14, 50_000, -1, false, true, "HEALTHY");

    private SesStub() throws IOException {
        listening = onAnyPort();
        port = listening.getLocalPort();
        listener = listen(listening);
    }

    /** A server on a free port of this computer. It accepts every mail at once. */
    public static SesStub start() {
        try {
            return new SesStub();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, as an SDK's endpoint. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** What was accepted so far, in the order of acceptance. */
    public List<Accepted> accepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    /** Takes over what another server had accepted, as the one service that both stand for would know it. */
    public void remember(List<Accepted> before) {
        synchronized (accepted) {
            accepted.addAll(before);
        }
    }

    /** How often each message was accepted, by its tag. */
    public Map<String, Integer> acceptedByTag() {
        Map<String, Integer> counts = new TreeMap<>();
        accepted().forEach(mail -> counts.merge(mail.messageTag(), 1, Integer::sum));
        return counts;
    }

    /** When each request to send arrived, whatever became of it, by {@link System#nanoTime()}, rising. */
    public List<Long> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    /** How many connections were made so far. */
    public int connectionsMade() {
        return connectionsMade.get();
    }

    /** What GetAccount is to say; how many were sent in 24 hours is counted. */
    public void account(double rate, long quota, boolean sandbox) {
        account = new Account(rate, quota, -1, sandbox, true, "HEALTHY");
    }

    /** What GetAccount is to say, word for word; a negative number sent is counted instead. */
    public void account(Account says) {
        account = says;
    }

    /** Whether accepted mails keep their whole request. Without, many mails fit into little memory. */
    public void keepRequests(boolean keep) {
        keepRequests = keep;
    }

    /** How long every request to send takes. */
    public void latency(Duration each) {
        latency = each;
    }

    /** What becomes of requests to send from now on. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** The same for every request. */
    public void behave(Answer always) {
        behaviour = request -> always;
    }

    /** Is told of every accepted mail before the client is, as events may overtake answers. */
    public void onAccepted(Consumer<Accepted> listener) {
        listeners.add(listener);
    }

    /** Ends every connection in the way of a server that found it idle too long. It goes on listening. */
    public void dropConnections() {
        connections.forEach(Connection::close);
    }

    /** Goes away: connections are broken, and new ones refused. Or comes back at the same address. */
    public synchronized void refuse(boolean refuse) {
        try {
            if (refuse) {
                listening.close();
                // The port takes connections until the thread that waits for them has let go of it.
                listener.join();
                connections.forEach(Connection::reset);
            } else if (listening.isClosed()) {
                listening = onPortAgain();
                listener = listen(listening);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while closing", e);
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        refuse(true);
    }

    private static ServerSocket onAnyPort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try {
                return on(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
            } catch (BindException taken) {
                // Somebody else has that one; the next is as good.
            }
        }
        throw new BindException("no free port found");
    }

    /** The system may let go of the port a moment after it was closed. */
    private ServerSocket onPortAgain() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return on(port);
            } catch (BindException busy) {
                if (tries == REOPEN_TRIES) {
                    throw busy;
                }
                LockSupport.parkNanos(REOPEN_PAUSE.toNanos());
            }
        }
    }

    private static ServerSocket on(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Thread listen(ServerSocket socket) {
        return start("ses-stub-listener", () -> {
            try {
                while (true) {
                    Connection connection = new Connection(socket.accept());
                    connections.add(connection);
                    start("ses-stub-connection-" + connectionsMade.incrementAndGet(), connection);
                }
            } catch (IOException e) {
                // The listening socket was closed: that is how this thread ends.
            }
        });
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String tag(JsonNode request, String name) {
        for (JsonNode tag : request.path("EmailTags")) {
            if (tag.path("Name").asText().equals(name)) {
                return tag.path("Value").asText();
            }
        }
        return "";
    }

    private final class Connection implements Runnable {
        private final Socket socket;
        private final InputStream in;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        @Override
        public void run() {
            try {
                String requestLine = line();
                while (!requestLine.isEmpty()) {
                    if (!serve(requestLine, headers())) {
                        break;
                    }
                    requestLine = line();
                }
            } catch (IOException | UncheckedIOException e) {
                // The client, or a test, broke the connection: nothing is left to say to anybody.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                connections.remove(this);
                close();
            }
        }

        /** Answers a request; false when the connection ends with it. */
        private boolean serve(String requestLine, Map<String, String> headers)
                throws IOException, InterruptedException {
            if (requestLine.startsWith("GET /v2/email/account ")) {
                answer(200, "", accountJson());
                return true;
            }
            if (!requestLine.startsWith("POST /v2/email/outbound-emails ")) {
                body(headers);
                answer(404, "UnknownOperationException", MAPPER.createObjectNode());
                return true;
            }
            long arrived;
            Request request;
            synchronized (arrivals) {
                arrived = System.nanoTime();
                arrivals.add(arrived);
                request = new Request(requests.incrementAndGet(), headers, this);
            }
            Answer answer = behaviour.to(request);
            if (answer instanceof ResetBeforeReading) {
                reset();
                return false;
            }
            request.json();
            if (await(latency)) {
                return false;
            }
            if (answer instanceof AcceptThen lie) {
                accept(request, arrived);
                answer = lie.said();
            }
            if (answer instanceof Accept accept) {
                ObjectNode said = accept(request, arrived);
                if (await(accept.delay())) {
                    return false;
                }
                answer(200, "", said);
            } else if (answer instanceof AcceptThenSilence) {
                accept(request, arrived);
                return in.read() >= 0;
            } else if (answer instanceof AcceptThenReset) {
                accept(request, arrived);
                reset();
                return false;
            } else if (answer instanceof AcceptThenHalfAnAnswer) {
                byte[] said = MAPPER.writeValueAsBytes(accept(request, arrived));
                write(200, "Content-Length: " + said.length + "\r\n", said, said.length / 2);
                return false;
            } else if (answer instanceof Failure failure) {
                answer(
                        failure.status(),
                        failure.type(),
                        MAPPER.createObjectNode().put("message", failure.message()));
            } else if (answer instanceof Garbage garbage) {
                byte[] bytes = garbage.latin1().getBytes(StandardCharsets.ISO_8859_1);
                write(garbage.status(), "Content-Length: " + bytes.length + "\r\n", bytes, bytes.length);
            }
            return true;
        }

        private ObjectNode accept(Request request, long arrived) {
            JsonNode json = request.json();
            Accepted mail = new Accepted(
                    "0107" + UUID.randomUUID() + "-000000",
                    tag(json, SesEventParser.MESSAGE_TAG),
                    tag(json, SesEventParser.PLAN_TAG),
                    json.path("Destination").path("ToAddresses").path(0).asText(),
                    json.path("ConfigurationSetName").asText(),
                    keepRequests ? json : MissingNode.getInstance(),
                    arrived);
            synchronized (accepted) {
                accepted.add(mail);
            }
            listeners.forEach(listener -> listener.accept(mail));
            return MAPPER.createObjectNode().put("MessageId", mail.messageId());
        }

        private ObjectNode accountJson() {
            Account says = account;
            long sent = says.sentLast24h();
            if (sent < 0) {
                synchronized (accepted) {
                    sent = accepted.size();
                }
            }
            ObjectNode json = MAPPER.createObjectNode();
            json.put("DedicatedIpAutoWarmupEnabled", false)
                    .put("EnforcementStatus", says.enforcement())
                    .put("ProductionAccessEnabled", !says.sandbox())
                    .put("SendingEnabled", says.sendingEnabled());
            json.putObject("SendQuota")
                    .put("Max24HourSend", (double) says.quota())
                    .put("MaxSendRate", says.rate())
                    .put("SentLast24Hours", (double) sent);
            return json;
        }

        private void answer(int status, String type, JsonNode json) throws IOException {
            byte[] body = MAPPER.writeValueAsBytes(json);
            String headers = "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n"
                    + (type.isEmpty() ? "" : "x-amzn-ErrorType: " + type + "\r\n");
            write(status, headers, body, body.length);
        }

        private void write(int status, String headers, byte[] body, int length) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String head = "HTTP/1.1 " + status + " Status\r\nx-amzn-RequestId: " + UUID.randomUUID() + "\r\n" + headers
                    + "\r\n";
            out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body, 0, length);
            socket.getOutputStream().write(out.toByteArray());
        }

        private byte[] body(Map<String, String> headers) throws IOException {
            if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
                socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new IOException("the connection ended within a body");
            }
            return body;
        }

        private Map<String, String> headers() throws IOException {
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return headers;
        }

        /** The next line without its end; an empty text also at the end of the stream. */
        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.write(c);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        /** Lets time pass; true when the server is closed meanwhile. */
        private boolean await(Duration time) throws InterruptedException {
            return !time.isZero() && closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void reset() {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // It is closed already.
            }
            close();
        }

        private void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // Closing is all that is wanted.
            }
        }
    }
}
