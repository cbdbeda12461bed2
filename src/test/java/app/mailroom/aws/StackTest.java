package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack template and the policies of {@code installer/aws}, against what the program makes and calls. */
@Timeout(120)
class StackTest {
    private static final Path FOLDER = Path.of("installer", "aws");
    private static final String NAME = AmazonWorkspace.NAME;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Batch operations have no rights of their own; what is tagged while it is made needs one more. */
    private static final Map<String, List<String>> RIGHTS = Map.of(
            "sqs:DeleteMessageBatch", List.of("sqs:DeleteMessage"),
            "sqs:ChangeMessageVisibilityBatch", List.of("sqs:ChangeMessageVisibility"),
            "sqs:SendMessageBatch", List.of("sqs:SendMessage"),
            "sqs:CreateQueue", List.of("sqs:CreateQueue", "sqs:TagQueue"),
            "sns:CreateTopic", List.of("sns:CreateTopic", "sns:TagResource"),
            "ses:CreateConfigurationSet", List.of("ses:CreateConfigurationSet", "ses:TagResource"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theStackMakesWhatTheProgramMakes(boolean tracking) throws Exception {
        JsonNode resources = stack(tracking).path("Resources");
        try (FakeAws aws = FakeAws.start();
                AmazonWorkspace workspace = new AmazonWorkspace(directory, aws.endpoint())) {
            workspace.amazon.keep(AmazonWorkspace.settings(aws.endpoint(), AmazonSettings.EventChain.NONE, tracking));
            workspace.amazon.setup().apply(finding -> {});

            queue(resources.path("DeadLetters"), aws.queue(NAME + "-dead"));
            queue(resources.path("Events"), aws.queue(NAME));
            same(
                    resources.path("TopicPolicy").path("Properties").path("PolicyDocument"),
                    aws.topicNamed(NAME).getOrDefault("Policy", ""));
            same(resources.path("QueuePolicy").path("Properties").path("PolicyDocument"), aws.queuePolicy(NAME));
            JsonNode subscription = resources.path("Subscription").path("Properties");
            assertThat(aws.subscriptions.values())
                    .singleElement()
                    .satisfies(made -> assertThat(made)
                            .containsEntry(
                                    "Protocol", subscription.path("Protocol").asText())
                            .containsEntry(
                                    "Endpoint", subscription.path("Endpoint").asText())
                            .containsEntry(
                                    "TopicArn", subscription.path("TopicArn").asText())
                            .containsEntry(
                                    "RawMessageDelivery",
                                    subscription.path("RawMessageDelivery").asText()));
            JsonNode set = resources.path("ConfigurationSet").path("Properties");
            assertThat(set.path("Name").asText()).isEqualTo(NAME);
            assertThat(aws.setNamed(NAME).sending)
                    .isEqualTo(set.path("SendingOptions").path("SendingEnabled").asBoolean());
            assertThat(aws.setNamed(NAME).reputation)
                    .isEqualTo(set.path("ReputationOptions")
                            .path("ReputationMetricsEnabled")
                            .asBoolean());
            JsonNode destination =
                    resources.path("EventDestination").path("Properties").path("EventDestination");
            JsonNode made = aws.destination(NAME, NAME);
            assertThat(destination.path("Name")).isEqualTo(made.path("Name"));
            assertThat(destination.path("Enabled")).isEqualTo(made.path("Enabled"));
            assertThat(texts(destination.path("MatchingEventTypes"))).isEqualTo(texts(made.path("MatchingEventTypes")));
            assertThat(destination.path("SnsDestination").path("TopicARN"))
                    .isEqualTo(made.path("SnsDestination").path("TopicArn"));
        }
    }

    @Test
    void theStacksPolicyIsTheOneForDailyUse() throws Exception {
        JsonNode ofStack = stack(false)
                .path("Resources")
                .path("ProgramPolicy")
                .path("Properties")
                .path("PolicyDocument");

        assertThat(actions(ofStack)).isEqualTo(actions(policy("mailroom-policy.json")));
    }

    @Test
    void theRelayMayDoNothingButFillTheQueue() throws Exception {
        Set<String> granted = actions(
                JSON.readTree(Path.of("installer", "relay", "iam-policy.json").toFile()));

        assertThat(granted).isEqualTo(calls("SqsHitQueue"));
        assertThat(actions(stack(false)
                        .path("Resources")
                        .path("RelayPolicy")
                        .path("Properties")
                        .path("PolicyDocument")))
                .isEqualTo(granted);
    }

    @Test
    void everyCallOfTheProgramHasItsRight() throws Exception {
        Set<String> granted = actions(policy("mailroom-policy.json"));
        granted.addAll(actions(policy("mailroom-setup-policy.json")));

        assertThat(granted).containsAll(calls(""));
    }

    @Test
    void settingUpAndProvingNeedsNoMoreThanItsOwnPolicy() throws Exception {
        Set<String> called = calls("ChainClients");
        for (String name : List.of("ChainSight", "ChainMending", "ChainRemoval", "ChainProof", "SqsOutcomeQueue")) {
            called.addAll(calls(name));
        }

        assertThat(actions(policy("mailroom-setup-policy.json"))).containsAll(called);
    }

    /** The rights for all calls to the SDK's clients from classes of the package whose name begins so. */
    private static Set<String> calls(String beginning) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("app.mailroom.aws");
        Map<String, String> services =
                Map.of("SesV2Client", "ses:", "SnsClient", "sns:", "SqsClient", "sqs:", "StsClient", "sts:");
        Set<String> rights = new TreeSet<>();
        classes.stream()
                .filter(one -> one.getName().startsWith("app.mailroom.aws." + beginning))
                .flatMap(one -> one.getMethodCallsFromSelf().stream())
                .map(JavaMethodCall::getTarget)
                .filter(target -> services.containsKey(target.getOwner().getSimpleName())
                        && !Set.of("close", "builder").contains(target.getName()))
                .forEach(target -> {
                    String name = target.getName().replace("Paginator", "");
                    String right = services.get(target.getOwner().getSimpleName())
                            + name.substring(0, 1).toUpperCase(Locale.ROOT)
                            + name.substring(1);
                    rights.addAll(RIGHTS.getOrDefault(right, List.of(right)));
                });
        assertThat(rights).isNotEmpty();
        return rights;
    }

    private static Set<String> actions(JsonNode policy) {
        Set<String> actions = new TreeSet<>();
        policy.path("Statement").forEach(statement -> actions.addAll(texts(statement.path("Action"))));
        return actions;
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new TreeSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static JsonNode policy(String file) throws IOException {
        return JSON.readTree(FOLDER.resolve(file).toFile());
    }

    private static void queue(JsonNode resource, Map<String, String> made) {
        resource.path("Properties").properties().forEach(property -> {
            JsonNode value = property.getValue();
            if (property.getKey().equals("QueueName")) {
                assertThat(made.get("QueueArn")).endsWith(":" + value.asText());
            } else if (value.isObject()) {
                same(value, made.getOrDefault(property.getKey(), ""));
            } else {
                assertThat(made).containsEntry(property.getKey(), value.asText());
            }
        });
    }

    private static void same(JsonNode ofStack, String made) {
        assertThat(AccessPolicy.same(ofStack.toString(), made))
                .as("%s and %s", ofStack, made)
                .isTrue();
    }

    /** The template with its parameters, conditions and references put in. */
    private static JsonNode stack(boolean tracking) throws IOException {
        JsonNode template =
                new YAMLMapper().readTree(FOLDER.resolve("mailroom-stack.yaml").toFile());
        return resolved(template, tracking);
    }

    private static JsonNode resolved(JsonNode node, boolean tracking) {
        if (node.isObject() && node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            JsonNode value = only.getValue();
            switch (only.getKey()) {
                case "Ref" -> {
                    return JSON.getNodeFactory().textNode(reference(value.asText()));
                }
                case "Fn::GetAtt" -> {
                    return JSON.getNodeFactory()
                            .textNode(FakeAws.arn(
                                    "sqs", value.path(0).asText().equals("DeadLetters") ? NAME + "-dead" : NAME));
                }
                case "Fn::Sub" -> {
                    return JSON.getNodeFactory().textNode(substituted(value.asText()));
                }
                case "Fn::If" -> {
                    return resolved(value.path(tracking ? 1 : 2), tracking);
                }
                default -> {
                    // An object of one field.
                }
            }
        }
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.properties().forEach(field -> object.set(field.getKey(), resolved(field.getValue(), tracking)));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.forEach(one -> array.add(resolved(one, tracking)));
            return array;
        }
        return node;
    }

    private static String reference(String name) {
        return switch (name) {
            case "Topic" -> FakeAws.arn("sns", NAME);
            case "AWS::AccountId" -> FakeAws.ACCOUNT;
            case "AWS::Region" -> FakeAws.REGION;
            case "AWS::Partition" -> "aws";
            default -> NAME;
        };
    }

    private static String substituted(String text) {
        String result = text;
        for (String name : List.of("Name", "AWS::AccountId", "AWS::Region", "AWS::Partition")) {
            result = result.replace("${" + name + "}", reference(name));
        }
        return result;
    }
}
