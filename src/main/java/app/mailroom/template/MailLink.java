package app.mailroom.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * A link of one mail.
 *
 * @param url with the values of its recipient; in the form in which it can be asked, as far as it is a complete link
 * @param leaves whether following it may unsubscribe the recipient, so that only they may follow it
 */
public record MailLink(String url, boolean leaves) {
    /** What variables by which readers leave are filled with to see where they come to stand. */
    private static final String MARKER = "https://leaves.invalid/";

    /**
     * The links that a reader of one mail can follow, in order, each once. A link leaves where its words say so, or where
     * a variable whose name says so has filled it.
     *
     * @param valueByKey as for {@link CompiledTemplate#render}
     * @throws RenderException when the values do not fill the template
     */
    public static List<MailLink> of(CompiledTemplate template, Function<String, @Nullable String> valueByKey)
            throws RenderException {
        List<Element> links = elements(template.render(valueByKey).html());
        List<Element> marked = marked(template, valueByKey);
        Map<String, Boolean> leaves = new LinkedHashMap<>();
        for (int i = 0; i < links.size(); i++) {
            String address = links.get(i).attr("href").strip();
            boolean filled =
                    i >= marked.size() || !marked.get(i).attr("href").strip().equals(address);
            if (!address.isEmpty() && !address.startsWith("#")) {
                leaves.merge(
                        Link.absolute(address).orElse(address),
                        filled || LeavingWords.in(links.get(i), address),
                        Boolean::logicalOr);
            }
        }
        List<MailLink> found = new ArrayList<>();
        leaves.forEach((url, leaving) -> found.add(new MailLink(url, leaving)));
        return found;
    }

    /** The same links with the marker in the place of what leaves; none where that cannot be written. */
    private static List<Element> marked(CompiledTemplate template, Function<String, @Nullable String> valueByKey) {
        try {
            return elements(template.render(key -> LeavingWords.in(key) ? MARKER : valueByKey.apply(key))
                    .html());
        } catch (RenderException e) {
            // Such a variable stands where no link can. Then no link is followed, rather than a wrong one.
            return List.of();
        }
    }

    private static List<Element> elements(String html) {
        return Markup.parse(html).select("a[href], area[href]");
    }
}
