package app.mailroom.aws;

import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.aws.ChainSight.Names;
import app.mailroom.aws.ChainSight.Queue;
import app.mailroom.aws.ChainSight.Subscribed;
import java.util.Optional;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Takes away parts of the event chain that are called as this program calls them; what is gone already is no error. */
final class ChainRemoval {
    private ChainRemoval() {}

    /** Whether there is such a part to take away; a policy goes with its queue or topic. */
    static boolean there(Part part, ChainSight sight) {
        return switch (part) {
            case DEAD_LETTER_QUEUE -> sight.deadLetters().isPresent();
            case QUEUE, QUEUE_POLICY -> sight.queue().isPresent();
            case TOPIC, TOPIC_POLICY -> sight.topic().isPresent();
            case SUBSCRIPTION -> sight.subscription().flatMap(Subscribed::arn).isPresent();
            case CONFIGURATION_SET -> sight.configurationSet().isPresent();
            case EVENT_DESTINATION -> sight.destination().isPresent();
        };
    }

    /** Takes a part away, and says what became of it. */
    static String takeAway(ChainClients clients, Part part, Names own, ChainSight sight) throws AmazonException {
        boolean removed = there(part, sight)
                && switch (part) {
                    case EVENT_DESTINATION ->
                        gone(
                                part,
                                "ses:DeleteConfigurationSetEventDestination",
                                () -> clients.ses()
                                        .deleteConfigurationSetEventDestination(
                                                ask -> ask.configurationSetName(own.configurationSet())
                                                        .eventDestinationName(own.destination())));
                    case CONFIGURATION_SET ->
                        gone(
                                part,
                                "ses:DeleteConfigurationSet",
                                () -> clients.ses()
                                        .deleteConfigurationSet(
                                                ask -> ask.configurationSetName(own.configurationSet())));
                    case SUBSCRIPTION -> {
                        String arn =
                                sight.subscription().flatMap(Subscribed::arn).orElseThrow();
                        yield gone(
                                part,
                                "sns:Unsubscribe",
                                () -> clients.sns().unsubscribe(ask -> ask.subscriptionArn(arn)));
                    }
                    case TOPIC ->
                        gone(
                                part,
                                "sns:DeleteTopic",
                                () -> clients.sns().deleteTopic(ask -> ask.topicArn(own.topicArn())));
                    case QUEUE -> deleted(clients, part, sight.queue());
                    case DEAD_LETTER_QUEUE -> deleted(clients, part, sight.deadLetters());
                    case QUEUE_POLICY, TOPIC_POLICY -> true;
                };
        if (!removed) {
            return "was not there";
        }
        return switch (part) {
            case QUEUE_POLICY -> "goes with the queue";
            case TOPIC_POLICY -> "goes with the topic";
            default -> "removed";
        };
    }

    private static boolean deleted(ChainClients clients, Part part, Optional<Queue> queue) throws AmazonException {
        return queue.isPresent()
                && gone(
                        part,
                        "sqs:DeleteQueue",
                        () -> clients.sqs()
                                .deleteQueue(ask -> ask.queueUrl(queue.get().url())));
    }

    /** Whether it was still there to be deleted. */
    private static boolean gone(Part part, String action, Runnable delete) throws AmazonException {
        return ChainClients.ask(part, action, () -> {
            try {
                delete.run();
                return true;
            } catch (NotFoundException e) {
                return false;
            } catch (SqsException e) {
                return ChainSight.noneThere(e, false);
            } catch (SesV2Exception e) {
                if (e.statusCode() == 404) {
                    return false;
                }
                throw e;
            }
        });
    }
}
