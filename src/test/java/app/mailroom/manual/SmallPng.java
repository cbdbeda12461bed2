package app.mailroom.manual;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Writes a picture as PNG of at most 256 colours, which are chosen by halving the space of colours where most pixels lie. */
final class SmallPng {
    private static final int COLOURS = 256;

    private SmallPng() {}

    /** Writes opaque pixels, row by row. */
    static void write(int[] pixels, int width, Path file) throws IOException {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel | 0xFF000000, 1, Integer::sum);
        }
        int[] palette = palette(counts);
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        int height = pixels.length / width;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        Map<Integer, Integer> nearest = new HashMap<>();
        byte[] indexes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indexes[i] = (byte) (int) nearest.computeIfAbsent(pixels[i], pixel -> nearest(palette, pixel));
        }
        image.getRaster().setDataElements(0, 0, width, height, indexes);
        ImageIO.write(image, "png", file.toFile());
    }

    private static int[] palette(Map<Integer, Integer> counts) {
        PriorityQueue<Box> boxes =
                new PriorityQueue<>(Comparator.comparingDouble(Box::error).reversed());
        boxes.add(new Box(counts.keySet().stream().mapToInt(Integer::intValue).toArray(), counts));
        while (boxes.size() < COLOURS && boxes.element().error() > 0) {
            boxes.addAll(boxes.remove().halves());
        }
        return boxes.stream().mapToInt(Box::colour).sorted().toArray();
    }

    private static int nearest(int[] palette, int pixel) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = channel(palette[i], shift) - channel(pixel, shift);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static int channel(int colour, int shift) {
        return colour >> shift & 0xFF;
    }

    /** Colours that will share one, unless they are halved. */
    private static final class Box {
        private final int[] colours;
        private final Map<Integer, Integer> counts;
        private final int widest;
        private final double error;

        Box(int[] colours, Map<Integer, Integer> counts) {
            this.colours = colours;
            this.counts = counts;
            int shiftOfWidest = 0;
            double most = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                double mean = mean(shift);
                double spread = 0;
                for (int colour : colours) {
                    double difference = channel(colour, shift) - mean;
                    spread += difference * difference * count(colour);
                }
                if (spread > most) {
                    most = spread;
                    shiftOfWidest = shift;
                }
            }
            this.widest = shiftOfWidest;
            this.error = most;
        }

        double error() {
            return error;
        }

        java.util.List<Box> halves() {
            int[] sorted = Arrays.stream(colours)
                    .boxed()
                    .sorted(Comparator.comparingInt(colour -> channel(colour, widest)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double mean = mean(widest);
            int cut = 1;
            while (cut < sorted.length - 1 && channel(sorted[cut], widest) <= mean) {
                cut++;
            }
            return java.util.List.of(
                    new Box(Arrays.copyOfRange(sorted, 0, cut), counts),
                    new Box(Arrays.copyOfRange(sorted, cut, sorted.length), counts));
        }

        /** The most frequent colour if it has most of the pixels, so that backgrounds stay as they are; the mean otherwise. */
        int colour() {
            long all = 0;
            int frequent = colours[0];
            for (int colour : colours) {
                all += count(colour);
                frequent = count(colour) > count(frequent) ? colour : frequent;
            }
            if (count(frequent) * 2L >= all) {
                return frequent;
            }
            return 0xFF000000
                    | (int) Math.round(mean(16)) << 16
                    | (int) Math.round(mean(8)) << 8
                    | (int) Math.round(mean(0));
        }

        private double mean(int shift) {
            double sum = 0;
            long all = 0;
            for (int colour : colours) {
                sum += (double) channel(colour, shift) * count(colour);
                all += count(colour);
            }
            return sum / all;
        }

        private int count(int colour) {
            return counts.getOrDefault(colour, 0);
        }
    }
}
