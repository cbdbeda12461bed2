package app.mailroom.authoring;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file cannot be used as an image of a mail. */
public final class ImageIntakeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Code {
        UNREADABLE,
        NOT_AN_IMAGE,
        TOO_LARGE
    }

    private final Code code;
    private final String fileName;

    ImageIntakeException(Code code, String fileName, String message) {
        this(code, fileName, message, null);
    }

    ImageIntakeException(Code code, String fileName, String message, @Nullable Exception cause) {
        super(message, cause);
        this.code = code;
        this.fileName = fileName;
    }

    /** Why not. */
    public Code code() {
        return code;
    }

    /** Which file. */
    public String fileName() {
        return fileName;
    }
}
