package app.mailroom.cli;

import app.mailroom.authoring.TemplateFile;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.TemplateChecks;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.Variables;
import java.nio.file.Files;
import java.nio.file.Path;
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
        name = "template",
        description = "Templates: add, show, list, check, versions, export, archive, delete.",
        synopsisSubcommandLabel = "COMMAND")
final class TemplateCommands {
    private static final String AUTHOR = "command line";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Command(
            description = "Adds a template from an HTML file and the images beside it, or a new version if the name is"
                    + " there already.")
    int add(
            @Parameters(paramLabel = "NAME", description = "The template's name.") String name,
            @Option(
                            names = "--subject",
                            description = "May hold {{variables}}. Otherwise what the file says, as its title does.")
                    @Nullable String subject,
            @Option(names = "--preheader", description = "The line that inboxes show after it.") @Nullable String preheader,
            @Option(
                            names = "--html",
                            required = true,
                            paramLabel = "FILE",
                            description = "An .html file, or a .zip or .mailroom of one and its images.")
                    Path html)
            throws Exception {
        return program.working((features, output) -> {
                    TemplateFile.Imported imported = read(html);
                    TemplateContent read = imported.content();
                    TemplateContent content = read.withText(
                            subject == null ? read.subject() : subject,
                            preheader == null ? read.preheader() : preheader,
                            read.html());
                    if (content.subject().isBlank()) {
                        throw new RefusedException("The file says no subject. Give one with --subject.");
                    }
                    CompiledTemplate compiled = CompiledTemplate.compile(content);
                    Optional<Template> existing = features.templates().findByName(name);
                    if (existing.isPresent() && existing.get().hasDraft()) {
                        throw new RefusedException("Somebody is writing “" + name
                                + "”: it has a draft that is not saved as a version. Save or discard that first.");
                    }
                    if (existing.isPresent()) {
                        features.templates().save(existing.get().id(), content, AUTHOR);
                    } else {
                        features.templates().create(name, content, AUTHOR);
                    }
                    Template saved = named(features, name);
                    Map<String, Object> described = described(saved);
                    described.put("images", compiled.images().size());
                    described.put("missing", imported.missing());
                    StringBuilder text = new StringBuilder("Template “" + name + "”, version "
                            + saved.newest().number() + ", variables: "
                            + String.join(", ", compiled.variables()) + ", images: "
                            + compiled.images().size());
                    imported.missing()
                            .forEach(image ->
                                    text.append("\nNot found beside the file: ").append(image));
                    output.print(described, text.toString());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Shows a template, its variables and its HTML.")
    int show(@Parameters(paramLabel = "NAME") String name) throws Exception {
        return program.working((features, output) -> {
                    Template template = named(features, name);
                    Map<String, Object> all = described(template);
                    all.put("html", template.newest().html());
                    output.print(
                            all,
                            "Template:  " + name + " (version "
                                    + template.newest().number() + ")\nSubject:   "
                                    + template.newest().subject() + "\nPreheader: "
                                    + template.newest().preheader() + "\nVariables: "
                                    + all.get("variables") + "\n\n"
                                    + template.newest().html());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Lists the templates.")
    int list() throws Exception {
        return program.working((features, output) -> {
                    List<Template> templates = features.templates().list();
                    StringBuilder text = new StringBuilder();
                    for (Template template : templates) {
                        text.append(template.name())
                                .append("  (version ")
                                .append(template.newest().number())
                                .append(template.archived() ? ", archived)\n" : ")\n");
                    }
                    output.print(
                            templates.stream().map(TemplateCommands::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description =
                    "Looks through the newest version for what readers or mail programs would stumble over. Refused"
                            + " (3) if no mail can be sent with it.")
    int check(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--list", paramLabel = "LIST", description = "Find variables that this list cannot fill.")
                    @Nullable String list)
            throws Exception {
        return program.working((features, output) -> {
                    TemplateContent content = content(features, named(features, name));
                    List<TemplateFinding> findings = TemplateChecks.of(content, columns(features, list));
                    output.print(
                            findings.stream().map(TemplateCommands::described).toList(),
                            findings.isEmpty()
                                    ? "Nothing was found."
                                    : findings.stream()
                                            .map(TemplateCommands::line)
                                            .collect(Collectors.joining("\n")));
                    return findings.stream().anyMatch(TemplateFinding::blocks) ? ExitCode.REFUSED : ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Lists the versions of a template, the newest first.")
    int versions(@Parameters(paramLabel = "NAME") String name) throws Exception {
        return program.working((features, output) -> {
                    List<TemplateVersion> versions =
                            features.templates().versions(named(features, name).id());
                    output.print(
                            versions.stream().map(TemplateCommands::described).toList(),
                            versions.stream()
                                    .map(version -> String.format(
                                            "%4d  %s  %s  %s",
                                            version.number(),
                                            version.createdAt(),
                                            version.createdBy(),
                                            version.subject()))
                                    .collect(Collectors.joining("\n")));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Writes the newest version to one .html file, or to a .zip or .mailroom with its images.")
    int export(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "FILE",
                            description = "Ends in .html, .zip or .mailroom.")
                    Path file)
            throws Exception {
        return program.working((features, output) -> {
                    TemplateContent content = content(features, named(features, name));
                    if (endsIn(file, ".zip") || endsIn(file, TemplateFile.OWN)) {
                        TemplateFile.writeZip(file, content);
                    } else if (endsIn(file, ".html") || endsIn(file, ".htm")) {
                        TemplateFile.writeHtml(file, content);
                    } else {
                        throw new RefusedException("Give a file that ends in .html, .zip or .mailroom.");
                    }
                    output.print(
                            Map.of("name", name, "file", file.toString()),
                            "Template “" + name + "” written to " + file);
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Takes a template out of use; mailings that have it are not touched.")
    int archive(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--undo", description = "Take it into use again.") boolean undo)
            throws Exception {
        return program.working((features, output) -> {
                    Template template = named(features, name);
                    features.templates().archive(template.id(), !undo);
                    output.print(
                            described(named(features, name)),
                            "Template “" + name + (undo ? "” is in use again" : "” is archived"));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Deletes a template with all its versions. Refused (3) if a mailing was made with it.")
    int delete(@Parameters(paramLabel = "NAME") String name) throws Exception {
        return program.working((features, output) -> {
                    Template template = named(features, name);
                    features.templates().delete(template.id());
                    output.print(Map.of("id", template.id(), "name", name), "Template “" + name + "” is deleted");
                    return ExitCode.DONE;
                })
                .call();
    }

    private static TemplateFile.Imported read(Path file) throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new RefusedException("There is no file " + file + ".");
        }
        return TemplateFile.read(file);
    }

    private static Template named(Features features, String name) throws RefusedException {
        return features.templates()
                .findByName(name)
                .orElseThrow(() -> new RefusedException("There is no template “" + name + "”."));
    }

    private static TemplateContent content(Features features, Template template) throws RefusedException {
        return features.templates()
                .content(template.newest().id())
                .orElseThrow(() -> new RefusedException("There is no template “" + template.name() + "” any more."));
    }

    private static Set<String> columns(Features features, @Nullable String list) throws RefusedException {
        if (list == null) {
            return Set.of();
        }
        RecipientList found = features.recipients()
                .findByName(list)
                .orElseThrow(() -> new RefusedException("There is no recipient list “" + list + "”."));
        return features.recipients().columns(found.id()).stream()
                .map(RecipientColumn::variable)
                .collect(Collectors.toSet());
    }

    private static boolean endsIn(Path file, String extension) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
    }

    private static String line(TemplateFinding finding) {
        return String.format(
                "%s  %s, line %d  %s  %s",
                finding.blocks() ? "blocks " : "warning",
                finding.spot().part(),
                finding.spot().line(),
                finding.code(),
                finding.detail());
    }

    private static Map<String, Object> described(TemplateFinding finding) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("blocks", finding.blocks());
        described.put("part", finding.spot().part());
        described.put("line", finding.spot().line());
        described.put("code", finding.code());
        described.put("detail", finding.detail());
        return described;
    }

    private static Map<String, Object> described(TemplateVersion version) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", version.id());
        described.put("version", version.number());
        described.put("saved_at", version.createdAt().toString());
        described.put("saved_by", version.createdBy());
        described.put("subject", version.subject());
        return described;
    }

    private static Map<String, Object> described(Template template) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", template.id());
        described.put("name", template.name());
        described.put("version", template.newest().number());
        described.put("archived", template.archived());
        described.put("subject", template.newest().subject());
        described.put("preheader", template.newest().preheader());
        described.put(
                "variables",
                Variables.namesIn(new TemplateContent(
                        template.newest().subject(),
                        template.newest().preheader(),
                        template.newest().html())));
        return described;
    }
}
