package app.mailroom.cli;

import app.mailroom.practice.PracticeLinks;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "settings",
        description = {
            "Settings of a workspace: get, set.",
            "Among them practice.rate, practice.latency_ms, practice.throttle_percent, practice.timeout_percent, "
                    + "practice.outage, practice.seed, practice.outcome_speed, delivery.rate_cap, plan.every (seconds), plan.grace (minutes) and sending.keep_awake; "
                    + "aws.region, aws.profile, aws.endpoint (also aws.endpoint_ses, _sns, _sqs, _sts), "
                    + "aws.configuration_set, aws.queue_url, aws.ses_tracking and aws.sync_suppressions.",
            "Keys are no settings: see mailroom aws keys. The relay has its own commands: see mailroom tracking."
        })
final class SettingsCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Command(description = "Shows all settings that were ever set.")
    int get() throws Exception {
        return program.working((features, output) -> {
                    Map<String, String> all = features.settings().all();
                    // Of no use to anybody, and nothing that should stand in a report of a fault.
                    all.remove(PracticeLinks.KEY);
                    StringBuilder text = new StringBuilder();
                    all.forEach((name, value) ->
                            text.append(name).append(" = ").append(value).append('\n'));
                    output.print(all, text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description =
                    "Sets one. Settings of practice and plans and the rate cap take effect at once, the others at the next start.")
    int set(@Parameters(paramLabel = "NAME") String name, @Parameters(paramLabel = "VALUE") String value)
            throws Exception {
        return program.working((features, output) -> {
                    AllowedSettings.check(name, value);
                    if (name.equals("aws.ses_tracking")
                            && value.equals("true")
                            && features.tracking().on()) {
                        throw new RefusedException(
                                "The relay counts openings and clicks, so Amazon may not: each would be"
                                        + " counted twice. Switch the relay off first: mailroom tracking off");
                    }
                    features.settings().put(name, value);
                    output.print(Map.of("name", name, "value", value), name + " = " + value);
                    return ExitCode.DONE;
                })
                .call();
    }
}
