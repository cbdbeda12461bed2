package app.mailroom.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The place of a database while its file is replaced: nobody has it open, and nobody opens it before this is closed. */
public final class StandIn implements AutoCloseable {
    private final Path database;
    private final OpenMark mark;

    private StandIn(Path database, OpenMark mark) {
        this.database = database;
        this.mark = mark;
    }

    /**
     * Takes the place; empty while anybody has the database open.
     *
     * @throws IOException when the folder cannot be written
     */
    public static Optional<StandIn> take(Path database) throws IOException {
        return OpenMark.alone(database).map(mark -> new StandIn(database, mark));
    }

    /** The database's file, and what belongs to it. */
    public List<Path> files() {
        return List.of(database, DatabaseFile.journal(database), DatabaseFile.sharedMemory(database));
    }

    /**
     * Makes sure that a closed file is on the disk and has no journal.
     *
     * @throws IOException when it has one, or the disk fails
     */
    public void completed(Path file) throws IOException {
        if (OpenMark.journalIsThere(file)) {
            throw new IOException("the journal of " + file + " was not carried over");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        if (Files.size(file) == 0) {
            throw new IOException(file + " is empty");
        }
    }

    /** Forgets how the file before was left. */
    public void forget() throws IOException {
        mark.forget();
    }

    @Override
    public void close() {
        mark.letGo();
    }
}
