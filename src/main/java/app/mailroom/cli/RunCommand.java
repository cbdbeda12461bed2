package app.mailroom.cli;

import app.mailroom.cli.Features.AtWork;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.Loop;
import app.mailroom.delivery.PipelineSnapshot;
import app.mailroom.model.FileDamage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.PlanWait;
import app.mailroom.model.Right;
import app.mailroom.model.StoreProblem;
import app.mailroom.store.DamagedException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Sends what is due, in the foreground, until everything is sent and its outcomes have come.",
            "What somebody has planned goes out even if nobody is signed in; the results are shown to whoever may see them."
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration SETTLE_EVERY = Duration.ofMinutes(1);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--settle",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long to wait, after the last change, for outcomes to come (default ${DEFAULT-VALUE}).")
    private long settleSeconds;

    @Option(names = "--quiet", description = "No progress line.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        return program.unasked(this::send).call();
    }

    private int send(Features features, Output output) throws InterruptedException {
        Progress progress = new Progress(spec.commandLine().getErr(), !quiet);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    interrupted.countDown();
                    awaitQuietly(ended);
                },
                "stop-in-good-order");
        Runtime.getRuntime().addShutdownHook(onSignal);
        int code;
        try (Dispatch dispatch = features.dispatch().get();
                AtWork practiceRelay = features.practiceRelay().get();
                // Aside, for it may wait long for a database that another program keeps to itself.
                Loop sheets = new Loop("sheet-changes", () -> settleSheets(features))) {
            sheets.start();
            dispatch.start();
            practiceRelay.start();
            code = waitUntilSettled(features, dispatch, progress, interrupted);
        } finally {
            ended.countDown();
        }
        if (interrupted.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        }
        progress.end();
        print(features, output);
        return code;
    }

    private int waitUntilSettled(Features features, Dispatch dispatch, Progress progress, CountDownLatch interrupted)
            throws InterruptedException {
        Map<Long, PlanTotals> before = Map.of();
        long lastChange = System.nanoTime();
        while (true) {
            Optional<FileDamage> damage = features.keeping().damage().get();
            if (damage.isPresent()) {
                // Nothing can be claimed any more, so nothing goes out.
                throw new DamagedException(damage.get(), null);
            }
            List<PlanOverview> plans = features.plans().overviews().stream()
                    .filter(plan -> dispatch.serves(plan.plan().world()))
                    .toList();
            Map<Long, PlanTotals> now = new LinkedHashMap<>();
            plans.forEach(plan -> now.put(plan.plan().id(), plan.totals()));
            if (!now.equals(before)) {
                before = now;
                lastChange = System.nanoTime();
            }
            progress.tell(dispatch.snapshot());
            progress.show(plans, dispatch.snapshot().sentPerSecond());
            boolean working = plans.stream().anyMatch(RunCommand::willGoOn);
            if (!working) {
                boolean waiting = plans.stream().anyMatch(plan -> plan.totals().awaitingOutcome() > 0);
                boolean patient = System.nanoTime() - lastChange < TimeUnit.SECONDS.toNanos(settleSeconds);
                if (!waiting || !patient) {
                    return code(plans, waiting);
                }
            }
            if (interrupted.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return code(plans, true);
            }
        }
    }

    /** A mailing is not made of a list in the middle of a change; one that broke off would hold it for ever. */
    private static Duration settleSheets(Features features) {
        features.sheets().settle();
        return SETTLE_EVERY;
    }

    /** Whether the pipeline will still send something of this plan without a person's help. */
    private static boolean willGoOn(PlanOverview overview) {
        PlanState state = overview.plan().state();
        if (overview.plan().awaitsApproval()) {
            return overview.totals().in(MessageState.CLAIMED) > 0;
        }
        return state == PlanState.SCHEDULED
                || state == PlanState.RUNNING
                || (state == PlanState.PARKED && overview.plan().parkedUntil() != null)
                || overview.totals().in(MessageState.CLAIMED) > 0;
    }

    private static int code(List<PlanOverview> plans, boolean waiting) {
        if (plans.stream()
                .anyMatch(plan ->
                        plan.plan().state() == PlanState.PARKED || plan.plan().awaitsApproval())) {
            return ExitCode.PARKED;
        }
        return waiting ? ExitCode.UNSETTLED : ExitCode.DONE;
    }

    private static void print(Features features, Output output) {
        if (features.account().session().refusal(Right.VIEW).isPresent()) {
            output.print(
                    List.of(), "Nobody is signed in, so no results are shown. Sign in with: mailroom account sign-in");
            return;
        }
        List<PlanResults> plans = features.results().all();
        StringBuilder text = new StringBuilder();
        plans.forEach(plan -> text.append(ResultsCommand.text(plan)).append('\n'));
        output.print(
                plans.stream().map(ResultsCommand::described).toList(),
                text.toString().stripTrailing());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(130);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One line that is written over on a terminal, and now and then a line elsewhere. */
    private static final class Progress {
        private static final long ELSEWHERE_EVERY = TimeUnit.SECONDS.toNanos(10);
        private final PrintWriter out;
        private final boolean shown;
        /** Java 17 has a console only where a person sits at it. */
        @SuppressWarnings("SystemConsoleNull")
        private final boolean terminal = System.console() != null;

        private Optional<String> told = Optional.empty();
        private long last = System.nanoTime() - ELSEWHERE_EVERY;

        Progress(PrintWriter out, boolean shown) {
            this.out = out;
            this.shown = shown;
        }

        /** Says what keeps mails from going out, once, and that it is over; even where no progress is wanted. */
        void tell(PipelineSnapshot snapshot) {
            Optional<String> problem =
                    snapshot.storeProblem().map(Progress::words).or(snapshot::problem);
            if (!problem.equals(told)) {
                if (terminal && shown) {
                    out.println();
                }
                out.println(problem.map(words -> "Waiting: " + words).orElse("It goes on."));
                out.flush();
                told = problem;
            }
        }

        private static String words(StoreProblem problem) {
            return switch (problem) {
                case FULL -> "the disk of the workspace is full. Make room on it, and it goes on by itself.";
                case READ_ONLY -> "the files of the workspace must not be written. Allow it, and it goes on by itself.";
                case LOCKED ->
                    "another program keeps the workspace's database to itself. Close that program, and it goes on by itself.";
                case HELD_UP ->
                    "the workspace has stored nothing for some seconds; another program or a slow disk holds it up.";
                case DAMAGED ->
                    "the workspace's database is damaged; nothing is sent any more. Restore a copy with “mailroom backup restore”.";
                case NEWER -> "a newer Mailroom has changed the workspace. Install that one.";
                case OTHER -> "the workspace cannot be written. The log says why.";
            };
        }

        void show(List<PlanOverview> plans, double perSecond) {
            long now = System.nanoTime();
            if (!shown || (!terminal && now - last < ELSEWHERE_EVERY)) {
                return;
            }
            last = now;
            long all = 0;
            long unsent = 0;
            long waiting = 0;
            for (PlanOverview plan : plans) {
                if (plan.plan().state() != PlanState.DRAFT) {
                    all += plan.totals().all();
                    unsent += plan.totals().unsent();
                    waiting += plan.totals().awaitingOutcome();
                }
            }
            String left = perSecond > 0 && unsent > 0
                    ? String.format(" · %d s left", (long) Math.ceil(unsent / perSecond))
                    : "";
            String line = String.format(
                    "%,d of %,d sent · %.0f/s%s · %,d outcomes to come", all - unsent, all, perSecond, left, waiting);
            if (perSecond == 0) {
                line += plans.stream()
                        .flatMap(plan -> plan.waiting().stream())
                        .min(Comparator.comparing(PlanWait::until))
                        .map(wait -> " · goes on at " + wait.until())
                        .orElse("");
            }
            if (terminal) {
                out.print("\r" + line + "\u001b[K");
                out.flush();
            } else {
                out.println(line);
            }
        }

        void end() {
            if (shown && terminal) {
                out.println();
            }
        }
    }
}
