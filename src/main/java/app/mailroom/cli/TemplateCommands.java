package app.mailroom.cli;

import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.CompiledTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "template", description = "Templates: add, show, list.")
final class TemplateCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Command(description = "Adds a template from an HTML file, or a new version if the name is there already.")
    int add(
            @Parameters(paramLabel = "NAME", description = "The template's name.") String name,
            @Option(names = "--subject", required = true, description = "May hold {{variables}}.") String subject,
            @Option(names = "--preheader", defaultValue = "", description = "The line that inboxes show after it.")
                    String preheader,
            @Option(names = "--html", required = true, paramLabel = "FILE", description = "UTF-8.") Path html)
            throws Exception {
        return program.working((features, output) -> {
                    String source = Files.readString(html);
                    TemplateContent content = new TemplateContent(subject, preheader, source);
                    CompiledTemplate compiled = CompiledTemplate.compile(content);
                    Optional<Template> existing = features.templates().findByName(name);
                    if (existing.isPresent()) {
                        features.templates().save(existing.get().id(), content, "command line");
                    } else {
                        features.templates().create(name, content, "command line");
                    }
                    Template saved = features.templates().findByName(name).orElseThrow();
                    output.print(
                            described(saved),
                            "Template “" + name + "”, version " + saved.newest().number() + ", variables: "
                                    + String.join(", ", compiled.variables()));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(description = "Shows a template, its variables and its HTML.")
    int show(@Parameters(paramLabel = "NAME") String name) throws Exception {
        return program.working((features, output) -> {
                    Template template = features.templates()
                            .findByName(name)
                            .orElseThrow(() -> new RefusedException("There is no template “" + name + "”."));
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
                                .append(")\n");
                    }
                    output.print(
                            templates.stream().map(TemplateCommands::described).toList(),
                            text.toString().stripTrailing());
                    return ExitCode.DONE;
                })
                .call();
    }

    private static Map<String, Object> described(Template template) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", template.id());
        described.put("name", template.name());
        described.put("version", template.newest().number());
        described.put("subject", template.newest().subject());
        described.put("preheader", template.newest().preheader());
        described.put(
                "variables",
                app.mailroom.template.Variables.namesIn(new TemplateContent(
                        template.newest().subject(),
                        template.newest().preheader(),
                        template.newest().html())));
        return described;
    }
}
