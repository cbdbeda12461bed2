package app.mailroom.authoring;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file of an image is, by its first bytes. */
enum ImageFormat {
    PNG("image/png", ".png"),
    JPEG("image/jpeg", ".jpg"),
    GIF("image/gif", ".gif"),
    WEBP("image/webp", ".webp"),
    HEIC("image/heic", ".heic"),
    SVG("image/svg+xml", ".svg"),
    OTHER("application/octet-stream", "");

    final String contentType;
    final String extension;

    ImageFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    static ImageFormat of(byte[] content) {
        String begin = new String(content, 0, Math.min(content.length, 1024), StandardCharsets.ISO_8859_1);
        if (begin.startsWith("\u0089PNG\r\n\u001A\n")) {
            return PNG;
        }
        if (begin.startsWith("\u00FF\u00D8\u00FF")) {
            return JPEG;
        }
        if (begin.startsWith("GIF87a") || begin.startsWith("GIF89a")) {
            return GIF;
        }
        if (begin.startsWith("RIFF") && begin.startsWith("WEBP", 8)) {
            return WEBP;
        }
        if (begin.startsWith("ftyp", 4)
                && (begin.startsWith("hei", 8) || begin.startsWith("mif1", 8) || begin.startsWith("avif", 8))) {
            return HEIC;
        }
        return begin.toLowerCase(Locale.ROOT).contains("<svg") ? SVG : OTHER;
    }

    /** Whether every mail program shows it. */
    boolean isForMail() {
        return this == PNG || this == JPEG || this == GIF;
    }
}
