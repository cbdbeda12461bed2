package app.mailroom.ui.common;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Entities;

/** Wraps a mail's HTML so that looking at it fetches nothing, runs nothing and leads nowhere. */
final class PreviewPage {
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:;"
            + " form-action 'none'; base-uri 'none'";

    private PreviewPage() {}

    /** The outer page. */
    static String around(String mailHtml) {
        Document mail = Jsoup.parse(mailHtml);
        mail.outputSettings().prettyPrint(false);
        mail.select("object, embed, applet, script, base, iframe, frame, frameset, link, meta[http-equiv]")
                .remove();
        return "<!DOCTYPE html><html><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">"
                + "<style>html,body{margin:0;height:100%;background:#fff}iframe{border:0;width:100%;height:100%;display:block}</style>"
                + "</head><body><iframe sandbox srcdoc=\"" + Entities.escape(mail.outerHtml())
                + "\"></iframe></body></html>";
    }
}
