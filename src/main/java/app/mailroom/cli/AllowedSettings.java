package app.mailroom.cli;

import app.mailroom.aws.AmazonSettings;
import app.mailroom.model.Right;
import app.mailroom.store.SettingsStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which settings a person may set by name, and to what. Anything that looks like a key is refused, whatever its name. */
final class AllowedSettings {
    private record Rule(Predicate<String> fits, String example) {}

    /** How Amazon's key ids begin; see “Understanding unique ID prefixes” in the IAM user guide. */
    private static final Pattern KEY_ID = Pattern.compile("(?i)(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{12,}");

    private static final Pattern SECRET = Pattern.compile("(?<![A-Za-z0-9/+=_-])"
            + "(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[0-9])[A-Za-z0-9/+]{40}"
            + "(?![A-Za-z0-9/+=_-])");

    private static final Rule SWITCH = new Rule(value -> value.matches("true|false"), "true or false");
    private static final Rule ADDRESS = new Rule(AmazonSettings::isEndpoint, "an address like http://localhost:4566");

    private static final Map<String, Rule> AMAZON = Map.ofEntries(
            Map.entry("aws.region", new Rule(AmazonSettings::isRegion, "a region like eu-central-1")),
            Map.entry(
                    "aws.profile",
                    new Rule(value -> value.matches("[^\\p{Cntrl}]{1,64}"), "the name of a profile of the AWS files")),
            Map.entry("aws.endpoint", ADDRESS),
            Map.entry("aws.endpoint_ses", ADDRESS),
            Map.entry("aws.endpoint_sns", ADDRESS),
            Map.entry("aws.endpoint_sqs", ADDRESS),
            Map.entry("aws.endpoint_sts", ADDRESS),
            Map.entry(
                    "aws.configuration_set",
                    new Rule(
                            value -> value.matches("[A-Za-z0-9_-]{1,64}"),
                            "the name of a configuration set: letters, digits, _ and -")),
            Map.entry("aws.queue_url", new Rule(AmazonSettings::isEndpoint, "the https address of an SQS queue")),
            Map.entry("aws.ses_tracking", SWITCH),
            Map.entry("aws.sync_suppressions", SWITCH));

    private AllowedSettings() {}

    /** Says what is wrong, without repeating a value that may be a secret. */
    static void check(String name, String value) throws RefusedException {
        boolean free = name.matches("(practice|delivery)\\.[a-z0-9_]{1,40}");
        Rule rule = AMAZON.get(name);
        if (name.startsWith("relay.")) {
            throw new RefusedException("The relay is set and proven by its own commands: see mailroom help tracking");
        }
        if (SettingsStore.rightFor(name).equals(Optional.of(Right.MANAGE_PEOPLE))) {
            throw new RefusedException(
                    "How people come in is set by its own commands: see mailroom help account and mailroom help people");
        }
        if (!free && rule == null) {
            throw new RefusedException("“" + name + "” cannot be set here: only practice.…, delivery.… and "
                    + String.join(", ", AMAZON.keySet().stream().sorted().toList()));
        }
        if (KEY_ID.matcher(value).find() || SECRET.matcher(value).find()) {
            throw new RefusedException("That looks like a key, and keys are never kept among the settings. "
                    + "Keep them in this computer's keychain with: mailroom aws keys set");
        }
        if (rule != null && !value.isEmpty() && !rule.fits().test(value)) {
            throw new RefusedException(name + " takes " + rule.example() + ", or nothing at all.");
        }
    }
}
