package app.mailroom.ui.help;

import app.mailroom.support.Manual;
import java.util.Locale;

/** The manual as one page in the look of the window, that may neither fetch nor run anything. */
final class ManualPage {
    private static final String STYLE = """
            body { font: 15px/1.6 system-ui, 'Segoe UI', 'Apple SD Gothic Neo', 'Malgun Gothic', 'NanumGothic', sans-serif;
                   color: %s; background: %s; margin: 0 auto; padding: 8px 40px 64px; max-width: 720px; }
            h1, h2, h3, h4 { line-height: 1.3; margin: 1.6em 0 .5em; }
            h1 { font-size: 28px; margin-top: .6em; }
            h2 { font-size: 21px; border-bottom: 1px solid %3$s; padding-bottom: 6px; }
            h3 { font-size: 17px; }
            a { color: %4$s; }
            img { max-width: 100%%; border: 1px solid %3$s; border-radius: 6px; }
            table { border-collapse: collapse; margin: 1em 0; }
            th, td { border: 1px solid %3$s; padding: 6px 12px; text-align: left; vertical-align: top; }
            th, code, pre { background: %5$s; }
            code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; border-radius: 4px; }
            code { padding: 2px 5px; } pre { padding: 12px; overflow-x: auto; } pre code { padding: 0; }
            blockquote { border-left: 3px solid %3$s; margin: 1em 0; padding: 0 16px; }
            """;

    private ManualPage() {}

    static String of(Manual manual, Locale language, boolean dark) {
        String style = dark
                ? STYLE.formatted("#c9d1d9", "#0d1117", "#30363d", "#58a6ff", "#161b22")
                : STYLE.formatted("#24292f", "#ffffff", "#d0d7de", "#0969da", "#f6f8fa");
        return "<!DOCTYPE html><html lang=\"" + language.toLanguageTag() + "\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                + "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\"><style>"
                + style + "</style></head><body>" + manual.body() + "</body></html>";
    }
}
