package app.mailroom.template;

import app.mailroom.model.TemplateImage;
import app.mailroom.template.TemplateFinding.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jspecify.annotations.Nullable;

/** What in the HTML of a template itself its readers would stumble over; its styles are looked at elsewhere. */
final class BodyChecks {
    /** What mail programs take out; Gmail, Outlook, Yahoo and Apple Mail agree on the first four of these. */
    private static final Set<String> MEDIA =
            Set.of("video", "audio", "iframe", "object", "embed", "applet", "canvas", "svg");

    /** Gmail, Outlook and most others show no form, or one that cannot be sent. */
    private static final Set<String> FORM_CONTROLS = Set.of("form", "input", "select", "textarea", "button");

    private static final Set<String> SENDABLE_TYPES = Set.of("image/png", "image/jpeg", "image/jpg", "image/gif");
    private static final int LARGE_IMAGE = 500 * 1024;
    private static final int LARGE_IMAGES = 1024 * 1024;

    /** Screens with fine pixels show twice the width well; more than this is wasted. */
    private static final int USEFUL_PIXELS_PER_PIXEL = 3;

    /** Files smaller than this load at once, however many pixels they have. */
    private static final int SMALL_IMAGE = 50 * 1024;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Set<String> FOLLOWED_SCHEMES = Set.of("http", "https", "mailto", "tel");

    private final TrackedBody body;
    private final KeptImages images;
    private final List<TemplateFinding> findings;
    private final Set<Integer> seen = new HashSet<>();
    private final Set<String> anchors = new HashSet<>();
    private final Set<String> weighed = new HashSet<>();
    private long imageBytes;
    private boolean unsubscribes;

    private BodyChecks(TrackedBody body, KeptImages images, List<TemplateFinding> findings) {
        this.body = body;
        this.images = images;
        this.findings = findings;
    }

    /** Adds what is found. */
    static void find(TrackedBody body, KeptImages images, List<TemplateFinding> findings) {
        new BodyChecks(body, images, findings).run();
    }

    private void run() {
        Document document = body.document();
        for (Element element : document.select("[id], a[name]")) {
            anchors.add(element.id());
            anchors.add(element.attr("name"));
        }
        for (Element element : document.getAllElements()) {
            // What the parser adds or repeats to mend the HTML is nowhere in the source, or there for the second time.
            if (element.sourceRange().startPos() < element.sourceRange().endPos()
                    && seen.add(element.sourceRange().startPos())) {
                look(element);
            }
        }
        if (imageBytes > LARGE_IMAGES) {
            document.body().select("img").stream()
                    .filter(image -> image.sourceRange().isTracked())
                    .reduce((one, other) -> bytes(other) > bytes(one) ? other : one)
                    .ifPresent(largest -> add(Code.IMAGES_TOO_LARGE, body.spot(largest, "src"), size(imageBytes)));
        }
        if (!unsubscribes) {
            int end = body.source().toLowerCase(Locale.ROOT).lastIndexOf("</body");
            int place = end < 0 ? body.source().length() : end;
            add(Code.NO_UNSUBSCRIBE_LINK, body.spot(place, place), "");
        }
    }

    private void look(Element element) {
        String name = element.normalName();
        boolean inBody = element.closest("head") == null;
        switch (name) {
            case "a", "area" -> link(element);
            case "img" -> image(element);
            case "script" -> {
                // Gmail reads these for what it shows above a mail, and nobody runs them.
                if (!element.attr("type").equalsIgnoreCase("application/ld+json")) {
                    add(Code.SCRIPT_DROPPED, body.spot(element), name);
                }
            }
            default -> {
                if (MEDIA.contains(name) && inBody && !isWithin(element, MEDIA)) {
                    add(Code.MEDIA_DROPPED, body.spot(element), name);
                } else if (FORM_CONTROLS.contains(name) && !isWithin(element, FORM_CONTROLS)) {
                    add(Code.FORM_DROPPED, body.spot(element), name);
                }
            }
        }
        for (Attribute attribute : element.attributes()) {
            String key = attribute.getKey().toLowerCase(Locale.ROOT);
            if (key.length() > 2 && key.startsWith("on")) {
                add(Code.SCRIPT_DROPPED, spotOfAll(element, attribute), key);
            } else if (key.equals("background") && images.lack(attribute.getValue())) {
                add(Code.IMAGE_NOT_KEPT, body.spot(element, key), shortened(body.written(element, key)));
            }
        }
    }

    /** Name, value and quotes. */
    private Spot spotOfAll(Element element, Attribute attribute) {
        Range name = attribute.sourceRange().nameRange();
        Range value = attribute.sourceRange().valueRange();
        int end = Math.max(name.endPos(), value.endPos());
        boolean quoted = value.startPos() > name.endPos()
                && "\"'".indexOf(body.source().charAt(value.startPos() - 1)) >= 0
                && end < body.source().length();
        return body.spot(element, name.startPos(), quoted ? end + 1 : end);
    }

    private static boolean isWithin(Element element, Set<String> names) {
        return element.parents().stream().anyMatch(parent -> names.contains(parent.normalName()));
    }

    private void link(Element link) {
        if (!link.hasAttr("href")) {
            boolean isAnchor = link.hasAttr("name") || link.hasAttr("id");
            if (link.normalName().equals("a") && !isAnchor && (link.hasText() || link.selectFirst("img") != null)) {
                add(Code.LINK_EMPTY, body.spot(link), shortened(link.text()));
            }
            return;
        }
        unsubscribes = unsubscribes || LeavingWords.in(link, body.written(link, "href"));
        String words = link.text() + link.attr("title") + link.attr("aria-label");
        boolean readable = !Variables.isBlank(words.replaceAll("[\u200B-\u200D\u2060]", ""))
                || link.select("img").stream()
                        .anyMatch(image -> !image.hasAttr("alt") || !Variables.isBlank(image.attr("alt")));
        String written = shortened(body.written(link, "href"));
        Code wrong = wrongAddress(link);
        if (wrong != null) {
            String detail = written.isEmpty() ? shortened(link.text()) : written;
            add(wrong, body.spot(link, "href"), detail);
        }
        if (link.normalName().equals("a") && !readable) {
            add(Code.LINK_WITHOUT_TEXT, body.spot(link), written);
        }
    }

    @Nullable private Code wrongAddress(Element link) {
        String address = Addresses.read(link.attr("href"));
        if (address.isEmpty() || address.equals("#")) {
            return Code.LINK_EMPTY;
        }
        if (address.startsWith("#")) {
            return anchors.contains(address.substring(1)) ? null : Code.LINK_EMPTY;
        }
        if (Addresses.startsWithVariable(address)) {
            return null;
        }
        Matcher scheme = SCHEME.matcher(address);
        if (!scheme.matches()) {
            return Code.LINK_RELATIVE;
        }
        if (!FOLLOWED_SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            return Code.LINK_SCHEME;
        }
        if (scheme.group(2).matches("[/\\s]*")) {
            return Code.LINK_EMPTY;
        }
        boolean complete = address.indexOf(VariableScan.OPEN) < 0;
        return complete && Link.absolute(address).isEmpty() ? Code.LINK_MALFORMED : null;
    }

    private void image(Element image) {
        String source = Addresses.read(image.attr("src"));
        String shown = shortened(body.written(image, "src"));
        if (source.isEmpty()) {
            add(Code.IMAGE_WITHOUT_SOURCE, body.spot(image), shortened(image.attr("alt")));
        } else if (images.lack(source)) {
            add(Code.IMAGE_NOT_KEPT, body.spot(image, "src"), shown);
        }
        if (!image.hasAttr("alt")) {
            add(Code.IMAGE_WITHOUT_ALT, body.spot(image), shown);
        }
        weigh(image, source, shown);
    }

    private void weigh(Element image, String source, String shown) {
        Optional<TemplateImage> kept = images.at(source);
        String type = kept.map(TemplateImage::contentType).orElseGet(() -> Addresses.dataType(source));
        if (!type.isEmpty() && !SENDABLE_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            add(Code.IMAGE_TYPE, body.spot(image, "src"), type);
        }
        long bytes = bytes(image);
        if (weighed.add(source)) {
            imageBytes += bytes;
        }
        if (bytes > LARGE_IMAGE) {
            add(Code.IMAGE_TOO_LARGE, body.spot(image, "src"), shown + ", " + size(bytes));
        } else if (kept.isPresent()
                && bytes > SMALL_IMAGE
                && image.attr("width").strip().matches("[1-9][0-9]{0,4}")) {
            int pixels = kept.get().width();
            int width = Integer.parseInt(image.attr("width").strip());
            if (pixels > USEFUL_PIXELS_PER_PIXEL * width) {
                add(Code.IMAGE_WIDER_THAN_SHOWN, body.spot(image, "width"), pixels + " > " + width);
            }
        }
    }

    private long bytes(Element image) {
        String source = Addresses.read(image.attr("src"));
        return images.at(source).map(kept -> (long) kept.size()).orElseGet(() -> Addresses.dataSize(source));
    }

    private void add(Code code, Spot spot, String detail) {
        findings.add(new TemplateFinding(code, spot, detail));
    }

    private static String size(long bytes) {
        return (bytes + 512) / 1024 + " KB";
    }

    /** As much as a person needs to recognise it. */
    static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, line.offsetByCodePoints(0, 60)) + "…";
    }
}
