package app.mailroom.ui.templates;

import app.mailroom.authoring.Gallery;
import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a new template can start from: one of the gallery, or an empty page. */
record StartingPoint(Optional<Gallery.Kind> kind) {
    private static final String EMPTY = """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            </head>
            <body style="margin:0;padding:24px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1f2328">
            <p><br></p>
            </body>
            </html>
            """;

    /** All of them, the empty page last. */
    static List<StartingPoint> all() {
        List<StartingPoint> all = new ArrayList<>();
        for (Gallery.Kind kind : Gallery.Kind.values()) {
            all.add(new StartingPoint(Optional.of(kind)));
        }
        all.add(new StartingPoint(Optional.empty()));
        return all;
    }

    String name(Texts texts) {
        return kind.map(of -> texts.code("gallery", of)).orElseGet(() -> texts.get("starting.empty"));
    }

    String hint(Texts texts) {
        return kind.map(of -> texts.code("gallery.hint", of)).orElseGet(() -> texts.get("starting.empty.hint"));
    }

    /** In this language, English for those that are not written in it. */
    TemplateContent content(Locale language) {
        return kind.map(of -> Gallery.template(of, language))
                .orElseGet(() -> new TemplateContent("", "", EMPTY.formatted(language.getLanguage())));
    }
}
