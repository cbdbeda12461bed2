package app.mailroom.ui.editor;

import app.mailroom.authoring.EditorDocument;
import app.mailroom.authoring.ImageIntake;
import app.mailroom.authoring.PastedHtml;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Markup;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * Between the editor and the clipboard of the system. The web engine's own takes nothing out and gives plain text only.
 * What was copied in the editor itself comes back whole, with its variables and images. JavaFX thread only; what takes
 * long is handed out as work.
 */
final class EditorClipboard {
    /** Marks what was copied here; it holds HTML with variables and names of images as in a template. */
    private static final DataFormat OWN = new DataFormat("application/x-mailroom-fragment");

    private static final Set<String> IMAGE_ENDINGS =
            Set.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern PARAGRAPH_END = Pattern.compile("(?:\r\n|\r|\n)[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+");
    private static final String PICTURE_NAME = "clipboard.png";

    private List<TemplateImage> copiedImages = List.of();

    /**
     * What is to be put into the editor.
     *
     * @param html ready for it
     * @param images files that come with it
     * @param pictures whether it is nothing but images
     */
    record Pasted(String html, List<TemplateImage> images, boolean pictures) {}

    /**
     * Puts a part of a template into the clipboard.
     *
     * @param html with variables as they are written, images as data beside their names
     * @param images those of the template
     */
    void copied(String html, String text, List<TemplateImage> images) {
        ClipboardContent content = new ClipboardContent();
        content.putHtml(html);
        content.putString(text);
        Map<String, TemplateImage> renamed = new LinkedHashMap<>();
        // Under a name that means the same image in every template: another may have an image of this one's name.
        EditorDocument.used(withNames(html, Map.of()), images)
                .forEach(image -> renamed.put(image.name(), ImageIntake.namedByContent(image)));
        content.put(OWN, withNames(html, renamed));
        copiedImages = List.copyOf(renamed.values());
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** What the clipboard holds, as work for another thread; null when there is nothing that could be put in. */
    @Nullable Callable<Pasted> content(boolean plain) {
        return content(Clipboard.getSystemClipboard(), plain);
    }

    /** The same of what is dragged. */
    @Nullable Callable<Pasted> content(Clipboard from, boolean plain) {
        String text = from.getString();
        if (plain) {
            return text == null ? null : () -> new Pasted(paragraphs(text), List.of(), false);
        }
        if (from.hasContent(OWN) && from.getContent(OWN) instanceof String own) {
            List<TemplateImage> images = copiedImages;
            return () -> {
                EditorDocument fragment = EditorDocument.of(new TemplateContent("", "", own, images));
                return new Pasted(fragment.editable(), images, false);
            };
        }
        List<Path> files = imageFiles(from);
        if (!files.isEmpty()) {
            return images(files);
        }
        Image picture = from.getImage();
        String html = from.getHtml();
        if (html != null && (picture == null || hasText(html))) {
            return () -> {
                PastedHtml clean = PastedHtml.clean(html);
                return new Pasted(clean.html(), clean.images(), false);
            };
        }
        if (picture != null && picture.getPixelReader() != null) {
            BufferedImage pixels = pixels(picture);
            return () -> picture(ImageIntake.read(png(pixels), PICTURE_NAME));
        }
        return text == null ? null : () -> new Pasted(paragraphs(text), List.of(), false);
    }

    /** Image files as what is to be put into the editor. */
    static Callable<Pasted> images(List<Path> files) {
        return () -> {
            StringBuilder html = new StringBuilder();
            List<TemplateImage> images = new ArrayList<>();
            for (Path file : files) {
                TemplateImage image = ImageIntake.read(file);
                images.add(image);
                html.append(EditorDocument.image(image, ""));
            }
            return new Pasted(html.toString(), images, true);
        };
    }

    /** Those of the files that may be images. */
    static List<Path> imageFiles(Clipboard from) {
        return from.getFiles() == null
                ? List.of()
                : from.getFiles().stream()
                        .map(file -> file.toPath())
                        .filter(path -> {
                            String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
                            return IMAGE_ENDINGS.stream().anyMatch(name::endsWith);
                        })
                        .toList();
    }

    private static Pasted picture(TemplateImage image) {
        return new Pasted(EditorDocument.image(image, ""), List.of(image), true);
    }

    /** Plain text as HTML: empty lines part paragraphs, other line ends are breaks. */
    static String paragraphs(String text) {
        String trimmed = text.strip();
        String[] parts = PARAGRAPH_END.split(trimmed, -1);
        if (parts.length == 1) {
            return lines(text.endsWith("\n") ? trimmed : text);
        }
        StringBuilder html = new StringBuilder();
        for (String part : parts) {
            html.append("<p>").append(lines(part)).append("</p>");
        }
        return html.toString();
    }

    private static String lines(String text) {
        return LINE_END.matcher(Entities.escape(text)).replaceAll("<br>");
    }

    private static String withNames(String html, Map<String, TemplateImage> renamed) {
        org.jsoup.nodes.Document fragment = Markup.parseFragment(html);
        fragment.outputSettings().prettyPrint(false);
        fragment.select("img[" + EditorDocument.IMAGE_NAME_ATTRIBUTE + "]").forEach(image -> {
            String name = image.attr(EditorDocument.IMAGE_NAME_ATTRIBUTE);
            TemplateImage other = renamed.get(name);
            image.attr("src", other == null ? name : other.name());
            image.removeAttr(EditorDocument.IMAGE_NAME_ATTRIBUTE);
        });
        return fragment.body().html();
    }

    /** A picture that was copied in a browser comes with HTML too, but one without any text. */
    private static boolean hasText(String html) {
        return !Markup.parse(html).body().text().isBlank();
    }

    private static BufferedImage pixels(Image picture) {
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        int[] argb = new int[width * height];
        picture.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        BufferedImage pixels = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        pixels.setRGB(0, 0, width, height, argb, 0, width);
        return pixels;
    }

    private static byte[] png(BufferedImage pixels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(pixels, "png", bytes);
        return bytes.toByteArray();
    }
}
