package app.mailroom.ui.amazon;

import app.mailroom.aws.AmazonSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What whoever sets up the relay copies onto its server. Written for machines, so in one language only.
 *
 * @param settings the relay's settings file
 * @param policy what the relay may do at Amazon: fill the one queue
 */
record AdministratorNotes(String settings, String policy) {
    static final String KEY_FILE = "mailroom-relay.keys";

    private static final Pattern QUEUE = Pattern.compile("https?://([^/:]+)(?::[0-9]+)?/([^/]+)/([^/]+)");
    private static final Pattern HOST_WITH_REGION = Pattern.compile("sqs[.]([a-z0-9-]+)[.].+");

    /** For the queue at the end of the event chain; with capitals in the places of what is not known yet. */
    static AdministratorNotes of(AmazonSettings amazon) {
        String sending = amazon.region().isBlank() ? "REGION" : amazon.region();
        String queue = amazon.chain().queueUrl().isBlank()
                ? "https://sqs." + sending + ".amazonaws.com/ACCOUNT/QUEUE"
                : amazon.chain().queueUrl();
        Matcher parts = QUEUE.matcher(queue);
        if (!parts.matches()) {
            return new AdministratorNotes(settings(sending, queue), policy(arn(sending, "ACCOUNT", "QUEUE")));
        }
        // A queue may lie elsewhere than the region in which mails are sent; its address says where.
        Matcher host = HOST_WITH_REGION.matcher(parts.group(1));
        String region = host.matches() ? host.group(1) : sending;
        return new AdministratorNotes(settings(region, queue), policy(arn(region, parts.group(2), parts.group(3))));
    }

    private static String settings(String region, String queue) {
        return """
                queue_url = %s
                region = %s
                keys_file = /etc/mailroom-relay/%s
                spool.folder = /var/lib/mailroom-relay

                listen = 0.0.0.0:443
                # A certificate that readers' programs trust. Behind a proxy that speaks HTTPS: proxy = true instead.
                tls.certificates = /etc/mailroom-relay/fullchain.pem
                tls.key = /etc/mailroom-relay/privkey.pem
                """.formatted(queue, region, KEY_FILE);
    }

    /** See “IAM JSON policy elements reference” and “Actions defined by Amazon SQS”. */
    private static String policy(String arn) {
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "FillMailroomQueue",
                      "Effect": "Allow",
                      "Action": "sqs:SendMessage",
                      "Resource": "%s"
                    }
                  ]
                }
                """.formatted(arn);
    }

    /** The queue's name as policies write it; the partition follows the region, see “Amazon Resource Names”. */
    private static String arn(String region, String account, String queue) {
        String partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        return String.join(":", "arn", partition, "sqs", region, account, queue);
    }
}
