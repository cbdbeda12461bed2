package app.mailroom.authoring;

import app.mailroom.model.TemplateImage;
import java.nio.file.Path;

/**
 * Takes image files into a template: PNG, JPEG and GIF as they are unless they are larger than a mail needs, others
 * that Java reads as PNG. The name is made of the content, so that the same file is the same image.
 */
public final class ImageIntake {
    /** Wider images are scaled down to this: twice the usual width of a mail, for fine screens. In pixels. */
    public static final int MOST_WIDTH = 1200;

    private ImageIntake() {}

    /**
     * An image file.
     *
     * @throws ImageIntakeException that says why it cannot be shown in a mail
     */
    public static TemplateImage read(Path file) throws ImageIntakeException {
        throw new UnsupportedOperationException();
    }

    /**
     * An image by its bytes; fileName is for what the failure says.
     *
     * @throws ImageIntakeException that says why it cannot be shown in a mail
     */
    public static TemplateImage read(byte[] content, String fileName) throws ImageIntakeException {
        throw new UnsupportedOperationException();
    }
}
