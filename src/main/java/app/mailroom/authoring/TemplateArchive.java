package app.mailroom.authoring;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** ZIP archives of templates, read into memory within limits and never unpacked to a disk. */
final class TemplateArchive {
    static final String HTML = "index.html";

    private static final int MOST_ENTRIES = 500;
    private static final int MOST_BYTES = 60 << 20;
    private static final Pattern SAFE =
            Pattern.compile("[\\p{L}\\p{N}_ ()@+~,-][\\p{L}\\p{N}\\p{M}_ ()@+~,./-]{0,180}");

    private TemplateArchive() {}

    /**
     * The files of an archive by their paths. Folders and paths that lead out of the archive are left out.
     *
     * @throws IOException if it is none, or larger than a template can be
     */
    static Map<String, byte[]> read(Path file) throws IOException {
        try {
            return read(file, StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException otherNames) {
            try {
                return read(file, Charset.forName("x-windows-949"));
            } catch (IllegalArgumentException e) {
                throw new IOException(file.getFileName() + ": the names of its files cannot be read", e);
            }
        }
    }

    private static Map<String, byte[]> read(Path file, Charset names) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        int count = 0;
        int total = 0;
        try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)), names)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++count > MOST_ENTRIES) {
                    throw new IOException(file.getFileName() + " holds more than " + MOST_ENTRIES + " files");
                }
                byte[] content = in.readNBytes(MOST_BYTES - total + 1);
                total += content.length;
                if (total > MOST_BYTES) {
                    throw new IOException(file.getFileName() + " holds more than 60 MB");
                }
                String name = entry.getName().replace('\\', '/');
                if (!entry.isDirectory() && !name.startsWith("/") && !name.startsWith("__MACOSX/")) {
                    resolved("", name).ifPresent(path -> entries.putIfAbsent(path, content));
                }
            }
        }
        if (count == 0) {
            throw new IOException(file.getFileName() + " is no ZIP archive, or an empty one");
        }
        return entries;
    }

    /** The file that is the template: index.html if there is one, and the one that lies highest. */
    static Optional<String> mainHtml(Map<String, byte[]> entries) {
        return entries.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches("(?s).*\\.html?"))
                .min(Comparator.<String, Boolean>comparing(
                                name -> !name.toLowerCase(Locale.ROOT).matches("(?s)(?:.*/)?index\\.html?"))
                        .thenComparing(
                                name -> name.chars().filter(c -> c == '/').count())
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A path from a folder of the archive; empty if it leads out of the archive. */
    static Optional<String> resolved(String folder, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + path.replace('\\', '/')).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    /** Whether every system can unpack a file of this path, and finds it there again. */
    static boolean isSafe(String path) {
        return SAFE.matcher(path).matches()
                && resolved("", path).filter(path::equals).isPresent();
    }

    static byte[] written(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
