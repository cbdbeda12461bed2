package app.mailroom.app;

import app.mailroom.aws.Amazon;
import app.mailroom.delivery.Pipeline;
import app.mailroom.model.WorkspaceId;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.ui.Desktop;
import app.mailroom.ui.common.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A workspace on disk with its pipeline running, and the features of the window over it. */
public final class WindowedWorkspace implements AutoCloseable {
    private final Mailroom mailroom;
    private final Pipeline pipeline;
    private final Features features;

    public WindowedWorkspace(Path folder) throws IOException {
        mailroom = Mailroom.open(Workspace.in(folder), Clock.systemUTC());
        pipeline = mailroom.pipeline();
        pipeline.start();
        Features made = mailroom.forWindows(pipeline);
        // The keychain of whoever runs the tests stays as it is.
        Amazon amazon = new Amazon(
                new Amazon.Stores(mailroom.settings, mailroom.suppressions, mailroom.probes, mailroom.outcomes),
                new SessionSecrets(),
                new WorkspaceId("windowtest"),
                Map.of(),
                Clock.systemUTC());
        features = new Features(
                "Dana Kim",
                folder,
                Clock.systemUTC(),
                made.stores(),
                made.mailing(),
                new Features.Live(amazon, made.live().world(), made.live().switching()),
                made.imports());
    }

    public Features features() {
        return features;
    }

    @Override
    public void close() {
        pipeline.close();
        mailroom.close();
    }

    /** Opens the window on a folder, for looking at it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (WindowedWorkspace real = new WindowedWorkspace(Path.of(args[0]))) {
            Desktop.run(real.features());
        }
        System.exit(0);
    }
}
