package app.mailroom.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * SES, SNS, SQS and STS of one account behind one port, as far as the event chain needs them. Queues are those of a
 * real server of the SQS protocol. An event of SES, and what is published on a topic, goes only where destination,
 * policies and subscription really let it, so that each link can be broken.
 */
public final class FakeAws implements AutoCloseable {
    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-central-1";

    /** Attributes that the SQS server does not read back. */
    private static final Set<String> KEPT_HERE =
            Set.of("Policy", "SqsManagedSseEnabled", "KmsMasterKeyId", "MessageRetentionPeriod");

    private static final Set<String> SQS_CHANGES =
            Set.of("CreateQueue", "SetQueueAttributes", "DeleteQueue", "SendMessage", "TagQueue", "PurgeQueue");
    private static final Set<String> SNS_READS =
            Set.of("GetTopicAttributes", "ListSubscriptionsByTopic", "GetSubscriptionAttributes", "GetCallerIdentity");

    /** A no, with the name of Amazon's error. */
    private static final class No extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;
        final String code;

        No(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private record Answer(int status, String type, String body, Map<String, String> headers) {}

    /** What SES knows of a configuration set. */
    public static final class SetOfOptions {
        public volatile boolean sending = true;
        public volatile boolean reputation;
        public volatile boolean engagementMetrics;
        public final Map<String, ObjectNode> destinations = new ConcurrentHashMap<>();
    }

    private final ObjectMapper mapper = new ObjectMapper();
    /** Where questions about the account, its identities and its suppression list are passed on to; empty for nowhere. */
    public volatile String accountEndpoint = "";

    private final HttpServer server;
    private final ExecutorService hands = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-aws");
        thread.setDaemon(true);
        return thread;
    });
    private final SQSRestServer sqs;
    private final URI sqsAddress;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger made = new AtomicInteger();
    private final Map<String, Map<String, String>> queueAttributes = new ConcurrentHashMap<>();
    private final Set<String> deletedQueues = ConcurrentHashMap.newKeySet();
    private final List<String> changes = new CopyOnWriteArrayList<>();

    /** Topics by ARN, with their attributes. */
    public final Map<String, Map<String, String>> topics = new ConcurrentHashMap<>();
    /** Subscriptions by ARN, with their attributes. */
    public final Map<String, Map<String, String>> subscriptions = new ConcurrentHashMap<>();
    /** Configuration sets by name. */
    public final Map<String, SetOfOptions> configurationSets = new ConcurrentHashMap<>();
    /** IAM actions that the keys lack, such as {@code sns:Publish}. */
    public final Set<String> denied = ConcurrentHashMap.newKeySet();
    /** Addresses that SES lets send; empty stands for all. */
    public final Set<String> verified = ConcurrentHashMap.newKeySet();
    /** Whether a queue's name is taken for a while after it was deleted, as it is at Amazon. */
    public volatile boolean remembersDeletedQueues;
    /** How many messages put on a queue are gone at once, as if another program received them. */
    public final AtomicInteger takenByAnother = new AtomicInteger();
    /** How often SES answers that the rate is exceeded before it takes a mail. */
    public final AtomicInteger throttles = new AtomicInteger();

    private FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sqs = SQSRestServerBuilder.withDynamicPort()
                .withAWSRegion(REGION)
                .withAWSAccountId(ACCOUNT)
                .withServerAddress(new NodeAddress("http", "localhost", port(), ""))
                .start();
        sqsAddress = URI.create(
                "http://localhost:" + sqs.waitUntilStarted().localAddress().getPort());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.setExecutor(hands);
        server.start();
    }

    /** Starts one. */
    public static FakeAws start() {
        // Otherwise every answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return new FakeAws();
    }

    /** Makes it a fresh account again. */
    public void reset() {
        json(forward("ListQueues", mapper.createObjectNode()).body())
                .path("QueueUrls")
                .forEach(url -> forward("DeleteQueue", mapper.createObjectNode().set("QueueUrl", url)));
        queueAttributes.clear();
        topics.clear();
        subscriptions.clear();
        configurationSets.clear();
        denied.clear();
        verified.clear();
        deletedQueues.clear();
        changes.clear();
        remembersDeletedQueues = false;
        takenByAnother.set(0);
        throttles.set(0);
    }

    /** Stands in for Amazon's own endpoints. */
    public String endpoint() {
        return "http://localhost:" + port();
    }

    /** IAM actions of all calls so far that change something. */
    public List<String> changes() {
        return List.copyOf(changes);
    }

    public void forgetChanges() {
        changes.clear();
    }

    public static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** A topic's attributes, to be changed by hand. */
    public Map<String, String> topicNamed(String name) {
        return Objects.requireNonNull(topics.get(arn("sns", name)));
    }

    /** A configuration set, to be changed by hand. */
    public SetOfOptions setNamed(String name) {
        return Objects.requireNonNull(configurationSets.get(name));
    }

    /** An event destination, to be changed by hand. */
    public ObjectNode destination(String set, String name) {
        return Objects.requireNonNull(setNamed(set).destinations.get(name));
    }

    /** The policy of a queue, empty if it has none. */
    public String queuePolicy(String name) {
        return queue(name).getOrDefault("Policy", "");
    }

    /** A queue's attributes as SQS shows them. */
    public Map<String, String> queue(String name) {
        ObjectNode ask = mapper.createObjectNode().put("QueueUrl", queueUrl(name));
        ask.putArray("AttributeNames").add("All");
        Map<String, String> attributes = new TreeMap<>();
        json(sqs("GetQueueAttributes", ask).body())
                .path("Attributes")
                .properties()
                .forEach(
                        field -> attributes.put(field.getKey(), field.getValue().asText()));
        return attributes;
    }

    /** Sets an attribute by hand, past the program. */
    public void setQueue(String name, String attribute, String value) {
        ObjectNode ask = mapper.createObjectNode().put("QueueUrl", queueUrl(name));
        ask.putObject("Attributes").put(attribute, value);
        sqs("SetQueueAttributes", ask);
    }

    public void createQueue(String name) {
        sqs("CreateQueue", mapper.createObjectNode().put("QueueName", name));
    }

    public void deleteQueue(String name) {
        sqs("DeleteQueue", mapper.createObjectNode().put("QueueUrl", queueUrl(name)));
    }

    public String queueUrl(String name) {
        return endpoint() + "/" + ACCOUNT + "/" + name;
    }

    /** Puts a body into a queue by hand. */
    public void send(String queue, String body) {
        sqs(
                "SendMessage",
                mapper.createObjectNode().put("QueueUrl", queueUrl(queue)).put("MessageBody", body));
    }

    @Override
    public void close() {
        server.stop(0);
        hands.shutdownNow();
        sqs.stopAndWait();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String path = exchange.getRequestURI().getPath();
        Answer answer;
        if (target != null && target.startsWith("AmazonSQS.")) {
            answer = queues(target.substring(target.indexOf('.') + 1), (ObjectNode) json(body));
        } else if (!accountEndpoint.isEmpty() && path.matches("/v2/email/(account|identities|suppression).*")) {
            answer = passOn(exchange, body);
        } else if (path.startsWith("/v2/email/")) {
            answer = mail(exchange.getRequestMethod(), path.substring("/v2/email/".length()), body);
        } else {
            answer = topicsOrCaller(form(body));
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Answer passOn(HttpExchange exchange, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(accountEndpoint + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, String> type = answer.headers()
                    .firstValue("x-amzn-ErrorType")
                    .map(error -> Map.of("x-amzn-ErrorType", error))
                    .orElse(Map.of());
            return new Answer(answer.statusCode(), "application/json", answer.body(), type);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    // SQS

    private Answer queues(String action, ObjectNode ask) {
        try {
            permit("sqs:" + action, SQS_CHANGES.contains(action));
            return sqs(action, ask);
        } catch (No no) {
            return new Answer(
                    no.status,
                    "application/x-amz-json-1.0",
                    mapper.createObjectNode()
                            .put("__type", "com.amazonaws.sqs#" + no.code)
                            .put("message", no.getMessage())
                            .toString(),
                    Map.of());
        }
    }

    private Answer sqs(String action, ObjectNode ask) {
        String name = ask.has("QueueName")
                ? ask.path("QueueName").asText()
                : ask.path("QueueUrl").asText().replaceFirst(".*/", "");
        Map<String, String> kept = new LinkedHashMap<>();
        if (ask.get("Attributes") instanceof ObjectNode attributes) {
            for (String attribute : KEPT_HERE) {
                if (attributes.has(attribute)) {
                    kept.put(attribute, attributes.remove(attribute).asText());
                }
            }
        }
        if (action.equals("CreateQueue") && remembersDeletedQueues && deletedQueues.contains(name)) {
            throw new No(
                    400,
                    "QueueDeletedRecently",
                    "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        }
        if (action.equals("SendMessage") && takenByAnother.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new Answer(
                    200,
                    "application/x-amz-json-1.0",
                    mapper.createObjectNode()
                            .put("MessageId", "drained")
                            .put("MD5OfMessageBody", md5(ask.path("MessageBody").asText()))
                            .toString(),
                    Map.of());
        }
        if (action.equals("SetQueueAttributes") && ask.path("Attributes").isEmpty()) {
            queueAttributes
                    .computeIfAbsent(name, none -> new ConcurrentHashMap<>())
                    .putAll(kept);
            return new Answer(200, "application/x-amz-json-1.0", "{}", Map.of());
        }
        Answer answer = forward(action, ask);
        if (answer.status() != 200) {
            return answer;
        }
        if (action.equals("DeleteQueue")) {
            queueAttributes.remove(name);
            deletedQueues.add(name);
        } else if (action.equals("CreateQueue") || action.equals("SetQueueAttributes")) {
            queueAttributes
                    .computeIfAbsent(name, none -> new ConcurrentHashMap<>())
                    .putAll(kept);
        } else if (action.equals("GetQueueAttributes")) {
            ObjectNode shown = (ObjectNode) json(answer.body());
            ObjectNode attributes = shown.withObject("/Attributes");
            attributes.remove("Policy");
            queueAttributes.getOrDefault(name, Map.of()).forEach(attributes::put);
            return new Answer(200, answer.type(), shown.toString(), Map.of());
        }
        return answer;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer forward(String action, ObjectNode ask) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(sqsAddress)
                            .header("Content-Type", "application/x-amz-json-1.0")
                            .header("X-Amz-Target", "AmazonSQS." + action)
                            .POST(HttpRequest.BodyPublishers.ofString(ask.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers()
                    .firstValue("x-amzn-query-error")
                    .ifPresent(value -> headers.put("x-amzn-query-error", value));
            return new Answer(response.statusCode(), "application/x-amz-json-1.0", response.body(), headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // SNS and STS

    private Answer topicsOrCaller(Map<String, String> form) {
        String action = form.getOrDefault("Action", "");
        try {
            boolean caller = action.equals("GetCallerIdentity");
            permit((caller ? "sts:" : "sns:") + action, !SNS_READS.contains(action));
            String result = caller ? caller() : topics(action, form);
            return xml(
                    200,
                    "<" + action + "Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><" + action + "Result>"
                            + result + "</" + action + "Result><ResponseMetadata><RequestId>r</RequestId>"
                            + "</ResponseMetadata></" + action + "Response>");
        } catch (No no) {
            return xml(
                    no.status,
                    "<ErrorResponse><Error><Type>Sender</Type><Code>" + no.code + "</Code><Message>"
                            + escaped(no.getMessage()) + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
        }
    }

    private static String caller() {
        return "<Arn>arn:aws:iam::" + ACCOUNT + ":user/mailroom</Arn><UserId>AIDA</UserId><Account>" + ACCOUNT
                + "</Account>";
    }

    private String topics(String action, Map<String, String> form) {
        String topicArn = form.getOrDefault("TopicArn", "");
        switch (action) {
            case "CreateTopic" -> {
                String arn = arn("sns", form.getOrDefault("Name", ""));
                topics.putIfAbsent(arn, new ConcurrentHashMap<>(Map.of("TopicArn", arn, "Policy", defaultPolicy(arn))));
                return "<TopicArn>" + arn + "</TopicArn>";
            }
            case "GetTopicAttributes" -> {
                return attributes(topic(topicArn));
            }
            case "SetTopicAttributes" -> {
                topic(topicArn).put(form.getOrDefault("AttributeName", ""), form.getOrDefault("AttributeValue", ""));
                return "";
            }
            case "ListSubscriptionsByTopic" -> {
                topic(topicArn);
                StringBuilder list = new StringBuilder("<Subscriptions>");
                subscriptions.forEach((arn, attributes) -> {
                    if (topicArn.equals(attributes.get("TopicArn"))) {
                        list.append("<member><TopicArn>" + topicArn + "</TopicArn><Protocol>sqs</Protocol><Endpoint>"
                                + attributes.get("Endpoint") + "</Endpoint><Owner>" + ACCOUNT
                                + "</Owner><SubscriptionArn>"
                                + (pending(attributes) ? "PendingConfirmation" : arn)
                                + "</SubscriptionArn></member>");
                    }
                });
                return list + "</Subscriptions>";
            }
            case "Subscribe" -> {
                topic(topicArn);
                return "<SubscriptionArn>" + subscribe(topicArn, form) + "</SubscriptionArn>";
            }
            case "GetSubscriptionAttributes" -> {
                return attributes(subscription(form));
            }
            case "SetSubscriptionAttributes" -> {
                subscription(form).put(form.getOrDefault("AttributeName", ""), form.getOrDefault("AttributeValue", ""));
                return "";
            }
            case "Unsubscribe" -> {
                subscriptions.remove(form.getOrDefault("SubscriptionArn", ""));
                return "";
            }
            case "DeleteTopic" -> {
                topics.remove(topicArn);
                subscriptions.values().removeIf(attributes -> topicArn.equals(attributes.get("TopicArn")));
                return "";
            }
            case "Publish" -> {
                topic(topicArn);
                fanOut(topicArn, form.getOrDefault("Message", ""));
                return "<MessageId>m" + made.incrementAndGet() + "</MessageId>";
            }
            default -> throw new No(400, "InvalidAction", "not an action here: " + action);
        }
    }

    private static boolean pending(Map<String, String> attributes) {
        return attributes.getOrDefault("PendingConfirmation", "false").equals("true");
    }

    private String subscribe(String topicArn, Map<String, String> form) {
        String endpoint = form.getOrDefault("Endpoint", "");
        subscriptions
                .values()
                .removeIf(old -> topicArn.equals(old.get("TopicArn")) && endpoint.equals(old.get("Endpoint")));
        String arn = topicArn + ":subscription-" + made.incrementAndGet();
        Map<String, String> attributes = new ConcurrentHashMap<>(
                Map.of("TopicArn", topicArn, "Endpoint", endpoint, "Protocol", "sqs", "RawMessageDelivery", "false"));
        for (int i = 1; form.containsKey("Attributes.entry." + i + ".key"); i++) {
            attributes.put(
                    form.getOrDefault("Attributes.entry." + i + ".key", ""),
                    form.getOrDefault("Attributes.entry." + i + ".value", ""));
        }
        subscriptions.put(arn, attributes);
        return arn;
    }

    private Map<String, String> topic(String arn) {
        Map<String, String> topic = topics.get(arn);
        if (topic == null) {
            throw new No(404, "NotFound", "Topic does not exist");
        }
        return topic;
    }

    private Map<String, String> subscription(Map<String, String> form) {
        Map<String, String> found = subscriptions.get(form.getOrDefault("SubscriptionArn", ""));
        if (found == null) {
            throw new No(404, "NotFound", "Subscription does not exist");
        }
        return found;
    }

    private String defaultPolicy(String arn) {
        return "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Sid\":"
                + "\"__default_statement_ID\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":"
                + "[\"SNS:GetTopicAttributes\",\"SNS:Publish\"],\"Resource\":\"" + arn
                + "\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\"" + ACCOUNT + "\"}}}]}";
    }

    /** Delivers to each queue whose subscription and policy let it. */
    private void fanOut(String topicArn, String message) {
        subscriptions.forEach((arn, attributes) -> {
            String queueArn = attributes.getOrDefault("Endpoint", "");
            String queue = queueArn.replaceFirst(".*:", "");
            String filter = attributes.getOrDefault("FilterPolicy", "{}");
            if (!topicArn.equals(attributes.get("TopicArn"))
                    || pending(attributes)
                    || !filter.equals("{}")
                    || !allows(
                            queueAttributes.getOrDefault(queue, Map.of()).get("Policy"),
                            "sns.amazonaws.com",
                            "sqs:SendMessage",
                            Map.of("aws:sourcearn", topicArn))) {
                return;
            }
            boolean raw = attributes.getOrDefault("RawMessageDelivery", "false").equals("true");
            send(queue, raw ? message : envelope(topicArn, message));
        });
    }

    private String envelope(String topicArn, String message) {
        return mapper.createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", "m" + made.incrementAndGet())
                .put("TopicArn", topicArn)
                .put("Message", message)
                .put("Timestamp", "2026-03-01T09:00:00.000Z")
                .toString();
    }

    /** Whether a policy lets a service do something, as far as policies are used here. */
    private boolean allows(@Nullable String policy, String service, String action, Map<String, String> facts) {
        if (policy == null || policy.isEmpty()) {
            return false;
        }
        for (JsonNode statement : json(policy).path("Statement")) {
            boolean matches =
                    values(statement.path("Principal").path("Service")).contains(service)
                            && values(statement.path("Action")).stream().anyMatch(action::equalsIgnoreCase)
                            && conditionsHold(statement.path("Condition"), facts);
            if (matches && statement.path("Effect").asText().equals("Allow")) {
                return true;
            }
        }
        return false;
    }

    private static boolean conditionsHold(JsonNode conditions, Map<String, String> facts) {
        for (JsonNode operator : conditions) {
            for (Map.Entry<String, JsonNode> condition : operator.properties()) {
                String fact = facts.getOrDefault(condition.getKey().toLowerCase(Locale.ROOT), "");
                if (!values(condition.getValue()).contains(fact)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.asText()));
        } else {
            values.add(node.asText());
        }
        return values;
    }

    // SES

    private Answer mail(String method, String path, String body) {
        try {
            return new Answer(
                    200,
                    "application/json",
                    mail(method, path.split("/"), json(body)).toString(),
                    Map.of());
        } catch (No no) {
            return new Answer(
                    no.status,
                    "application/json",
                    mapper.createObjectNode().put("message", no.getMessage()).toString(),
                    Map.of("x-amzn-ErrorType", no.code));
        }
    }

    private JsonNode mail(String method, String[] path, JsonNode ask) {
        if (path[0].equals("outbound-emails")) {
            permit("ses:SendEmail", true);
            return accept(ask);
        }
        if (!path[0].equals("configuration-sets")) {
            throw new No(404, "NotFoundException", "not a call here: " + String.join("/", path));
        }
        if (path.length == 1) {
            permit("ses:CreateConfigurationSet", true);
            SetOfOptions set = new SetOfOptions();
            set.sending = ask.path("SendingOptions").path("SendingEnabled").asBoolean(true);
            set.reputation = ask.path("ReputationOptions")
                    .path("ReputationMetricsEnabled")
                    .asBoolean(false);
            if (configurationSets.putIfAbsent(ask.path("ConfigurationSetName").asText(), set) != null) {
                throw new No(400, "AlreadyExistsException", "Configuration set exists");
            }
            return mapper.createObjectNode();
        }
        String name = path[1];
        if (path.length == 2 && method.equals("DELETE")) {
            permit("ses:DeleteConfigurationSet", true);
            set(name);
            configurationSets.remove(name);
            return mapper.createObjectNode();
        }
        if (path.length == 2) {
            permit("ses:GetConfigurationSet", false);
            return shown(name, set(name));
        }
        switch (path[2]) {
            case "sending" -> {
                permit("ses:PutConfigurationSetSendingOptions", true);
                set(name).sending = ask.path("SendingEnabled").asBoolean(false);
                return mapper.createObjectNode();
            }
            case "reputation-options" -> {
                permit("ses:PutConfigurationSetReputationOptions", true);
                set(name).reputation = ask.path("ReputationMetricsEnabled").asBoolean(false);
                return mapper.createObjectNode();
            }
            case "event-destinations" -> {
                return destinations(method, path, ask);
            }
            default -> throw new No(404, "NotFoundException", "not a call here: " + String.join("/", path));
        }
    }

    private JsonNode shown(String name, SetOfOptions set) {
        ObjectNode shown = mapper.createObjectNode().put("ConfigurationSetName", name);
        shown.putObject("SendingOptions").put("SendingEnabled", set.sending);
        shown.putObject("ReputationOptions").put("ReputationMetricsEnabled", set.reputation);
        shown.putObject("VdmOptions")
                .putObject("DashboardOptions")
                .put("EngagementMetrics", set.engagementMetrics ? "ENABLED" : "DISABLED");
        return shown;
    }

    private JsonNode destinations(String method, String[] path, JsonNode ask) {
        String action = path.length == 3 && method.equals("GET")
                ? "GetConfigurationSetEventDestinations"
                : switch (method) {
                    case "POST" -> "CreateConfigurationSetEventDestination";
                    case "PUT" -> "UpdateConfigurationSetEventDestination";
                    default -> "DeleteConfigurationSetEventDestination";
                };
        permit("ses:" + action, !method.equals("GET"));
        Map<String, ObjectNode> destinations = set(path[1]).destinations;
        if (method.equals("GET")) {
            ObjectNode shown = mapper.createObjectNode();
            destinations.values().forEach(shown.putArray("EventDestinations")::add);
            return shown;
        }
        String name =
                path.length > 3 ? path[3] : ask.path("EventDestinationName").asText();
        if (destinations.containsKey(name) == method.equals("POST")) {
            throw new No(
                    method.equals("POST") ? 400 : 404,
                    method.equals("POST") ? "AlreadyExistsException" : "NotFoundException",
                    "Event destination " + name);
        }
        if (method.equals("DELETE")) {
            destinations.remove(name);
        } else {
            ObjectNode definition = ((ObjectNode) ask.path("EventDestination")).put("Name", name);
            destinations.put(name, definition);
        }
        return mapper.createObjectNode();
    }

    private SetOfOptions set(String name) {
        SetOfOptions set = configurationSets.get(name);
        if (set == null) {
            throw new No(404, "NotFoundException", "Configuration set <" + name + "> does not exist.");
        }
        return set;
    }

    private JsonNode accept(JsonNode ask) {
        if (throttles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new No(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
        }
        String from = ask.path("FromEmailAddress").asText();
        if (!verified.isEmpty() && !verified.contains(from)) {
            throw new No(
                    400,
                    "MessageRejected",
                    "Email address is not verified. The following identities failed the check in region " + REGION
                            + ": " + from);
        }
        String setName = ask.path("ConfigurationSetName").asText();
        SetOfOptions set = set(setName);
        if (!set.sending) {
            throw new No(400, "SendingPausedException", "Email sending is disabled for configuration set " + setName);
        }
        String id = "mail-" + made.incrementAndGet();
        String to = ask.path("Destination").path("ToAddresses").path(0).asText();
        emit(setName, set, "Send", "send", id, to, ask);
        if (to.startsWith("bounce")) {
            emit(setName, set, "Bounce", "bounce", id, to, ask);
        } else {
            emit(setName, set, "Delivery", "delivery", id, to, ask);
        }
        if (to.startsWith("complaint")) {
            emit(setName, set, "Complaint", "complaint", id, to, ask);
        }
        return mapper.createObjectNode().put("MessageId", id);
    }

    private void emit(
            String setName, SetOfOptions set, String type, String object, String id, String to, JsonNode ask) {
        ObjectNode event = mapper.createObjectNode().put("eventType", type);
        ObjectNode mail = event.putObject("mail")
                .put("timestamp", "2026-03-01T09:00:00.000Z")
                .put("messageId", id)
                .put("source", ask.path("FromEmailAddress").asText());
        mail.putArray("destination").add(to);
        ObjectNode tags = mail.putObject("tags");
        ask.path("EmailTags")
                .forEach(tag -> tags.putArray(tag.path("Name").asText())
                        .add(tag.path("Value").asText()));
        ObjectNode detail = event.putObject(object);
        if (!type.equals("Send")) {
            detail.put("timestamp", "2026-03-01T09:00:01.000Z");
        }
        if (type.equals("Bounce")) {
            detail.put("bounceType", "Permanent").put("bounceSubType", "General");
        }
        for (ObjectNode destination : set.destinations.values()) {
            String topicArn =
                    destination.path("SnsDestination").path("TopicArn").asText();
            boolean wanted = values(destination.path("MatchingEventTypes")).contains(type.toUpperCase(Locale.ROOT));
            Map<String, String> topic = topics.get(topicArn);
            if (destination.path("Enabled").asBoolean(false)
                    && wanted
                    && topic != null
                    && allows(
                            topic.get("Policy"),
                            "ses.amazonaws.com",
                            "SNS:Publish",
                            Map.of(
                                    "aws:sourceaccount",
                                    ACCOUNT,
                                    "aws:sourcearn",
                                    arn("ses", "configuration-set/" + setName)))) {
                fanOut(topicArn, event.toString());
            }
        }
    }

    // Common

    private void permit(String action, boolean change) {
        if (denied.contains(action)) {
            String code = action.startsWith("sns:") ? "AuthorizationError" : "AccessDeniedException";
            throw new No(
                    403,
                    code,
                    "User: arn:aws:iam::" + ACCOUNT + ":user/mailroom is not authorized to perform: " + action);
        }
        if (change) {
            changes.add(action);
        }
    }

    private JsonNode json(String text) {
        try {
            return text.isEmpty() ? mapper.createObjectNode() : mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static Answer xml(int status, String text) {
        return new Answer(status, "text/xml", text, Map.of());
    }

    private static String attributes(Map<String, String> attributes) {
        StringBuilder text = new StringBuilder("<Attributes>");
        attributes.forEach((key, value) ->
                text.append("<entry><key>" + key + "</key><value>" + escaped(value) + "</value></entry>"));
        return text + "</Attributes>";
    }

    private static String escaped(@Nullable String text) {
        return String.valueOf(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
