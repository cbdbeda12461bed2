import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Draws the program's icon in every size and form that a system asks for: {@code java installer/icons/DrawIcons.java}, from the
 * project's folder. Needs a JDK and nothing else. Understands of SVG what the two drawings use.
 */
public final class DrawIcons {
    private static final Path ICONS = Path.of("installer", "icons");
    /** Those that the windows carry. */
    private static final Path IN_PROGRAM = Path.of("src", "main", "resources", "app", "mailroom", "ui", "icons");

    private static final List<Integer> SIZES = List.of(16, 22, 24, 32, 48, 64, 128, 256, 512);
    private static final List<Integer> OF_WINDOWS = List.of(16, 32, 48, 64, 128, 256);
    private static final List<Integer> IN_ICO = List.of(16, 24, 32, 48, 64, 256);
    /** Up to here the small drawing is used, whose lines are thick enough. */
    private static final int SMALL = 32;

    private final Element drawing;
    private final double side;
    private final Map<String, Element> gradients = new HashMap<>();

    private DrawIcons(Path svg) throws Exception {
        drawing = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getDocumentElement();
        side = Double.parseDouble(drawing.getAttribute("viewBox").split(" ")[2]);
        NodeList found = drawing.getElementsByTagName("linearGradient");
        for (int i = 0; i < found.getLength(); i++) {
            Element gradient = (Element) found.item(i);
            gradients.put("url(#" + gradient.getAttribute("id") + ")", gradient);
        }
    }

    /** Writes all files into their folders. */
    public static void main(String[] args) throws Exception {
        DrawIcons large = new DrawIcons(ICONS.resolve("mailroom.svg"));
        DrawIcons small = new DrawIcons(ICONS.resolve("mailroom-small.svg"));
        Files.createDirectories(IN_PROGRAM);
        Map<Integer, BufferedImage> images = new LinkedHashMap<>();
        for (int size : SIZES) {
            images.put(size, (size <= SMALL ? small : large).drawn(size));
            Files.write(ICONS.resolve("mailroom-" + size + ".png"), png(images.get(size)));
        }
        for (int size : OF_WINDOWS) {
            Files.write(IN_PROGRAM.resolve("mailroom-" + size + ".png"), png(images.get(size)));
        }
        Files.write(ICONS.resolve("mailroom.ico"), ico(images));
        images.put(1024, large.drawn(1024));
        Files.write(ICONS.resolve("mailroom.icns"), icns(images));
    }

    private BufferedImage drawn(int pixels) {
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_ARGB);
        Graphics2D to = image.createGraphics();
        to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        to.scale(pixels / side, pixels / side);
        for (Node node = drawing.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                draw(element, to);
            }
        }
        to.dispose();
        return image;
    }

    private void draw(Element element, Graphics2D to) {
        switch (element.getTagName()) {
            case "title", "defs" -> {}
            case "rect" -> paint(
                    element,
                    new RoundRectangle2D.Double(
                            number(element, "x"),
                            number(element, "y"),
                            number(element, "width"),
                            number(element, "height"),
                            2 * number(element, "rx"),
                            2 * number(element, "rx")),
                    to);
            case "path" -> paint(element, path(element.getAttribute("d")), to);
            default -> throw new IllegalArgumentException("cannot draw " + element.getTagName());
        }
    }

    private void paint(Element element, Shape shape, Graphics2D to) {
        String fill = element.getAttribute("fill");
        if (!fill.equals("none")) {
            String opacity = element.getAttribute("fill-opacity");
            to.setComposite(AlphaComposite.SrcOver.derive(opacity.isEmpty() ? 1f : Float.parseFloat(opacity)));
            to.setPaint(colour(fill));
            to.fill(shape);
            to.setComposite(AlphaComposite.SrcOver);
        }
        if (element.hasAttribute("stroke")) {
            to.setPaint(colour(element.getAttribute("stroke")));
            boolean round = element.getAttribute("stroke-linecap").equals("round");
            to.setStroke(new BasicStroke(
                    (float) number(element, "stroke-width"),
                    round ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT,
                    BasicStroke.JOIN_MITER));
            to.draw(shape);
        }
    }

    private Paint colour(String name) {
        Element gradient = gradients.get(name);
        if (gradient == null) {
            return Color.decode(name);
        }
        NodeList stops = gradient.getElementsByTagName("stop");
        return new GradientPaint(
                (float) number(gradient, "x1"),
                (float) number(gradient, "y1"),
                Color.decode(((Element) stops.item(0)).getAttribute("stop-color")),
                (float) number(gradient, "x2"),
                (float) number(gradient, "y2"),
                Color.decode(((Element) stops.item(1)).getAttribute("stop-color")));
    }

    private static Shape path(String commands) {
        Path2D.Double path = new Path2D.Double();
        String[] words = commands.trim().split("\\s+");
        int at = 0;
        while (at < words.length) {
            String command = words[at++];
            double[] to = new double[command.equals("C") ? 6 : command.equals("Z") ? 0 : 2];
            for (int i = 0; i < to.length; i++) {
                to[i] = Double.parseDouble(words[at++]);
            }
            switch (command) {
                case "M" -> path.moveTo(to[0], to[1]);
                case "L" -> path.lineTo(to[0], to[1]);
                case "C" -> path.curveTo(to[0], to[1], to[2], to[3], to[4], to[5]);
                case "Z" -> path.closePath();
                default -> throw new IllegalArgumentException("cannot follow " + command);
            }
        }
        return path;
    }

    private static double number(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        return value.isEmpty() ? 0 : Double.parseDouble(value);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Small ones as bitmaps, which every Windows reads, and the largest as PNG. */
    private static byte[] ico(Map<Integer, BufferedImage> images) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (int size : IN_ICO) {
            parts.add(size < 256 ? bitmap(images.get(size)) : png(images.get(size)));
        }
        int offset = 6 + 16 * parts.size();
        ByteBuffer head = ByteBuffer.allocate(offset).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 0).putShort((short) 1).putShort((short) parts.size());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            // A byte holds no 256; 0 stands for it.
            byte size = (byte) (int) IN_ICO.get(i);
            head.put(size).put(size).putShort((short) 0).putShort((short) 1).putShort((short) 32);
            head.putInt(parts.get(i).length).putInt(offset + body.size());
            body.write(parts.get(i));
        }
        return joined(head.array(), body.toByteArray());
    }

    /** Bottom row first, then a mask that the transparency has made idle. */
    private static byte[] bitmap(BufferedImage image) {
        int size = image.getWidth();
        int maskRow = (size + 31) / 32 * 4;
        ByteBuffer bytes =
                ByteBuffer.allocate(40 + size * size * 4 + size * maskRow).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(40).putInt(size).putInt(2 * size).putShort((short) 1).putShort((short) 32);
        bytes.putInt(0).putInt(size * size * 4).putInt(0).putInt(0).putInt(0).putInt(0);
        for (int y = size - 1; y >= 0; y--) {
            for (int x = 0; x < size; x++) {
                bytes.putInt(image.getRGB(x, y));
            }
        }
        return bytes.array();
    }

    private static byte[] icns(Map<Integer, BufferedImage> images) throws IOException {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        kinds.put("icp4", 16);
        kinds.put("icp5", 32);
        kinds.put("ic11", 32);
        kinds.put("ic12", 64);
        kinds.put("ic07", 128);
        kinds.put("ic13", 256);
        kinds.put("ic08", 256);
        kinds.put("ic14", 512);
        kinds.put("ic09", 512);
        kinds.put("ic10", 1024);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            byte[] picture = png(images.get(kind.getValue()));
            body.write(kind.getKey().getBytes(StandardCharsets.US_ASCII));
            body.write(ByteBuffer.allocate(4).putInt(picture.length + 8).array());
            body.write(picture);
        }
        ByteBuffer head = ByteBuffer.allocate(8);
        head.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(body.size() + 8);
        return joined(head.array(), body.toByteArray());
    }

    private static byte[] joined(byte[] head, byte[] body) {
        return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
    }
}
