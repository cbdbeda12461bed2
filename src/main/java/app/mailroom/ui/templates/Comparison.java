package app.mailroom.ui.templates;

import app.mailroom.authoring.TextComparison;
import app.mailroom.authoring.TextComparison.Change;
import app.mailroom.authoring.TextComparison.Line;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.TemplateProblem.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Two states of a template, as a person reads what has changed between them.
 *
 * @param words changes of subject and preheader
 * @param images changes of the images that are kept with it
 * @param rows the HTML line by line, with what is alike folded away
 * @param changes how many changes there are in all, lines that follow one another being one
 */
record Comparison(List<Words> words, List<Image> images, List<Row> rows, int changes) {
    /** So many lines that are alike are shown around a change. */
    private static final int AROUND = 3;
    /** Longer lines, as of HTML without line breaks, are broken after a tag. */
    private static final int LONG_LINE = 400;

    private static final int PIECE = 100;

    /** A changed subject or preheader. */
    record Words(Part part, String before, String after) {}

    /** An image that was put in or taken out; one that was replaced is both. */
    record Image(Change change, String name) {}

    /** What stands in a line of the list. */
    sealed interface Row {
        /**
         * A line of the HTML.
         *
         * @param from where in the text that begins what differs from the line's counterpart
         * @param to where it ends, the same as from when the line differs as a whole or not at all
         */
        record Text(Line line, int from, int to) implements Row {
            boolean changed() {
                return line.change() != Change.SAME;
            }
        }

        /** Lines that are alike and folded away. */
        record Fold(List<Row> lines) implements Row {}
    }

    /** Compares them, the earlier one first. Takes time with long texts. */
    static Comparison of(TemplateContent before, TemplateContent after) {
        List<Words> words = new ArrayList<>();
        if (!before.subject().equals(after.subject())) {
            words.add(new Words(Part.SUBJECT, before.subject(), after.subject()));
        }
        if (!before.preheader().equals(after.preheader())) {
            words.add(new Words(Part.PREHEADER, before.preheader(), after.preheader()));
        }
        List<Image> images = new ArrayList<>();
        missing(before.images(), after.images()).forEach(name -> images.add(new Image(Change.REMOVED, name)));
        missing(after.images(), before.images()).forEach(name -> images.add(new Image(Change.ADDED, name)));
        List<Row.Text> lines = marked(lines(before.html(), after.html()));
        return new Comparison(words, images, folded(lines), words.size() + images.size() + blocks(lines));
    }

    private static List<String> missing(List<TemplateImage> from, List<TemplateImage> in) {
        return from.stream()
                .filter(image -> !in.contains(image))
                .map(TemplateImage::name)
                .toList();
    }

    private static List<Line> lines(String before, String after) {
        Pieces left = Pieces.of(before);
        Pieces right = Pieces.of(after);
        return TextComparison.of(left.text(), right.text()).stream()
                .map(line ->
                        new Line(line.change(), left.lineOf(line.before()), right.lineOf(line.after()), line.text()))
                .toList();
    }

    /** A text whose long lines are broken, and the line of the original to which each of its lines belongs. */
    private record Pieces(String text, List<Integer> lines) {
        static Pieces of(String original) {
            StringBuilder text = new StringBuilder(original.length() + 64);
            List<Integer> lines = new ArrayList<>();
            int number = 0;
            for (String line : original.split("\\R", -1)) {
                number++;
                int start = 0;
                while (line.length() - start > LONG_LINE) {
                    int end = line.indexOf('>', start + PIECE);
                    if (end < 0 || end + 1 >= line.length()) {
                        break;
                    }
                    text.append(line, start, end + 1).append('\n');
                    lines.add(number);
                    start = end + 1;
                }
                text.append(line, start, line.length()).append('\n');
                lines.add(number);
            }
            text.setLength(text.length() - 1);
            return new Pieces(text.toString(), lines);
        }

        int lineOf(int piece) {
            return piece == 0 ? 0 : lines.get(piece - 1);
        }
    }

    /** Finds within lines that were replaced what of them differs. */
    private static List<Row.Text> marked(List<Line> lines) {
        List<Row.Text> rows = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            int added = i;
            while (added < lines.size() && lines.get(added).change() == Change.REMOVED) {
                added++;
            }
            int end = added;
            while (end < lines.size() && lines.get(end).change() == Change.ADDED) {
                end++;
            }
            if (end == i) {
                rows.add(new Row.Text(lines.get(i), 0, 0));
                i++;
                continue;
            }
            List<Line> removed = lines.subList(i, added);
            List<Line> put = lines.subList(added, end);
            for (int j = 0; j < removed.size(); j++) {
                rows.add(marked(removed.get(j), j < put.size() ? put.get(j).text() : ""));
            }
            for (int j = 0; j < put.size(); j++) {
                rows.add(marked(put.get(j), j < removed.size() ? removed.get(j).text() : ""));
            }
            i = end;
        }
        return rows;
    }

    private static Row.Text marked(Line line, String other) {
        String text = line.text();
        int shorter = Math.min(text.length(), other.length());
        int head = 0;
        while (head < shorter && text.charAt(head) == other.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && text.charAt(text.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
            tail++;
        }
        // Two lines that share little are two lines; marking the rest of them would be noise.
        return (head + tail) * 2 < Math.max(text.length(), other.length())
                ? new Row.Text(line, 0, 0)
                : new Row.Text(line, head, text.length() - tail);
    }

    private static List<Row> folded(List<Row.Text> lines) {
        List<Row> rows = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            int end = i;
            while (end < lines.size() && !lines.get(end).changed()) {
                end++;
            }
            if (end == i) {
                rows.add(lines.get(i));
                i++;
                continue;
            }
            int from = i == 0 ? 0 : Math.min(i + AROUND, end);
            int to = end == lines.size() ? end : Math.max(from, end - AROUND);
            if (to - from <= 1) {
                rows.addAll(lines.subList(i, end));
            } else {
                rows.addAll(lines.subList(i, from));
                rows.add(new Row.Fold(List.copyOf(lines.subList(from, to))));
                rows.addAll(lines.subList(to, end));
            }
            i = end;
        }
        return List.copyOf(rows);
    }

    private static int blocks(List<Row.Text> lines) {
        int blocks = 0;
        boolean within = false;
        for (Row.Text line : lines) {
            if (line.changed() && !within) {
                blocks++;
            }
            within = line.changed();
        }
        return blocks;
    }
}
