package app.mailroom.ui.results;

import app.mailroom.recipients.Progress;
import app.mailroom.results.UnfitForWorkbookException;
import app.mailroom.store.SettingsStore;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.io.File;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;

/**
 * Writes results into files that a person chooses, off the JavaFX thread, and says what came of it. The folder is remembered
 * for the next time.
 */
public final class ResultFiles {
    private static final String FOLDER = "ui.results.folder";
    private static final int NAME_LIMIT = 120;

    /** What a file may be, by the ending of its name. */
    public enum Kind {
        /** A picture. */
        PNG,
        /** Comma-separated text. */
        CSV,
        /** A workbook for Excel. */
        XLSX,
        /** A report. */
        PDF;

        String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes the file as a whole, or leaves what was there; stops with the usual exception when it is told to. */
        void write(Path file, Kind kind, Progress progress) throws Exception;
    }

    private final ScreenContext context;
    private final Texts texts;

    /** Files that are chosen in this window. */
    public ResultFiles(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
    }

    /**
     * Asks where to, and writes.
     *
     * @param title of the question
     * @param name proposed, without an ending; what no file may have in its name is replaced
     * @param kinds to choose from, the usual one first
     */
    public void save(Node where, String title, String name, List<Kind> kinds, Content content) {
        SettingsStore settings = context.features().stores().settings();
        context.background().get(() -> settings.get(FOLDER).flatMap(ResultFiles::folder), folder -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(title);
            chooser.setInitialFileName(fileName(name) + kinds.get(0).ending());
            folder.ifPresent(chooser::setInitialDirectory);
            for (Kind kind : kinds) {
                chooser.getExtensionFilters()
                        .add(new ExtensionFilter(texts.code("file.kind", kind), "*" + kind.ending()));
            }
            File chosen = chooser.showSaveDialog(where.getScene().getWindow());
            if (chosen != null) {
                Kind kind = kind(chosen.getName(), kinds)
                        .orElse(kinds.get(Math.max(
                                0, chooser.getExtensionFilters().indexOf(chooser.getSelectedExtensionFilter()))));
                write(where, title, named(chosen.toPath(), kind), kind, content);
            }
        });
    }

    /** Writes to this file. */
    void write(Node where, String title, Path file, Kind kind, Content content) {
        SettingsStore settings = context.features().stores().settings();
        LongWork.inWindow(
                context,
                where,
                title,
                progress -> {
                    content.write(file, kind, progress);
                    Path folder = file.toAbsolutePath().getParent();
                    if (folder != null) {
                        settings.put(FOLDER, folder.toString());
                    }
                    return file;
                },
                written -> context.notices().done(texts.get("save.done", file.getFileName())),
                failure -> told(failure, file));
    }

    private void told(Throwable failure, Path file) {
        inWords(failure, file)
                .ifPresentOrElse(
                        why -> context.notices().warn(why),
                        () -> context.background().tell(failure));
    }

    private Optional<String> inWords(Throwable failure, Path file) {
        String folder = String.valueOf(file.toAbsolutePath().getParent());
        if (failure instanceof UnfitForWorkbookException) {
            return Optional.of(texts.get("save.unfit", file.getFileName()));
        }
        if (failure instanceof NoSuchFileException) {
            return Optional.of(texts.get("save.no_folder", folder));
        }
        if (failure instanceof AccessDeniedException) {
            return Optional.of(texts.get("save.denied", file.getFileName(), folder));
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return Optional.of(texts.get("save.failed", file.getFileName(), system.getReason()));
        }
        return Optional.empty();
    }

    private static Optional<File> folder(String kept) {
        try {
            Path folder = Path.of(kept);
            return Files.isDirectory(folder) ? Optional.of(folder.toFile()) : Optional.empty();
        } catch (InvalidPathException e) {
            // The workspace came from another system; the chooser begins where it usually does.
            return Optional.empty();
        }
    }

    private static Optional<Kind> kind(String name, List<Kind> kinds) {
        String small = name.toLowerCase(Locale.ROOT);
        return kinds.stream().filter(kind -> small.endsWith(kind.ending())).findFirst();
    }

    /** The file with the ending of its kind; some systems' choosers leave it to the person to type it. */
    static Path named(Path file, Kind kind) {
        String name = file.getFileName().toString();
        return name.toLowerCase(Locale.ROOT).endsWith(kind.ending()) ? file : file.resolveSibling(name + kind.ending());
    }

    /** A name that any file system takes. */
    static String fileName(String name) {
        String plain = name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_").strip();
        int end = Math.min(plain.length(), NAME_LIMIT);
        if (end > 0 && Character.isHighSurrogate(plain.charAt(end - 1))) {
            end--;
        }
        return plain.substring(0, end).strip();
    }
}
