package app.mailroom.authoring;

import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Markup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Templates as files: one HTML file, or a ZIP archive of an HTML file and its images. */
public final class TemplateFile {
    /**
     * The ending of an archive that is meant for this program, and that the system opens with it: the same as a .zip, which
     * other programs open.
     */
    public static final String OWN = ".mailroom";

    private static final int LARGEST_HTML = 5 << 20;
    private static final int LARGEST_IMAGE = 40 << 20;
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*|[/\\\\#?].*");
    private static final Pattern NO_IMAGE =
            Pattern.compile("(?i).*\\.(?:js|css|html?|woff2?|ttf|otf|eot|mp[34]|webm|pdf)");

    private TemplateFile() {}

    /** Finds a file by the path that a reference names, relative to the HTML; empty where there is none. */
    private interface Finder {
        Optional<byte[]> find(String path) throws IOException;
    }

    /**
     * What a file held.
     *
     * @param name a name for the template, from its title or its file name
     * @param content the HTML as it stands in the file, to the byte unless its encoding had to be changed, with the
     *     images that were found beside it; subject and preheader where the file tells them
     * @param missing names of images that the HTML refers to and that were not found, or that no mail can show
     */
    public record Imported(String name, TemplateContent content, List<String> missing) {
        /** Copies the list. */
        public Imported {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Reads a template from an .html, .htm, .zip or .mailroom file.
     *
     * @throws IOException that says what is wrong with the file
     */
    public static Imported read(Path file) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        String lower = fileName.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".zip") || lower.endsWith(OWN)) {
            return archived(file, fileName);
        }
        if (!lower.endsWith(".html") && !lower.endsWith(".htm")) {
            throw new IOException(fileName + " is neither .html, .htm, .zip nor " + OWN);
        }
        if (Files.size(file) > LARGEST_HTML) {
            throw new IOException(fileName + " > 5 MB");
        }
        String html = HtmlText.decoded(Files.readAllBytes(file));
        Path folder = file.toAbsolutePath().resolveSibling(".").toRealPath();
        return imported(fileName, html, Optional.empty(), path -> inFolder(folder, path));
    }

    /** Writes one .html file that has its images in it as data. */
    public static void writeHtml(Path file, TemplateContent content) throws IOException {
        Map<String, TemplateImage> images = new HashMap<>();
        content.images().forEach(image -> images.put(image.name(), image));
        String html = ImageReferences.replaced(
                content.html(), name -> Optional.ofNullable(images.get(name)).map(EditorDocument::data));
        write(file, HtmlText.encoded(html));
    }

    /** Writes a .zip of the HTML to the byte, its images, and subject and preheader in a small text file. */
    public static void writeZip(Path file, TemplateContent content) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        entries.put(TemplateArchive.HTML, HtmlText.encoded(content.html()));
        entries.put(ExportNote.FILE, new byte[0]);
        for (TemplateImage image : content.images()) {
            String path = path(image.name())
                    .filter(wanted -> TemplateArchive.isSafe(wanted) && !entries.containsKey(wanted))
                    .orElseGet(() -> "images/" + entries.size() + "-"
                            + image.hash().substring(0, 12) + ImageFormat.of(image.content()).extension);
            entries.put(path, image.content());
            names.put(image.name(), path);
        }
        ExportNote note = new ExportNote(content.subject(), content.preheader(), names);
        entries.put(ExportNote.FILE, note.text().getBytes(StandardCharsets.UTF_8));
        write(file, TemplateArchive.written(entries));
    }

    private static Imported archived(Path file, String fileName) throws IOException {
        Map<String, byte[]> entries = TemplateArchive.read(file);
        String main = TemplateArchive.mainHtml(entries)
                .orElseThrow(() -> new IOException(fileName + " has no .html file in it"));
        byte[] bytes = entries.getOrDefault(main, new byte[0]);
        if (bytes.length > LARGEST_HTML) {
            throw new IOException(main + " > 5 MB");
        }
        String folder = main.substring(0, main.lastIndexOf('/') + 1);
        byte[] noteFile = entries.get(folder + ExportNote.FILE);
        Optional<ExportNote> note =
                Optional.ofNullable(noteFile).flatMap(text -> ExportNote.of(new String(text, StandardCharsets.UTF_8)));
        return imported(
                fileName,
                HtmlText.decoded(bytes),
                note,
                path -> TemplateArchive.resolved(folder, path).map(entries::get));
    }

    private static Imported imported(String fileName, String html, Optional<ExportNote> found, Finder finder)
            throws IOException {
        String title = Markup.parse(html).title().strip();
        ExportNote note = found.orElseGet(() -> new ExportNote(title, "", Map.of()));
        Map<String, TemplateImage> images = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, String> noted : note.images().entrySet()) {
            take(noted.getKey(), finder.find(noted.getValue()), images, missing);
        }
        for (String name : ImageReferences.in(html)) {
            Optional<String> path = path(name);
            if (path.isPresent() && !images.containsKey(name) && !missing.contains(name)) {
                take(name, finder.find(path.get()), images, missing);
            }
        }
        TemplateContent content =
                new TemplateContent(note.subject(), note.preheader(), html, List.copyOf(images.values()));
        String name = title.isBlank() ? fileName.replaceFirst("\\.[^.]*$", "") : title;
        return new Imported(name, content, missing);
    }

    private static void take(
            String name, Optional<byte[]> content, Map<String, TemplateImage> images, List<String> missing) {
        if (content.isEmpty()) {
            missing.add(name);
            return;
        }
        try {
            images.put(name, ImageIntake.readUnchanged(content.get(), name, name));
        } catch (ImageIntakeException e) {
            missing.add(name);
        }
    }

    /** The path of a file that a reference names; empty if it names none beside the HTML, or no image. */
    private static Optional<String> path(String reference) {
        if (ELSEWHERE.matcher(reference).matches() || reference.contains("{{")) {
            return Optional.empty();
        }
        String path = HtmlText.percentDecoded(reference.replaceFirst("[?#].*$", ""));
        return path.isBlank() || NO_IMAGE.matcher(path).matches() ? Optional.empty() : Optional.of(path);
    }

    /** Only what lies in the folder itself, or below it: neither ways up nor links that lead out. */
    private static Optional<byte[]> inFolder(Path folder, String path) throws IOException {
        try {
            Path file = folder.resolve(path.replace('\\', '/')).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            Path real = file.toRealPath();
            return real.startsWith(folder) && Files.size(real) <= LARGEST_IMAGE
                    ? Optional.of(Files.readAllBytes(real))
                    : Optional.empty();
        } catch (InvalidPathException noFileHasSuchAName) {
            return Optional.empty();
        }
    }

    /** The old file stays whole until the new one is. */
    private static void write(Path file, byte[] content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
