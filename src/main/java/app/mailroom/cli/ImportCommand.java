package app.mailroom.cli;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.recipients.ColumnMapping;
import app.mailroom.recipients.ColumnMatching;
import app.mailroom.recipients.ColumnTarget;
import app.mailroom.recipients.ImportResult;
import app.mailroom.recipients.ImportTarget;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.ReadAs;
import app.mailroom.recipients.RecipientFile;
import app.mailroom.recipients.RecipientFormat;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.recipients.VariableNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Reads a file of recipients into a list. */
@Command(
        name = "import",
        description =
                "Reads a CSV file or Excel workbook into a list. Rows that cannot be mailed are left out and reported.")
final class ImportCommand implements Callable<Integer> {
    /** What is done with a list that is there. */
    enum Into {
        APPEND,
        REPLACE,
        UPDATE
    }

    /** What a file's first line is. */
    enum FirstLine {
        NAMES,
        DATA
    }

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private RecipientCommands recipients;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--list", required = true, paramLabel = "NAME")
    @SuppressWarnings("NullAway.Init")
    private String list;

    @Option(names = "--encoding", description = "Of text; otherwise found out.")
    private @Nullable String encoding;

    @Option(names = "--delimiter", description = "Of text; otherwise found out.")
    private @Nullable Character delimiter;

    @Option(names = "--sheet", description = "Of a workbook; otherwise the first that is not empty.")
    private @Nullable String sheet;

    @Option(
            names = "--first-line",
            paramLabel = "names|data",
            description = "What it holds; needed where it has no names of columns.")
    private @Nullable FirstLine firstLine;

    @Option(
            names = "--into",
            paramLabel = "append|replace|update",
            description = "The list is there: add new addresses, put these rows in place of all, or update by address.")
    private @Nullable Into into;

    @Option(names = "--only-known", description = "With --into update: add no addresses that the list does not have.")
    private boolean onlyKnown;

    @Option(names = "--empty-clears", description = "With --into update: empty values empty the cells of the list.")
    private boolean emptyClears;

    @Option(
            names = "--map",
            paramLabel = "COLUMN=VARIABLE",
            description = "Where a column of the file goes: email, a variable, or - to leave it out. May be repeated.")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(names = "--template", paramLabel = "NAME", description = "Gives a new list its columns.")
    private @Nullable String template;

    @Override
    public Integer call() throws Exception {
        return recipients
                .program
                .working((features, output) -> {
                    if (!Files.isRegularFile(file)) {
                        throw new RefusedException("There is no file " + file + ".");
                    }
                    ReadAs as = new ReadAs(
                            RecipientCommands.charset(encoding),
                            Optional.ofNullable(delimiter),
                            Optional.ofNullable(sheet),
                            Optional.ofNullable(firstLine).map(FirstLine.NAMES::equals),
                            ReadAs.FOUND_OUT.columnName());
                    RecipientFile read = RecipientFile.inspect(new RecipientSource.OfFile(file), as);
                    if (firstLine == null) {
                        read.refuseWithoutNames();
                    }
                    ImportTarget target = target(features);
                    List<RecipientColumn> there = target instanceof ImportTarget.Existing existing
                            ? features.recipients().columns(existing.listId())
                            : List.of();
                    List<ColumnNeed> needs = needs(features, target);
                    ColumnMapping mapping = mapped(read, there, needs);
                    ImportResult result = features.lists().imports().run(read, mapping, target, Progress.NONE);
                    output.print(described(result, read.format()), text(result, read.format()));
                    return ExitCode.DONE;
                })
                .call();
    }

    private ImportTarget target(Features features) throws RefusedException {
        Optional<RecipientList> found = features.recipients().findByName(list);
        if (into == null) {
            Optional<Template> chosen = chosenTemplate(features);
            return new ImportTarget.NewList(
                    list,
                    chosen.map(Template::id),
                    chosen.map(ImportCommand::needs).orElse(List.of()));
        }
        if (template != null) {
            throw new RefusedException("--template is for new lists; leave it out with --into.");
        }
        long id = found.orElseThrow(() -> new RefusedException("There is no recipient list “" + list + "”."))
                .id();
        return new ImportTarget.Existing(id, ImportTarget.Mode.valueOf(into.name()), emptyClears, !onlyKnown);
    }

    private Optional<Template> chosenTemplate(Features features) throws RefusedException {
        String name = template;
        if (name == null) {
            return Optional.empty();
        }
        return Optional.of(features.templates()
                .findByName(name)
                .orElseThrow(() -> new RefusedException("There is no template “" + name + "”.")));
    }

    private List<ColumnNeed> needs(Features features, ImportTarget target) {
        if (target instanceof ImportTarget.NewList made) {
            return made.needs();
        }
        return features.recipients()
                .findByName(list)
                .flatMap(RecipientList::templateId)
                .flatMap(features.templates()::find)
                .map(ImportCommand::needs)
                .orElse(List.of());
    }

    private static List<ColumnNeed> needs(Template template) {
        TemplateVersion newest = template.newest();
        return TemplateColumns.needs(new TemplateContent(newest.subject(), newest.preheader(), newest.html()));
    }

    private ColumnMapping mapped(RecipientFile read, List<RecipientColumn> there, List<ColumnNeed> needs)
            throws RefusedException {
        ColumnMapping mapping = ColumnMatching.propose(read, there, needs);
        for (Map.Entry<String, String> wish : map.entrySet()) {
            mapping =
                    mapping.with(column(read, wish.getKey()), to(wish.getValue().strip(), there, needs));
        }
        return mapping;
    }

    private static int column(RecipientFile read, String name) throws RefusedException {
        for (int i = 0; i < read.header().size(); i++) {
            String header = read.header().get(i);
            if (header.equals(name.strip())
                    || (header.isEmpty() && read.placeholder(i).equals(name.strip()))) {
                return i;
            }
        }
        throw new RefusedException(
                "The file has no column “" + name + "”. Its columns are: " + String.join(", ", read.header()) + ".");
    }

    private static ColumnTarget to(String wish, List<RecipientColumn> there, List<ColumnNeed> needs) {
        String variable = VariableNames.of(wish);
        if (wish.isEmpty() || wish.equals("-")) {
            return new ColumnTarget.LeftOut();
        }
        if (variable.equals(VariableNames.ADDRESS)) {
            return new ColumnTarget.Address();
        }
        for (RecipientColumn column : there) {
            if (column.variable().equals(variable)) {
                return new ColumnTarget.Existing(column.slot());
            }
        }
        String name = needs.stream()
                .filter(need -> need.key().equals(variable))
                .map(ColumnNeed::name)
                .findFirst()
                .orElse(wish);
        return new ColumnTarget.New(name, variable);
    }

    private static Map<String, Object> described(ImportResult result, RecipientFormat format) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", result.listId());
        described.put("rows", result.added() + result.updated());
        described.put("added", result.added());
        described.put("updated", result.updated());
        described.put("refused", result.problems() - result.duplicates());
        described.put("duplicates", result.duplicates());
        described.put("leftOut", result.leftOut());
        if (format instanceof RecipientFormat.Text text) {
            described.put("encoding", text.charset().name());
            described.put("delimiter", String.valueOf(text.delimiter()));
        } else if (format instanceof RecipientFormat.Workbook workbook) {
            described.put("sheet", workbook.sheet());
        }
        return described;
    }

    private String text(ImportResult result, RecipientFormat format) {
        String how = format instanceof RecipientFormat.Text text
                ? "encoding " + text.charset().name() + ", delimiter "
                        + (text.delimiter() == '\t' ? "tab" : text.delimiter())
                : "sheet " + ((RecipientFormat.Workbook) format).sheet();
        String updated = result.updated() > 0 ? String.format(Locale.ROOT, ", %,d updated", result.updated()) : "";
        String line = String.format(
                Locale.ROOT,
                "List “%s”: %,d recipients%s; left out: %,d refused, %,d duplicates (%s)",
                list,
                result.added(),
                updated,
                result.problems() - result.duplicates(),
                result.duplicates(),
                how);
        return result.problems() > 0 ? line + "\nSee: mailroom recipients report \"" + list + "\"" : line;
    }
}
