package app.mailroom.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** A text cut at its variables, so that rendering is joining. Immutable. */
final class Segments {

    /** Gives the slot that a sentinel stands for. */
    interface SlotFinder {

        Slot slot(int index, boolean inPlainTextLink);
    }

    /**
     * A place to be filled.
     *
     * @param variable index into the values that {@link #join} gets
     */
    record Slot(int variable, Variable use, Place place) {}

    private final List<String> literals;
    private final List<Slot> slots;
    private final int literalLength;

    private Segments(List<String> literals, List<Slot> slots) {
        this.literals = List.copyOf(literals);
        this.slots = List.copyOf(slots);
        this.literalLength = literals.stream().mapToInt(String::length).sum();
    }

    static Segments cut(String marked, SlotFinder finder) {
        List<String> literals = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        Matcher sentinel = VariableScan.SENTINEL.matcher(marked);
        int from = 0;
        while (sentinel.find()) {
            literals.add(marked.substring(from, sentinel.start()));
            slots.add(finder.slot(
                    Integer.parseInt(sentinel.group(1)), !sentinel.group(2).isEmpty()));
            from = sentinel.end();
        }
        literals.add(marked.substring(from));
        return new Segments(literals, slots);
    }

    /**
     * The text with its slots filled.
     *
     * @param values by variable, {@code ""} for an absent one
     * @throws RenderException if a value is missing or cannot stand in its place
     */
    String join(List<String> values) throws RenderException {
        StringBuilder out = new StringBuilder(literalLength + 64 * slots.size());
        for (int i = 0; i < slots.size(); i++) {
            out.append(literals.get(i));
            fill(out, slots.get(i), values.get(slots.get(i).variable()));
        }
        return out.append(literals.get(slots.size())).toString();
    }

    /**
     * How many bytes the joined text has in UTF-8, nearly.
     *
     * @param usual how many a value is taken to have where there is no fallback
     */
    int size(int usual) {
        int size = 0;
        for (String literal : literals) {
            size += literal.getBytes(StandardCharsets.UTF_8).length;
        }
        for (Slot slot : slots) {
            String fallback = slot.use().fallback();
            size += fallback.isEmpty() ? usual : fallback.getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    private static void fill(StringBuilder out, Slot slot, String value) throws RenderException {
        Variable use = slot.use();
        boolean blank = Variables.isBlank(value);
        if (blank && !use.hasFallback()) {
            throw new RenderException(use.name(), RenderException.Code.MISSING_VALUE);
        }
        var refusal = slot.place().write(out, blank ? use.fallback() : value);
        if (refusal.isPresent()) {
            throw new RenderException(use.name(), refusal.get());
        }
    }
}
