package app.mailroom.authoring;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures as files. */
final class TestImages {
    private TestImages() {}

    static byte[] plain(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height / 2);
        graphics.dispose();
        return bytes(format, image);
    }

    /** Of which no format makes little. */
    static byte[] noise(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        return bytes(format, image);
    }

    static byte[] transparent(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x80FF0000);
        return bytes("png", image);
    }

    /** A JPEG that says by EXIF that it lies on its side: orientation 6, to be turned to the right. */
    static byte[] lyingJpeg(int width, int height) {
        byte[] jpeg = plain("jpg", width, height);
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        // Behind the first two marks: the begin of the file, and the head that Java wants to come first.
        int begin = 2 + 2 + (jpeg[4] & 0xFF) * 256 + (jpeg[5] & 0xFF);
        byte[] lying = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, lying, 0, begin);
        System.arraycopy(exif, 0, lying, begin, exif.length);
        System.arraycopy(jpeg, begin, lying, begin + exif.length, jpeg.length - begin);
        return lying;
    }

    private static byte[] bytes(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
