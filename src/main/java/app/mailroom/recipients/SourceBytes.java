package app.mailroom.recipients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The bytes of a source, which can be read from the start any number of times. */
interface SourceBytes {
    /** From the start. */
    InputStream open() throws IOException;

    /** How many there are. */
    long size() throws IOException;

    /** Those of a file, or of a text in UTF-8. */
    static SourceBytes of(RecipientSource source) {
        if (source instanceof RecipientSource.OfFile file) {
            return new SourceBytes() {
                @Override
                public InputStream open() throws IOException {
                    return Files.newInputStream(file.path());
                }

                @Override
                public long size() throws IOException {
                    return Files.size(file.path());
                }
            };
        }
        byte[] text = ((RecipientSource.OfText) source).text().getBytes(StandardCharsets.UTF_8);
        return new SourceBytes() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(text);
            }

            @Override
            public long size() {
                return text.length;
            }
        };
    }
}
