package app.mailroom.cli;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "recipients", description = "Recipient lists: import, report, list.", subcommands = ImportCommand.class)
final class RecipientCommands {
    private static final int PAGE = 1_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    CommandLineProgram program;

    @Command(description = "Shows every row that a list's import left out, with its line and the reason.")
    int report(@Parameters(paramLabel = "LIST") String list) throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = features.recipients()
                            .findByName(list)
                            .orElseThrow(() -> new RefusedException("There is no recipient list “" + list + "”."));
                    List<ImportProblem> problems = new ArrayList<>();
                    List<ImportProblem> page;
                    do {
                        long after = problems.isEmpty()
                                ? 0
                                : problems.get(problems.size() - 1).line();
                        page = features.recipients().problems(found.id(), after, PAGE);
                        problems.addAll(page);
                    } while (page.size() == PAGE);
                    StringBuilder text = new StringBuilder(String.format(
                            "List “%s”: %,d recipients, %,d rows left out", list, found.rowCount(), problems.size()));
                    for (ImportProblem problem : problems) {
                        text.append(
                                String.format("%nline %d  %s  %s", problem.line(), problem.reason(), problem.detail()));
                    }
                    output.print(
                            problems.stream().map(RecipientCommands::described).toList(), text.toString());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Lists the recipient lists.")
    int list() throws Exception {
        return program.working((features, output) -> {
                    List<RecipientList> lists = features.recipients().lists();
                    StringBuilder text = new StringBuilder();
                    lists.forEach(list -> text.append(String.format("%,10d  %s%n", list.rowCount(), list.name())));
                    output.print(
                            lists.stream()
                                    .map(list -> Map.of("id", list.id(), "name", list.name(), "rows", list.rowCount()))
                                    .toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    private static Map<String, Object> described(ImportProblem problem) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("line", problem.line());
        described.put("reason", problem.reason());
        described.put("detail", problem.detail());
        described.put("row", problem.row());
        return described;
    }
}
