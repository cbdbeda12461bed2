package app.mailroom.cli;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "results", description = "How many messages of a mailing stand in which state.")
final class ResultsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Parameters(paramLabel = "PLAN", arity = "0..1", description = "A mailing's number; all if left out.")
    private @Nullable Long id;

    @Override
    public Integer call() throws Exception {
        return program.working((features, output) -> {
                    List<PlanOverview> plans = features.plans().overviews().stream()
                            .filter(plan -> id == null || plan.plan().id() == id)
                            .toList();
                    if (plans.isEmpty() && id != null) {
                        throw new RefusedException("There is no mailing " + id + ".");
                    }
                    StringBuilder text = new StringBuilder();
                    plans.forEach(plan -> text.append(text(plan)).append('\n'));
                    output.print(
                            plans.stream().map(ResultsCommand::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    static String text(PlanOverview overview) {
        StringBuilder text = new StringBuilder(String.format(
                "Plan %d “%s”: %s, %,d messages",
                overview.plan().id(),
                overview.plan().title(),
                overview.plan().state(),
                overview.totals().all()));
        if (overview.plan().problem() != null) {
            text.append(String.format(
                    "%n  stopped by   %s: %s",
                    overview.plan().problem(), overview.plan().problemDetail()));
        }
        for (MessageState state : MessageState.values()) {
            if (overview.totals().in(state) > 0) {
                text.append(String.format(
                        "%n  %-12s %,10d", state, overview.totals().in(state)));
            }
        }
        text.append(String.format("%n  %-12s %,10d", "opened", overview.totals().opened()));
        text.append(
                String.format("%n  %-12s %,10d", "clicked", overview.totals().clicked()));
        return text.toString();
    }

    static Map<String, Object> described(PlanOverview overview) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", overview.plan().id());
        described.put("title", overview.plan().title());
        described.put("state", overview.plan().state());
        described.put("problem", overview.plan().problem());
        described.put("messages", overview.totals().all());
        Map<String, Long> states = new LinkedHashMap<>();
        for (MessageState state : MessageState.values()) {
            states.put(state.name(), overview.totals().in(state));
        }
        described.put("states", states);
        described.put("opened", overview.totals().opened());
        described.put("clicked", overview.totals().clicked());
        return described;
    }
}
