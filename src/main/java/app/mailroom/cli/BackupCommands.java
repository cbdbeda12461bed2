package app.mailroom.cli;

import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.backup.RestoringException;
import app.mailroom.model.Actor;
import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.model.RestoreReport;
import app.mailroom.model.Right;
import app.mailroom.store.DamagedException;
import app.mailroom.store.DatabaseFile;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = "Copies of the database: list, make, restore. List and restore work on a damaged workspace too.")
final class BackupCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(description = "Lists the copies, the newest first, and what is in them.")
    int list(
            @Option(names = "--check", description = "Also reads each in full and says whether it is well.")
                    boolean check)
            throws Exception {
        whoMay(program.copies(), Right.VIEW);
        StringBuilder text = new StringBuilder();
        List<Map<String, Object>> described = new ArrayList<>();
        for (BackupCopy copy : program.copies().copies()) {
            Map<String, Object> one = described(copy);
            String well = "";
            if (check) {
                Optional<FileDamage> damage = BackupFolder.check(copy);
                one.put("well", damage.isEmpty());
                well = damage.map(found -> "  DAMAGED: " + found.detail()).orElse("  well");
            }
            described.add(one);
            text.append(text(copy)).append(well).append('\n');
        }
        program.output()
                .print(
                        described,
                        described.isEmpty()
                                ? "There are no copies yet."
                                : text.toString().strip());
        return ExitCode.DONE;
    }

    @Command(description = "Makes a copy now. It stays until you delete it.")
    int make() throws Exception {
        return program.working((features, output) -> {
                    BackupCopy copy = features.keeping().backups().make();
                    output.print(described(copy), "Copied: " + text(copy));
                    return ExitCode.DONE;
                })
                .call();
    }

    @Command(
            description = {
                "Puts a copy in the place of the database. The file before is set aside and not deleted.",
                "What was sent since the copy is taken from that file as far as it can be read; the rest becomes uncertain,"
                        + " and mailings that had begun wait for you."
            })
    int restore(
            @Parameters(paramLabel = "NAME", description = "As “backup list” shows it.") String name,
            @Option(names = "--yes", description = "Does not ask.") boolean sure)
            throws Exception {
        BackupFolder folder = program.copies();
        Actor who = whoMay(folder, Right.CHANGE_SETTINGS);
        BackupCopy copy = folder.find(name)
                .orElseThrow(() -> new RefusedException("There is no copy “" + name + "”. See: mailroom backup list"));
        AtConsole.agree(
                sure,
                "Everything that was made or changed after " + copy.madeAt()
                        + " will be missing, except what is known of mails. Restore " + copy.name() + "?");
        RestoreReport report;
        try {
            report = new Restoring(folder, Clock.systemUTC()).restore(copy, who);
        } catch (RestoringException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        program.output().print(described(report), text(report));
        return ExitCode.DONE;
    }

    /** A workspace that can be opened says who has the right; a damaged one cannot tell who its owners are. */
    private Actor whoMay(BackupFolder folder, Right right) throws Exception {
        Actor[] who = {Actor.local(System.getProperty("user.name", ""))};
        if (DatabaseFile.isThere(folder.database())) {
            try {
                int code = program.unasked((features, output) -> {
                            features.account().session().require(right);
                            who[0] = features.account().session().actor();
                            return ExitCode.DONE;
                        })
                        .call();
                assert code == ExitCode.DONE;
            } catch (DamagedException e) {
                spec.commandLine().getErr().println(e.getMessage());
            }
        }
        return who[0];
    }

    private static String text(BackupCopy copy) {
        return copy.name() + "  " + copy.madeAt() + "  " + size(copy.bytes()) + "  "
                + copy.contents()
                        .map(in -> in.templates() + " templates, " + in.lists() + " lists, " + in.mailings()
                                + " mailings, " + in.messages() + " messages")
                        .orElse("cannot be read");
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static Map<String, Object> described(BackupCopy copy) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", copy.name());
        described.put("kind", copy.kind());
        described.put("made_at", copy.madeAt().toString());
        described.put("bytes", copy.bytes());
        copy.contents().ifPresent(in -> {
            described.put("templates", in.templates());
            described.put("lists", in.lists());
            described.put("mailings", in.mailings());
            described.put("messages", in.messages());
        });
        return described;
    }

    private static Map<String, Object> described(RestoreReport report) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("copy", report.copy());
        described.put("set_aside", report.setAside().toString());
        described.put("readable", report.readable());
        described.put("learnt", report.learnt());
        described.put("uncertain", report.uncertain());
        described.put("parked", report.parked());
        described.put("scheduled", report.scheduled());
        described.put("events", report.events());
        described.put("suppressions", report.suppressions());
        described.put("erasures", report.erasures());
        described.put(
                "lost",
                report.lost().stream()
                        .map(lost -> Map.of("title", lost.title(), "begun", lost.begun()))
                        .toList());
        return described;
    }

    private static String text(RestoreReport report) {
        StringBuilder text = new StringBuilder(
                "Restored " + report.copy() + ". The file before lies in " + report.setAside() + ".\n");
        text.append(
                report.readable()
                        ? "From it: " + report.learnt() + " messages, " + report.events() + " events and "
                                + report.suppressions() + " suppressions.\n"
                        : "Nothing could be read from it.\n");
        if (report.uncertain() > 0) {
            text.append(report.uncertain())
                    .append(" messages are uncertain: nobody can tell whether they were sent.\n");
        }
        report.parked()
                .forEach(title -> text.append("Waits for you: “")
                        .append(title)
                        .append("”. Look at it, and go on with: mailroom plan resume ID\n"));
        report.scheduled()
                .forEach(title ->
                        text.append("Goes out at its time: “").append(title).append("”.\n"));
        report.lost()
                .forEach(lost -> text.append("Not in the copy: “")
                        .append(lost.title())
                        .append("”, of which ")
                        .append(lost.begun())
                        .append(" mails may have been sent.\n"));
        if (report.erasures() > 0) {
            text.append(report.erasures())
                    .append(" people who were erased since are back. See: mailroom audit --action PERSON_ERASED\n");
        }
        text.append(
                        "Who unsubscribed since the copy may be missing from the suppressions. Amazon’s own list can be taken over")
                .append(" with the setting aws.sync_suppressions. Everybody signs in anew.");
        return text.toString();
    }
}
