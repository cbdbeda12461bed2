package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.authoring.ImageIntakeException.Code;
import app.mailroom.model.TemplateImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageIntakeTest {
    @TempDir
    Path folder;

    @Test
    void smallImagesStayAsTheyAre() throws IOException {
        for (String format : new String[] {"png", "jpg", "gif"}) {
            byte[] file = TestImages.plain(format, 40, 20);

            TemplateImage image = ImageIntake.read(file, "x." + format);

            assertThat(image.content()).isEqualTo(file);
            assertThat(image.name()).isEqualTo("images/" + image.hash().substring(0, 12) + "." + format);
            assertThat(image.width()).isEqualTo(40);
            assertThat(image.height()).isEqualTo(20);
        }
        assertThat(ImageIntake.read(TestImages.plain("jpg", 4, 4), "x").contentType())
                .isEqualTo("image/jpeg");
    }

    @Test
    void wideImagesAreScaledDown() throws IOException {
        TemplateImage png = ImageIntake.read(TestImages.plain("png", 2400, 1000), "wide.png");
        TemplateImage huge = ImageIntake.read(TestImages.plain("jpg", 7300, 100), "huge.jpg");

        assertThat(png.width()).isEqualTo(1200);
        assertThat(png.height()).isEqualTo(500);
        assertThat(png.contentType()).isEqualTo("image/png");
        assertThat(huge.width()).isEqualTo(1200);
        assertThat(decoded(huge).getWidth()).isEqualTo(1200);
    }

    @Test
    void aPhotographThatLiesOnItsSideIsTurned() throws IOException {
        TemplateImage image = ImageIntake.read(TestImages.lyingJpeg(80, 40), "phone.jpg");

        assertThat(image.width()).isEqualTo(40);
        assertThat(image.height()).isEqualTo(80);
        assertThat(decoded(image).getRGB(30, 10) & 0xFF0000).isGreaterThan(0xC00000);
        assertThat(decoded(image).getRGB(10, 10) & 0xFF0000).isLessThan(0x400000);
    }

    @Test
    void aPngOfManyBytesBecomesJpegOnlyIfNothingShinesThrough() throws IOException {
        byte[] photograph = TestImages.noise("png", 800, 800);
        assertThat(photograph.length).isGreaterThan(1 << 20);

        assertThat(ImageIntake.read(photograph, "photo.png").contentType()).isEqualTo("image/jpeg");
        assertThat(ImageIntake.read(TestImages.transparent(1400, 100), "logo.png")
                        .contentType())
                .isEqualTo("image/png");
    }

    @Test
    void otherFormatsThatJavaReadsBecomePng() throws IOException {
        TemplateImage image = ImageIntake.read(TestImages.plain("bmp", 30, 10), "old.bmp");

        assertThat(image.contentType()).isEqualTo("image/png");
        assertThat(image.name()).endsWith(".png");
        assertThat(decoded(image).getHeight()).isEqualTo(10);
    }

    @Test
    void whatIsNoImageForMailsIsRefusedWithTheFormatsThatAre() {
        byte[] webp = "RIFF1234WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);
        byte[] svg = "<?xml version='1.0'?><svg onload='x()'/>".getBytes(StandardCharsets.UTF_8);
        byte[] broken = Arrays.copyOf(TestImages.plain("png", 10, 10), 20);
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);

        for (byte[] content : new byte[][] {webp, svg, broken, text, new byte[0]}) {
            assertThatThrownBy(() -> ImageIntake.read(content, "picture"))
                    .isInstanceOfSatisfying(ImageIntakeException.class, e -> {
                        assertThat(e.code()).isEqualTo(Code.NOT_AN_IMAGE);
                        assertThat(e.fileName()).isEqualTo("picture");
                        assertThat(e).hasMessageContaining("PNG, JPEG and GIF");
                    });
        }
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] bomb = TestImages.plain("png", 10, 10);
        // Width and height stand behind the signature and the head of the first chunk.
        bomb[16] = 0x00;
        bomb[17] = 0x00;
        bomb[18] = (byte) 0xFF;
        bomb[22] = (byte) 0xFF;
        byte[] animation = Arrays.copyOf(TestImages.plain("gif", 10, 10), (3 << 20) + 1);
        Path file = Files.createFile(folder.resolve("film.png"));
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 41L << 20);
        }

        assertThat(codeOf(() -> ImageIntake.read(bomb, "bomb.png"))).isIn(Code.TOO_LARGE, Code.NOT_AN_IMAGE);
        assertThat(codeOf(() -> ImageIntake.read(animation, "a.gif"))).isEqualTo(Code.TOO_LARGE);
        assertThat(codeOf(() -> ImageIntake.read(file))).isEqualTo(Code.TOO_LARGE);
        assertThat(codeOf(() -> ImageIntake.read(folder.resolve("none.png")))).isEqualTo(Code.UNREADABLE);
    }

    private interface Reading {
        TemplateImage read() throws ImageIntakeException;
    }

    private static Code codeOf(Reading reading) {
        try {
            throw new AssertionError(reading.read() + " was taken");
        } catch (ImageIntakeException e) {
            return e.code();
        }
    }

    private static BufferedImage decoded(TemplateImage image) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(image.content()));
    }
}
