package app.mailroom.template;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.TemplateProblem.Code;
import app.mailroom.template.TemplateProblem.Part;
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
    private static final Pattern TAG_START = Pattern.compile("</?$");

    /**
     * A variable of the template.
     *
     * @param line line within its part, from 1
     * @param start where its braces begin in its part as it is written, in chars from 0
     * @param end where they end
     */
    record Occurrence(int index, Variable variable, Part part, int line, int start, int end) {

        TemplateProblem problem(Code code) {
            return new TemplateProblem(part, line, start, end, code, "{{" + variable.name() + "}}");
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
        Reading reading = part == Part.BODY ? Reading.withDecodedBraces(source) : Reading.plain(source);
        String text = reading.text();
        List<Occurrence> occurrences = new ArrayList<>();
        List<TemplateProblem> problems = new ArrayList<>();
        StringBuilder marked = new StringBuilder(text.length());
        findReserved(part, source, reading, problems);
        int line = 1;
        int counted = 0;
        int from = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
            marked.append(text, from, open);
            int start = reading.near(open);
            line += lineBreaks(source, counted, start);
            counted = start;
            int close = text.indexOf("}}", open + 2);
            int nested = text.indexOf("{{", open + 2);
            if (close < 0 || (nested >= 0 && nested < close)) {
                int end = reading.near(open + 2);
                problems.add(new TemplateProblem(part, line, start, end, Code.UNCLOSED, excerpt(text, open)));
                marked.append("{{");
                from = open + 2;
                continue;
            }
            int end = reading.near(close + 2);
            String inner = text.substring(open + 2, close);
            Variable variable = variable(part == Part.BODY ? Parser.unescapeEntities(inner, false) : inner);
            if (Variables.isName(variable.name())) {
                Occurrence occurrence =
                        new Occurrence(firstIndex + occurrences.size(), variable, part, line, start, end);
                occurrences.add(occurrence);
                marked.append(OPEN).append(occurrence.index()).append(CLOSE);
                if (part == Part.BODY
                        && TAG_START
                                .matcher(text.substring(Math.max(0, open - 2), open))
                                .find()) {
                    problems.add(occurrence.problem(Code.IN_TAG));
                }
            } else {
                problems.add(new TemplateProblem(part, line, start, end, Code.BAD_NAME, excerpt(text, open)));
            }
            from = close + 2;
        }
        marked.append(text, from, text.length());
        return new VariableScan(marked.toString(), List.copyOf(occurrences), List.copyOf(problems));
    }

    private static Variable variable(String inner) {
        int bar = inner.indexOf('|');
        return bar < 0
                ? new Variable(Variables.trimmed(inner), "", false)
                : new Variable(
                        Variables.trimmed(inner.substring(0, bar)), Variables.trimmed(inner.substring(bar + 1)), true);
    }

    /** Sentinels must not be forged, neither plainly nor as a character reference that the HTML parser resolves. */
    private static void findReserved(Part part, String source, Reading reading, List<TemplateProblem> problems) {
        String text = reading.text();
        for (int i = 0; i < text.length(); i++) {
            if (isReserved(text.charAt(i))) {
                String detail = String.format("U+%04X", (int) text.charAt(i));
                problems.add(reserved(part, source, reading.near(i), reading.near(i + 1), detail));
            }
        }
        if (part != Part.BODY) {
            return;
        }
        Matcher reference = NUMERIC_REFERENCE.matcher(text);
        while (reference.find()) {
            if (isReserved(codePoint(reference))) {
                int start = reading.near(reference.start());
                problems.add(reserved(part, source, start, reading.near(reference.end()), reference.group()));
            }
        }
    }

    private static TemplateProblem reserved(Part part, String source, int start, int end, String detail) {
        int line = 1 + lineBreaks(source, 0, start);
        return new TemplateProblem(part, line, start, end, Code.RESERVED_CHARACTER, detail);
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

    /** How many lines end in this stretch of the text. */
    static int lineBreaks(String text, int from, int to) {
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
