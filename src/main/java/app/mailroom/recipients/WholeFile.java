package app.mailroom.recipients;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files that are there as a whole or not at all: beside the wanted one first, which takes its place when all of it
 * is written. Whatever goes wrong, a file that was there stays as it was.
 */
public final class WholeFile {
    /** What is written; its answer is handed on. The stream is closed by whoever opened it. */
    @FunctionalInterface
    public interface Content<T> {
        /** Writes it. */
        T writeTo(OutputStream stream) throws IOException, ImportCancelledException;
    }

    private WholeFile() {}

    /** Writes a file, in the place of one that may be there. */
    public static <T> T write(Path file, Content<T> content) throws IOException, ImportCancelledException {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            T answer;
            try (OutputStream stream =
                    new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
                answer = content.writeTo(stream);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return answer;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
