package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Attribute;
import app.mailroom.authoring.HtmlScan.Piece;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * A template's HTML on its way through the visual editor and back. The editor gets the body only, with variables as
 * chips, images as data and nothing that could run; what it must not touch (the head, conditional comments, scripts)
 * stays here and is put back into its place. Immutable.
 */
public final class EditorDocument {
    /** The name of an image as it stands in the template, for one that the editor shows as data; see {@link #editable}. */
    public static final String IMAGE_NAME_ATTRIBUTE = "data-mr-src";

    /** The class of the chip that stands for a variable in the editor. */
    public static final String CHIP_CLASS = "mr-variable";

    /** The chip's attribute with what stands between the braces, as plain text. */
    public static final String CHIP_ATTRIBUTE = "data-mr-variable";

    /** A style attribute that editors write anew, as it stands in the template. */
    static final String STYLE_ATTRIBUTE = "data-mr-style";

    /** An element of the editor alone, which keeps it from making a visible paragraph around what stands in it. */
    private static final String HOLDER_ATTRIBUTE = "data-mr-holder";

    private static final Pattern HIDDEN = Pattern.compile("(?i)display\\s*:\\s*none");

    /** The usual width of a mail; wider images are shown at this width. */
    private static final int MAIL_WIDTH = 600;

    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("(?i)\\x{FEFF}|&#(?:65279|xfeff);");

    /** Elements that templates leave empty on purpose, and that editors would fill. */
    private static final Set<String> MAY_BE_EMPTY =
            Set.of("td", "th", "div", "span", "a", "b", "i", "strong", "em", "u", "font", "center");

    private static final Set<String> LOOKS =
            Set.of("style", "class", "bgcolor", "text", "link", "vlink", "alink", "dir", "lang");

    /** What a person may have done to a chip, besides copying it. */
    private static final Set<String> OF_A_CHIP = Set.of("style", "dir", "lang");

    private final String head;
    private final String rest;
    private final String body;
    private final String editable;
    private final String styles;
    private final String bodyAttributes;
    private final ProtectedPieces pieces;

    private EditorDocument(TemplateContent content) {
        DocumentShell shell = DocumentShell.of(content.html());
        String inside = shell.body();
        int from = 0;
        while (from < inside.length() && isSpace(inside.charAt(from))) {
            from++;
        }
        int to = inside.length();
        while (to > from && isSpace(inside.charAt(to - 1))) {
            to--;
        }
        this.head = shell.head() + inside.substring(0, from);
        this.rest = inside.substring(to) + shell.rest();
        this.body = inside.substring(from, to);
        this.pieces = new ProtectedPieces(content.html());
        this.editable = new Opening(content.images()).run();
        pieces.complete();
        this.styles = StyleSheets.of(shell.head() + "\n" + body, content.images());
        this.bodyAttributes = shell.bodyTag().map(EditorDocument::looks).orElse("");
    }

    /** Makes a template's HTML ready for the editor. */
    public static EditorDocument of(TemplateContent content) {
        return new EditorDocument(content);
    }

    /** What the editor shows and edits: the inside of its body. */
    public String editable() {
        return editable;
    }

    /** The style sheets of the template, for the editor's own document, with nothing in them that would be fetched. */
    public String styles() {
        return styles;
    }

    /** The attributes of the template's body element that concern its look (style, class, bgcolor…), as they stand in a tag. */
    public String bodyAttributes() {
        return bodyAttributes;
    }

    /**
     * The template's whole HTML again, with what the editor holds now. What came from the editor is cleaned of the
     * editor's own marks and of whatever could run in the editor again. A protected piece that belongs to another, such as
     * the begin of a condition to its end, goes with it.
     *
     * @param edited what the editor gives, made of {@link #editable}
     */
    public String source(String edited) {
        return head + new Closing(edited).run() + rest;
    }

    /**
     * The same, with everything between two changes as it stands in the template, to the byte: line breaks, spelling and
     * order of attributes that the editor would write in its own way.
     *
     * @param untouched what the editor gave right after it was filled
     */
    public String source(String edited, String untouched) {
        return head + KeptText.merged(body, new Closing(untouched).run(), new Closing(edited).run()) + rest;
    }

    /**
     * What of the template the editor would lose or change, found by comparing what it was given with what it gives
     * back untouched. Empty when editing is harmless. Differences that no mail program can tell (white space between
     * elements, order of attributes, entities, colours in another notation) are none.
     *
     * @param untouched what the editor gives right after it was filled
     */
    public List<Damage> damage(String untouched) {
        return DamageReport.of(body, new Closing(untouched).run());
    }

    /** One kind of damage, such as elements that are lost: how many, and the first of them for a person to recognise. */
    public record Damage(Kind kind, int count, String example) {}

    /** What would happen to the template. */
    public enum Kind {
        ELEMENT_LOST,
        ATTRIBUTE_LOST,
        STYLE_CHANGED,
        COMMENT_LOST,
        TEXT_CHANGED,
        LAYOUT_CHANGED
    }

    /**
     * The chip for a variable, as HTML.
     *
     * @param variable what stands between the braces, as plain text, such as {@code name|friend}
     */
    public static String chip(String variable) {
        return VariableChips.chip(variable);
    }

    /** An img for an image, as HTML, to be put into the editor. Wide images show at the width of a mail. */
    public static String image(TemplateImage image, String alt) {
        return EditorCleaning.tag(
                "img",
                List.of(
                        new Attribute("src", data(image)),
                        new Attribute(IMAGE_NAME_ATTRIBUTE, image.name()),
                        new Attribute("alt", alt),
                        new Attribute("width", String.valueOf(Math.min(MAIL_WIDTH, image.width()))),
                        new Attribute("style", "max-width: 100%; height: auto;")));
    }

    /** Those of the images that this HTML refers to. */
    public static List<TemplateImage> used(String html, List<TemplateImage> images) {
        Set<String> references = new HashSet<>();
        ImageReferences.in(html).forEach(reference -> references.add(TemplateImage.plainName(reference)));
        return images.stream()
                .filter(image -> references.contains(TemplateImage.plainName(image.name())))
                .toList();
    }

    static String data(TemplateImage image) {
        return "data:" + image.contentType() + ";base64," + Base64.getEncoder().encodeToString(image.content());
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    private static String looks(Piece tag) {
        List<String> looks = new ArrayList<>();
        for (Attribute attribute : EditorCleaning.cleaned(tag.attributes())) {
            if (LOOKS.contains(attribute.name())) {
                String value = attribute.name().equals("style")
                        ? StyleSheets.withoutFetching(attribute.value(), Map.of())
                        : attribute.value();
                looks.add(attribute.name() + "=\"" + EditorCleaning.escapedValue(value) + "\"");
            }
        }
        return String.join(" ", looks);
    }

    /** Makes the body ready for the editor and fills {@link #pieces} on the way. */
    private final class Opening {
        private final List<Piece> scan = HtmlScan.of(body);
        private final int[] ends = HtmlScan.ends(scan);
        private final Map<String, TemplateImage> images = new HashMap<>();
        /** Where the outermost element ends that was last begun. */
        private int outermostEnd = -1;

        private int heldUntil = -1;
        private final StringBuilder out = new StringBuilder(body.length() + body.length() / 4);

        Opening(List<TemplateImage> images) {
            images.forEach(image -> this.images.put(image.name(), image));
        }

        String run() {
            for (int i = 0; i < scan.size(); i++) {
                Piece piece = scan.get(i);
                String text = body.substring(piece.start(), piece.end());
                switch (piece.kind()) {
                    case TEXT -> text(text);
                    case COMMENT -> out.append(pieces.comment(text));
                    case RAW -> out.append(pieces.alone(text));
                    case START, END -> i = tag(i, piece, text);
                }
            }
            return out.toString();
        }

        private void text(String text) {
            int from = 0;
            for (InvisibleFilling.Run run : InvisibleFilling.in(text)) {
                out.append(VariableChips.chipped(text.substring(from, run.start())));
                out.append(pieces.alone(text.substring(run.start(), run.end())));
                from = run.end();
            }
            out.append(VariableChips.chipped(text.substring(from)));
        }

        /** Writes a tag, or the whole element where the editor must not have it; gives the index of the last piece done. */
        private int tag(int index, Piece piece, String text) {
            String name = piece.name();
            if (EditorCleaning.FORBIDDEN.contains(name) || name.startsWith("v:") || name.startsWith("w:")) {
                int last = Math.max(index, ends[index]);
                if (last == index
                        && index + 1 < scan.size()
                        && scan.get(index + 1).kind() == HtmlScan.Kind.RAW) {
                    last = index + 1;
                }
                out.append(pieces.alone(
                        body.substring(piece.start(), scan.get(last).end())));
                return last;
            }
            if (EditorCleaning.OF_THE_DOCUMENT.contains(name)) {
                out.append(pieces.alone(text));
            } else if (name.indexOf(':') >= 0 || !EditorCleaning.isName(name)) {
                out.append(pieces.tag(text, piece));
            } else if (piece.kind() == HtmlScan.Kind.END) {
                out.append("</").append(name).append('>');
                if (index == heldUntil) {
                    out.append("</div>");
                }
            } else {
                if (isOutermost(index) && name.equals("span") && isHidden(piece)) {
                    heldUntil = ends[index];
                    out.append("<div ").append(HOLDER_ATTRIBUTE).append("=\"1\">");
                }
                out.append(EditorCleaning.tag(name, attributes(piece)));
                if (MAY_BE_EMPTY.contains(name) && isEmpty(index)) {
                    out.append(ProtectedPieces.EMPTY);
                }
            }
            return index;
        }

        private boolean isOutermost(int index) {
            boolean outermost = index > outermostEnd && ends[index] > index;
            if (outermost) {
                outermostEnd = ends[index];
            }
            return outermost;
        }

        private static boolean isHidden(Piece piece) {
            return piece.attribute("style")
                    .filter(style -> HIDDEN.matcher(style).find())
                    .isPresent();
        }

        private boolean isEmpty(int index) {
            int end = ends[index];
            return end == index + 1
                    || (end == index + 2
                            && scan.get(index + 1).kind() == HtmlScan.Kind.TEXT
                            && body.substring(
                                            scan.get(index + 1).start(),
                                            scan.get(index + 1).end())
                                    .chars()
                                    .allMatch(c -> isSpace((char) c)));
        }

        private List<Attribute> attributes(Piece piece) {
            List<Attribute> attributes = new ArrayList<>();
            for (Attribute attribute : EditorCleaning.cleaned(piece.attributes())) {
                boolean names =
                        attribute.name().equals("src") || attribute.name().equals("background");
                TemplateImage image = names ? images.get(attribute.value()) : null;
                if (image != null) {
                    attributes.add(new Attribute(attribute.name(), data(image)));
                    attributes.add(new Attribute(IMAGE_NAME_ATTRIBUTE, attribute.value()));
                } else {
                    attributes.add(attribute);
                }
                if (attribute.name().equals("style") && StyleText.isFragile(attribute.value())) {
                    attributes.add(new Attribute(STYLE_ATTRIBUTE, attribute.value()));
                }
            }
            return attributes;
        }
    }

    /** Makes the template's body of what the editor gives. */
    private final class Closing {
        private final String edited;
        private final List<Piece> scan;
        private final int[] ends;
        private final Map<Integer, String> restored = new HashMap<>();
        private final Set<Integer> dropped = new HashSet<>();
        private final StringBuilder out = new StringBuilder();

        Closing(String edited) {
            this.edited = edited;
            this.scan = HtmlScan.of(edited);
            this.ends = HtmlScan.ends(scan);
        }

        String run() {
            List<Integer> comments = new ArrayList<>();
            each(comments::add, i -> {});
            List<String> texts =
                    pieces.restored(comments.stream().map(this::text).toList());
            for (int i = 0; i < comments.size(); i++) {
                restored.put(comments.get(i), texts.get(i));
            }
            dropped.clear();
            each(i -> out.append(restored.getOrDefault(i, "")), this::write);
            return out.toString();
        }

        /** Visits what is kept: twice the same way, as it must be known which comments are there before any is written. */
        private void each(IntConsumer comment, IntConsumer other) {
            for (int i = 0; i < scan.size(); i++) {
                Piece piece = scan.get(i);
                if (dropped.contains(i) || piece.kind() == HtmlScan.Kind.RAW) {
                    continue;
                }
                if (piece.kind() == HtmlScan.Kind.COMMENT) {
                    comment.accept(i);
                } else if (isForeign(piece)) {
                    i = Math.max(i, ends[i]);
                } else {
                    other.accept(i);
                    if (isChip(i)) {
                        i = ends[i];
                    }
                }
            }
        }

        private boolean isForeign(Piece piece) {
            return EditorCleaning.FORBIDDEN.contains(piece.name())
                    || (piece.kind() == HtmlScan.Kind.START
                            && (piece.attribute("data-mce-bogus")
                                            .filter("all"::equals)
                                            .isPresent()
                                    || piece.attribute("data-mce-type")
                                            .filter("bookmark"::equals)
                                            .isPresent()));
        }

        private boolean isChip(int i) {
            Piece piece = scan.get(i);
            return piece.kind() == HtmlScan.Kind.START
                    && ends[i] > i
                    && piece.name().equals("span")
                    && piece.attribute("class")
                            .filter(names -> List.of(names.split("\\s+", -1)).contains(CHIP_CLASS))
                            .isPresent();
        }

        private void write(int i) {
            Piece piece = scan.get(i);
            String name = piece.name();
            if (piece.kind() == HtmlScan.Kind.TEXT) {
                // A lone bracket could make a tag of what follows when something between them is dropped.
                out.append(BYTE_ORDER_MARK.matcher(text(i)).replaceAll("").replace("<", "&lt;"));
            } else if (EditorCleaning.OF_THE_DOCUMENT.contains(name) || !EditorCleaning.isName(name)) {
                return;
            } else if (piece.kind() == HtmlScan.Kind.END) {
                out.append(piece.attributes().isEmpty() ? text(i) : "</" + name + ">");
            } else if (isChip(i)) {
                chip(i);
            } else if (piece.attribute("data-mce-bogus").isPresent()
                    || piece.attribute(HOLDER_ATTRIBUTE).isPresent()) {
                if (ends[i] > i) {
                    dropped.add(ends[i]);
                }
            } else {
                List<Attribute> attributes = attributes(piece);
                out.append(attributes.equals(piece.attributes()) ? text(i) : EditorCleaning.tag(name, attributes));
            }
        }

        private void chip(int i) {
            Piece piece = scan.get(i);
            String variable = piece.attribute(CHIP_ATTRIBUTE)
                    .flatMap(VariableChips::variable)
                    .orElseGet(() -> inside(i));
            List<Attribute> own = EditorCleaning.cleaned(piece.attributes()).stream()
                    .filter(attribute -> OF_A_CHIP.contains(attribute.name())
                            && !attribute.value().isBlank())
                    .toList();
            out.append(own.isEmpty() ? variable : EditorCleaning.tag("span", own) + variable + "</span>");
        }

        private String inside(int i) {
            StringBuilder inside = new StringBuilder();
            for (int j = i + 1; j < ends[i]; j++) {
                if (scan.get(j).kind() == HtmlScan.Kind.TEXT) {
                    inside.append(BYTE_ORDER_MARK.matcher(text(j)).replaceAll(""));
                }
            }
            return EditorCleaning.escapedText(Parser.unescapeEntities(inside.toString(), false));
        }

        private List<Attribute> attributes(Piece piece) {
            Optional<String> image =
                    piece.attribute(IMAGE_NAME_ATTRIBUTE).filter(name -> !EditorCleaning.isHostile("href", name));
            Optional<String> style = piece.attribute(STYLE_ATTRIBUTE);
            List<Attribute> attributes = new ArrayList<>();
            for (Attribute attribute : EditorCleaning.cleaned(piece.attributes())) {
                String name = attribute.name();
                String value = attribute.value();
                if ((name.equals("src") || name.equals("background")) && value.startsWith("data:")) {
                    attributes.add(new Attribute(name, image.orElse(value)));
                } else if (name.equals("style") && style.isPresent()) {
                    String merged = StyleText.harmless(StyleText.merged(style.get(), value));
                    if (!merged.isEmpty()) {
                        attributes.add(new Attribute(name, merged));
                    }
                } else if (name.equals("class") && value.contains("mce-")) {
                    String names = String.join(
                            " ",
                            List.of(value.split("\\s+", -1)).stream()
                                    .filter(each -> !each.startsWith("mce-"))
                                    .toList());
                    if (!names.isEmpty()) {
                        attributes.add(new Attribute(name, names));
                    }
                } else {
                    attributes.add(attribute);
                }
            }
            return attributes;
        }

        private String text(int i) {
            return edited.substring(scan.get(i).start(), scan.get(i).end());
        }
    }
}
