package app.mailroom.tracking;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that nobody but its owner may read, from its first byte on. File systems that know no such permissions, as that of
 * Windows, give it those of its folder.
 */
final class OwnersFile {
    private final Path file;

    OwnersFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Writes all of it or nothing.
     *
     * @param replace whether a file that is there already may go
     * @throws FileAlreadyExistsException when there is a file and it may not go
     */
    void write(String text, boolean replace) throws IOException {
        if (!replace) {
            writeNew(file, text);
            return;
        }
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        writeNew(whole, text);
        try {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void writeNew(Path file, String text) throws IOException {
        // Whatever is there already, or comes this very moment, is never written into.
        SeekableByteChannel made = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly(file));
        try (Writer out = Channels.newWriter(made, StandardCharsets.UTF_8)) {
            out.write(text);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path file) throws IOException {
        Path folder = file.getParent();
        return folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
