package app.mailroom.delivery;

import app.mailroom.model.MailAccount;
import app.mailroom.model.StoreProblem;
import app.mailroom.model.World;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The pipeline at one moment.
 *
 * @param world where its mailings go
 * @param sentPerSecond messages that the mail service accepted from this process, a second, over the last seconds
 * @param allowedPerSecond the most that goes out a second, by the mail service and the person's own limit, if both are known
 * @param account what the mail service allows, as last asked
 * @param lastPolled when outcomes were last asked for with success
 * @param storeProblem why the workspace does not take what this process stores; nothing is sent meanwhile
 * @param problem what else keeps this process from working, in plain words
 */
public record PipelineSnapshot(
        World world,
        double sentPerSecond,
        OptionalDouble allowedPerSecond,
        Optional<MailAccount> account,
        Optional<Instant> lastPolled,
        Optional<StoreProblem> storeProblem,
        Optional<String> problem) {
    /** A pipeline that does nothing, for this reason if there is one. */
    static PipelineSnapshot idle(World world, Optional<String> problem) {
        return new PipelineSnapshot(
                world, 0, OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty(), problem);
    }

    /** Whether nothing leaves the computer. */
    public boolean practice() {
        return world == World.PRACTICE;
    }
}
