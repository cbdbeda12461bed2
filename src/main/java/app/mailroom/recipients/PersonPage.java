package app.mailroom.recipients;

import app.mailroom.store.PersonStore.Kept;
import app.mailroom.store.PersonStore.Place;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * All that is kept of a person as a page to read, in English and Korean side by side, since nobody knows which of the two
 * its reader speaks. The page needs no other file, and nothing in it runs.
 */
final class PersonPage {
    private static final String BUNDLE = "app.mailroom.recipients.person";
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1f2328;background:#fff}
            h1{font-size:1.5em;margin-bottom:0}h2{font-size:1.15em;margin:2em 0 .5em;border-bottom:1px solid #d0d7de}
            table{border-collapse:collapse;width:100%;margin:0 0 1em;border:1px solid #d0d7de}
            th,td{text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #eaeef2}
            th{width:14em;font-weight:600;color:#57606a}td{white-space:pre-wrap;overflow-wrap:anywhere}
            td table{margin:0}.ko{font-weight:400}.note{color:#57606a}
            """;

    private final String address;
    private final Instant at;
    private final ResourceBundle english = bundle(Locale.ENGLISH);
    private final ResourceBundle korean = bundle(Locale.KOREAN);

    PersonPage(String address, Instant at) {
        this.address = address;
        this.at = at;
    }

    String html(List<Kept> kept) {
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<title>")
                .append(escaped(address))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(both("title"))
                .append("</h1>\n<p class=\"note\">")
                .append(escaped(address))
                .append(" · ")
                .append(at)
                .append("</p>\n");
        if (kept.isEmpty()) {
            html.append("<p>").append(both("nothing")).append("</p>\n");
        }
        for (Place place : Place.values()) {
            List<Kept> here = kept.stream().filter(one -> one.place() == place).toList();
            if (!here.isEmpty()) {
                html.append("<h2>").append(both("place." + place.name())).append("</h2>\n");
                here.forEach(one -> table(html, one.facts(), true));
            }
        }
        return html.append("</body>\n</html>\n").toString();
    }

    /** A person's own names of columns stand as they are; ours are put into words. */
    private void table(StringBuilder html, JsonNode facts, boolean ours) {
        html.append("<table>\n");
        facts.properties().forEach(fact -> {
            html.append("<tr><th>")
                    .append(ours ? both("fact." + fact.getKey()) : escaped(fact.getKey()))
                    .append("</th><td>");
            if (fact.getValue().isObject()) {
                table(html, fact.getValue(), false);
            } else {
                html.append(value(fact));
            }
            html.append("</td></tr>\n");
        });
        html.append("</table>\n");
    }

    private String value(Map.Entry<String, JsonNode> fact) {
        String text = fact.getValue().asText();
        String key = "word." + text;
        return english.containsKey(key) ? both(key) : escaped(text);
    }

    private String both(String key) {
        return english.containsKey(key)
                ? escaped(english.getString(key)) + " <span class=\"ko\" lang=\"ko\">· "
                        + escaped(korean.getString(key)) + "</span>"
                : escaped(key.substring(key.indexOf('.') + 1));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
