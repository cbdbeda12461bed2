package app.mailroom.template;

import app.mailroom.model.Attachment;
import app.mailroom.model.TemplateImage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Makes parts of the mail of the images that a document shows: a reference to one that is kept with the template, and an
 * image that is written into the HTML as {@code data:}, becomes {@code cid:} and a content id. Gmail, Outlook.com and
 * Outlook for Windows show no {@code data:} images, and all of them show parts of the mail. Images on the web stay
 * links.
 *
 * <p>Not guaranteed: that a mail program shows a part as the background of a style; many do not.
 */
final class InlineImages {
    private static final Map<String, String> EXTENSIONS = Map.of(
            "image/png", "png", "image/jpeg", "jpg", "image/gif", "gif", "image/webp", "webp", "image/svg+xml", "svg");

    /** What every mail program shows; other kinds of data stay as they are. */
    private static final Set<String> TAKEN_FROM_DATA = Set.of("image/png", "image/jpeg", "image/gif");

    private static final List<String> REFERRING_ATTRIBUTES = List.of("src", "background", "poster");

    private static final Pattern STYLE_URL = Pattern.compile(
            "(url\\(\\s*+)(?:\"([^\"]*+)\"|'([^']*+)'|([^\"'()\\s]++))(?=\\s*+\\))", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT_ATTRIBUTE =
            Pattern.compile("(\\b(?:src|background)\\s*+=\\s*+)(?:\"([^\"]*+)\"|'([^']*+)')", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA = Pattern.compile("data:([^,;]*+)([^,]*+),(.*+)", Pattern.DOTALL);
    private static final int LONGEST_NAME = 100;

    private final KeptImages kept;
    private final Map<String, Attachment> used = new LinkedHashMap<>();

    private InlineImages(List<TemplateImage> images) {
        kept = new KeptImages(images);
    }

    /**
     * Puts content ids into the document.
     *
     * @return the images that it shows, each content once, in the order of their first appearance
     */
    static List<Attachment> into(Document document, List<TemplateImage> images) {
        InlineImages inline = new InlineImages(images);
        document.traverse((node, depth) -> {
            if (node instanceof Element element) {
                inline.refer(element);
            } else if (node instanceof DataNode style && style.parentNameIs("style")) {
                style.setWholeData(inline.within(STYLE_URL, style.getWholeData()));
            } else if (node instanceof Comment comment
                    && comment.getData().strip().toLowerCase(Locale.ROOT).startsWith("[if")) {
                // What only Outlook reads: its backgrounds are drawn by VML, which refers as img does.
                comment.setData(inline.within(STYLE_URL, inline.within(COMMENT_ATTRIBUTE, comment.getData())));
            }
        });
        return List.copyOf(inline.used.values());
    }

    private void refer(Element element) {
        for (String name : REFERRING_ATTRIBUTES) {
            if (element.hasAttr(name)) {
                String value = element.attr(name);
                boolean shown = !name.equals("src") || element.normalName().equals("img");
                stored(value)
                        .or(() -> shown ? written(value) : Optional.empty())
                        .ifPresent(image -> element.attr(name, reference(image)));
            }
        }
        dropUnsentCandidates(element);
        if (element.hasAttr("style")) {
            element.attr("style", within(STYLE_URL, element.attr("style")));
        }
    }

    /** Larger images for fine screens that lie beside the template do not travel, so that they must not be asked for. */
    private static void dropUnsentCandidates(Element element) {
        boolean inNetwork = Stream.of(element.attr("srcset").split(",", -1))
                .map(String::strip)
                .allMatch(candidate -> candidate.regionMatches(true, 0, "http", 0, 4));
        if (!inNetwork) {
            element.removeAttr("srcset");
        }
    }

    /** A text with the references that the pattern finds; its first group stands before one, one of the others is it. */
    private String within(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(found -> {
            boolean doubled = found.group(2) != null;
            String value = doubled ? found.group(2) : found.group(3) != null ? found.group(3) : found.group(4);
            String quote = doubled ? "\"" : found.group(3) != null ? "'" : "";
            String replaced = stored(value)
                    .map(image -> found.group(1) + quote + reference(image) + quote)
                    .orElse(found.group());
            return Matcher.quoteReplacement(replaced);
        });
    }

    private Optional<TemplateImage> stored(String value) {
        return kept.at(value);
    }

    /** The image that a data: address has in it; empty if it has none that is to be sent as a part of the mail. */
    private static Optional<TemplateImage> written(String value) {
        String address = value.strip();
        if (!address.regionMatches(true, 0, "data:", 0, 5) || address.indexOf(VariableScan.OPEN) >= 0) {
            return Optional.empty();
        }
        Matcher data = DATA.matcher("data:" + address.substring(5));
        if (!data.matches()) {
            return Optional.empty();
        }
        String type = data.group(1).strip().toLowerCase(Locale.ROOT).replace("image/jpg", "image/jpeg");
        if (!TAKEN_FROM_DATA.contains(type)) {
            return Optional.empty();
        }
        boolean base64 = data.group(2).strip().toLowerCase(Locale.ROOT).endsWith(";base64");
        byte[] content = content(data.group(3), base64);
        return content == null || content.length == 0
                ? Optional.empty()
                : Optional.of(new TemplateImage("", type, 0, 0, content));
    }

    private static byte @Nullable [] content(String written, boolean base64) {
        try {
            if (base64) {
                return Base64.getDecoder().decode(decoded(written).replaceAll("\\s+", ""));
            }
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private String reference(TemplateImage image) {
        String id = contentId(image.hash());
        if (!used.containsKey(id)) {
            used.put(id, Attachment.inline(fileName(image), image.contentType(), image.content(), id));
        }
        return "cid:" + id;
    }

    /** The same for the same content, so that a mail that is sent again is the same mail. */
    private static String contentId(String hash) {
        return hash.substring(0, 32) + "@mailroom";
    }

    /** A name that every file system takes, with the extension by which mail programs know the kind, and no other's. */
    private String fileName(TemplateImage image) {
        String path = TemplateImage.plainName(image.name());
        String base = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}._ -]", "_");
        String extension = EXTENSIONS.getOrDefault(image.contentType(), "img");
        int dot = base.lastIndexOf('.');
        String end = base.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (dot >= 0 && (end.equals(extension) || (end.equals("jpeg") && extension.equals("jpg")))) {
            base = base.substring(0, dot);
        }
        if (base.isBlank()) {
            base = "image-" + image.hash().substring(0, 8);
        }
        if (base.length() > LONGEST_NAME) {
            base = base.substring(0, LONGEST_NAME);
        }
        String name = base + "." + extension;
        boolean taken = used.values().stream().anyMatch(part -> part.fileName().equalsIgnoreCase(name));
        return taken ? base + "-" + image.hash().substring(0, 8) + "." + extension : name;
    }

    private static String decoded(String text) {
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
