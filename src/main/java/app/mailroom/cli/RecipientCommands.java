package app.mailroom.cli;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.recipients.ListExport;
import app.mailroom.recipients.ListMaking;
import app.mailroom.recipients.Progress;
import app.mailroom.store.ListInUseException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "recipients",
        description = "Recipient lists: import, report, list, export, duplicate, split, merge, rename, delete.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ImportCommand.class)
final class RecipientCommands {
    private static final int PAGE = 1_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    CommandLineProgram program;

    @Command(description = "Shows every row that a list's import left out, with its line and the reason.")
    int report(@Parameters(paramLabel = "LIST") String list) throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = named(features, list);
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

    @Command(description = "Lists the recipient lists: how many can be mailed, rows of the sheet, rows left out.")
    int list() throws Exception {
        return program.working((features, output) -> {
                    List<RecipientList> lists = features.recipients().lists();
                    StringBuilder text = new StringBuilder();
                    lists.forEach(list -> text.append(String.format(
                            "%,10d  %,10d  %,10d  %s%n",
                            list.rowCount(), list.sheetCount(), list.problemCount(), list.name())));
                    output.print(
                            lists.stream().map(RecipientCommands::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description =
                    "Writes all rows of a list to a .csv or an .xlsx file. In CSV an apostrophe stands before what a"
                            + " spreadsheet would run as a formula.")
    int export(
            @Parameters(paramLabel = "LIST") String list,
            @Option(names = "--to", required = true, paramLabel = "FILE", description = "Ends in .csv or .xlsx.")
                    Path file,
            @Option(names = "--encoding", description = "Of a .csv file; otherwise UTF-8.") @Nullable String encoding,
            @Option(names = "--delimiter", description = "Of a .csv file; otherwise a comma.") @Nullable Character delimiter,
            @Option(
                            names = "--no-mark",
                            description = "Leave out the mark by which Excel sees that a .csv file is UTF-8.")
                    boolean noMark,
            @Option(
                            names = "--column",
                            paramLabel = "NAME",
                            description = "Only this column, in the order given; otherwise all.")
                    @Nullable List<String> wanted)
            throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = named(features, list);
                    ListExport.Choice choice = new ListExport.Choice(
                            SheetQuery.ALL,
                            new SheetSituation(World.PRACTICE, Set.of()),
                            slots(features.recipients().columns(found.id()), wanted));
                    long written;
                    if (endsIn(file, ".xlsx")) {
                        written = features.lists().exports().toWorkbook(found.id(), choice, file, Progress.NONE);
                    } else if (endsIn(file, ".csv")) {
                        ListExport.TextForm form = new ListExport.TextForm(
                                charset(encoding).orElse(StandardCharsets.UTF_8),
                                delimiter == null ? ',' : delimiter,
                                !noMark);
                        written = features.lists().exports().toText(found.id(), choice, form, file, Progress.NONE);
                    } else {
                        throw new RefusedException("Give a file that ends in .csv or .xlsx.");
                    }
                    output.print(
                            Map.of("name", list, "rows", written, "file", file.toString()),
                            String.format("List “%s”: %,d rows written to %s", list, written, file));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Makes a list with the same columns and rows.")
    int duplicate(
            @Parameters(paramLabel = "LIST") String list,
            @Option(names = "--as", paramLabel = "NAME", description = "Otherwise its name with a number.") @Nullable String name)
            throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = named(features, list);
                    ListMaking making = features.lists().making();
                    long id = name == null
                            ? making.duplicate(found.id(), Progress.NONE)
                            : making.copy(
                                    found.id(),
                                    SheetQuery.ALL,
                                    new SheetSituation(World.PRACTICE, Set.of()),
                                    name,
                                    Progress.NONE);
                    RecipientList made = features.recipients().find(id).orElseThrow();
                    output.print(
                            described(made), String.format("List “%s”: %,d recipients", made.name(), made.rowCount()));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description = "Makes a list for each value of a column, named after it. The list itself stays as it is."
                    + " Refused (3) if there are more than 200 values.")
    int split(
            @Parameters(paramLabel = "LIST") String list,
            @Option(
                            names = "--by",
                            required = true,
                            paramLabel = "COLUMN",
                            description = "A column’s name or variable.")
                    String by)
            throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = named(features, list);
                    RecipientColumn column = column(features.recipients().columns(found.id()), by);
                    List<RecipientList> made = new ArrayList<>();
                    for (long id : features.lists()
                            .making()
                            .split(found.id(), column.slot(), "without " + column.name(), Progress.NONE)) {
                        made.add(features.recipients().find(id).orElseThrow());
                    }
                    StringBuilder text = new StringBuilder();
                    made.forEach(part -> text.append(String.format("%,10d  %s%n", part.rowCount(), part.name())));
                    output.print(
                            made.stream().map(RecipientCommands::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description =
                    "Puts the rows of lists into one list: one that is there, or a new one. Rows whose address it has"
                            + " already are left out.")
    int merge(
            @Parameters(paramLabel = "LIST", arity = "1..*", description = "The lists whose rows are taken.")
                    List<String> lists,
            @Option(names = "--into", required = true, paramLabel = "NAME") String into)
            throws Exception {
        return program.working((features, output) -> {
                    List<Long> from = new ArrayList<>();
                    for (String name : lists) {
                        from.add(named(features, name).id());
                    }
                    Optional<RecipientList> target = features.recipients().findByName(into);
                    ListMaking making = features.lists().making();
                    long id;
                    long added = 0;
                    long leftOut = 0;
                    if (target.isPresent()) {
                        id = target.get().id();
                        if (from.contains(id)) {
                            throw new RefusedException("“" + into + "” cannot take in itself.");
                        }
                        for (long list : from) {
                            ListMaking.Merged merged = making.merge(list, id, Progress.NONE);
                            added += merged.added();
                            leftOut += merged.leftOut();
                        }
                    } else {
                        ListMaking.Merged merged = making.mergeNew(from, into, Progress.NONE);
                        id = merged.listId();
                        added = merged.added();
                        leftOut = merged.leftOut();
                    }
                    output.print(
                            Map.of("id", id, "name", into, "added", added, "left_out", leftOut),
                            String.format("List “%s”: %,d rows came in, %,d left out", into, added, leftOut));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Gives a list another name.")
    int rename(
            @Parameters(paramLabel = "LIST") String list,
            @Option(names = "--as", required = true, paramLabel = "NAME") String name)
            throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = named(features, list);
                    features.recipients().rename(found.id(), name);
                    output.print(Map.of("id", found.id(), "name", name), "List “" + list + "” is “" + name + "” now");
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Deletes a list. Refused (3) if a mailing still needs it.")
    int delete(@Parameters(paramLabel = "LIST") String list) throws Exception {
        return program.working((features, output) -> {
                    RecipientList found = named(features, list);
                    try {
                        features.recipients().delete(found.id());
                    } catch (ListInUseException e) {
                        throw new RefusedException("“" + list + "” is needed by mailings that have not ended: "
                                + String.join(", ", e.titles()) + ". Wait until they have begun, or cancel them.");
                    }
                    output.print(Map.of("id", found.id(), "name", list), "List “" + list + "” is deleted");
                    return ExitCode.DONE;
                })
                .call();
    }

    private static RecipientList named(Features features, String name) throws RefusedException {
        return features.recipients()
                .findByName(name)
                .orElseThrow(() -> new RefusedException("There is no recipient list “" + name + "”."));
    }

    private static List<Integer> slots(List<RecipientColumn> columns, @Nullable List<String> wanted)
            throws RefusedException {
        if (wanted == null) {
            return columns.stream().map(RecipientColumn::slot).toList();
        }
        List<Integer> slots = new ArrayList<>();
        for (String name : wanted) {
            slots.add(column(columns, name).slot());
        }
        return slots;
    }

    private static RecipientColumn column(List<RecipientColumn> columns, String name) throws RefusedException {
        return columns.stream()
                .filter(column ->
                        column.name().equals(name) || column.variable().equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException("There is no column “" + name + "”; there are: "
                        + columns.stream().map(RecipientColumn::name).collect(Collectors.joining(", ")) + "."));
    }

    private static boolean endsIn(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static Map<String, Object> described(RecipientList list) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", list.id());
        described.put("name", list.name());
        described.put("rows", list.rowCount());
        described.put("sheet_rows", list.sheetCount());
        described.put("left_out", list.problemCount());
        described.put("source", list.source());
        described.put("created_at", list.createdAt().toString());
        described.put("changed_at", list.changedAt().toString());
        return described;
    }

    private static Map<String, Object> described(ImportProblem problem) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("line", problem.line());
        described.put("reason", problem.reason());
        described.put("detail", problem.detail());
        described.put("row", problem.row());
        return described;
    }

    /** The encoding of that name, if one is named. */
    static Optional<Charset> charset(@Nullable String name) throws RefusedException {
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
