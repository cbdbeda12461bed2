package app.mailroom.ui.amazon;

import app.mailroom.aws.AmazonSettings;
import java.net.URI;
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

    private static final String NO_QUEUE = "https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE";
    private static final Pattern ACCOUNT_AND_NAME = Pattern.compile("/([^/]+)/([^/]+)");
    private static final Pattern REGION_OF_HOST = Pattern.compile("sqs[.]([a-z0-9-]+)[.].*");

    /** For the queue at the end of the event chain; with capitals in the places of what is not known yet. */
    static AdministratorNotes of(AmazonSettings amazon) {
        String queue =
                amazon.chain().queueUrl().isBlank() ? NO_QUEUE : amazon.chain().queueUrl();
        String region = region(amazon.region(), queue);
        return new AdministratorNotes(settings(region, queue), policy(arn(region, queue)));
    }

    private static String settings(String region, String queue) {
        return """
                queue=%s
                region=%s
                keys=/etc/mailroom-relay/%s
                spool=/var/lib/mailroom-relay

                listen=0.0.0.0:443
                tls.certificates=/etc/mailroom-relay/fullchain.pem
                tls.key=/etc/mailroom-relay/privkey.pem
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
    private static String arn(String region, String queue) {
        String partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        Matcher path = ACCOUNT_AND_NAME.matcher(URI.create(queue).getPath());
        return path.matches()
                ? "arn:%s:sqs:%s:%s:%s".formatted(partition, region, path.group(1), path.group(2))
                : "arn:%s:sqs:%s:ACCOUNT:QUEUE".formatted(partition, region);
    }

    /** A queue may lie elsewhere than the region in which mails are sent; its address says where. */
    private static String region(String sending, String queue) {
        Matcher host = REGION_OF_HOST.matcher(String.valueOf(URI.create(queue).getHost()));
        return host.matches() ? host.group(1) : sending.isBlank() ? "REGION" : sending;
    }
}
