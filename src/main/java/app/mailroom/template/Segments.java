package app.mailroom.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** A text cut at its variables and links, so that rendering is joining. Immutable. */
final class Segments {

    /** Gives the slot that a sentinel stands for. */
    interface SlotFinder {

        Slot slot(int index, boolean inPlainTextLink);
    }

    /** What a text is made of. */
    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    /**
     * A place to be filled.
     *
     * @param variable index into the values that {@link #join} gets
     */
    record Slot(int variable, Variable use, Place place) implements Part {}

    /** The address of a link, as it stands in an attribute. */
    private record LinkAddress(int number, List<Part> parts) implements Part {}

    /** Where the picture goes by which an opening is noticed. */
    private record OpenPicture() implements Part {}

    private static final Pattern MARK = Pattern.compile(
            VariableScan.OPEN + "(?:(?<variable>\\d+)(?<plain>u?)|l(?<link>\\d+)|(?<end>e)|o)" + VariableScan.CLOSE);

    /**
     * A template may set all its images to the width of the screen, which the dot must not follow; and an image in a line of
     * text would make that line as high as its letters. Its empty {@code alt} keeps it from being read aloud.
     */
    private static final String PICTURE_STYLE = Stream.of(
                    "display:block", "width:1px", "height:1px", "min-width:0", "margin:0", "padding:0", "border:0")
            .map(rule -> rule + "!important")
            .collect(Collectors.joining(";"));

    /** The host of a usual relay, its path, the id of the key and the signature; see the tokens of {@code tracking}. */
    private static final int ADDRESS_BESIDE = 55;

    /** The message's tag and the number of the link, which base64 makes longer by a third, as it does the link itself. */
    private static final int ABOUT = 24;

    private final List<Part> parts;

    private Segments(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The address of a link, with marks around it that {@link #cut} understands. */
    static String markedLink(int number, String address) {
        return VariableScan.OPEN + "l" + number + VariableScan.CLOSE + address + VariableScan.OPEN + "e"
                + VariableScan.CLOSE;
    }

    /** The mark of the place for the picture by which an opening is noticed. */
    static String markedPicture() {
        return VariableScan.OPEN + "o" + VariableScan.CLOSE;
    }

    static Segments cut(String marked, SlotFinder finder) {
        List<Part> all = new ArrayList<>();
        List<Part> here = all;
        Matcher mark = MARK.matcher(marked);
        int from = 0;
        int link = 0;
        while (mark.find()) {
            literal(here, marked.substring(from, mark.start()));
            from = mark.end();
            if (mark.group("variable") != null) {
                here.add(finder.slot(
                        Integer.parseInt(mark.group("variable")),
                        !mark.group("plain").isEmpty()));
            } else if (mark.group("link") != null) {
                link = Integer.parseInt(mark.group("link"));
                here = new ArrayList<>();
            } else if (mark.group("end") != null) {
                all.add(new LinkAddress(link, List.copyOf(here)));
                here = all;
            } else {
                here.add(new OpenPicture());
            }
        }
        literal(here, marked.substring(from));
        return new Segments(all);
    }

    private static void literal(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }

    /**
     * The text with its slots filled.
     *
     * @param values by variable, {@code ""} for an absent one
     * @param hits where openings and clicks are to be noticed; null for nowhere
     * @throws RenderException if a value is missing or cannot stand in its place
     */
    String join(List<String> values, @Nullable HitAddresses hits) throws RenderException {
        return join(parts, values, hits);
    }

    /** Joined at once rather than appended, which would copy the text twice, and once more at its first wide character. */
    private static String join(List<Part> parts, List<String> values, @Nullable HitAddresses hits)
            throws RenderException {
        String[] pieces = new String[parts.size()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = piece(parts.get(i), values, hits);
        }
        return String.join("", pieces);
    }

    private static String piece(Part part, List<String> values, @Nullable HitAddresses hits) throws RenderException {
        if (part instanceof Literal literal) {
            return literal.text();
        }
        if (part instanceof Slot slot) {
            return filled(slot, values.get(slot.variable()));
        }
        if (part instanceof LinkAddress link) {
            String written = join(link.parts(), values, hits);
            return hits == null ? written : noticed(link, hits, written);
        }
        return hits == null ? "" : picture(attribute(hits.open()));
    }

    /**
     * The address of a link made to lead where its clicks are noticed. One that cannot be asked for in any form, or need not be
     * noticed, stays as it is written, to the letter.
     */
    private static String noticed(LinkAddress link, HitAddresses hits, String written) {
        Optional<String> address = Link.absolute(Parser.unescapeEntities(written, true));
        if (address.isEmpty()) {
            return written;
        }
        String noticed = hits.click(link.number(), address.get());
        return noticed.equals(address.get()) ? written : attribute(noticed);
    }

    private static String picture(String address) {
        return "<img src=\"" + address + "\" width=\"1\" height=\"1\" alt=\"\" style=\"" + PICTURE_STYLE + "\">";
    }

    private static String attribute(String address) {
        return address.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /**
     * How many bytes the joined text has in UTF-8, nearly, with what notices openings and clicks: a mail may be counted or not,
     * and where a template is looked at nobody knows yet.
     *
     * @param usual how many a value is taken to have where there is no fallback
     */
    int size(int usual) {
        return size(parts, usual);
    }

    private static int size(List<Part> parts, int usual) {
        int size = 0;
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                size += literal.text().getBytes(StandardCharsets.UTF_8).length;
            } else if (part instanceof Slot slot) {
                String fallback = slot.use().fallback();
                size += fallback.isEmpty() ? usual : fallback.getBytes(StandardCharsets.UTF_8).length;
            } else if (part instanceof LinkAddress link) {
                size += noticed(size(link.parts(), usual));
            } else {
                size += picture("").length() + noticed(0);
            }
        }
        return size;
    }

    /** How long an address is where an opening, or a click on one of this length, is noticed. */
    private static int noticed(int length) {
        return ADDRESS_BESIDE + (ABOUT + length) * 4 / 3;
    }

    private static String filled(Slot slot, String value) throws RenderException {
        Variable use = slot.use();
        boolean blank = Variables.isBlank(value);
        if (blank && !use.hasFallback()) {
            throw new RenderException(use.name(), RenderException.Code.MISSING_VALUE);
        }
        String written = slot.place().written(blank ? use.fallback() : value);
        if (written == null) {
            throw new RenderException(use.name(), slot.place().refusal());
        }
        return written;
    }
}
