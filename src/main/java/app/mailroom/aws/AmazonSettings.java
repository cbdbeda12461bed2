package app.mailroom.aws;

import app.mailroom.store.SettingsStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a workspace reaches Amazon, and what it uses there. None of it is secret.
 *
 * @param region such as {@code eu-central-1}; empty when not chosen yet
 * @param credentials where the keys come from
 * @param profile the profile of the AWS configuration files; empty for the usual one
 * @param endpoints addresses that stand in for Amazon's own
 * @param chain the configuration set and the queue; empty until they are set up
 * @param sesTracking whether Amazon is to count opens and clicks, for which it rewrites links and adds a picture
 * @param syncSuppressions whether suppressions are kept equal with the account's own suppression list
 */
public record AmazonSettings(
        String region,
        CredentialSource credentials,
        String profile,
        Endpoints endpoints,
        EventChain chain,
        boolean sesTracking,
        boolean syncSuppressions) {
    /** Where keys come from. */
    public enum CredentialSource {
        /** Whatever the SDK finds: environment, profiles, single sign-on, the instance's role. */
        DEFAULT_CHAIN,
        /** A pair of keys that the person typed, from the keychain. */
        KEPT_KEYS
    }

    /** Addresses that stand in for Amazon's, for tests and local emulators; empty ones are Amazon's own. */
    public record Endpoints(String ses, String sns, String sqs, String sts) {
        /** Amazon's own. */
        public static final Endpoints AMAZON = all("");

        /** One address for all. */
        public static Endpoints all(String endpoint) {
            return new Endpoints(endpoint, endpoint, endpoint, endpoint);
        }
    }

    /** The way of events into this program: the configuration set that sends use, and the queue where they end. */
    public record EventChain(String configurationSet, String queueUrl) {
        /** Not set up yet. */
        public static final EventChain NONE = new EventChain("", "");

        /** Whether both ends are known. */
        public boolean complete() {
            return !configurationSet.isEmpty() && !queueUrl.isEmpty();
        }
    }

    /** What holds before anything was chosen. */
    public static final AmazonSettings FRESH =
            new AmazonSettings("", CredentialSource.DEFAULT_CHAIN, "", Endpoints.AMAZON, EventChain.NONE, false, false);

    /**
     * Reads a workspace's settings. What is not set, or set to nothing, comes from the environment: {@code AWS_REGION} or
     * {@code AWS_DEFAULT_REGION}, {@code AWS_PROFILE}, {@code AWS_ENDPOINT_URL}.
     */
    public static AmazonSettings from(SettingsStore settings, Map<String, String> environment) {
        Map<String, String> kept = settings.all();
        String region = or(
                kept.get("aws.region"),
                environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", "")));
        String endpoint = or(kept.get("aws.endpoint"), environment.getOrDefault("AWS_ENDPOINT_URL", ""));
        return new AmazonSettings(
                region,
                kept.getOrDefault("aws.credentials", "").equals(CredentialSource.KEPT_KEYS.name())
                        ? CredentialSource.KEPT_KEYS
                        : CredentialSource.DEFAULT_CHAIN,
                or(kept.get("aws.profile"), environment.getOrDefault("AWS_PROFILE", "")),
                new Endpoints(
                        or(kept.get("aws.endpoint_ses"), endpoint),
                        or(kept.get("aws.endpoint_sns"), endpoint),
                        or(kept.get("aws.endpoint_sqs"), endpoint),
                        or(kept.get("aws.endpoint_sts"), endpoint)),
                new EventChain(kept.getOrDefault("aws.configuration_set", ""), kept.getOrDefault("aws.queue_url", "")),
                Boolean.parseBoolean(kept.getOrDefault("aws.ses_tracking", "false")),
                Boolean.parseBoolean(kept.getOrDefault("aws.sync_suppressions", "false")));
    }

    /** Whether a text is written as the name of a region is; not whether there is such a region. */
    public static boolean isRegion(String text) {
        return text.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]");
    }

    /** Whether a text can stand in for Amazon's own address: http or https, a host, and nobody's name and password. */
    public static boolean isEndpoint(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && String.valueOf(uri.getScheme()).matches("https?");
        } catch (URISyntaxException e) {
            // Its message would repeat the text, which may be anything.
            return false;
        }
    }

    /** As names and values of the workspace's settings. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("aws.region", region);
        values.put("aws.credentials", credentials.name());
        values.put("aws.profile", profile);
        values.put("aws.endpoint", "");
        values.put("aws.endpoint_ses", endpoints.ses());
        values.put("aws.endpoint_sns", endpoints.sns());
        values.put("aws.endpoint_sqs", endpoints.sqs());
        values.put("aws.endpoint_sts", endpoints.sts());
        values.put("aws.configuration_set", chain.configurationSet());
        values.put("aws.queue_url", chain.queueUrl());
        values.put("aws.ses_tracking", Boolean.toString(sesTracking));
        values.put("aws.sync_suppressions", Boolean.toString(syncSuppressions));
        return values;
    }

    /** The same with another event chain. */
    public AmazonSettings with(EventChain other) {
        return new AmazonSettings(region, credentials, profile, endpoints, other, sesTracking, syncSuppressions);
    }

    private static String or(@org.jspecify.annotations.Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
