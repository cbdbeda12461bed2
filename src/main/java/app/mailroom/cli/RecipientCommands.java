package app.mailroom.cli;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientList;
import app.mailroom.recipients.ImportResult;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.RecipientFile;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "recipients", description = "Recipient lists: import, report, list.")
final class RecipientCommands {
    private static final int PAGE = 1_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Command(
            name = "import",
            description = "Makes a list from a CSV file. Rows that cannot be mailed are left out and reported.")
    int importFile(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--list", required = true, paramLabel = "NAME") String list,
            @Option(names = "--encoding", description = "Otherwise found out.") @Nullable String encoding,
            @Option(names = "--delimiter", description = "Otherwise found out.") @Nullable Character delimiter)
            throws Exception {
        return program.working((features, output) -> {
                    if (!Files.isRegularFile(file)) {
                        throw new RefusedException("There is no file " + file + ".");
                    }
                    RecipientFile inspected =
                            RecipientFile.inspect(file, charset(encoding), Optional.ofNullable(delimiter));
                    ImportResult result = features.lists().imports().run(inspected, list, Progress.NONE);
                    Map<String, Object> described = new LinkedHashMap<>();
                    described.put("id", result.listId());
                    described.put("rows", result.rows());
                    described.put("refused", result.refused());
                    described.put("duplicates", result.duplicates());
                    described.put("encoding", result.charset().name());
                    described.put("delimiter", String.valueOf(result.delimiter()));
                    String text = String.format(
                            "List “%s”: %,d recipients; left out: %,d refused, %,d duplicates (encoding %s, delimiter %s)",
                            list,
                            result.rows(),
                            result.refused(),
                            result.duplicates(),
                            result.charset().name(),
                            result.delimiter() == '\t' ? "tab" : result.delimiter());
                    boolean problems = result.refused() + result.duplicates() > 0;
                    output.print(
                            described, problems ? text + "\nSee: mailroom recipients report \"" + list + "\"" : text);
                    return ExitCode.DONE;
                })
                .call();
    }

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

    private static Optional<Charset> charset(@Nullable String name) throws RefusedException {
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new RefusedException(
                    "“" + name + "” is not an encoding. Write it like UTF-8, EUC-KR or windows-1252.");
        }
    }
}
