package app.mailroom.cli;

import app.mailroom.aws.AmazonLive;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.World;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "mode",
        description = {
            "Shows or switches where new mailings go: practice or live.",
            "Going live asks Amazon whether everything is ready. Mailings keep the mode they were planned in."
        })
final class ModeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Parameters(arity = "0..1", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}")
    private @Nullable World wanted;

    @Option(
            names = "--unchecked",
            description = "Do not ask Amazon first; for emulators that cannot tell whether everything is ready.")
    private boolean unchecked;

    @Override
    public Integer call() throws Exception {
        return program.working((features, output) -> {
                    if (wanted == World.LIVE && !unchecked) {
                        new AmazonLive(features.amazon(), features.tracking()).checkReady();
                    }
                    if (wanted != null) {
                        Dispatch.setMode(features.settings(), wanted);
                    }
                    String mode = Dispatch.mode(features.settings()).name().toLowerCase(Locale.ROOT);
                    output.print(
                            Map.of("mode", mode),
                            mode.equals("live")
                                    ? "live: new mailings are sent by Amazon SES."
                                    : "practice: nothing leaves this computer.");
                    return ExitCode.DONE;
                })
                .call();
    }
}
