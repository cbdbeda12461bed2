package app.mailroom.ui.common;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Everything that a person reads, in one language, with numbers and times written the way that language does. */
public final class Texts {
    private static final String BUNDLE = "app.mailroom.ui.messages";
    private static final String NONE = "–";

    private final ResourceBundle bundle;
    private final Locale locale;
    private final ZoneId zone;

    private Texts(ResourceBundle bundle, Locale locale, ZoneId zone) {
        this.bundle = bundle;
        this.locale = locale;
        this.zone = zone;
    }

    /** Texts of a language; English where there is no bundle for it. Times are shown in the computer's zone. */
    public static Texts in(Locale locale) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new Texts(bundle, locale, ZoneId.systemDefault());
    }

    /** The language. */
    public Locale locale() {
        return locale;
    }

    /** The text of a key, with {0}, {1}… filled. A key that does not exist is shown as it is. */
    public String get(String key, Object... values) {
        String pattern;
        try {
            pattern = bundle.getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
        return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
    }

    /** A code in words: the text of {@code prefix.code}; the code itself when nobody has put it into words. */
    public String code(String prefix, @Nullable String code) {
        if (code == null || code.isBlank()) {
            return "";
        }
        String key = prefix + "." + code;
        return bundle.containsKey(key) ? bundle.getString(key) : code;
    }

    /** A constant in words. */
    public String code(String prefix, Enum<?> constant) {
        return code(prefix, constant.name());
    }

    /** 12,345. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** A rate with at most one digit after the point. */
    public String rate(double perSecond) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(perSecond);
    }

    /** A share of a whole; a dash when there is no whole. */
    public String percent(long part, long whole) {
        if (whole == 0) {
            return NONE;
        }
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format((double) part / whole);
    }

    /** Date and time to the minute; a dash for none. */
    public String time(@Nullable Instant instant) {
        return instant == null
                ? NONE
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(ZonedDateTime.ofInstant(instant, zone));
    }

    /** Date and time to the second. */
    public String stamp(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(ZonedDateTime.ofInstant(instant, zone));
    }

    /** The date alone. */
    public String date(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(ZonedDateTime.ofInstant(instant, zone));
    }

    /** Time of day to the second; a dash for none. */
    public String clock(@Nullable Instant instant) {
        return instant == null
                ? NONE
                : DateTimeFormatter.ofPattern("HH:mm:ss", locale).format(ZonedDateTime.ofInstant(instant, zone));
    }

    /** How long something will take, roughly. */
    public String duration(long seconds) {
        if (seconds < 90) {
            return get("duration.seconds", number(seconds));
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 90) {
            return get("duration.minutes", number(minutes));
        }
        return get("duration.hours", number(minutes / 60), number(minutes % 60));
    }
}
