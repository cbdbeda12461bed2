package app.mailroom.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An image that is kept with a template. Immutable; equal to others of the same name and content. */
public final class TemplateImage {
    private final String name;
    private final String contentType;
    private final int width;
    private final int height;
    private final byte[] content;
    private final String hash;

    /**
     * An image.
     *
     * @param name how the template's HTML refers to it, such as {@code images/logo.png}: the value of src as it stands
     * @param contentType its media type, such as {@code image/png}
     * @param width in pixels
     * @param height in pixels
     */
    public TemplateImage(String name, String contentType, int width, int height, byte[] content) {
        this.name = name;
        this.contentType = contentType;
        this.width = width;
        this.height = height;
        this.content = content.clone();
        this.hash = hash(content);
    }

    private TemplateImage(String name, TemplateImage other) {
        this.name = name;
        this.contentType = other.contentType;
        this.width = other.width;
        this.height = other.height;
        this.content = other.content;
        this.hash = other.hash;
    }

    /** The same under another name. */
    public TemplateImage named(String other) {
        return new TemplateImage(other, this);
    }

    /** A reference as it is compared: percent-decoded, without white space around it and {@code ./} at its beginning. */
    public static String plainName(String reference) {
        String plain = reference.strip();
        try {
            plain = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            // Then it is what it says.
            plain = reference.strip();
        }
        return plain.startsWith("./") ? plain.substring(2) : plain;
    }

    /** How the template's HTML refers to it. */
    public String name() {
        return name;
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** A copy of the file. */
    public byte[] content() {
        return content.clone();
    }

    /** How many bytes the file has. */
    public int size() {
        return content.length;
    }

    /** SHA-256 of the file, in lower-case hexadecimal digits. */
    public String hash() {
        return hash;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TemplateImage that && name.equals(that.name) && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + hash.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + contentType + ", " + width + " × " + height + ", " + content.length + " bytes)";
    }
}
