/** Amazon SES, SNS and SQS behind the ports of the pipeline, and the set-up of an account for it. */
@NullMarked
package app.mailroom.aws;

import org.jspecify.annotations.NullMarked;
