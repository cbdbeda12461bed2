package app.mailroom.cli;

import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.KeptCopies;
import app.mailroom.recipients.PersonRecords;
import app.mailroom.store.PersonStore.Found;
import app.mailroom.store.PersonStore.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "person", description = "All that is kept of one person: show it, hand it over, erase it.")
final class PersonCommands {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CommandLineProgram program;

    private interface Deed {
        int with(PersonRecords people, Output output) throws Exception;
    }

    @Command(description = "Shows how much is kept of a person, and where.")
    int show(@Parameters(paramLabel = "ADDRESS") String address) throws Exception {
        return working((people, output) -> {
            Found found = people.find(address);
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("kept", counts(found.counts()));
            described.put("waiting", found.waiting());
            described.put("beingSent", found.beingSent());
            StringBuilder text =
                    new StringBuilder(found.isNothing() ? "Nothing is kept of this person." : "Kept of this person:");
            lines(text, found.counts());
            if (found.waiting() > 0) {
                text.append(
                        String.format("%n%,d messages are still to be sent; erasing cancels them.", found.waiting()));
            }
            if (found.beingSent() > 0) {
                text.append(
                        String.format("%nA message is being sent this moment; until that is done, nobody can erase."));
            }
            output.print(described, text.toString());
            return ExitCode.DONE;
        });
    }

    @Command(description = "Writes all that is kept of a person into a zip file, for people to read and for machines.")
    int export(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--to", required = true, paramLabel = "FILE") Path file)
            throws Exception {
        return working((people, output) -> {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new RefusedException("There is no folder " + folder + ".");
            }
            people.export(address, file);
            output.print(Map.of("file", file.toString()), "Written to " + file);
            return ExitCode.DONE;
        });
    }

    @Command(
            description = {
                "Erases a person everywhere, for good. Messages stay in the counts of their mailings.",
                "Nothing is erased without --yes."
            })
    int erase(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--yes", description = "Yes, erase; it cannot be undone.") boolean yes,
            @Option(
                            names = "--keep-suppressed",
                            description = "Keep the address on the suppression list, if it is on it, so that it is"
                                    + " never mailed again.")
                    boolean keepSuppressed)
            throws Exception {
        return working((people, output) -> {
            if (!yes) {
                throw new RefusedException("Erasing cannot be undone. Look with: mailroom person show ADDRESS;"
                        + " then add --yes to erase.");
            }
            PersonRecords.Erasure erasure = people.erase(address, keepSuppressed, place -> {});
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("erased", counts(erasure.counts()));
            erasure.copies().goneOn().ifPresent(day -> described.put("inBackupsUntil", day.toString()));
            described.put("inCopiesUntilDeleted", erasure.copies().untilDeleted());
            StringBuilder text =
                    new StringBuilder(erasure.counts().isEmpty() ? "There was nothing to erase." : "Erased:");
            lines(text, erasure.counts());
            copies(text, erasure.copies());
            output.print(described, text.toString());
            return ExitCode.DONE;
        });
    }

    private int working(Deed deed) throws Exception {
        return program.working((features, output) -> {
                    try {
                        return deed.with(features.lists().people(), output);
                    } catch (AddressException e) {
                        throw new RefusedException(String.valueOf(e.getMessage()));
                    }
                })
                .call();
    }

    private static void copies(StringBuilder text, KeptCopies copies) {
        copies.goneOn()
                .ifPresent(day -> text.append(String.format(
                        "%nDaily backups may hold the person until %s, if Mailroom runs every day; later otherwise.",
                        day)));
        for (String name : copies.untilDeleted()) {
            text.append(String.format("%nThis copy may hold the person until you delete it: %s", name));
        }
    }

    private static void lines(StringBuilder text, Map<Place, Long> counts) {
        for (Place place : Place.values()) {
            Long count = counts.get(place);
            if (count != null) {
                text.append(String.format("%n%,8d  %s", count, words(place)));
            }
        }
    }

    private static Map<String, Long> counts(Map<Place, Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            named.put(place.name().toLowerCase(Locale.ROOT), counts.getOrDefault(place, 0L));
        }
        return named;
    }

    private static String words(Place place) {
        return switch (place) {
            case ROWS -> "rows of recipient lists";
            case LEFT_OUT -> "rows that an import left out";
            case HISTORY -> "earlier versions of rows, kept to undo edits";
            case MESSAGES -> "messages";
            case EVENTS -> "events about the messages";
            case PRACTICE_MAILS -> "mails of practice mode";
            case WAITING_EVENTS -> "events of practice mode that are still to come";
            case QUARANTINED -> "events in quarantine";
            case SUPPRESSIONS -> "entries of the suppression list";
            case LIFTS -> "lifted suppressions";
            case REMEMBERED -> "remembered settings";
            case MENTIONS -> "mentions in what belongs to others";
        };
    }
}
