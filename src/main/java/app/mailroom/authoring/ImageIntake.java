package app.mailroom.authoring;

import app.mailroom.authoring.ImageIntakeException.Code;
import app.mailroom.model.TemplateImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * Takes image files into a template: PNG, JPEG and GIF as they are unless they are larger than a mail needs, others
 * that Java reads as PNG. The name is made of the content, so that the same file is the same image.
 */
public final class ImageIntake {
    /** Wider images are scaled down to this: twice the usual width of a mail, for fine screens. In pixels. */
    public static final int MOST_WIDTH = 1200;

    /** Images that are taken in have no more than this. In bytes. */
    static final int LARGEST_IMAGE = 3 << 20;

    /** Larger files are made smaller, if their format allows. In bytes. */
    private static final int COMFORTABLE = 1 << 20;

    private static final int LARGEST_FILE = 40 << 20;
    private static final long MOST_PIXELS = 60_000_000;
    private static final float JPEG_QUALITY = 0.82f;

    private final byte[] content;
    private final String fileName;
    private final ImageFormat format;

    private ImageIntake(byte[] content, String fileName) {
        this.content = content;
        this.fileName = fileName;
        this.format = ImageFormat.of(content);
    }

    /**
     * An image file.
     *
     * @throws ImageIntakeException that says why it cannot be shown in a mail
     */
    public static TemplateImage read(Path file) throws ImageIntakeException {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ImageIntakeException(Code.TOO_LARGE, name, name + " has more than 40 MB");
            }
            return read(Files.readAllBytes(file), name);
        } catch (ImageIntakeException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageIntakeException(Code.UNREADABLE, name, name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * An image by its bytes; fileName is for what the failure says.
     *
     * @throws ImageIntakeException that says why it cannot be shown in a mail
     */
    public static TemplateImage read(byte[] content, String fileName) throws ImageIntakeException {
        return new ImageIntake(content, fileName).taken(false);
    }

    /** The same, but PNG, JPEG and GIF of a size that can be sent stay as they are, under a name of their own. */
    static TemplateImage readUnchanged(byte[] content, String fileName, String name) throws ImageIntakeException {
        return new ImageIntake(content, fileName).taken(true).named(name);
    }

    private TemplateImage taken(boolean unchanged) throws ImageIntakeException {
        if (content.length > LARGEST_FILE) {
            throw tooLarge("more than 40 MB");
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            ImageReader reader = reader(in);
            try {
                return taken(reader, unchanged);
            } finally {
                reader.dispose();
            }
        } catch (ImageIntakeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Java's readers answer broken files with all kinds of exceptions.
            throw noImage(e);
        }
    }

    private TemplateImage taken(ImageReader reader, boolean unchanged) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw tooLarge(width + " × " + height + " pixels");
        }
        Orientation orientation = format == ImageFormat.JPEG ? orientation(reader) : Orientation.TOP_LEFT;
        boolean sendable = format.isForMail() && content.length <= LARGEST_IMAGE;
        if (sendable && (unchanged || format == ImageFormat.GIF)) {
            return image(format, width, height, content);
        }
        if (format == ImageFormat.GIF) {
            throw tooLarge("more than 3 MB");
        }
        if (format.isForMail()
                && orientation == Orientation.TOP_LEFT
                && width <= MOST_WIDTH
                && content.length <= COMFORTABLE) {
            return image(format, width, height, content);
        }
        TemplateImage made = made(scaled(upright(reader, width, orientation)));
        if (made.size() > LARGEST_IMAGE) {
            throw tooLarge("more than 3 MB");
        }
        return made;
    }

    private ImageReader reader(ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw noImage(null);
        }
        ImageReader reader = readers.next();
        reader.setInput(in);
        return reader;
    }

    private static Orientation orientation(ImageReader reader) {
        try {
            Orientation found = ExifUtils.getExifOrientation(reader, 0);
            return found == null ? Orientation.TOP_LEFT : found;
        } catch (IOException | RuntimeException brokenMetadata) {
            // The picture itself may be sound.
            return Orientation.TOP_LEFT;
        }
    }

    /** Large pictures are read at a fraction of their size, still twice what is needed, to spare memory. */
    private static BufferedImage upright(ImageReader reader, int width, Orientation orientation) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        int step = Math.max(1, width / (2 * MOST_WIDTH));
        param.setSourceSubsampling(step, step, 0, 0);
        BufferedImage read = reader.read(0, param);
        return orientation == Orientation.TOP_LEFT
                ? read
                : ExifFilterUtils.getFilterForOrientation(orientation).apply(read);
    }

    private static BufferedImage scaled(BufferedImage image) throws IOException {
        return image.getWidth() <= MOST_WIDTH
                ? image
                : Thumbnails.of(image).width(MOST_WIDTH).asBufferedImage();
    }

    private TemplateImage made(BufferedImage image) throws IOException {
        if (format == ImageFormat.JPEG) {
            return encoded(image, ImageFormat.JPEG);
        }
        TemplateImage lossless = encoded(image, ImageFormat.PNG);
        if (lossless.size() <= COMFORTABLE || (image.getColorModel().hasAlpha() && isTransparent(image))) {
            return lossless;
        }
        // Only of photographs JPEG makes so much less.
        TemplateImage photograph = encoded(image, ImageFormat.JPEG);
        return photograph.size() < lossless.size() / 2 ? photograph : lossless;
    }

    private static boolean isTransparent(BufferedImage image) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) >>> 24 != 0xFF) {
                    return true;
                }
            }
        }
        return false;
    }

    private TemplateImage encoded(BufferedImage image, ImageFormat as) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (as == ImageFormat.JPEG) {
            Thumbnails.of(image)
                    .scale(1)
                    .imageType(BufferedImage.TYPE_INT_RGB)
                    .outputFormat("jpg")
                    .outputQuality(JPEG_QUALITY)
                    .toOutputStream(out);
        } else if (!ImageIO.write(image, "png", out)) {
            throw noImage(null);
        }
        return image(as, image.getWidth(), image.getHeight(), out.toByteArray());
    }

    private static TemplateImage image(ImageFormat format, int width, int height, byte[] content) {
        TemplateImage image = new TemplateImage("", format.contentType, width, height, content);
        return namedByContent(image);
    }

    private ImageIntakeException tooLarge(String why) {
        return new ImageIntakeException(Code.TOO_LARGE, fileName, fileName + " has " + why);
    }

    private ImageIntakeException noImage(@Nullable Exception cause) {
        String what = format == ImageFormat.OTHER
                ? "no image that can be read"
                : "a " + format.name() + " file that cannot be used";
        return new ImageIntakeException(
                Code.NOT_AN_IMAGE, fileName, fileName + " is " + what + ": mails show PNG, JPEG and GIF", cause);
    }

    /** The same image under the name that is made of its content. */
    public static TemplateImage namedByContent(TemplateImage image) {
        return image.named("images/" + image.hash().substring(0, 12) + ImageFormat.of(image.content()).extension);
    }
}
