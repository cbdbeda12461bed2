package app.mailroom.aws;

import app.mailroom.aws.AwsSetup.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The clients that the event chain is looked at, made and proven with, and whose account they speak for. */
final class ChainClients implements AutoCloseable {
    /** Whose the keys are; partition is {@code aws}, or another in China and for governments. */
    record Home(String partition, String region, String account) {
        String arn(String service, String resource) {
            return String.join(":", "arn", partition, service, region, account, resource);
        }
    }

    private final List<SdkAutoCloseable> open = new ArrayList<>();
    private final SesV2Client ses;
    private final SnsClient sns;
    private final SqsClient sqs;
    private final Home home;

    ChainClients(AmazonClients clients) throws AmazonException {
        boolean complete = false;
        try {
            ses = kept(clients.ses());
            sns = kept(clients.sns());
            sqs = kept(clients.sqs());
            try (StsClient sts = clients.sts()) {
                var caller = sts.getCallerIdentity();
                home = new Home(partition(caller.arn()), clients.settings().region(), caller.account());
            }
            complete = true;
        } catch (SdkException e) {
            throw AmazonException.of("asking who the keys belong to", e);
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    SesV2Client ses() {
        return ses;
    }

    SnsClient sns() {
        return sns;
    }

    SqsClient sqs() {
        return sqs;
    }

    Home home() {
        return home;
    }

    /** Asks Amazon for something that concerns a part, and explains a no. */
    static <T> T ask(Part part, String action, Supplier<T> call) throws AmazonException {
        try {
            return call.get();
        } catch (SdkException e) {
            AmazonException sorted = AmazonException.of(part.words() + ", " + action, e);
            if (sorted.code() == AmazonException.Code.NOT_ALLOWED) {
                throw new AmazonException(
                        AmazonException.Code.NOT_ALLOWED,
                        "These keys may not do " + action + ", which " + part.words() + " (" + part
                                + ") needs. Whoever administers the account grants it: installer/aws/"
                                + "mailroom-setup-policy.json for setting up and proving, installer/aws/"
                                + "mailroom-policy.json for daily use. Amazon said: " + sorted.getMessage(),
                        e);
            }
            throw sorted;
        }
    }

    /** What to throw when the thread that asked was interrupted: the SDK has an exception of its own for that. */
    static AmazonException unlessInterrupted(AmazonException failure) throws InterruptedException {
        if (failure.getCause() instanceof AbortedException || Thread.interrupted()) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while asking Amazon");
            interrupted.initCause(failure);
            throw interrupted;
        }
        return failure;
    }

    @Override
    public void close() {
        open.forEach(SdkAutoCloseable::close);
    }

    private <C extends SdkAutoCloseable> C kept(C client) {
        open.add(client);
        return client;
    }

    private static String partition(String arn) {
        String[] parts = arn.split(":", 3);
        return parts.length == 3 && !parts[1].isEmpty() ? parts[1] : "aws";
    }
}
