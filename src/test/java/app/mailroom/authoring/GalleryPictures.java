package app.mailroom.authoring;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Draws the pictures of the starting templates, at twice the size at which they are shown. Run it after a change and commit what
 * it writes; the same drawing always gives the same picture.
 */
public final class GalleryPictures {
    private static final Path FOLDER = Path.of("src/main/resources/app/mailroom/authoring/gallery/images");
    private static final int SCALE = 2;

    private final Graphics2D graphics;

    private GalleryPictures(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Writes all of them. */
    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(FOLDER);
        picture("newsletter-shelf", 600, 320, GalleryPictures::shelf);
        picture("newsletter-herbs", 256, 160, GalleryPictures::herbs);
        picture("newsletter-can", 256, 160, GalleryPictures::wateringCan);
        picture("promotion-coffee", 600, 264, GalleryPictures::coffee);
        picture("invitation-arch", 176, 208, GalleryPictures::arch);
        picture("announcement-board", 520, 296, GalleryPictures::board);
        picture("announcement-mark", 40, 40, GalleryPictures::mark);
        picture("announcement-sync", 48, 48, GalleryPictures::sync);
        picture("announcement-share", 48, 48, GalleryPictures::share);
        picture("announcement-quiet", 48, 48, GalleryPictures::quiet);
        picture("receipt-mark", 48, 48, GalleryPictures::pebble);
        picture("survey-bicycle", 600, 256, GalleryPictures::bicycle);
        picture("welcome-bread", 600, 304, GalleryPictures::bread);
    }

    private static void picture(String name, int width, int height, Consumer<GalleryPictures> drawing)
            throws IOException {
        BufferedImage image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(SCALE, SCALE);
        drawing.accept(new GalleryPictures(graphics));
        graphics.dispose();
        ImageIO.write(withPalette(image), "png", FOLDER.resolve(name + ".png").toFile());
    }

    /** The same in its 256 most frequent colours, which makes the file half as large; as it is where it is transparent. */
    private static BufferedImage withPalette(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int pixel : pixels) {
            if (pixel >>> 24 != 0xFF) {
                return image;
            }
            counts.merge(pixel, 1, Integer::sum);
        }
        int[] colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(256)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        IndexColorModel palette = new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage smaller =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette);
        Map<Integer, Integer> nearest = new HashMap<>();
        byte[] indexes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indexes[i] = (byte) (int) nearest.computeIfAbsent(pixels[i], pixel -> nearest(colours, pixel));
        }
        smaller.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), indexes);
        return smaller;
    }

    private static int nearest(int[] colours, int pixel) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colours.length; i++) {
            int distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (colours[i] >> shift & 0xFF) - (pixel >> shift & 0xFF);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private void shelf() {
        fill("#dfe8d8", new Rectangle2D.Double(0, 0, 600, 320));
        fill("#f4dfae", circle(452, 112, 72));
        fill("#c8d8c2", new Rectangle2D.Double(0, 256, 600, 64));
        fill("#8a5a3c", new Rectangle2D.Double(0, 252, 600, 12));
        // A rubber plant.
        stroke("#1f5a41", 4, new Line2D.Double(120, 190, 120, 84));
        leaf("#1f5a41", 120, 180, -64, 72, 30);
        leaf("#2f7a58", 120, 176, 62, 72, 30);
        leaf("#2f7a58", 120, 140, -48, 68, 28);
        leaf("#1f5a41", 120, 132, 44, 68, 28);
        leaf("#4b9a72", 120, 100, -4, 68, 28);
        pot("#b4532a", "#93411f", 120, 188, 80, 64);
        // A cactus with arms.
        fill("#2f7a58", bar(236, 136, 36, 92));
        fill("#2f7a58", bar(204, 164, 18, 40));
        fill("#2f7a58", bar(204, 188, 50, 16));
        fill("#2f7a58", bar(284, 148, 18, 40));
        fill("#2f7a58", bar(254, 172, 48, 16));
        fill("#e58f6a", circle(254, 134, 9));
        pot("#f3efe2", "#dcd5c0", 254, 204, 72, 48);
        // A snake plant.
        blade("#1f5a41", 364, 204, -14, 112);
        blade("#4b9a72", 380, 204, 12, 124);
        blade("#2f7a58", 372, 204, 0, 144);
        blade("#4b9a72", 356, 204, -26, 84);
        blade("#1f5a41", 390, 204, 24, 88);
        pot("#26332b", "#1a241e", 373, 196, 76, 56);
        // A trailing plant.
        for (int i = 0; i < 5; i++) {
            double x = 470 + i * 18;
            double drop = 36 + (i % 3) * 22;
            stroke("#2f7a58", 3, new Line2D.Double(x, 210, x, 210 + drop));
            for (double y = 222; y < 210 + drop; y += 16) {
                leaf("#4b9a72", x, y, 115, 18, 11);
                leaf("#2f7a58", x, y + 6, -115, 18, 11);
            }
        }
        leaf("#2f7a58", 500, 204, -32, 52, 24);
        leaf("#4b9a72", 508, 204, 4, 58, 24);
        leaf("#1f5a41", 516, 204, 38, 50, 24);
        pot("#e8b04a", "#cf9530", 507, 200, 84, 52);
    }

    private void herbs() {
        fill("#f3dcc8", new Rectangle2D.Double(0, 0, 256, 160));
        fill("#e5c3a6", new Rectangle2D.Double(0, 132, 256, 28));
        for (int i = 0; i < 3; i++) {
            double x = 60 + i * 68;
            String near = i == 1 ? "#1f5a41" : "#2f7a58";
            stroke(near, 3, new Line2D.Double(x, 92, x, 40 - i % 2 * 8));
            for (double y = 88; y > 46 - i % 2 * 8; y -= 16) {
                leaf(near, x, y, -58, 26, 13);
                leaf("#4b9a72", x, y - 4, 58, 26, 13);
            }
            leaf("#4b9a72", x, 46 - i % 2 * 8, 0, 24, 13);
            pot(i == 1 ? "#fffdf7" : "#b4532a", i == 1 ? "#e6dfcd" : "#93411f", x, 92, 48, 40);
        }
    }

    private void wateringCan() {
        fill("#cfe2e0", new Rectangle2D.Double(0, 0, 256, 160));
        fill("#b3cfcb", new Rectangle2D.Double(0, 132, 256, 28));
        stroke("#b4532a", 9, new Arc2D.Double(136, 60, 68, 64, -90, 180, Arc2D.OPEN));
        Path2D spout = new Path2D.Double();
        spout.moveTo(104, 96);
        spout.lineTo(58, 52);
        spout.lineTo(68, 44);
        spout.lineTo(112, 74);
        spout.closePath();
        fill("#93411f", spout);
        stroke("#93411f", 8, new Line2D.Double(52, 58, 74, 38));
        fill("#b4532a", new RoundRectangle2D.Double(100, 60, 76, 72, 16, 16));
        fill("#93411f", new RoundRectangle2D.Double(100, 60, 76, 12, 12, 12));
        for (int i = 0; i < 4; i++) {
            stroke("#3f7f8c", 3, new Line2D.Double(50 - i * 8, 72 + i * 16, 46 - i * 8, 82 + i * 16));
            stroke("#3f7f8c", 3, new Line2D.Double(38 - i * 4, 62 + i * 17, 34 - i * 4, 72 + i * 17));
        }
        leaf("#1f5a41", 218, 134, -30, 46, 20);
        leaf("#2f7a58", 220, 134, 26, 52, 20);
    }

    private void coffee() {
        fill("#f6b73c", new Rectangle2D.Double(0, 0, 600, 264));
        fill("#fbcf72", circle(300, 232, 196));
        bag("#a8321f", "#7f2214", "#fff8ea", 120);
        bag("#2b1a12", "#160c07", "#f6b73c", 248);
        // The cup.
        stroke("#fff8ea", 12, new Ellipse2D.Double(476, 156, 44, 48));
        Path2D cup = new Path2D.Double();
        cup.moveTo(384, 136);
        cup.lineTo(500, 136);
        cup.curveTo(500, 200, 488, 228, 462, 232);
        cup.lineTo(422, 232);
        cup.curveTo(396, 228, 384, 200, 384, 136);
        cup.closePath();
        fill("#fff8ea", cup);
        fill("#5b3520", new Ellipse2D.Double(384, 124, 116, 24));
        fill("#8a5a3c", new Ellipse2D.Double(402, 130, 80, 13));
        steam(424);
        steam(460);
        fill("#e59d1e", new RoundRectangle2D.Double(80, 232, 456, 8, 8, 8));
        for (int i = 0; i < 3; i++) {
            bean(538 + i % 2 * 20, 216 - i * 20 + (i == 2 ? 24 : 0));
        }
        bean(64, 214);
        bean(90, 220);
    }

    private void arch() {
        Area window = new Area(new Ellipse2D.Double(16, 8, 144, 144));
        window.add(new Area(new Rectangle2D.Double(16, 80, 144, 120)));
        fill("#1d2438", window);
        fill("#f2d9a0", circle(112, 68, 24));
        fill("#1d2438", circle(101, 62, 21));
        for (double[] star : new double[][] {{52, 56, 2}, {72, 36, 1.5}, {44, 92, 1.5}, {136, 104, 2}, {84, 84, 1.5}}) {
            fill("#f2d9a0", circle(star[0], star[1], star[2]));
        }
        // A vase with a branch.
        stroke("#d3b27a", 2, new Line2D.Double(88, 140, 78, 98));
        stroke("#d3b27a", 2, new Line2D.Double(88, 140, 104, 108));
        leaf("#d3b27a", 82, 116, -52, 18, 8);
        leaf("#d3b27a", 80, 106, 40, 18, 8);
        leaf("#d3b27a", 78, 100, -14, 18, 8);
        leaf("#d3b27a", 104, 108, 24, 18, 8);
        leaf("#d3b27a", 98, 120, 76, 18, 8);
        Path2D vase = new Path2D.Double();
        vase.moveTo(80, 138);
        vase.lineTo(96, 138);
        vase.curveTo(94, 152, 114, 156, 112, 176);
        vase.curveTo(111, 190, 104, 196, 100, 200);
        vase.lineTo(76, 200);
        vase.curveTo(72, 196, 65, 190, 64, 176);
        vase.curveTo(62, 156, 82, 152, 80, 138);
        vase.closePath();
        fill("#c0643f", vase);
        Area shade = new Area(vase);
        shade.intersect(new Area(new Rectangle2D.Double(90, 130, 40, 80)));
        fill("#a4502f", shade);
        stroke("#b8935a", 2, window);
        stroke("#b8935a", 2, new Line2D.Double(4, 200, 172, 200));
    }

    private void board() {
        fill("#e0e3fb", new RoundRectangle2D.Double(0, 0, 520, 296, 32, 32));
        fill("#c7cbf6", new RoundRectangle2D.Double(48, 40, 424, 256, 24, 24));
        fill("#c7cbf6", new Rectangle2D.Double(48, 272, 424, 24));
        fill("#ffffff", new RoundRectangle2D.Double(40, 32, 440, 288, 24, 24));
        fill("#f5a3a3", circle(64, 56, 5));
        fill("#f7cf7a", circle(80, 56, 5));
        fill("#6fd3a8", circle(96, 56, 5));
        fill("#eef0fb", new RoundRectangle2D.Double(40, 80, 96, 240, 0, 0));
        for (int i = 0; i < 5; i++) {
            fill(i == 1 ? "#4338ca" : "#c7cbf6", bar(56, 104 + i * 28, i == 1 ? 64 : 48 + i % 2 * 8, 10));
        }
        String[] colours = {"#4338ca", "#34b98b", "#f2a94b", "#8d86ee"};
        double[][] tasks = {{160, 112, 120}, {232, 152, 144}, {304, 192, 104}, {200, 232, 88}};
        for (int i = 0; i < 7; i++) {
            fill("#eef0fb", new Rectangle2D.Double(160 + i * 48, 96, 2, 224));
        }
        for (int i = 0; i < tasks.length; i++) {
            fill(colours[i], bar(tasks[i][0], tasks[i][1], tasks[i][2], 24));
            fill("#ffffff", circle(tasks[i][0] + 12, tasks[i][1] + 12, 6));
        }
        stroke("#8d86ee", 2, new Line2D.Double(280, 124, 304, 124));
        stroke("#8d86ee", 2, new Line2D.Double(304, 124, 304, 152));
        stroke("#8d86ee", 2, new Line2D.Double(376, 164, 392, 164));
        stroke("#8d86ee", 2, new Line2D.Double(392, 164, 392, 192));
        // What has just moved by itself.
        fill("#191a2e", new RoundRectangle2D.Double(360, 236, 136, 40, 20, 20));
        fill("#34d399", circle(380, 256, 9));
        stroke("#191a2e", 2, new Line2D.Double(376, 256, 379, 259));
        stroke("#191a2e", 2, new Line2D.Double(379, 259, 384, 253));
        fill("#ffffff", bar(400, 248, 72, 6));
        fill("#7c7da0", bar(400, 260, 48, 6));
    }

    private void mark() {
        fill("#4338ca", new RoundRectangle2D.Double(0, 0, 40, 40, 16, 16));
        fill("#ffffff", bar(9, 11, 14, 6));
        fill("#34d399", bar(15, 19, 16, 6));
        fill("#ffffff", bar(12, 27, 11, 6));
    }

    private void sync() {
        tile();
        stroke("#4338ca", 3, new Arc2D.Double(14, 14, 20, 20, 30, 150, Arc2D.OPEN));
        stroke("#4338ca", 3, new Arc2D.Double(14, 14, 20, 20, 210, 150, Arc2D.OPEN));
        fill("#4338ca", triangle(33, 21, 38, 16, 28, 15));
        fill("#4338ca", triangle(15, 27, 10, 32, 20, 33));
    }

    private void share() {
        tile();
        stroke("#4338ca", 3, new Line2D.Double(17, 24, 31, 16));
        stroke("#4338ca", 3, new Line2D.Double(17, 24, 31, 32));
        fill("#4338ca", circle(17, 24, 5));
        fill("#4338ca", circle(31, 16, 4.5));
        fill("#4338ca", circle(31, 32, 4.5));
    }

    private void quiet() {
        tile();
        Area moon = new Area(circle(24, 24, 11));
        moon.subtract(new Area(circle(29.5, 20, 9.5)));
        fill("#4338ca", moon);
        fill("#4338ca", circle(31, 16, 1.5));
        fill("#4338ca", circle(33, 23, 1.5));
    }

    private void tile() {
        fill("#e0e3fb", new RoundRectangle2D.Double(0, 0, 48, 48, 20, 20));
    }

    private void pebble() {
        fill("#0f5c5c", circle(24, 24, 24));
        fill("#bfe0d8", new Ellipse2D.Double(10, 27, 28, 10));
        fill("#f3f7f6", new Ellipse2D.Double(14, 19, 20, 9));
        fill("#e8b04a", new Ellipse2D.Double(18, 12, 12, 7.5));
    }

    private void bicycle() {
        fill("#c6e3f3", new Rectangle2D.Double(0, 0, 600, 256));
        fill("#fbd46d", circle(484, 72, 32));
        cloud(72, 64);
        cloud(344, 40);
        Path2D far = new Path2D.Double();
        far.moveTo(0, 184);
        far.curveTo(120, 96, 220, 144, 320, 176);
        far.curveTo(420, 120, 520, 112, 600, 168);
        far.lineTo(600, 256);
        far.lineTo(0, 256);
        far.closePath();
        fill("#8fc3ac", far);
        Path2D near = new Path2D.Double();
        near.moveTo(0, 216);
        near.curveTo(160, 176, 360, 216, 600, 192);
        near.lineTo(600, 256);
        near.lineTo(0, 256);
        near.closePath();
        fill("#5d9f83", near);
        fill("#14507a", new Rectangle2D.Double(0, 232, 600, 24));
        for (int x = 16; x < 600; x += 64) {
            fill("#7fb2d1", bar(x, 242, 32, 4));
        }
        wheel(236, 188);
        wheel(364, 188);
        String frame = "#d6482f";
        stroke(frame, 7, new Line2D.Double(236, 188, 272, 124));
        stroke(frame, 7, new Line2D.Double(272, 124, 296, 188));
        stroke(frame, 7, new Line2D.Double(296, 188, 236, 188));
        stroke(frame, 7, new Line2D.Double(272, 128, 340, 124));
        stroke(frame, 7, new Line2D.Double(296, 188, 342, 128));
        stroke(frame, 7, new Line2D.Double(364, 188, 336, 104));
        stroke("#12293a", 7, new Line2D.Double(272, 124, 267, 112));
        fill("#12293a", bar(248, 104, 40, 10));
        stroke("#12293a", 7, new Line2D.Double(336, 104, 356, 98));
        stroke("#12293a", 7, new Line2D.Double(336, 104, 332, 94));
        stroke("#12293a", 5, new Line2D.Double(288, 202, 304, 174));
        fill("#12293a", circle(296, 188, 8));
        stroke("#12293a", 5, new Line2D.Double(280, 203, 294, 203));
        stroke("#12293a", 5, new Line2D.Double(298, 173, 312, 173));
        // A basket with flowers.
        fill("#a86f3c", new RoundRectangle2D.Double(350, 106, 44, 32, 8, 8));
        fill("#c68a50", new RoundRectangle2D.Double(346, 102, 52, 8, 8, 8));
        leaf("#2f7a58", 364, 104, -22, 26, 10);
        leaf("#2f7a58", 382, 104, 26, 26, 10);
        fill("#ffffff", circle(360, 82, 8));
        fill("#fbd46d", circle(360, 82, 3));
        fill("#f2a0b5", circle(376, 76, 8));
        fill("#fbd46d", circle(376, 76, 3));
        fill("#ffffff", circle(390, 86, 8));
        fill("#fbd46d", circle(390, 86, 3));
    }

    private void bread() {
        fill("#f9c9a8", new Rectangle2D.Double(0, 0, 600, 304));
        fill("#fbd9bf", circle(300, 240, 200));
        fill("#fde7d4", circle(300, 240, 152));
        fill("#f28a5c", circle(300, 240, 104));
        fill("#7a1f3d", new Rectangle2D.Double(0, 240, 600, 64));
        fill("#8f2e4e", new Rectangle2D.Double(0, 240, 600, 8));
        // The board and the loaf.
        fill("#c98a4b", new RoundRectangle2D.Double(144, 232, 312, 20, 20, 20));
        Path2D loaf = new Path2D.Double();
        loaf.moveTo(176, 232);
        loaf.curveTo(152, 168, 216, 128, 300, 128);
        loaf.curveTo(384, 128, 448, 168, 424, 232);
        loaf.closePath();
        fill("#b5652d", loaf);
        Path2D light = new Path2D.Double();
        light.moveTo(184, 216);
        light.curveTo(172, 168, 232, 136, 300, 136);
        light.curveTo(368, 136, 420, 160, 418, 196);
        light.curveTo(380, 150, 240, 148, 184, 216);
        light.closePath();
        fill("#cf7f40", light);
        for (int i = 0; i < 4; i++) {
            Path2D cut = new Path2D.Double();
            double x = 214 + i * 48;
            cut.moveTo(x, 208);
            cut.curveTo(x + 4, 184, x + 16, 168, x + 32, 160);
            cut.curveTo(x + 26, 180, x + 18, 196, x, 208);
            cut.closePath();
            fill("#f7dcb4", cut);
        }
        // Ears of wheat on both sides.
        wheat(116, 240, -10);
        wheat(84, 240, -22);
        wheat(484, 240, 10);
        wheat(516, 240, 22);
    }

    private void wheat(double x, double y, double tilt) {
        var before = graphics.getTransform();
        graphics.rotate(Math.toRadians(tilt), x, y);
        stroke("#a8662f", 3, new Line2D.Double(x, y, x, y - 104));
        for (int i = 0; i < 5; i++) {
            leaf("#d99a3f", x, y - 56 - i * 12, -34, 24, 10);
            leaf("#e8b45c", x, y - 56 - i * 12, 34, 24, 10);
        }
        leaf("#e8b45c", x, y - 110, 0, 26, 10);
        graphics.setTransform(before);
    }

    private void wheel(double x, double y) {
        stroke("#12293a", 6, circle(x, y, 46));
        stroke("#eef6fb", 3, circle(x, y, 41));
        for (int i = 0; i < 6; i++) {
            double turn = Math.PI * i / 6;
            double dx = 38 * Math.cos(turn);
            double dy = 38 * Math.sin(turn);
            stroke("#4f7086", 1, new Line2D.Double(x - dx, y - dy, x + dx, y + dy));
        }
        fill("#12293a", circle(x, y, 5));
    }

    private void cloud(double x, double y) {
        fill("#eef6fb", circle(x + 24, y, 20));
        fill("#eef6fb", circle(x + 52, y - 8, 26));
        fill("#eef6fb", circle(x + 82, y + 2, 18));
        fill("#eef6fb", bar(x, y, 104, 20));
    }

    private void bag(String front, String fold, String label, double x) {
        fill(front, new RoundRectangle2D.Double(x, 72, 104, 160, 12, 12));
        fill(fold, new RoundRectangle2D.Double(x - 4, 56, 112, 28, 10, 10));
        fill(label, new RoundRectangle2D.Double(x + 20, 120, 64, 72, 8, 8));
        fill(front, circle(x + 52, 146, 14));
        fill(label, circle(x + 58, 142, 12));
        fill(front, bar(x + 32, 170, 40, 4));
        fill(front, bar(x + 40, 178, 24, 4));
    }

    private void bean(double x, double y) {
        var before = graphics.getTransform();
        graphics.rotate(Math.toRadians(-28 + x % 40), x, y);
        fill("#5b3520", new Ellipse2D.Double(x - 12, y - 8, 24, 16));
        stroke("#f6b73c", 1.5, new Line2D.Double(x - 9, y, x + 9, y));
        graphics.setTransform(before);
    }

    private void steam(double x) {
        Path2D line = new Path2D.Double();
        line.moveTo(x, 112);
        line.curveTo(x - 16, 92, x + 16, 80, x, 56);
        stroke("#fff8ea", 6, line);
    }

    private void pot(String front, String rim, double x, double y, double width, double height) {
        Path2D pot = new Path2D.Double();
        pot.moveTo(x - width / 2 + 4, y);
        pot.lineTo(x + width / 2 - 4, y);
        pot.lineTo(x + width / 2 - 14, y + height);
        pot.lineTo(x - width / 2 + 14, y + height);
        pot.closePath();
        fill(front, pot);
        fill(rim, new RoundRectangle2D.Double(x - width / 2, y, width, 12, 4, 4));
    }

    /** A leaf from its foot, turned clockwise from upright. */
    private void leaf(String colour, double x, double y, double degrees, double length, double width) {
        var before = graphics.getTransform();
        graphics.rotate(Math.toRadians(degrees), x, y);
        Path2D leaf = new Path2D.Double();
        leaf.moveTo(x, y);
        leaf.curveTo(x - width, y - length * 0.3, x - width * 0.6, y - length * 0.8, x, y - length);
        leaf.curveTo(x + width * 0.6, y - length * 0.8, x + width, y - length * 0.3, x, y);
        leaf.closePath();
        fill(colour, leaf);
        graphics.setTransform(before);
    }

    private void blade(String colour, double x, double y, double degrees, double length) {
        leaf(colour, x, y, degrees, length, 14);
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** A bar with round ends. */
    private static Shape bar(double x, double y, double width, double height) {
        double round = Math.min(width, height);
        return new RoundRectangle2D.Double(x, y, width, height, round, round);
    }

    private static Shape triangle(double x1, double y1, double x2, double y2, double x3, double y3) {
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(x1, y1);
        triangle.lineTo(x2, y2);
        triangle.lineTo(x3, y3);
        triangle.closePath();
        return triangle;
    }

    private void fill(String colour, Shape shape) {
        graphics.setColor(Color.decode(colour));
        graphics.fill(shape);
    }

    private void stroke(String colour, double width, Shape shape) {
        graphics.setColor(Color.decode(colour));
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }
}
