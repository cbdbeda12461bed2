package app.mailroom.cli;

import app.mailroom.model.ProofState;
import app.mailroom.model.ProofStep;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A proof as the command line tells it: each link as often as its state changes, and at last all of them. */
final class ProofOutput {
    private final Consumer<String> progress;
    private final Map<Enum<?>, ProofState> shown = new HashMap<>();

    /** progress gets lines that are no part of the result. */
    ProofOutput(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Shows each link once for each state. Any thread. */
    synchronized void show(List<? extends ProofStep> steps) {
        for (ProofStep step : steps) {
            if (shown.put(step.link(), step.state()) != step.state()) {
                progress.accept(text(step));
            }
        }
    }

    /** Prints how it ended, with the words for that; returns the exit code. */
    int print(Output output, List<? extends ProofStep> steps, String whenProven, String otherwise) {
        boolean proven = steps.stream().allMatch(step -> step.state() == ProofState.PROVEN);
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append(text(step)).append('\n'));
        text.append(proven ? whenProven : otherwise);
        output.print(
                Map.of(
                        "proven",
                        proven,
                        "links",
                        steps.stream()
                                .map(step ->
                                        Map.of("link", step.link(), "state", step.state(), "detail", step.detail()))
                                .toList()),
                text.toString());
        return proven ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String text(ProofStep step) {
        return String.format("%-8s %s", plain(step.state()), plain(step.link()))
                + (step.detail().isBlank() ? "" : "  (" + step.detail() + ")");
    }

    private static String plain(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
