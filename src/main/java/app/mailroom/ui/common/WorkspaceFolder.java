package app.mailroom.ui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What there is in a folder that a person names to open the workspace in it. */
public enum WorkspaceFolder {
    /** Nothing is named yet. */
    UNNAMED,
    /** It is no path, or one that means something else from each place. */
    NO_PATH,
    /** It is a file. */
    FILE,
    /** It cannot be read. */
    CLOSED,
    /** It is the folder of the workspace that is open. */
    THIS,
    /** A workspace is there. */
    WORKSPACE,
    /** Nothing is there, or an empty folder. */
    EMPTY,
    /** Other things are there, and no workspace. */
    OTHER_THINGS;

    private static final String DATABASE = "mailroom.sqlite";

    /**
     * Looks at it. Not for the JavaFX thread, since it may be on a network.
     *
     * @param typed what the person wrote
     * @param open the workspace that is open
     */
    public static WorkspaceFolder of(String typed, Path open) {
        if (typed.isBlank()) {
            return UNNAMED;
        }
        Path folder;
        try {
            folder = Path.of(typed.strip());
        } catch (InvalidPathException e) {
            return NO_PATH;
        }
        if (!folder.isAbsolute()) {
            return NO_PATH;
        }
        if (!Files.exists(folder)) {
            return EMPTY;
        }
        if (!Files.isDirectory(folder)) {
            return FILE;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (Files.exists(open) && Files.isSameFile(folder, open)) {
                return THIS;
            }
            if (Files.isRegularFile(folder.resolve(DATABASE))) {
                return WORKSPACE;
            }
            return inside.findAny().isPresent() ? OTHER_THINGS : EMPTY;
        } catch (IOException e) {
            return CLOSED;
        }
    }

    /** Whether a window can be opened for it. */
    public boolean opens() {
        return this == WORKSPACE || this == EMPTY || this == OTHER_THINGS;
    }
}
