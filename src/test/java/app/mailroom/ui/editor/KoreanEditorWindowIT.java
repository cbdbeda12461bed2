package app.mailroom.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor as a Korean person sees it. */
class KoreanEditorWindowIT {
    /** What is the same in every language: names of fonts, abbreviations, what a person has written. */
    private static final String ALLOWED =
            "(?i)(arial|georgia|tahoma|times new roman|trebuchet ms|verdana|courier new|https?|mailto"
                    + "|html|\\d+px|\\d+x\\d+|px|sans-serif|tinymce|hello|first_name|url|h\\d|ctrl|shift|alt|[a-z])";

    @TempDir
    static Path folder;

    private static EditorHost host;

    @BeforeAll
    static void open() throws Exception {
        host = new EditorHost(folder, Locale.KOREAN);
    }

    @AfterAll
    static void close() {
        host.close();
    }

    @Test
    void noEnglishIsLeftInToolbarDialogsAndMenus() {
        host.show(
                "<p>Hello <a href=\"https://example.com\">Hello</a></p><table><tbody><tr><td>Hello</td></tr></tbody></table>");
        List<String> english = new ArrayList<>(english());
        for (String command : List.of(
                "mceLink",
                "SearchReplace",
                "mceShowCharmap",
                "mceWordCount",
                "mceTableProps",
                "mceTableCellProps",
                "mceTableRowProps")) {
            host.js(
                    "(function () { const e = tinymce.activeEditor; e.selection.setCursorLocation(e.getBody().querySelector('td').firstChild, 1); e.execCommand('"
                            + command + "'); return 1; }())");
            host.until(() ->
                    host.js("document.querySelector('.tox-dialog') !== null").equals("true"));
            host.js("document.querySelectorAll('.tox-dialog__body-nav-item').forEach(tab => tab.click()), 1");
            english.addAll(english());
            host.js("tinymce.activeEditor.windowManager.close(), 1");
            host.until(() ->
                    host.js("document.querySelector('.tox-dialog') === null").equals("true"));
        }
        int buttons = Integer.parseInt(
                host.js("document.querySelectorAll('.tox-editor-header [aria-haspopup=true]').length"));
        assertThat(buttons).isGreaterThan(8);
        for (int i = 0; i < buttons; i++) {
            host.js("document.querySelectorAll('.tox-editor-header [aria-haspopup=true]')[" + i + "].click(), 1");
            english.addAll(english());
            host.js("document.querySelectorAll('.tox-editor-header [aria-haspopup=true]')[" + i + "].click(), 1");
        }
        assertThat(english.stream().distinct()).isEmpty();
    }

    /** Words in Latin letters among what is shown and what is said of it. */
    private static List<String> english() {
        String shown =
                host.js("(function () { const all = []; document.querySelectorAll('.tox *').forEach(function (e) {"
                        + " ['title', 'aria-label', 'placeholder'].forEach(a => { if (e.hasAttribute(a)) { all.push(e.getAttribute(a)); } });"
                        + " e.childNodes.forEach(n => { if (n.nodeType === 3) { all.push(n.data); } }); });"
                        + " return all.join('\\n'); }())");
        return shown.lines()
                .filter(line -> !line.replaceAll("(?i)\\b" + ALLOWED + "\\b", "")
                        .replaceAll("[^A-Za-z]", "")
                        .isEmpty())
                .filter(line -> line.chars().noneMatch(c -> c >= 0xAC00 && c <= 0xD7A3))
                .distinct()
                .toList();
    }
}
