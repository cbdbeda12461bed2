package app.mailroom.authoring;

import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Markup;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * Templates to start from, each in English and Korean. Shops, people and addresses in them are made up, and what differs from
 * message to message is a variable with a fallback.
 */
public final class Gallery {
    private static final String IMAGES = "images/";

    /** What there is. */
    public enum Kind {
        NEWSLETTER,
        PROMOTION,
        INVITATION,
        ANNOUNCEMENT,
        RECEIPT,
        SURVEY,
        WELCOME,
        LETTER
    }

    private Gallery() {}

    /**
     * A starting template in Korean if the language is that, in English otherwise, with the images that it shows. Reads
     * files of the program each time.
     */
    public static TemplateContent template(Kind kind, Locale language) {
        String folder = language.getLanguage().equals(Locale.KOREAN.getLanguage()) ? "ko/" : "en/";
        String html = text(folder + kind.name().toLowerCase(Locale.ROOT) + ".html");
        Properties lines = lines(folder + "lines.properties");
        return new TemplateContent(
                line(lines, kind + ".subject"), line(lines, kind + ".preheader"), html, images(html));
    }

    private static List<TemplateImage> images(String html) {
        List<TemplateImage> images = new ArrayList<>();
        for (String name : new TreeSet<>(Markup.parse(html).select("img").eachAttr("src"))) {
            if (name.startsWith(IMAGES)) {
                images.add(image(name));
            }
        }
        return images;
    }

    private static TemplateImage image(String name) {
        byte[] content = content(name);
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(content));
            return new TemplateImage(name, "image/png", picture.getWidth(), picture.getHeight(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties lines(String file) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static String line(Properties lines, String key) {
        String line = lines.getProperty(key);
        if (line == null) {
            throw new IllegalStateException("The gallery has no " + key);
        }
        return line;
    }

    private static String text(String file) {
        return new String(content(file), StandardCharsets.UTF_8);
    }

    private static byte[] content(String file) {
        try (InputStream in = Gallery.class.getResourceAsStream("gallery/" + file)) {
            if (in == null) {
                throw new FileNotFoundException("gallery/" + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
