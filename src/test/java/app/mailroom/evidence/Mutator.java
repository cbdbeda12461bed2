package app.mailroom.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes bad input of good: one to a few changes of the kinds that break readers, at places and of sizes that a seed decides. The
 * same seed makes the same input.
 */
public final class Mutator {
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_REPEAT = 4_000;
    private static final int LARGEST = 1 << 20;

    private final List<byte[]> corpus;
    private final List<byte[]> words;

    /**
     * Of good inputs, and of words that mean something to the reader.
     *
     * @param words written in UTF-8
     */
    public Mutator(List<byte[]> corpus, List<String> words) {
        this.corpus = List.copyOf(corpus);
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The input of a seed. */
    public byte[] input(long seed) {
        Random random = new Random(seed);
        byte[] input = one(corpus, random).clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && input.length < LARGEST; i++) {
            input = changed(input, random);
        }
        return input;
    }

    private byte[] changed(byte[] input, Random random) {
        int at = input.length == 0 ? 0 : random.nextInt(input.length);
        int to = Math.min(input.length, at + 1 + random.nextInt(1 + input.length / 4));
        return switch (random.nextInt(9)) {
            case 0 -> flipped(input, at, random);
            case 1 -> joined(input, at, new byte[] {(byte) random.nextInt(256)}, to);
            case 2 -> joined(input, at, new byte[0], to);
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> joined(input, at, one(words, random), at);
            case 5 -> joined(input, at, one(words, random), to);
            case 6 -> joined(input, at, repeated(one(words, random), 1 + random.nextInt(LONGEST_REPEAT)), at);
            case 7 -> joined(input, at, Arrays.copyOfRange(input, at, to), at);
            default -> spliced(input, at, one(corpus, random), random);
        };
    }

    private static byte[] flipped(byte[] input, int at, Random random) {
        if (input.length == 0) {
            return input;
        }
        byte[] changed = input.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static byte[] spliced(byte[] input, int at, byte[] other, Random random) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return joined(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
    }

    /** What stands before a place, something in between, and what stands from another place on. */
    private static byte[] joined(byte[] input, int before, byte[] between, int after) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(before + between.length + input.length - after);
        all.write(input, 0, before);
        all.writeBytes(between);
        all.write(input, after, input.length - after);
        return all.toByteArray();
    }

    private static byte[] repeated(byte[] word, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times && all.size() < LARGEST; i++) {
            all.writeBytes(word);
        }
        return all.toByteArray();
    }

    private static byte[] one(List<byte[]> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
