package app.mailroom.delivery;

import app.mailroom.model.MailAccount;
import java.time.Instant;
import java.util.Optional;

/**
 * The pipeline at one moment.
 *
 * @param practice whether nothing leaves the computer
 * @param sentPerSecond messages that the mail service accepted from this process, a second, over the last seconds
 * @param account what the mail service allows, as last asked
 * @param lastPolled when outcomes were last asked for with success
 * @param problem what keeps this process from working, in plain words
 */
public record PipelineSnapshot(
        boolean practice,
        double sentPerSecond,
        Optional<MailAccount> account,
        Optional<Instant> lastPolled,
        Optional<String> problem) {}
