package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Kind;
import app.mailroom.authoring.HtmlScan.Piece;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pieces of a body that the editor must not touch. Each is a numbered comment in the editor, which may stand anywhere, and
 * belongs to others where one makes no sense without the other: the begin and the end of a condition, or the parts of a table
 * that only Outlook sees.
 */
final class ProtectedPieces {
    /** Keeps the editor from filling elements that are empty on purpose. */
    static final String EMPTY = "<!--mr:empty-->";

    private static final Pattern TOKEN = Pattern.compile("<!--mr:(\\d{1,6}):([0-9a-f]{12})-->");
    private static final Pattern REVEALED_BEGIN =
            Pattern.compile("(?is)<!--\\s*\\[if[^\\]]*\\]>\\s*(?:<!)?-{2,}>|<!\\[if[^>]*>");
    private static final Pattern REVEALED_END =
            Pattern.compile("(?is)<!--\\s*<!\\s*\\[endif\\]\\s*-{2,}>|<!\\s*\\[endif\\]\\s*(?:--)?>");
    private static final Pattern WHOLE_CONDITION =
            Pattern.compile("(?is)<!--\\s*\\[if[^\\]]*\\]>(.*)<!\\s*\\[endif\\].*");
    private static final Set<String> STRUCTURE = Set.of(
            "table", "thead", "tbody", "tfoot", "tr", "td", "th", "div", "center", "span", "a", "p", "ul", "ol", "li");

    private enum Role {
        ALONE,
        FIRST,
        MIDDLE,
        LAST
    }

    /** How a piece belongs to others; group is that of the piece's first. */
    private record Bond(Role role, int group) {
        static final Bond NONE = new Bond(Role.ALONE, -1);
    }

    private final List<String> pieces = new ArrayList<>();
    private final List<Bond> bonds = new ArrayList<>();
    private final byte[] salt;

    private final Deque<Integer> conditions = new ArrayDeque<>();
    private final Deque<Open> outlookOnly = new ArrayDeque<>();
    private final Map<String, Deque<Integer>> tags = new HashMap<>();

    private record Open(int group, int depth) {}

    /** Source is the text from which the pieces are: tokens of another text mean nothing here. */
    ProtectedPieces(String source) {
        this.salt = sha256(source.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps a comment and gives what stands for it. */
    String comment(String text) {
        int number = add(text);
        if (REVEALED_BEGIN.matcher(text).matches()) {
            conditions.push(number);
        } else if (REVEALED_END.matcher(text).matches()) {
            bindLast(conditions, number);
        } else {
            Matcher whole = WHOLE_CONDITION.matcher(text);
            if (whole.matches()) {
                bindOutlookOnly(number, whole.group(1));
            }
        }
        return token(number);
    }

    /** Keeps a whole element, or a text, that needs no other. */
    String alone(String text) {
        return token(add(text));
    }

    /** Keeps one tag of an element whose content the editor may have. */
    String tag(String text, Piece piece) {
        int number = add(text);
        Deque<Integer> open = tags.computeIfAbsent(piece.name(), name -> new ArrayDeque<>());
        if (piece.kind() == Kind.START) {
            if (!text.endsWith("/>")) {
                open.push(number);
            }
        } else {
            bindLast(open, number);
        }
        return token(number);
    }

    /** The texts of all pieces, in the order of the source. */
    List<String> texts() {
        return List.copyOf(pieces);
    }

    /**
     * What to write for each of these comments, in the order in which they stand in a text. Nothing for foreign comments and
     * for pieces whose counterpart is gone. A piece that a person copied is written for each of its copies.
     */
    List<String> restored(List<String> comments) {
        List<Integer> numbers =
                comments.stream().map(comment -> number(comment).orElse(-1)).toList();
        Set<Integer> kept = new HashSet<>();
        Map<Integer, Deque<List<Integer>>> begun = new HashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) < 0) {
                continue;
            }
            Bond bond = bonds.get(numbers.get(i));
            Deque<List<Integer>> open = begun.computeIfAbsent(bond.group(), group -> new ArrayDeque<>());
            switch (bond.role()) {
                case ALONE -> kept.add(i);
                case FIRST -> open.push(new ArrayList<>(List.of(i)));
                case MIDDLE -> {
                    if (!open.isEmpty()) {
                        open.element().add(i);
                    }
                }
                case LAST -> {
                    if (!open.isEmpty()) {
                        kept.addAll(open.pop());
                        kept.add(i);
                    }
                }
            }
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            texts.add(kept.contains(i) ? pieces.get(numbers.get(i)) : "");
        }
        return texts;
    }

    private int add(String text) {
        pieces.add(text);
        bonds.add(Bond.NONE);
        return pieces.size() - 1;
    }

    private void bindLast(Deque<Integer> open, int number) {
        if (!open.isEmpty()) {
            int first = open.pop();
            bonds.set(first, new Bond(Role.FIRST, first));
            bonds.set(number, new Bond(Role.LAST, first));
        }
    }

    /** A comment that begins elements for Outlook belongs to the one that ends them, and to those between. */
    private void bindOutlookOnly(int number, String inside) {
        int ended = 0;
        Deque<String> begun = new ArrayDeque<>();
        for (Piece piece : HtmlScan.of(inside)) {
            boolean counts = STRUCTURE.contains(piece.name()) || piece.name().indexOf(':') > 0;
            if (counts && piece.kind() == Kind.START && !inside.startsWith("/>", piece.end() - 2)) {
                begun.push(piece.name());
            } else if (counts && piece.kind() == Kind.END && !begun.removeFirstOccurrence(piece.name())) {
                ended++;
            }
        }
        if (ended == 0) {
            if (!begun.isEmpty()) {
                outlookOnly.push(new Open(number, begun.size()));
            }
            return;
        }
        if (outlookOnly.isEmpty()) {
            return;
        }
        Open open = outlookOnly.pop();
        int depth = open.depth() - ended + begun.size();
        if (depth <= 0) {
            bonds.set(open.group(), new Bond(Role.FIRST, open.group()));
            bonds.set(number, new Bond(Role.LAST, open.group()));
        } else {
            bonds.set(number, new Bond(Role.MIDDLE, open.group()));
            outlookOnly.push(new Open(open.group(), depth));
        }
    }

    /** To be called after the last piece: what was begun and never ended in the source belongs to nothing. */
    void complete() {
        for (Open open : outlookOnly) {
            bonds.replaceAll(bond -> bond.group() == open.group() ? Bond.NONE : bond);
        }
    }

    private Optional<Integer> number(String comment) {
        Matcher token = TOKEN.matcher(comment);
        if (!token.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(token.group(1));
        return number < pieces.size() && token(number).equals(comment) ? Optional.of(number) : Optional.empty();
    }

    private String token(int number) {
        byte[] text = (number + ":" + pieces.get(number)).getBytes(StandardCharsets.UTF_8);
        byte[] salted = Arrays.copyOf(salt, salt.length + text.length);
        System.arraycopy(text, 0, salted, salt.length, text.length);
        return "<!--mr:" + number + ":" + HexFormat.of().formatHex(sha256(salted), 0, 6) + "-->";
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
