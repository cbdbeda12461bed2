package app.mailroom.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon SES (API v2) answers about senders, the account's suppression list and the account itself, with pages and
 * its own form of errors. Whatever else it is asked for does not exist.
 */
public final class SesControlStub implements AutoCloseable {
    /** An address on the suppression list. */
    public record Suppressed(String reason, Instant since) {}

    private record No(int status, String type, String message) {}

    private static final No BAD = new No(400, "BadRequestException", "The address is not acceptable.");
    private static final No NOT_FOUND = new No(404, "NotFoundException", "There is nothing of that name.");

    /** Answers to GetEmailIdentity by name. */
    public final Map<String, ObjectNode> identities = new ConcurrentSkipListMap<>();

    /** The suppression list by address, as it was spelt. */
    public final Map<String, Suppressed> suppressed = new ConcurrentSkipListMap<>();

    /** Method and path of every request. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** So many questions for a single identity are answered with “slow down” first. */
    public final AtomicInteger throttles = new AtomicInteger();

    /** Methods and paths, as in {@link #requests}, that are answered with “not allowed”. */
    public final Set<String> denied = ConcurrentHashMap.newKeySet();

    /** Addresses that may be neither put on the suppression list nor taken off it: the request is called a bad one. */
    public final Set<String> unacceptable = ConcurrentHashMap.newKeySet();

    /** When what is put on the suppression list is said to have been put there. */
    public volatile Instant now = Instant.parse("2026-03-01T09:00:00Z");

    private final ObjectMapper mapper = new ObjectMapper();
    private final int page;
    private final HttpServer server;
    private final ExecutorService hands = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ses-control-stub");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts one that never gives more than this many entries a page. */
    public SesControlStub(int page) {
        this.page = page;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.setExecutor(hands);
        server.start();
    }

    /** Stands in for SES's own endpoint. */
    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Adds an identity; the given JSON, with single quotes, is what GetEmailIdentity answers. */
    public void identity(String name, String answer) {
        try {
            identities.put(name, (ObjectNode) mapper.readTree(answer.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often this method and path was asked. */
    public long count(String methodAndPath) {
        return requests.stream().filter(methodAndPath::equals).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String asked = exchange.getRequestMethod() + " " + decoded(path);
        requests.add(asked);
        JsonNode body = mapper.readTree(exchange.getRequestBody().readAllBytes());
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Object answer = denied.contains(asked)
                ? new No(403, "AccessDeniedException", "User is not authorized to perform: ses:Something")
                : answer(asked, body, query);
        ObjectNode said = answer instanceof ObjectNode node ? node : mapper.createObjectNode();
        int status = 200;
        if (answer instanceof No no) {
            status = no.status();
            exchange.getResponseHeaders().set("x-amzn-ErrorType", no.type());
            said.put("message", no.message());
        }
        byte[] bytes = mapper.writeValueAsBytes(said);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Object answer(String asked, JsonNode body, Map<String, String> query) {
        String identity = after(asked, "GET /v2/email/identities/");
        String lifted = after(asked, "DELETE /v2/email/suppression/addresses/");
        if (!identity.isEmpty()) {
            if (throttles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return new No(429, "TooManyRequestsException", "Rate exceeded");
            }
            return identities.containsKey(identity) ? identities.get(identity) : NOT_FOUND;
        }
        if (unacceptable.contains(lifted)) {
            return BAD;
        }
        if (!lifted.isEmpty()) {
            return suppressed.remove(lifted) == null ? NOT_FOUND : mapper.createObjectNode();
        }
        return switch (asked) {
            case "GET /v2/email/account" -> account();
            case "GET /v2/email/identities" -> identityPage(query);
            case "POST /v2/email/identities" ->
                create(body.path("EmailIdentity").asText());
            case "GET /v2/email/suppression/addresses" -> suppressedPage(query);
            case "PUT /v2/email/suppression/addresses" -> put(body);
            default -> NOT_FOUND;
        };
    }

    private ObjectNode account() {
        ObjectNode account = mapper.createObjectNode();
        account.put("ProductionAccessEnabled", false)
                .put("SendingEnabled", true)
                .put("EnforcementStatus", "HEALTHY");
        account.putObject("SendQuota")
                .put("Max24HourSend", 200.0)
                .put("MaxSendRate", 1.0)
                .put("SentLast24Hours", 3.0);
        return account;
    }

    private ObjectNode identityPage(Map<String, String> query) {
        List<ObjectNode> entries = new ArrayList<>();
        identities.forEach((name, answer) -> entries.add(mapper.createObjectNode()
                .put("IdentityName", name)
                .put("IdentityType", answer.path("IdentityType").asText())
                .put("SendingEnabled", answer.path("VerifiedForSendingStatus").asBoolean())
                .put("VerificationStatus", answer.path("VerificationStatus").asText())));
        return page("EmailIdentities", entries, query);
    }

    private ObjectNode suppressedPage(Map<String, String> query) {
        List<ObjectNode> entries = new ArrayList<>();
        suppressed.forEach((address, entry) -> entries.add(mapper.createObjectNode()
                .put("EmailAddress", address)
                .put("Reason", entry.reason())
                .put("LastUpdateTime", entry.since().toEpochMilli() / 1000.0)));
        return page("SuppressedDestinationSummaries", entries, query);
    }

    private ObjectNode page(String name, List<ObjectNode> entries, Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("NextToken", "0"));
        int to = Math.min(
                entries.size(), from + Math.min(page, Integer.parseInt(query.getOrDefault("PageSize", "1000"))));
        ObjectNode answer = mapper.createObjectNode();
        ArrayNode array = answer.putArray(name);
        entries.subList(from, to).forEach(array::add);
        if (to < entries.size()) {
            answer.put("NextToken", Integer.toString(to));
        }
        return answer;
    }

    private Object create(String name) {
        if (identities.containsKey(name)) {
            return new No(400, "AlreadyExistsException", "Email identity " + name + " already exist.");
        }
        boolean domain = name.indexOf('@') < 0;
        identity(
                name,
                domain
                        ? "{'IdentityType':'DOMAIN','VerifiedForSendingStatus':false,'VerificationStatus':'PENDING',"
                                + "'DkimAttributes':{'Status':'PENDING','SigningAttributesOrigin':'AWS_SES',"
                                + "'Tokens':['t1','t2','t3']}}"
                        : "{'IdentityType':'EMAIL_ADDRESS','VerifiedForSendingStatus':false,"
                                + "'VerificationStatus':'PENDING'}");
        return mapper.createObjectNode();
    }

    private Object put(JsonNode body) {
        if (unacceptable.contains(body.path("EmailAddress").asText())) {
            return BAD;
        }
        suppressed.put(
                body.path("EmailAddress").asText(),
                new Suppressed(body.path("Reason").asText(), now));
        return mapper.createObjectNode();
    }

    private static String after(String asked, String start) {
        return asked.startsWith(start) ? asked.substring(start.length()) : "";
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        hands.shutdownNow();
    }
}
