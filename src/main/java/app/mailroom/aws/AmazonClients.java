package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.secrets.SecretStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Builds clients of the SDK from a workspace's settings and secrets. Whoever asks for one closes it. */
final class AmazonClients {
    /** Under these names the keychain keeps a typed pair of keys. */
    static final String KEY_ID = "aws-access-key-id";

    static final String SECRET_KEY = "aws-secret-access-key";

    private static final int PATIENCE = 6;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration WHOLE_CALL = Duration.ofSeconds(60);

    /** One for each hand that the pipeline may have (128), and a few for questions about the account. */
    private static final int SENDING_CONNECTIONS = 144;

    private final AmazonSettings settings;
    private final SecretStore secrets;
    private final Map<String, String> environment;

    /** Clients for these settings. environment stands before what the SDK finds by itself. */
    AmazonClients(AmazonSettings settings, SecretStore secrets, Map<String, String> environment) {
        this.settings = settings;
        this.secrets = secrets;
        this.environment = environment;
    }

    AmazonSettings settings() {
        return settings;
    }

    /** For questions that may be asked twice; never for sending. */
    SesV2Client ses() throws AmazonException {
        return configured(SesV2Client.builder(), settings.endpoints().ses())
                .httpClientBuilder(http(10))
                .build();
    }

    /** For many questions that SES answers slowly: it may take about one a second. */
    SesV2Client patientSes() throws AmazonException {
        SesV2ClientBuilder builder =
                configured(SesV2Client.builder(), settings.endpoints().ses());
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(PATIENCE)
                                .build())
                        .build())
                .httpClientBuilder(http(10))
                .build();
    }

    /**
     * For sending: a request goes out once, whatever becomes of it. SES has no key by which it would know a repeated
     * request, so that every repetition may be a second mail.
     */
    SesV2Client sesForSending(Timeouts timeouts, ExecutionInterceptor... watches) throws AmazonException {
        return configured(SesV2Client.builder(), settings.endpoints().ses())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(timeouts.wholeCall())
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .executionInterceptors(List.of(watches))
                        .build())
                .httpClientBuilder(http(SENDING_CONNECTIONS)
                        .connectionTimeout(timeouts.connect())
                        .connectionAcquisitionTimeout(timeouts.connect())
                        .socketTimeout(timeouts.answer())
                        .connectionMaxIdleTime(timeouts.idle())
                        .expectContinueEnabled(false))
                .build();
    }

    SnsClient sns() throws AmazonException {
        return configured(SnsClient.builder(), settings.endpoints().sns())
                .httpClientBuilder(http(10))
                .build();
    }

    SqsClient sqs() throws AmazonException {
        return configured(SqsClient.builder(), settings.endpoints().sqs())
                .httpClientBuilder(http(32))
                .build();
    }

    StsClient sts() throws AmazonException {
        return configured(StsClient.builder(), settings.endpoints().sts())
                .httpClientBuilder(http(2))
                .build();
    }

    /** Region, credentials and endpoint; the caller adds the HTTP client and may override the configuration. */
    <B extends AwsClientBuilder<B, C>, C> B configured(B builder, String endpoint) throws AmazonException {
        if (settings.region().isBlank()) {
            throw new AmazonException(AmazonException.Code.NO_REGION, "no AWS region is chosen", null);
        }
        builder.region(Region.of(settings.region()))
                .credentialsProvider(credentials())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(WHOLE_CALL)
                        .build());
        if (!endpoint.isEmpty()) {
            try {
                builder.endpointOverride(URI.create(endpoint));
            } catch (IllegalArgumentException | NullPointerException e) {
                throw new AmazonException(
                        AmazonException.Code.UNREACHABLE, "“" + endpoint + "” is not an endpoint's address", e);
            }
        }
        return builder;
    }

    private static ApacheHttpClient.Builder http(int connections) {
        return ApacheHttpClient.builder()
                .maxConnections(connections)
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER)
                .connectionMaxIdleTime(Duration.ofSeconds(20));
    }

    private AwsCredentialsProvider credentials() throws AmazonException {
        if (settings.credentials() == CredentialSource.KEPT_KEYS) {
            Optional<String> id = secrets.get(KEY_ID);
            Optional<String> secret = secrets.get(SECRET_KEY);
            if (id.isEmpty() || secret.isEmpty()) {
                throw new AmazonException(
                        AmazonException.Code.NO_CREDENTIALS, "the keychain holds no AWS keys for this workspace", null);
            }
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(id.get(), secret.get()));
        }
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (settings.profile().isEmpty() && !id.isEmpty() && !secret.isEmpty()) {
            String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
            return StaticCredentialsProvider.create(
                    session.isEmpty()
                            ? AwsBasicCredentials.create(id, secret)
                            : AwsSessionCredentials.create(id, secret, session));
        }
        DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
        return settings.profile().isEmpty()
                ? chain.build()
                : chain.profileName(settings.profile()).build();
    }
}
