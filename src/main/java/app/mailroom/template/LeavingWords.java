package app.mailroom.template;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** Words by which a link is known that lets a reader leave, or say what mail they want. */
final class LeavingWords {
    /** Compared without spaces, hyphens and case. */
    private static final List<String> WORDS = List.of(
            "unsubscribe",
            "optout",
            "leavethislist",
            "managepreferences",
            "manageyourpreferences",
            "emailpreferences",
            "수신거부",
            "구독취소",
            "구독해지");

    private LeavingWords() {}

    /** Whether a link, or its address as given, says so. */
    static boolean in(Element link, String address) {
        StringBuilder said = new StringBuilder(address);
        said.append(link.text()).append(link.attr("title")).append(link.attr("alt"));
        link.select("img").forEach(image -> said.append(image.attr("alt")));
        return in(said.toString());
    }

    /** Whether a text does. */
    static boolean in(String text) {
        String compact = text.toLowerCase(Locale.ROOT).replaceAll("[\\s\u00A0_-]+", "");
        return WORDS.stream().anyMatch(compact::contains);
    }
}
