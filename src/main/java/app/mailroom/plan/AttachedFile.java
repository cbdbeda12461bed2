package app.mailroom.plan;

import app.mailroom.model.Attachment;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that is to go with a mailing. */
public final class AttachedFile {
    private static final String UNKNOWN_KIND = "application/octet-stream";

    private AttachedFile() {}

    /**
     * Reads it, and tells its media type by its name.
     *
     * @throws IOException when it cannot be read
     */
    public static Attachment read(Path path) throws IOException {
        String name = path.getFileName().toString();
        String kind = Files.probeContentType(path);
        if (kind == null) {
            kind = URLConnection.guessContentTypeFromName(name);
        }
        return new Attachment(name, kind == null ? UNKNOWN_KIND : kind, Files.readAllBytes(path));
    }
}
