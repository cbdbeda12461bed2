package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Kind;
import app.mailroom.authoring.HtmlScan.Piece;
import app.mailroom.template.Markup;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * Puts what a person changed in the editor into the text as its author wrote it. Editors write all of a document anew, in
 * lines and spellings of their own; what stands between two changes is taken from the original instead, to the byte.
 */
final class KeptText {
    /** One of the three texts, in pieces. */
    private record Text(String html, List<Piece> pieces) {
        static Text of(String html) {
            return new Text(html, HtmlScan.of(html));
        }

        String raw(int i) {
            return html.substring(pieces.get(i).start(), pieces.get(i).end());
        }

        List<String> raws() {
            List<String> raws = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                raws.add(raw(i));
            }
            return raws;
        }

        boolean isBlank(int i) {
            return i >= 0 && i < pieces.size() && pieces.get(i).kind() == Kind.TEXT && raw(i).isBlank();
        }

        /** The pieces that are more than white space. */
        List<Integer> solid() {
            List<Integer> solid = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                if (!isBlank(i)) {
                    solid.add(i);
                }
            }
            return solid;
        }

        /** What a piece is, however it is spelled. */
        String meaning(int i) {
            Piece piece = pieces.get(i);
            return switch (piece.kind()) {
                case START -> "<" + piece.name();
                case END -> "</" + piece.name();
                case TEXT ->
                    Parser.unescapeEntities(raw(i), false)
                            .replaceAll("\\s+", " ")
                            .strip();
                case COMMENT, RAW -> raw(i).replaceAll("\\s+", " ");
            };
        }
    }

    /** Beside these, white space shows nothing. */
    private static final Set<String> BLOCKS = Set.of(
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "div",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "center",
            "blockquote",
            "hr",
            "section",
            "article",
            "header",
            "footer",
            "main");

    private static final Set<String> BREAKS =
            Stream.concat(BLOCKS.stream(), Stream.of("br", "body", "pre")).collect(Collectors.toUnmodifiableSet());

    private final Text original;
    private final Text untouched;
    private final Text edited;
    /** For each piece that the editor gave untouched, the piece of the original that it is; -1 where there is none. */
    private final int[] origins;

    private final StringBuilder out = new StringBuilder();

    private KeptText(String original, String untouched, String edited) {
        this.original = Text.of(original);
        this.untouched = Text.of(untouched);
        this.edited = Text.of(edited);
        this.origins = origins(this.original, this.untouched);
    }

    /**
     * The edited text with as much of the original in it as there can be; the edited text as it is if both would not
     * mean the same.
     *
     * @param untouched what the editor makes of the original when nothing is changed
     */
    static String merged(String original, String untouched, String edited) {
        if (edited.equals(untouched)) {
            return original;
        }
        String merged = new KeptText(original, untouched, edited).run();
        boolean means = shown(edited).equals(shown(merged))
                && DamageReport.of(edited, merged).isEmpty();
        return means ? merged : edited;
    }

    /** What a reader reads: the words, one space where there is any between them, and the ends of lines. */
    private static String shown(String html) {
        StringBuilder shown = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode text) {
                            shown.append(text.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " "));
                        } else if (node instanceof Element element && BREAKS.contains(element.normalName())) {
                            shown.append('\n');
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node instanceof Element element && BREAKS.contains(element.normalName())) {
                            shown.append('\n');
                        }
                    }
                },
                Markup.parseFragment(html).body());
        return shown.toString().replaceAll(" {2,}", " ").replaceAll(" ?\n[ \n]*", "\n");
    }

    private static int[] origins(Text original, Text untouched) {
        int[] origins = new int[untouched.pieces().size()];
        Arrays.fill(origins, -1);
        List<Integer> before = original.solid();
        List<Integer> after = untouched.solid();
        List<String> meanings = before.stream().map(original::meaning).toList();
        List<String> given = after.stream().map(untouched::meaning).toList();
        int from = 0;
        int shift = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(meanings, given).getDeltas()) {
            int to = delta.getSource().getPosition();
            for (int i = from; i < to; i++) {
                origins[after.get(i + shift)] = before.get(i);
            }
            from = to + delta.getSource().size();
            shift += delta.getTarget().size() - delta.getSource().size();
        }
        for (int i = from; i < before.size(); i++) {
            origins[after.get(i + shift)] = before.get(i);
        }
        return origins;
    }

    private String run() {
        int from = 0;
        int shift = 0;
        for (AbstractDelta<String> delta :
                DiffUtils.diff(untouched.raws(), edited.raws()).getDeltas()) {
            int to = delta.getSource().getPosition();
            same(from, to, shift);
            int changed = delta.getTarget().getPosition();
            for (int i = changed; i < changed + delta.getTarget().size(); i++) {
                out.append(edited.raw(i));
            }
            from = to + delta.getSource().size();
            shift += delta.getTarget().size() - delta.getSource().size();
        }
        same(from, untouched.pieces().size(), shift);
        return out.toString();
    }

    /**
     * Writes pieces that the editor gave as before: the original from the first to the last of them that it has. White
     * space of the original that the editor took away comes back at both ends only where it shows nothing.
     *
     * @param shift how far the edited text is ahead of the untouched one here, in pieces
     */
    private void same(int from, int to, int shift) {
        int first = from;
        while (first < to && origins[first] < 0) {
            first++;
        }
        int last = to - 1;
        while (last >= first && origins[last] < 0) {
            last--;
        }
        for (int i = from; i < Math.min(first, to); i++) {
            out.append(untouched.raw(i));
        }
        if (first >= to) {
            return;
        }
        boolean onlySpaceBefore =
                isBlock(from + shift - 1) && !untouched.isBlank(first - 1) && original.isBlank(origins[first] - 1);
        if (onlySpaceBefore && first == from && !endsInSpace()) {
            out.append(original.raw(origins[first] - 1));
        }
        out.append(
                original.html(),
                original.pieces().get(origins[first]).start(),
                original.pieces().get(origins[last]).end());
        boolean onlySpaceAfter =
                isBlock(to + shift) && !untouched.isBlank(last + 1) && original.isBlank(origins[last] + 1);
        if (onlySpaceAfter && last == to - 1) {
            out.append(original.raw(origins[last] + 1));
        }
        for (int i = last + 1; i < to; i++) {
            out.append(untouched.raw(i));
        }
    }

    private boolean isBlock(int i) {
        return i >= 0
                && i < edited.pieces().size()
                && BLOCKS.contains(edited.pieces().get(i).name());
    }

    private boolean endsInSpace() {
        return out.length() > 0 && Character.isWhitespace(out.charAt(out.length() - 1));
    }
}
