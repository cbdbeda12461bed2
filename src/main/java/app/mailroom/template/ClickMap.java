package app.mailroom.template;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A mail with a badge on each of its links, for looking at. It is drawn into the HTML itself, so that nothing has to run in
 * the mail; badges take no room, so that the mail is laid out as its readers see it.
 */
public final class ClickMap {
    /** The attribute in which a link says its number; see {@link CompiledTemplate#compileNumbered}. */
    public static final String NUMBER = "data-mailroom-link";

    /** The attribute of the links that are pointed out; whoever shows the mail sets it. */
    public static final String CHOSEN = "data-mailroom-chosen";

    /** The attribute of what was drawn. */
    private static final String DRAWN = "data-mailroom-badge";

    /** Of the weakest and of the strongest badge: red, green and blue. */
    private static final int[] WEAK = {219, 232, 251};

    private static final int[] STRONG = {11, 79, 163};
    private static final double WHITE_TEXT_FROM = 0.5;

    private static final String RULES = "[" + NUMBER + "]{outline:1px solid rgba(11,79,163,.45)!important;"
            + "outline-offset:1px!important}"
            + "[" + CHOSEN + "]{outline:3px solid rgb(11,79,163)!important;outline-offset:2px!important}";

    private static final Pattern COORDINATE = Pattern.compile("-?\\d+");

    /**
     * What a badge says.
     *
     * @param strength of its colour, from 0 to 1
     */
    public record Badge(String text, double strength) {}

    private ClickMap() {}

    /**
     * The mail with its badges. Takes some milliseconds for a long one.
     *
     * @param mail rendered by a template that was {@link CompiledTemplate#compileNumbered numbered}
     * @param badges by the numbers of links; a link that has none is framed only
     */
    public static RenderedMail over(RenderedMail mail, Map<Integer, Badge> badges) {
        Document document = Markup.parse(mail.html());
        document.outputSettings().prettyPrint(false);
        for (Element link : document.select("[" + NUMBER + "]")) {
            Badge badge = badges.get(Integer.valueOf(link.attr(NUMBER)));
            if (badge != null) {
                draw(document, link, badge);
            }
        }
        document.head().appendElement("style").attr(DRAWN, "").appendChild(new DataNode(RULES));
        return new RenderedMail(mail.subject(), document.outerHtml(), mail.text());
    }

    private static void draw(Document document, Element link, Badge badge) {
        if (!link.normalName().equals("area")) {
            // Above the words, so that they can be read even where they are small.
            link.prependChild(element(document, badge, "-4px", "-13px"));
            return;
        }
        // An area is not drawn: its badge goes over the picture that it belongs to.
        Element map = link.closest("map");
        String name = map == null ? "" : map.attr("name");
        if (!name.isEmpty()) {
            for (Element picture : document.select("img[usemap]")) {
                if (picture.attr("usemap").equals("#" + name)) {
                    Matcher coordinates = COORDINATE.matcher(link.attr("coords"));
                    String left = coordinates.find() ? coordinates.group() : "0";
                    String top = coordinates.find() ? coordinates.group() : "0";
                    picture.before(element(document, badge, left + "px", top + "px"));
                }
            }
        }
    }

    /** The style sheets of the mail have no say in it. */
    private static Element element(Document document, Badge badge, String left, String top) {
        double strength = Math.max(0, Math.min(1, badge.strength()));
        Element words = document.createElement("span")
                .attr(
                        "style",
                        important("all:initial;position:absolute;display:block;left:" + left + ";top:" + top
                                + ";z-index:2147483647;padding:0 5px;border-radius:7px;white-space:nowrap;"
                                + "font:bold 10px/14px sans-serif;box-shadow:0 0 0 1px rgb(255,255,255);background:"
                                + color(strength) + ";color:"
                                + (strength >= WHITE_TEXT_FROM ? "rgb(255,255,255)" : "rgb(10,46,92)")))
                .text(badge.text());
        return document.createElement("span")
                .attr(DRAWN, "")
                .attr(
                        "style",
                        important("all:initial;position:relative;display:inline-block;width:0;height:0;"
                                + "vertical-align:top;line-height:0;overflow:visible"))
                .appendChild(words);
    }

    private static String important(String style) {
        return style.replace(";", "!important;") + "!important";
    }

    private static String color(double strength) {
        StringBuilder color = new StringBuilder("rgb(");
        for (int i = 0; i < WEAK.length; i++) {
            color.append(i == 0 ? "" : ",").append(Math.round(WEAK[i] + (STRONG[i] - WEAK[i]) * strength));
        }
        return color.append(')').toString();
    }
}
