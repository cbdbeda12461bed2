package app.mailroom.model;

import java.util.Arrays;
import java.util.Objects;

/** A file that goes with every mail of a mailing. */
public final class Attachment {
    private final String fileName;
    private final String contentType;
    private final byte[] content;

    /** A file of this name, media type (such as {@code application/pdf}) and content. */
    public Attachment(String fileName, String contentType, byte[] content) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.content = content.clone();
    }

    /** The name under which the recipient sees it. */
    public String fileName() {
        return fileName;
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /** A copy of the content. */
    public byte[] content() {
        return content.clone();
    }

    /** How many bytes the content has. */
    public int size() {
        return content.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attachment that
                && fileName.equals(that.fileName)
                && contentType.equals(that.contentType)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fileName, contentType, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return fileName + " (" + contentType + ", " + content.length + " bytes)";
    }
}
