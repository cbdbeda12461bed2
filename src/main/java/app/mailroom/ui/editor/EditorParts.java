package app.mailroom.ui.editor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What the editor's page is made of, read from the class path. Scripts and styles are handed to the page as text, so
 * that its content security policy need allow no address at all, and so that it does not matter where they lie.
 *
 * @param page the empty page
 * @param scripts in the order in which they are to run
 * @param skin how TinyMCE itself looks
 * @param content how what is edited looks besides its own styles
 */
record EditorParts(String page, List<String> scripts, String skin, String content) {
    private static final String POM = "/META-INF/maven/org.webjars.npm/tinymce/pom.properties";
    private static final List<String> TINYMCE = List.of(
            "tinymce.min.js",
            "icons/default/icons.min.js",
            "models/dom/model.min.js",
            "themes/silver/theme.min.js",
            "plugins/advlist/plugin.min.js",
            "plugins/autolink/plugin.min.js",
            "plugins/charmap/plugin.min.js",
            "plugins/directionality/plugin.min.js",
            "plugins/link/plugin.min.js",
            "plugins/lists/plugin.min.js",
            "plugins/nonbreaking/plugin.min.js",
            "plugins/searchreplace/plugin.min.js",
            "plugins/table/plugin.min.js",
            "plugins/visualblocks/plugin.min.js",
            "plugins/wordcount/plugin.min.js");
    private static final List<String> OWN =
            List.of("editor-ko.js", "editor-blocks.js", "editor-dialogs.js", "editor.js");

    /** Reads them. Takes a tenth of a second, so not for the JavaFX thread. */
    static EditorParts read(boolean dark) throws IOException {
        String tinymce = "/META-INF/resources/webjars/tinymce/" + version() + "/";
        String skin = tinymce + "skins/ui/" + (dark ? "oxide-dark" : "oxide") + "/";
        List<String> scripts = new ArrayList<>();
        for (String script : TINYMCE) {
            scripts.add(text(tinymce + script));
        }
        for (String script : OWN) {
            scripts.add(text(script));
        }
        return new EditorParts(
                text("editor.html"),
                List.copyOf(scripts),
                text(skin + "skin.min.css") + text("editor.css"),
                text(tinymce + "skins/ui/oxide/content.min.css") + text("editor-content.css"));
    }

    /** The version that the build has chosen. */
    private static String version() throws IOException {
        Properties webjar = new Properties();
        try (InputStream pom = open(POM)) {
            webjar.load(pom);
        }
        return webjar.getProperty("version");
    }

    private static String text(String name) throws IOException {
        try (InputStream resource = open(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream resource = EditorParts.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("Not on the class path: " + name);
        }
        return resource;
    }
}
