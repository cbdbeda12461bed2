package app.mailroom.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a queue or a topic, as a tree. Texts are no measure: Amazon gives a policy back with other spaces, and
 * an array of one as a single value. See “IAM JSON policy elements reference”.
 */
final class AccessPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode root;

    private AccessPolicy(ObjectNode root) {
        this.root = root;
    }

    /** Reads a policy; what is empty or no policy at all reads as one without statements. */
    static AccessPolicy read(@Nullable String text) {
        return new AccessPolicy(
                tree(text) instanceof ObjectNode object
                        ? object
                        : NODES.objectNode().put("Version", "2012-10-17"));
    }

    /** A statement that lets an AWS service do one thing to one resource under conditions. */
    static ObjectNode allowService(
            String sid, String service, String action, String resource, Map<String, Map<String, String>> conditions) {
        ObjectNode statement = NODES.objectNode().put("Sid", sid).put("Effect", "Allow");
        statement.putObject("Principal").put("Service", service);
        statement.put("Action", action).put("Resource", resource);
        ObjectNode condition = statement.putObject("Condition");
        new TreeMap<>(conditions).forEach((operator, keys) -> {
            ObjectNode values = condition.putObject(operator);
            new TreeMap<>(keys).forEach(values::put);
        });
        return statement;
    }

    /** A statement that lets an account's own administration do these things to one resource. */
    static ObjectNode allowAccount(String sid, String accountRoot, List<String> actions, String resource) {
        ObjectNode statement = NODES.objectNode().put("Sid", sid).put("Effect", "Allow");
        statement.putObject("Principal").put("AWS", accountRoot);
        ArrayNode list = statement.putArray("Action");
        actions.forEach(list::add);
        return statement.put("Resource", resource);
    }

    /** Whether a statement stands in this policy, whatever it is called. */
    boolean holds(JsonNode statement) {
        JsonNode wanted = canonical(statement);
        return statements().stream().anyMatch(found -> canonical(found).equals(wanted));
    }

    /** Whether a statement is an earlier form of this one: called like it, for the same source, and not the same. */
    boolean contradicts(JsonNode statement) {
        return statements().stream().anyMatch(found -> earlier(found, statement)) && !holds(statement);
    }

    /** What the statements are called that refuse something; they stand above all that allow. */
    List<String> denials() {
        return statements().stream()
                .filter(found -> found.path("Effect").asText().equalsIgnoreCase("Deny"))
                .map(found -> found.path("Sid").asText("without a name"))
                .toList();
    }

    boolean isEmpty() {
        return statements().isEmpty();
    }

    /**
     * The same policy with this statement, in the place of its earlier forms. All others stay, for they may let somebody
     * else in: even one of the same name, if its conditions name another source. The statement then gets a number after
     * its name, for names may not occur twice.
     */
    AccessPolicy with(ObjectNode statement) {
        ObjectNode changed = root.deepCopy();
        ArrayNode list = NODES.arrayNode();
        Set<String> taken = new HashSet<>();
        statements().stream().filter(found -> !earlier(found, statement)).forEach(found -> {
            list.add(found);
            taken.add(name(found));
        });
        String name = name(statement);
        for (int number = 2; taken.contains(name); number++) {
            name = name(statement) + number;
        }
        list.add(statement.deepCopy().put("Sid", name));
        changed.set("Statement", list);
        return new AccessPolicy(changed);
    }

    /** The name of a statement for somebody. Only letters and digits may stand in it. */
    static String sid(String what, String whose) {
        return what + whose.replaceAll("[^A-Za-z0-9]", "");
    }

    String text() {
        return root.toString();
    }

    /** Whether two texts are the same tree, apart from order, and from single values that stand for arrays of one. */
    static boolean same(@Nullable String one, @Nullable String other) {
        return canonical(tree(one)).equals(canonical(tree(other)));
    }

    /** A field of a small JSON document, such as a redrive policy. */
    static Optional<String> field(@Nullable String text, String name) {
        return Optional.of(tree(text).path(name).asText("")).filter(value -> !value.isEmpty());
    }

    private List<JsonNode> statements() {
        JsonNode found = root.path("Statement");
        List<JsonNode> statements = new ArrayList<>();
        if (found.isArray()) {
            found.forEach(statements::add);
        } else if (found.isObject()) {
            statements.add(found);
        }
        return statements;
    }

    private static boolean earlier(JsonNode found, JsonNode statement) {
        Set<String> wanted = sources(statement);
        Set<String> named = sources(found);
        if (name(found).equals(name(statement))) {
            return wanted.containsAll(named);
        }
        // With a number after its name, as with() gives it, or somebody else's name that ends in a digit.
        return name(found).matches(Pattern.quote(name(statement)) + "[0-9]+")
                && !wanted.isEmpty()
                && wanted.equals(named);
    }

    private static String name(JsonNode statement) {
        return statement.path("Sid").asText();
    }

    /** Whom the conditions let in: the ARNs of configuration sets or topics. */
    private static Set<String> sources(JsonNode statement) {
        Set<String> sources = new HashSet<>();
        statement
                .path("Condition")
                .forEach(operator -> operator.properties().forEach(key -> {
                    if (key.getKey().equalsIgnoreCase("aws:SourceArn")) {
                        for (JsonNode value : key.getValue().isArray() ? key.getValue() : List.of(key.getValue())) {
                            sources.add(value.asText());
                        }
                    }
                }));
        return sources;
    }

    private static JsonNode tree(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? NODES.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return NODES.textNode(text);
        }
    }

    /** Names are compared without case, except those of values, for so does IAM; a statement's own name is left out. */
    private static JsonNode canonical(JsonNode node) {
        return canonical(node, false);
    }

    private static JsonNode canonical(JsonNode node, boolean action) {
        if (node.isObject()) {
            ObjectNode object = NODES.objectNode();
            node.properties().forEach(field -> {
                String name = field.getKey().toLowerCase(Locale.ROOT);
                if (!name.equals("sid")) {
                    object.set(name, canonical(field.getValue(), name.equals("action")));
                }
            });
            return object;
        }
        TreeMap<String, JsonNode> values = new TreeMap<>();
        for (JsonNode value : node.isArray() ? node : List.of(node)) {
            JsonNode plain = value.isObject()
                    ? canonical(value, false)
                    : NODES.textNode(action ? value.asText().toLowerCase(Locale.ROOT) : value.asText());
            values.put(plain.toString(), plain);
        }
        ArrayNode array = NODES.arrayNode();
        values.values().forEach(array::add);
        return array;
    }
}
