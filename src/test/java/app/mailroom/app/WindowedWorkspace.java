package app.mailroom.app;

import app.mailroom.account.GoogleSignIn;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Access;
import app.mailroom.model.FileDamage;
import app.mailroom.model.ProgramVersion;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.Database;
import app.mailroom.store.MemberStore;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.ResultsStore;
import app.mailroom.support.Calls;
import app.mailroom.support.CrashReports;
import app.mailroom.support.Redaction;
import app.mailroom.support.Support;
import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.Desktop;
import app.mailroom.ui.common.Browser;
import app.mailroom.ui.common.Features;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A workspace on disk with its dispatch running, and the features of the window over it. */
public final class WindowedWorkspace implements AutoCloseable {
    private final Mailroom mailroom;
    private final Dispatch dispatch;
    private final Database others;
    private final Features features;
    private final Queue<Path> elsewhere = new ConcurrentLinkedQueue<>();
    private final Queue<URI> opened = new ConcurrentLinkedQueue<>();
    private volatile PracticeRelayStanding practiceRelay = PracticeRelayStanding.HERE;

    public WindowedWorkspace(Path folder) throws IOException {
        this(folder, Clock.systemUTC(), Map.of(), new LastingSecrets(), page -> {}, GoogleSignIn.Wish::usual);
    }

    /**
     * With a way to sign in.
     *
     * @param google what the environment says of Google's client
     * @param browser shows pages, after they were noted here
     * @param wish how somebody signs in
     */
    public WindowedWorkspace(
            Path folder,
            Clock clock,
            Map<String, String> google,
            SecretStore secrets,
            Browser browser,
            Function<Locale, GoogleSignIn.Wish> wish)
            throws IOException {
        // The environment and the keychain of whoever runs the tests stay out of it.
        Surroundings none = Surroundings.EMPTY;
        Surroundings surroundings = new Surroundings(
                none.amazon(), none.relay(), google, none.usualSender(), none.usualRateCap(), none.warnings());
        mailroom = Mailroom.open(Workspace.in(folder), clock, surroundings, workspace -> secrets);
        others = Database.open(Workspace.in(folder).database(), Database.Schema.WORKSPACE, clock);
        dispatch = mailroom.dispatch();
        dispatch.start();
        Workspace here = Workspace.in(folder);
        Support support = new Support(
                new Calls(),
                new CrashReports(List.of(here.crashReports()), new Redaction(List.of()), clock),
                new UpdateCheck(ProgramVersion.NUMBER, Duration.ofSeconds(10)),
                here.logs());
        Features made = mailroom.forWindows(dispatch, () -> practiceRelay, support);
        features = new Features(
                new Features.Account(
                        made.account().session(),
                        made.account().people(),
                        made.account().google(),
                        made.account().audit(),
                        wish),
                folder,
                clock,
                made.stores(),
                made.mailing(),
                new Features.Outside(
                        made.amazon(),
                        made.tracking(),
                        page -> {
                            opened.add(page);
                            browser.open(page);
                        },
                        made.outside().practiceRelay()),
                made.lists(),
                new Features.Keeping(made.keeping().onDamage(), made.keeping().backups(), elsewhere::add, support));
    }

    public Features features() {
        return features;
    }

    /** The other workspaces that were opened from the window. */
    public List<Path> elsewhere() {
        return List.copyOf(elsewhere);
    }

    /** Has the database found to be damaged while it is open. */
    public void damage(FileDamage damage) {
        mailroom.stopFor(damage);
    }

    /** The people of the workspace, as another program would change them. */
    public MemberStore members() {
        return new MemberStore(others, features.clock());
    }

    /** What was reported, as the program takes it in. */
    public OutcomeStore outcomes() {
        return mailroom.own.outcomes();
    }

    /** Counts the messages of a mailing anew, in the place of what is kept. */
    public void recount(long planId) {
        new ResultsStore(others).recount(planId);
    }

    /** The mailings as somebody else uses them, on another computer perhaps, where others have to approve them. */
    public PlanStore plansOf(Access somebody) {
        return new PlanStore(others.usedBy(somebody), Clock.systemUTC(), () -> true);
    }

    /** The mailings as the program's own planner uses them. */
    public PlanStore planner() {
        return mailroom.own.plans();
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
        try {
            dispatch.close();
        } finally {
            others.close();
            mailroom.close();
        }
    }

    /** Opens the window on a folder, for looking at it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (WindowedWorkspace real = new WindowedWorkspace(Path.of(args[0]))) {
            Desktop.run(real.features());
        }
        System.exit(0);
    }
}
