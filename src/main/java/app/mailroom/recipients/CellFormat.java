package app.mailroom.recipients;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number format of a spreadsheet cell, as far as it says what a person sees: decimals, thousands, percent, leading
 * zeros and words around the number. Dates and times come out as ISO writes them, whatever the format's order. Fractions
 * and powers of ten come out as plain numbers, because nobody puts those into a mail.
 */
final class CellFormat {
    /** Shows numbers as they are. */
    static final CellFormat GENERAL = new CellFormat(List.of());

    /** What a spreadsheet keeps of a number. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    /** Beyond this a number written in full would be longer than what anybody reads. */
    private static final int LONGEST = 60;

    private static final int SECONDS_OF_DAY = 86_400;

    /** The last day that a spreadsheet knows, in the year 9999. */
    private static final long LAST_DAY = 2_958_465;

    private static final Pattern CONDITION = Pattern.compile("(<=|>=|<>|<|>|=)(-?[0-9.]+)");

    private enum Kind {
        LITERAL,
        DIGIT,
        POINT,
        COMMA,
        PERCENT,
        PLAIN,
        YEAR_OR_DAY,
        MONTH_OR_MINUTE,
        HOUR,
        SECOND,
        ELAPSED
    }

    private record Token(Kind kind, String text) {}

    private record Section(@Nullable Predicate<BigDecimal> condition, List<Token> tokens) {
        boolean has(Kind kind) {
            return tokens.stream().anyMatch(token -> token.kind() == kind);
        }

        boolean isTime() {
            return has(Kind.YEAR_OR_DAY)
                    || has(Kind.MONTH_OR_MINUTE)
                    || has(Kind.HOUR)
                    || has(Kind.SECOND)
                    || has(Kind.ELAPSED);
        }
    }

    private final List<Section> sections;

    private CellFormat(List<Section> sections) {
        this.sections = sections;
    }

    /** Reads a format code, or takes what the number of a built-in format means. */
    static CellFormat of(@Nullable Integer id, @Nullable String code) {
        String written = code != null ? code : builtIn(id == null ? 0 : id);
        return written.isEmpty() || written.equalsIgnoreCase("General") ? GENERAL : new CellFormat(sections(written));
    }

    /** The formats without a code that programs write; those from 27 on are dates of East Asian editions. */
    private static String builtIn(int id) {
        if (id == 32) {
            return "h:mm";
        }
        if (id == 33) {
            return "h:mm:ss";
        }
        boolean eastAsianDate = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        return eastAsianDate || (id >= 14 && id <= 17) ? "yyyy-mm-dd" : "";
    }

    /**
     * The number as it is seen.
     *
     * @param from1904 whether the workbook counts days from 1904 on
     */
    String text(BigDecimal value, boolean from1904) {
        Section section = sectionFor(value);
        if (section == null || section.has(Kind.PLAIN)) {
            return plain(value, section);
        }
        if (section.isTime()) {
            return time(value, section, from1904);
        }
        if (!section.has(Kind.DIGIT)) {
            return plain(value);
        }
        boolean signIsInFormat = section.condition() == null && sections.size() > 1 && sections.indexOf(section) == 1;
        return number(value, section, signIsInFormat);
    }

    private @Nullable Section sectionFor(BigDecimal value) {
        if (sections.isEmpty()) {
            return null;
        }
        for (Section section : sections) {
            if (section.condition() != null && section.condition().test(value)) {
                return section;
            }
        }
        if (sections.stream().anyMatch(section -> section.condition() != null)) {
            return sections.stream()
                    .filter(section -> section.condition() == null)
                    .findFirst()
                    .orElse(null);
        }
        int index = value.signum() < 0 ? 1 : value.signum() == 0 ? 2 : 0;
        return sections.get(index < sections.size() && index < 3 ? index : 0);
    }

    private static String plain(BigDecimal value, @Nullable Section section) {
        if (section == null || section.has(Kind.DIGIT)) {
            return plain(value);
        }
        StringBuilder text = new StringBuilder();
        section.tokens().forEach(token -> text.append(token.kind() == Kind.PLAIN ? plain(value) : token.text()));
        return text.toString();
    }

    private static String plain(BigDecimal value) {
        BigDecimal rounded = value.signum() == 0 ? BigDecimal.ZERO : value;
        // What a text of up to 15 digits says is exact; more digits only come of binary arithmetic.
        if (rounded.precision() > DIGITS.getPrecision() && rounded.scale() > 0) {
            rounded = rounded.round(DIGITS);
        }
        rounded = rounded.stripTrailingZeros();
        boolean readable = Math.abs((long) rounded.precision() - rounded.scale()) <= LONGEST
                && Math.abs((long) rounded.scale()) <= LONGEST;
        return readable ? rounded.toPlainString() : rounded.toString();
    }

    private static String number(BigDecimal value, Section section, boolean signIsInFormat) {
        List<Token> tokens = section.tokens();
        int first = indexOf(tokens, Kind.DIGIT);
        int last = lastIndexOf(tokens, Kind.DIGIT);
        int point = indexOf(tokens, Kind.POINT);
        int wholeEnd = point >= 0 ? point : last + 1;
        int lastWhole = lastIndexOf(tokens.subList(0, wholeEnd), Kind.DIGIT);
        int percents = 0;
        int thousands = 0;
        boolean grouped = false;
        int zeros = 0;
        int decimals = 0;
        int fixed = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.PERCENT) {
                percents++;
            } else if (token.kind() == Kind.COMMA) {
                boolean within = i > first && i < lastWhole;
                grouped |= within;
                thousands += !within && i > lastWhole && lastWhole >= 0 ? 1 : 0;
            } else if (token.kind() == Kind.DIGIT && i < wholeEnd) {
                zeros += token.text().equals("0") ? 1 : 0;
            } else if (token.kind() == Kind.DIGIT) {
                decimals++;
                fixed = token.text().equals("0") ? decimals : fixed;
            }
        }
        BigDecimal shown =
                value.abs().scaleByPowerOfTen(2 * percents - 3 * thousands).setScale(decimals, RoundingMode.HALF_UP);
        if (shown.precision() - shown.scale() > LONGEST) {
            return plain(value);
        }
        String[] parts = shown.toPlainString().split("\\.", -1);
        String whole = parts[0].equals("0") ? "" : parts[0];
        whole = "0".repeat(Math.max(0, zeros - whole.length())) + whole;
        String fraction = parts.length > 1 ? parts[1] : "";
        while (fraction.length() > fixed && fraction.endsWith("0")) {
            fraction = fraction.substring(0, fraction.length() - 1);
        }
        if (whole.isEmpty() && fraction.isEmpty()) {
            whole = "0";
        }
        String[] digits = spread(tokens, wholeEnd, grouped ? grouped(whole) : whole, grouped);
        StringBuilder text = new StringBuilder();
        if (value.signum() < 0 && !signIsInFormat && shown.signum() != 0) {
            text.append('-');
        }
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.kind()) {
                case DIGIT -> {
                    if (i < wholeEnd) {
                        text.append(digits[i]);
                    } else if (i == point + 1) {
                        text.append(fraction);
                    }
                }
                case POINT -> {
                    if (first > point) {
                        text.append(whole);
                    }
                    text.append(fraction.isEmpty() ? "" : ".");
                }
                case LITERAL, PERCENT -> text.append(token.text());
                default -> {}
            }
        }
        return text.toString().strip();
    }

    /** Which digits stand at which placeholder: one each from the right, and what is over at the first. */
    private static String[] spread(List<Token> tokens, int wholeEnd, String whole, boolean together) {
        String[] digits = new String[tokens.size()];
        int left = whole.length();
        int leftmost = -1;
        for (int i = wholeEnd - 1; i >= 0; i--) {
            if (tokens.get(i).kind() == Kind.DIGIT) {
                int from = together ? left : Math.max(0, left - 1);
                digits[i] = whole.substring(from, left);
                left = from;
                leftmost = i;
            }
        }
        if (leftmost >= 0) {
            digits[leftmost] = whole.substring(0, left) + digits[leftmost];
        }
        return digits;
    }

    private static String grouped(String whole) {
        StringBuilder text = new StringBuilder(whole);
        for (int i = whole.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    private static String time(BigDecimal value, Section section, boolean from1904) {
        if (value.abs().compareTo(BigDecimal.valueOf(LAST_DAY + 1)) >= 0) {
            return plain(value);
        }
        long seconds = value.multiply(BigDecimal.valueOf(SECONDS_OF_DAY))
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
        boolean showsSeconds = section.has(Kind.SECOND);
        if (section.has(Kind.ELAPSED)) {
            return (seconds < 0 ? "-" : "")
                    + clock(Math.abs(seconds), showsSeconds || !section.has(Kind.MONTH_OR_MINUTE));
        }
        if (seconds < 0) {
            return plain(value);
        }
        boolean time = section.has(Kind.HOUR) || showsSeconds;
        boolean date = section.has(Kind.YEAR_OR_DAY) || !time;
        long day = seconds / SECONDS_OF_DAY;
        if (date && day == 0 && !from1904) {
            // There is no day 0; a time was written without one.
            return seconds == 0 ? plain(value) : clock(seconds, seconds % 60 != 0);
        }
        String clock = clock(seconds % SECONDS_OF_DAY, showsSeconds);
        if (!date) {
            return clock;
        }
        String iso = date(day, from1904).toString();
        return time ? iso + ' ' + clock : iso;
    }

    /** Spreadsheets take 1900 for a leap year, so that their days before March 1900 are one off. */
    private static LocalDate date(long day, boolean from1904) {
        if (from1904) {
            return LocalDate.of(1904, 1, 1).plusDays(day);
        }
        return LocalDate.of(1899, 12, day < 60 ? 31 : 30).plusDays(day);
    }

    private static String clock(long seconds, boolean withSeconds) {
        String clock = String.format(Locale.ROOT, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
        return withSeconds ? clock + String.format(Locale.ROOT, ":%02d", seconds % 60) : clock;
    }

    private static int indexOf(List<Token> tokens, Kind kind) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).kind() == kind) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(List<Token> tokens, Kind kind) {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (tokens.get(i).kind() == kind) {
                return i;
            }
        }
        return -1;
    }

    private static List<Section> sections(String code) {
        List<Section> sections = new ArrayList<>();
        Scan scan = new Scan(code);
        do {
            sections.add(scan.section());
        } while (scan.more());
        return List.copyOf(sections);
    }

    /** Goes through a format code once. */
    private static final class Scan {
        private final String code;
        private int at;

        Scan(String code) {
            this.code = code;
        }

        /** Whether another section follows; steps over what divides them. */
        boolean more() {
            return at++ < code.length();
        }

        Section section() {
            Predicate<BigDecimal> condition = null;
            List<Token> tokens = new ArrayList<>();
            while (at < code.length() && code.charAt(at) != ';') {
                char c = code.charAt(at++);
                switch (c) {
                    case '"' -> tokens.add(new Token(Kind.LITERAL, until('"')));
                    case '\\' -> tokens.add(new Token(Kind.LITERAL, one()));
                    // The one leaves as much room as a character takes, the other fills the cell with it.
                    case '_', '*' -> one();
                    case '[' -> {
                        String inside = until(']');
                        Predicate<BigDecimal> found = condition(inside);
                        if (found != null) {
                            condition = found;
                        } else {
                            bracket(inside, tokens);
                        }
                    }
                    case '0', '#', '?' -> tokens.add(new Token(Kind.DIGIT, String.valueOf(c)));
                    case '.' -> tokens.add(new Token(Kind.POINT, "."));
                    case ',' -> tokens.add(new Token(Kind.COMMA, ","));
                    case '%' -> tokens.add(new Token(Kind.PERCENT, "%"));
                    default -> letter(c, tokens);
                }
            }
            return new Section(condition, tokens);
        }

        private void letter(char c, List<Token> tokens) {
            if (word("General")) {
                tokens.add(new Token(Kind.PLAIN, ""));
            } else if (word("AM/PM") || word("A/P")) {
                tokens.add(new Token(Kind.HOUR, ""));
            } else if ((c == 'E' || c == 'e') && at < code.length() && "+-".indexOf(code.charAt(at)) >= 0) {
                at++;
                tokens.add(new Token(Kind.PLAIN, ""));
            } else {
                switch (Character.toLowerCase(c)) {
                    case 'y', 'd', 'e', 'g', 'b', 'a' -> tokens.add(new Token(Kind.YEAR_OR_DAY, ""));
                    case 'm' -> tokens.add(new Token(Kind.MONTH_OR_MINUTE, ""));
                    case 'h' -> tokens.add(new Token(Kind.HOUR, ""));
                    case 's' -> tokens.add(new Token(Kind.SECOND, ""));
                    case '/' -> {
                        boolean fraction = !tokens.isEmpty()
                                && tokens.get(tokens.size() - 1).kind() == Kind.DIGIT;
                        tokens.add(fraction ? new Token(Kind.PLAIN, "") : new Token(Kind.LITERAL, "/"));
                    }
                    case '@' -> tokens.add(new Token(Kind.PLAIN, ""));
                    default -> tokens.add(new Token(Kind.LITERAL, String.valueOf(c)));
                }
            }
        }

        private boolean word(String word) {
            boolean here = code.regionMatches(true, at - 1, word, 0, word.length());
            if (here) {
                at += word.length() - 1;
            }
            return here;
        }

        private String until(char end) {
            int to = code.indexOf(end, at);
            int stop = to < 0 ? code.length() : to;
            String inside = code.substring(at, stop);
            at = Math.min(code.length(), stop + 1);
            return inside;
        }

        private String one() {
            String c = at < code.length() ? code.substring(at, at + 1) : "";
            at = Math.min(code.length(), at + 1);
            return c;
        }

        private static void bracket(String inside, List<Token> tokens) {
            if (inside.startsWith("$")) {
                int dash = inside.lastIndexOf('-');
                tokens.add(new Token(Kind.LITERAL, inside.substring(1, dash < 1 ? inside.length() : dash)));
            } else if (inside.matches("(?i)h+|m+|s+")) {
                tokens.add(new Token(Kind.ELAPSED, ""));
            }
        }

        private static @Nullable Predicate<BigDecimal> condition(String inside) {
            Matcher matcher = CONDITION.matcher(inside);
            if (!matcher.matches()) {
                return null;
            }
            BigDecimal bound;
            try {
                bound = new BigDecimal(matcher.group(2));
            } catch (NumberFormatException e) {
                return null;
            }
            return switch (matcher.group(1)) {
                case "<=" -> value -> value.compareTo(bound) <= 0;
                case ">=" -> value -> value.compareTo(bound) >= 0;
                case "<>" -> value -> value.compareTo(bound) != 0;
                case "<" -> value -> value.compareTo(bound) < 0;
                case ">" -> value -> value.compareTo(bound) > 0;
                default -> value -> value.compareTo(bound) == 0;
            };
        }
    }
}
