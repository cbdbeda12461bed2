package app.mailroom.authoring;

import app.mailroom.model.TemplateContent;
import java.util.Locale;

/** Templates to start from, each in English and Korean. */
public final class Gallery {
    /** What there is. */
    public enum Kind {
        NEWSLETTER,
        PROMOTION,
        INVITATION,
        ANNOUNCEMENT,
        RECEIPT,
        SURVEY,
        WELCOME,
        LETTER
    }

    private Gallery() {}

    /** A starting template in Korean if the language is that, in English otherwise. */
    public static TemplateContent template(Kind kind, Locale language) {
        throw new UnsupportedOperationException();
    }
}
