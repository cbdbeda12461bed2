package app.mailroom.cli;

import app.mailroom.model.PlanDraft;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "drafts",
        description = "Mailings that somebody has begun to plan in the window and not handed in, the one changed last"
                + " first: number, last change, title.")
final class DraftCommands implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z");

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private PlanCommands plans;

    @Override
    public Integer call() throws Exception {
        return plans.program()
                .working((features, output) -> {
                    List<PlanDraft> drafts = features.drafts().list();
                    StringBuilder text = new StringBuilder();
                    for (PlanDraft draft : drafts) {
                        text.append(String.format(
                                "%4d  %s  %s%n",
                                draft.id(),
                                TIME.format(draft.updatedAt().atZone(ZoneId.systemDefault())),
                                draft.title().isBlank() ? "(no title yet)" : draft.title()));
                    }
                    output.print(
                            drafts.stream().map(DraftCommands::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Throws one away for good, with what was typed and attached.")
    int delete(@Parameters(paramLabel = "DRAFT") long id) throws Exception {
        return plans.program()
                .working((features, output) -> {
                    PlanDraft draft = features.drafts()
                            .find(id)
                            .orElseThrow(() -> new RefusedException("There is no draft " + id + "."));
                    features.drafts().delete(id);
                    output.print(Map.of("id", id, "title", draft.title()), "Draft " + id + " is deleted.");
                    return ExitCode.DONE;
                })
                .call();
    }

    private static Map<String, Object> described(PlanDraft draft) {
        return Map.of(
                "id", draft.id(),
                "title", draft.title(),
                "updated_at", draft.updatedAt().toString());
    }
}
