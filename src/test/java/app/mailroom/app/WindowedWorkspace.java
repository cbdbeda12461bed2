package app.mailroom.app;

import app.mailroom.delivery.Pipeline;
import app.mailroom.ui.Desktop;
import app.mailroom.ui.common.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** A workspace on disk with its pipeline running, and the features of the window over it. */
public final class WindowedWorkspace implements AutoCloseable {
    private final Mailroom mailroom;
    private final Pipeline pipeline;
    private final Features features;

    public WindowedWorkspace(Path folder) throws IOException {
        mailroom = Mailroom.open(Workspace.in(folder), Clock.systemUTC());
        pipeline = mailroom.pipeline();
        pipeline.start();
        features = new Features(
                "Dana Kim",
                folder,
                Clock.systemUTC(),
                new Features.Stores(
                        mailroom.templates,
                        mailroom.recipients,
                        mailroom.plans,
                        mailroom.messages,
                        mailroom.outcomes,
                        mailroom.suppressions,
                        mailroom.settings),
                new Features.Mailing(
                        mailroom.planning, mailroom.control(pipeline::wake), pipeline, mailroom.practiceMailbox),
                mailroom.listImport);
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
