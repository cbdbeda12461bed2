package app.mailroom.ui.mailings;

import app.mailroom.plan.MailSamples;
import app.mailroom.plan.PlanFinding;
import app.mailroom.plan.PlanRequest;
import app.mailroom.plan.Planning;
import app.mailroom.plan.PlanningException;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.ScreenContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** What is found before a mailing is planned, its first mails, and planning it. JavaFX thread only. */
final class CheckModel {
    /** How many of the first mails are shown. */
    static final int SAMPLES = 3;

    /** How far the check of what is in the form is. */
    enum Standing {
        /** It has not been looked at as it is now. */
        UNKNOWN,
        CHECKING,
        /** The person stopped it. */
        STOPPED,
        BLOCKED,
        /** Nothing blocks; what there is to know has been shown. */
        FREE
    }

    final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.UNKNOWN);
    /** What blocks first. */
    final ObjectProperty<List<Objection>> findings = new SimpleObjectProperty<>(List.of());

    final ObjectProperty<List<MailSamples.Sample>> samples = new SimpleObjectProperty<>(List.of());
    /** Whether the mailing is being made. */
    final BooleanProperty planning = new SimpleBooleanProperty(false);

    final LongWork work;
    private final ScreenContext context;
    private final Function<List<Objection>, Optional<PlanRequest>> form;
    private final FindingWords words;
    private boolean again;
    private long asked;

    /** What kept it from being planned, or the number of the mailing; 0 where there is none. */
    private record Outcome(List<Objection> findings, long planId) {}

    /**
     * Nothing checked yet.
     *
     * @param form makes a request of what is in the form, or adds what is missing to the given list
     */
    CheckModel(ScreenContext context, Function<List<Objection>, Optional<PlanRequest>> form) {
        this.context = context;
        this.form = form;
        this.work = new LongWork(context);
        this.words = new FindingWords(context.texts());
    }

    /** What is in the form is not what was checked. */
    void forget() {
        if (planning.get()) {
            return;
        }
        again = false;
        asked++;
        work.stop();
        standing.set(Standing.UNKNOWN);
        findings.set(List.of());
    }

    /** Checks what is in the form now; a check that is under way gives way to this one. */
    void run() {
        if (planning.get()) {
            return;
        }
        List<Objection> missing = new ArrayList<>();
        Optional<PlanRequest> request = form.apply(missing);
        asked++;
        if (request.isEmpty()) {
            again = false;
            work.stop();
            samples.set(List.of());
            show(missing);
            return;
        }
        standing.set(Standing.CHECKING);
        if (work.running().get()) {
            again = true;
            work.stop();
            return;
        }
        start(request.get());
    }

    /** Gives the check up that is under way. */
    void stop() {
        if (standing.get() == Standing.CHECKING) {
            again = false;
            asked++;
            work.stop();
            standing.set(Standing.STOPPED);
        }
    }

    private void start(PlanRequest request) {
        long mine = asked;
        Planning checks = context.features().mailing().planning();
        MailSamples mails = context.features().mailing().beforeAndAfter().samples();
        context.background().get(() -> mails.of(request, SAMPLES), found -> {
            if (mine == asked) {
                samples.set(found);
            }
        });
        work.start(progress -> objections(checks.check(request, progress)), found -> ended(mine, found), failure -> {
            context.background().tell(failure);
            ended(mine, Optional.empty());
        });
    }

    private void ended(long mine, Optional<List<Objection>> found) {
        if (again) {
            again = false;
            run();
        } else if (mine == asked) {
            found.ifPresentOrElse(this::show, () -> standing.set(Standing.UNKNOWN));
        }
    }

    private void show(List<Objection> found) {
        findings.set(found);
        standing.set(found.stream().anyMatch(Objection::blocks) ? Standing.BLOCKED : Standing.FREE);
    }

    private List<Objection> objections(List<PlanFinding> found) {
        return found.stream()
                .map(finding -> Objection.of(finding, words))
                .sorted(Comparator.comparing(objection -> !objection.blocks()))
                .toList();
    }

    /**
     * Plans the mailing if nothing blocks it. Whatever turns up only now is shown first, so that nobody plans over a
     * warning that they have not seen.
     *
     * @param made is told the mailing's number
     * @param kept is told, on another thread, what was planned, as soon as there is a mailing
     */
    void plan(Consumer<Long> made, Consumer<PlanRequest> kept) {
        Optional<PlanRequest> request = form.apply(new ArrayList<>());
        if (standing.get() != Standing.FREE || planning.get() || request.isEmpty()) {
            return;
        }
        var seen = findings.get().stream().map(Objection::code).collect(Collectors.toSet());
        planning.set(true);
        work.start(
                progress -> {
                    Outcome outcome = plan(request.get(), seen::contains, progress);
                    if (outcome.planId() > 0) {
                        kept.accept(request.get());
                    }
                    return outcome;
                },
                stoppedOrDone -> {
                    planning.set(false);
                    stoppedOrDone.ifPresent(outcome -> {
                        if (outcome.planId() > 0) {
                            context.features().mailing().dispatch().wake();
                            made.accept(outcome.planId());
                        } else {
                            show(outcome.findings());
                        }
                    });
                },
                failure -> {
                    planning.set(false);
                    context.background().tell(failure);
                });
    }

    /** Gives up the mailing that is being made; nothing of it remains, and what was typed does. */
    void stopPlanning() {
        if (planning.get()) {
            work.stop();
        }
    }

    private Outcome plan(PlanRequest request, Predicate<String> seen, Progress progress)
            throws ImportCancelledException {
        Planning planner = context.features().mailing().planning();
        try {
            return new Outcome(
                    List.of(),
                    planner.plan(request, finding -> seen.test(finding.code().name()), progress));
        } catch (PlanningException e) {
            return new Outcome(objections(e.findings()), 0);
        }
    }
}
