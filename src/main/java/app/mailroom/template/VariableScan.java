package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.TemplateProblem.Code;
import app.mailroom.template.TemplateProblem.Part;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * One part of a template with every variable replaced by a sentinel: a number between two Unicode noncharacters, which
 * no text may contain and which no parser gives a meaning.
 *
 * @param marked the text with sentinels
 * @param occurrences the variables; the sentinel's number is {@link Occurrence#index}
 */
record VariableScan(String marked, List<Occurrence> occurrences, List<TemplateProblem> problems) {

    static final char OPEN = '\uFDD0';
    static final char CLOSE = '\uFDD1';

    /** A sentinel; the optional letter says that it stands in the link of a plain text. */
    static final Pattern SENTINEL = Pattern.compile(OPEN + "(\\d+)(u?)" + CLOSE);

    private static final Pattern NUMERIC_REFERENCE = Pattern.compile("&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))");
    private static final Pattern ENCODED_VARIABLE =
            Pattern.compile("%7B%7B([^\\s<>\"'{}]{1,300}?)%7D%7D", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG_START = Pattern.compile("</?$");

    record Occurrence(int index, Variable variable, Part part, int line) {

        TemplateProblem problem(Code code) {
            return new TemplateProblem(part, line, code, "{{" + variable.name() + "}}");
        }
    }

    /** Subject, preheader and body, in this order, with sentinels numbered through. */
    static List<VariableScan> all(TemplateContent source) {
        VariableScan subject = scan(Part.SUBJECT, source.subject(), 0);
        int next = subject.occurrences.size();
        VariableScan preheader = scan(Part.PREHEADER, source.preheader(), next);
        next += preheader.occurrences.size();
        return List.of(subject, preheader, scan(Part.BODY, source.html(), next));
    }

    private static VariableScan scan(Part part, String source, int firstIndex) {
        String text = part == Part.BODY ? withDecodedBraces(source) : source;
        List<Occurrence> occurrences = new ArrayList<>();
        List<TemplateProblem> problems = new ArrayList<>();
        StringBuilder marked = new StringBuilder(text.length());
        findReserved(part, text, problems);
        int line = 1;
        int from = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
            marked.append(text, from, open);
            line += lineBreaks(text, from, open);
            from = open;
            int close = text.indexOf("}}", open + 2);
            int nested = text.indexOf("{{", open + 2);
            if (close < 0 || (nested >= 0 && nested < close)) {
                problems.add(new TemplateProblem(part, line, Code.UNCLOSED, excerpt(text, open)));
                marked.append("{{");
                from = open + 2;
                continue;
            }
            String inner = text.substring(open + 2, close);
            Variable variable = variable(part == Part.BODY ? Parser.unescapeEntities(inner, false) : inner);
            if (Variables.isName(variable.name())) {
                Occurrence occurrence = new Occurrence(firstIndex + occurrences.size(), variable, part, line);
                occurrences.add(occurrence);
                marked.append(OPEN).append(occurrence.index()).append(CLOSE);
                if (part == Part.BODY
                        && TAG_START
                                .matcher(text.substring(Math.max(0, open - 2), open))
                                .find()) {
                    problems.add(occurrence.problem(Code.IN_TAG));
                }
            } else {
                problems.add(new TemplateProblem(part, line, Code.BAD_NAME, excerpt(text, open)));
            }
            line += lineBreaks(text, open, close + 2);
            from = close + 2;
        }
        marked.append(text, from, text.length());
        return new VariableScan(marked.toString(), List.copyOf(occurrences), List.copyOf(problems));
    }

    /** Browsers and HTML editors write the braces of a variable in a link percent-encoded. */
    private static String withDecodedBraces(String html) {
        return ENCODED_VARIABLE.matcher(html).replaceAll(found -> {
            try {
                String inner = URLDecoder.decode(found.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
                return Matcher.quoteReplacement("{{" + inner + "}}");
            } catch (IllegalArgumentException notEncoded) {
                return Matcher.quoteReplacement(found.group());
            }
        });
    }

    private static Variable variable(String inner) {
        int bar = inner.indexOf('|');
        return bar < 0
                ? new Variable(Variables.trimmed(inner), "", false)
                : new Variable(
                        Variables.trimmed(inner.substring(0, bar)), Variables.trimmed(inner.substring(bar + 1)), true);
    }

    /** Sentinels must not be forged, neither plainly nor as a character reference that the HTML parser resolves. */
    private static void findReserved(Part part, String text, List<TemplateProblem> problems) {
        for (int i = 0; i < text.length(); i++) {
            if (isReserved(text.charAt(i))) {
                problems.add(new TemplateProblem(
                        part,
                        1 + lineBreaks(text, 0, i),
                        Code.RESERVED_CHARACTER,
                        String.format("U+%04X", (int) text.charAt(i))));
            }
        }
        if (part != Part.BODY) {
            return;
        }
        Matcher reference = NUMERIC_REFERENCE.matcher(text);
        while (reference.find()) {
            if (isReserved(codePoint(reference))) {
                problems.add(new TemplateProblem(
                        part, 1 + lineBreaks(text, 0, reference.start()), Code.RESERVED_CHARACTER, reference.group()));
            }
        }
    }

    private static int codePoint(Matcher reference) {
        boolean hexadecimal = reference.group(1) != null;
        try {
            return Integer.parseInt(reference.group(hexadecimal ? 1 : 2), hexadecimal ? 16 : 10);
        } catch (NumberFormatException beyondUnicode) {
            return -1;
        }
    }

    private static boolean isReserved(int c) {
        return c == OPEN || c == CLOSE;
    }

    private static int lineBreaks(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean half = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !half)) {
                count++;
            }
        }
        return count;
    }

    private static String excerpt(String text, int from) {
        String piece = text.substring(from, Math.min(text.length(), from + 40));
        return piece.replaceAll("\\s+", " ");
    }
}
