package app.mailroom.template;

import java.util.List;
import org.jsoup.Jsoup;

/** The links of a finished mail. */
public final class MailLinks {
    private MailLinks() {}

    /** Where its links lead, in the order in which they stand in it, each once. Places within the mail are left out. */
    public static List<String> of(RenderedMail mail) {
        return Jsoup.parse(mail.html()).select("a[href], area[href]").stream()
                .map(link -> link.attr("href").strip())
                .filter(link -> !link.isEmpty() && !link.startsWith("#"))
                .distinct()
                .toList();
    }
}
