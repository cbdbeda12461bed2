package app.mailroom.model;

import java.util.Arrays;
import java.util.Objects;

/** A file that goes with every mail of a mailing: attached to it, or an image that its HTML shows. */
public final class Attachment {
    private final String fileName;
    private final String contentType;
    private final byte[] content;
    private final String contentId;

    /** An attached file of this name, media type (such as {@code application/pdf}) and content. */
    public Attachment(String fileName, String contentType, byte[] content) {
        this(fileName, contentType, content, "");
    }

    private Attachment(String fileName, String contentType, byte[] content, String contentId) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.content = content.clone();
        this.contentId = contentId;
    }

    /** An image to which the HTML refers as {@code cid:} and this id (RFC 2392). */
    public static Attachment inline(String fileName, String contentType, byte[] content, String contentId) {
        return new Attachment(fileName, contentType, content, contentId);
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

    /** How the HTML refers to it, without {@code cid:} and angle brackets; empty for a file that is attached. */
    public String contentId() {
        return contentId;
    }

    /** Whether the mail shows it in its text, so that it is not listed as an attachment. */
    public boolean isInline() {
        return !contentId.isEmpty();
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
                && contentId.equals(that.contentId)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fileName, contentType, contentId, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return fileName + " (" + contentType + ", " + content.length + " bytes)";
    }
}
