package app.mailroom.app;

import app.mailroom.delivery.Dispatch;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.store.ProbeStore;
import app.mailroom.ui.Desktop;
import app.mailroom.ui.common.Features;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A workspace on disk with its dispatch running, and the features of the window over it. */
public final class WindowedWorkspace implements AutoCloseable {
    private final Mailroom mailroom;
    private final Dispatch dispatch;
    private final Features features;
    private final Queue<URI> opened = new ConcurrentLinkedQueue<>();
    private volatile PracticeRelayStanding practiceRelay = PracticeRelayStanding.HERE;

    public WindowedWorkspace(Path folder) throws IOException {
        // The environment and the keychain of whoever runs the tests stay out of it.
        mailroom = Mailroom.open(
                Workspace.in(folder), Clock.systemUTC(), Surroundings.EMPTY, workspace -> new LastingSecrets());
        dispatch = mailroom.dispatch();
        dispatch.start();
        Features made = mailroom.forWindows(dispatch, () -> practiceRelay);
        features = new Features(
                made.account(),
                folder,
                Clock.systemUTC(),
                made.stores(),
                made.mailing(),
                new Features.Outside(
                        made.amazon(),
                        made.tracking(),
                        opened::add,
                        made.outside().practiceRelay()),
                made.lists());
    }

    public Features features() {
        return features;
    }

    /** The signs of life of proofs. */
    public ProbeStore probes() {
        return mailroom.own.probes();
    }

    /** Says how the relay of practice stands, in place of one that runs. */
    public void practiceRelay(PracticeRelayStanding now) {
        practiceRelay = now;
    }

    /** The pages that the browser was asked to show, instead of which they are kept here. */
    public List<URI> opened() {
        return List.copyOf(opened);
    }

    @Override
    public void close() {
        dispatch.close();
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
