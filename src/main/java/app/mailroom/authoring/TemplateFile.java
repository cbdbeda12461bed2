package app.mailroom.authoring;

import app.mailroom.model.TemplateContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Templates as files: one HTML file, or a ZIP archive of an HTML file and its images. */
public final class TemplateFile {
    private TemplateFile() {}

    /**
     * What a file held.
     *
     * @param name a name for the template, from its title or its file name
     * @param content the HTML as it stands in the file, to the byte unless its encoding had to be changed, with the
     *     images that were found beside it; subject and preheader where the file tells them
     * @param missing names of images that the HTML refers to and that were not found
     */
    public record Imported(String name, TemplateContent content, List<String> missing) {}

    /**
     * Reads a template from an .html, .htm or .zip file.
     *
     * @throws IOException that says what is wrong with the file
     */
    public static Imported read(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Writes one .html file that has its images in it as data. */
    public static void writeHtml(Path file, TemplateContent content) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Writes a .zip of the HTML to the byte, its images, and subject and preheader in a small text file. */
    public static void writeZip(Path file, TemplateContent content) throws IOException {
        throw new UnsupportedOperationException();
    }
}
