package app.mailroom.ui.common;

import app.mailroom.model.Attachment;
import app.mailroom.template.Markup;
import app.mailroom.template.RenderedMail;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/**
 * A mail made into a page that runs nothing and leads nowhere, and that fetches nothing or, if the person allows it,
 * pictures only. The mail's own images are in the page itself.
 *
 * @param html the outer page, which holds the mail in a sandbox
 * @param pictures how many pictures of the mail lie in the network, whether they are fetched or not
 * @param ownDark whether the mail has colours of its own for readers who like it dark
 */
record PreviewPage(String html, int pictures, boolean ownDark) {
    /** How a mail is looked at. */
    record Light(boolean dark, boolean network) {}

    private static final String CLOSED = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:;"
            + " form-action 'none'; base-uri 'none'";
    private static final String WITH_PICTURES = CLOSED.replace("img-src data:", "img-src http: https: data:");

    /** What could run, lead elsewhere or bring the page down; a blocked object element throws in WebKit. */
    private static final String STRIPPED = "object, embed, applet, script, base, iframe, frame, frameset, link, portal,"
            + " meta[http-equiv]:not([http-equiv=content-type])";

    private static final Pattern CID = Pattern.compile("cid:([^\"')\\s>,]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern REMOTE_URL =
            Pattern.compile("url\\(\\s*['\"]?\\s*(?:https?:)?//", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME =
            Pattern.compile("\\(\\s*prefers-color-scheme\\s*:\\s*(dark|light)\\s*\\)", Pattern.CASE_INSENSITIVE);

    private static final Pattern GROUND = Pattern.compile("background(?:-color)?\\s*:\\s*([^;!]+)");
    private static final Pattern SAFE_COLOR = Pattern.compile("#[0-9a-fA-F]{3,8}|[a-zA-Z]+|rgba?\\([0-9., %]+\\)");

    private static final String ALWAYS = "(min-width:0px)";
    private static final String NEVER = "(max-width:0px)";

    /** What programs do that turn a mail dark by themselves: everything inverted, hues and pictures kept. */
    private static final String INVERTED = "html{min-height:100%;filter:invert(.93) hue-rotate(180deg)}"
            + "img,video,[background],[style*='url(']{filter:invert(1) hue-rotate(180deg)}";

    private static final String DARK_CANVAS = "html{color-scheme:dark;background:#1b1b1d}";

    /** Makes the page. Takes some milliseconds for a long mail. */
    static PreviewPage of(RenderedMail rendered, List<Attachment> images, Light light) {
        Document mail = Markup.parse(rendered.html());
        mail.outputSettings().prettyPrint(false);
        mail.select(STRIPPED).remove();
        showOwnImages(mail, images);
        int pictures = pictures(mail);
        boolean ownDark = setScheme(mail, light.dark());
        deadenLinks(mail);
        if (light.dark()) {
            String css = ownDark ? DARK_CANVAS : "html{background:" + ground(mail.body()) + "}" + INVERTED;
            mail.head().prependElement("style").appendChild(new DataNode(css));
        }
        String paper = light.dark() ? "#1b1b1d" : "#fff";
        String page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + (light.network() ? WITH_PICTURES : CLOSED) + "\">"
                + "<style>html,body{margin:0;height:100%;background:" + paper
                + "}iframe{border:0;width:100%;height:100%;display:block}</style>"
                + "</head><body><iframe sandbox=\"allow-same-origin\" srcdoc=\"" + Entities.escape(mail.outerHtml())
                + "\"></iframe></body></html>";
        return new PreviewPage(page, pictures, ownDark);
    }

    /** The colour behind everything, which would otherwise not be inverted with the rest. */
    private static String ground(Element body) {
        Matcher color = GROUND.matcher(body.attr("style"));
        String found = color.find() ? color.group(1) : body.attr("bgcolor");
        return SAFE_COLOR.matcher(found.strip()).matches() ? found.strip() : "#fff";
    }

    /** {@code cid:} becomes the image itself. */
    private static void showOwnImages(Document mail, List<Attachment> images) {
        Map<String, String> data = new HashMap<>();
        for (Attachment image : images) {
            if (image.isInline()) {
                data.put(
                        image.contentId(),
                        "data:" + image.contentType() + ";base64,"
                                + Base64.getEncoder().encodeToString(image.content()));
            }
        }
        if (data.isEmpty()) {
            return;
        }
        for (Element element : mail.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                String value = attribute.getValue();
                if (value.toLowerCase(Locale.ROOT).contains("cid:")) {
                    attribute.setValue(withData(value, data));
                }
            }
        }
        for (Element style : mail.select("style")) {
            style.dataNodes().forEach(node -> node.setWholeData(withData(node.getWholeData(), data)));
        }
    }

    private static String withData(String value, Map<String, String> data) {
        return CID.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(data.getOrDefault(found.group(1), "data:,")));
    }

    private static int pictures(Document mail) {
        int count = 0;
        for (Element element : mail.getAllElements()) {
            for (String name : List.of("src", "srcset", "background", "poster", "href", "xlink:href")) {
                boolean picture = !name.endsWith("href")
                        || element.normalName().equals("image")
                        || element.normalName().equals("use");
                if (picture && isRemote(element.attr(name))) {
                    count++;
                    break;
                }
            }
            count += (int) REMOTE_URL.matcher(element.attr("style")).results().count();
        }
        for (Element style : mail.select("style")) {
            count += (int) REMOTE_URL.matcher(style.data()).results().count();
        }
        return count;
    }

    private static boolean isRemote(String value) {
        String start = value.strip().toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://") || start.startsWith("//");
    }

    /** Answers the question of style sheets whether it is dark, and says whether they ask it. */
    private static boolean setScheme(Document mail, boolean dark) {
        boolean asked = false;
        for (Element style : mail.select("style")) {
            for (DataNode node : style.dataNodes()) {
                String css = node.getWholeData();
                asked |= asksForDark(css);
                node.setWholeData(answered(css, dark));
            }
            String media = style.attr("media");
            if (!media.isEmpty()) {
                asked |= asksForDark(media);
                style.attr("media", answered(media, dark));
            }
        }
        for (Element source : mail.select("source[media]")) {
            source.attr("media", answered(source.attr("media"), dark));
        }
        return asked;
    }

    private static boolean asksForDark(String css) {
        return SCHEME.matcher(css).results().anyMatch(found -> found.group(1).equalsIgnoreCase("dark"));
    }

    private static String answered(String css, boolean dark) {
        return SCHEME.matcher(css)
                .replaceAll(found -> found.group(1).equalsIgnoreCase("dark") == dark ? ALWAYS : NEVER);
    }

    /** A link shows where it leads instead of leading there. */
    private static void deadenLinks(Document mail) {
        for (Element link : mail.select("a[href], area[href]")) {
            String href = link.attr("href").strip();
            if (!href.isEmpty()) {
                link.attr("title", href);
            }
            link.attr("href", "#");
            link.removeAttr("target");
            link.removeAttr("ping");
        }
        mail.select("form").forEach(form -> form.removeAttr("action"));
    }
}
