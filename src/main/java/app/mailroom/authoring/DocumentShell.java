package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Kind;
import app.mailroom.authoring.HtmlScan.Piece;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HTML cut in three, to the character: what stands up to the begin of its body, the inside of the body, and the rest.
 *
 * @param bodyTag the tag that begins the body, empty where there is none
 */
record DocumentShell(String head, Optional<Piece> bodyTag, String body, String rest) {
    /** What may stand before a body that has no tag of its own. */
    private static final Set<String> OF_THE_HEAD =
            Set.of("html", "head", "title", "meta", "link", "style", "script", "base", "noscript");

    static DocumentShell of(String html) {
        List<Piece> pieces = HtmlScan.of(html);
        Optional<Piece> bodyTag = pieces.stream()
                .filter(piece -> piece.kind() == Kind.START && piece.name().equals("body"))
                .findFirst();
        int from = bodyTag.map(Piece::end).orElseGet(() -> endOfHead(html, pieces));
        int to = pieces.stream()
                .filter(piece -> piece.start() >= from && isEndOf("body", piece))
                .mapToInt(Piece::start)
                .max()
                .orElseGet(() -> pieces.stream()
                        .filter(piece -> piece.start() >= from && isEndOf("html", piece))
                        .mapToInt(Piece::start)
                        .max()
                        .orElse(html.length()));
        return new DocumentShell(html.substring(0, from), bodyTag, html.substring(from, to), html.substring(to));
    }

    private static boolean isEndOf(String name, Piece piece) {
        return piece.kind() == Kind.END && piece.name().equals(name);
    }

    private static int endOfHead(String html, List<Piece> pieces) {
        int end = 0;
        boolean document = false;
        for (Piece piece : pieces) {
            boolean blank = piece.kind() == Kind.TEXT
                    && html.substring(piece.start(), piece.end()).isBlank();
            boolean tag = piece.kind() == Kind.START || piece.kind() == Kind.END;
            if (!blank
                    && piece.kind() != Kind.COMMENT
                    && piece.kind() != Kind.RAW
                    && !(tag && OF_THE_HEAD.contains(piece.name()))) {
                break;
            }
            document |= html.regionMatches(true, piece.start(), "<!doctype", 0, 9)
                    || (tag && (piece.name().equals("html") || piece.name().equals("head")));
            if (tag || piece.kind() == Kind.RAW || html.regionMatches(true, piece.start(), "<!doctype", 0, 9)) {
                end = piece.end();
            }
        }
        return document ? end : 0;
    }
}
