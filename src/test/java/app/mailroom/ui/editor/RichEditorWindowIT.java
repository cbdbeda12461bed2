package app.mailroom.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.authoring.ImageIntake;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Spot;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People at work in the real TinyMCE. */
class RichEditorWindowIT {
    private static final String MAIL = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>News</title>
            <!--[if mso]><style>td { font-family: Arial !important; }</style><![endif]-->
            <style>.lead { color: #cf222e; } @media (max-width: 600px) { .wide { width: 100% !important; } }</style>
            </head>
            <body style="margin:0;padding:0;background:#f6f8fa" bgcolor="#f6f8fa">
            <span style="display:none!important;font-size:1px">Seen in the inbox only</span>
            <!--[if mso]><table width="600"><tr><td><![endif]-->
            <table class="wide" width="600" align="center" cellpadding="0" cellspacing="0" bgcolor="#ffffff"><tr>
            <!-- between rows --><td valign="top" style="padding:24px;mso-line-height-rule:exactly">
            <p id="first" class="lead">Good day {{first_name|friend}},</p>
            <p id="second">See <a href="https://example.com/{{first_name}}" target="_blank">this</a>.</p>
            </td></tr></table>
            <!--[if mso]></td></tr></table><![endif]-->
            </body></html>
            """;

    @TempDir
    static Path folder;

    private static EditorHost host;

    @BeforeAll
    static void open() throws Exception {
        host = new EditorHost(folder.resolve("workspace"), Locale.ENGLISH);
    }

    @AfterAll
    static void close() {
        host.close();
    }

    @Test
    void whatIsNotTouchedComesBackToTheByte() {
        assertThat(host.show(MAIL)).isEmpty();
        for (String mail : List.of(MAIL, MAIL.replace("\n", "\r\n"), "Hello {{name}}", "<p>Hello")) {
            host.show(mail);
            assertThat(host.html()).isEqualTo(mail);
            assertThat(host.touched()).isFalse();
        }
    }

    @Test
    void whatIsTypedStandsInTheTemplateAndTheRestStays() {
        host.show(MAIL);
        host.caretBehind("#first");
        host.robot.write(" welcome 안녕");
        String html = host.html();
        assertThat(html)
                .contains("Good day {{first_name|friend}}, welcome 안녕</p>")
                .contains("<!--[if mso]><style>td { font-family: Arial !important; }</style><![endif]-->")
                .contains("<!--[if mso]><table width=\"600\"><tr><td><![endif]-->")
                .contains("<!-- between rows -->")
                .contains("mso-line-height-rule:exactly")
                .contains("@media (max-width: 600px) { .wide { width: 100% !important; } }")
                .contains("bgcolor=\"#ffffff\"");
        assertThat(host.touched()).isTrue();
        assertThat(host.changes).isNotEmpty();
    }

    @Test
    void whatIsUndoneIsUntouched() {
        host.show(MAIL);
        host.caretBehind("#second");
        host.robot.write(" more");
        assertThat(host.touched()).isTrue();
        for (int i = 0; i < 20 && host.touched(); i++) {
            host.robot.push(KeyCode.CONTROL, KeyCode.Z);
        }
        assertThat(host.html()).isEqualTo(MAIL);
    }

    @Test
    void nothingOfAnEarlierTemplateIsLeft() {
        host.show(MAIL);
        host.caretBehind("#first");
        host.robot.write("x");
        host.show("<p>Other</p>");
        assertThat(host.js("tinymce.activeEditor.undoManager.hasUndo()")).isEqualTo("false");
        assertThat(host.js("tinymce.activeEditor.getBody().getAttribute('bgcolor')"))
                .isEqualTo("null");
        assertThat(host.js("tinymce.activeEditor.getDoc().getElementById('mr-template-styles').textContent"))
                .isBlank();
        assertThat(host.changes).isEmpty();
        assertThat(host.html()).isEqualTo("<p>Other</p>");
    }

    @Test
    void aVariableComesFromTheMenu() {
        host.show("<p id=\"a\">Hello </p>", "first_name", "company");
        host.caretBehind("#a");
        host.click("[aria-label^='Insert a variable']");
        host.clickText(".tox-collection__item-label", "company");
        host.until(() -> host.html().contains("{{company}}"));
        assertThat(host.js("tinymce.activeEditor.getBody().querySelectorAll('.mr-variable').length"))
                .isEqualTo("1");
    }

    @Test
    void aNewVariableIsAskedFor() {
        host.show("<p id=\"a\">Hello </p>");
        host.caretBehind("#a");
        host.click("[aria-label^='Insert a variable']");
        host.clickText(".tox-collection__item-label", "New variable…");
        host.until(
                () -> host.js("!!document.querySelector('.tox-dialog input')").equals("true"));
        host.click(".tox-dialog input");
        host.robot.write("city").push(KeyCode.TAB).write("your town").push(KeyCode.ENTER);
        host.until(() -> host.html().contains("{{city|your town}}"));
        host.clickContent(".mr-variable", 2);
        host.until(() ->
                host.js("document.querySelectorAll('.tox-dialog input').length").equals("2"));
        assertThat(host.js("document.querySelectorAll('.tox-dialog input')[1].value"))
                .isEqualTo("your town");
        host.robot.push(KeyCode.ESCAPE);
        host.until(
                () -> host.js("document.querySelector('.tox-dialog') === null").equals("true"));
    }

    @Test
    void aVariableThatIsTypedBecomesAChip() {
        host.show("<p id=\"a\">Hello</p>");
        host.caretBehind("#a");
        host.robot.write(" {{city|here}}");
        host.until(() -> host.js("tinymce.activeEditor.getBody().querySelectorAll('.mr-variable').length")
                .equals("1"));
        host.robot.write(" and on");
        assertThat(host.html()).contains("{{city|here}} and on");
        host.robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.DELETE);
        host.until(() -> !host.html().contains("city"));
    }

    @Test
    void typingBracesOffersTheKnownNames() {
        host.show("<p id=\"a\">Hello </p>", "first_name", "company");
        host.caretBehind("#a");
        host.robot.write("{{com");
        host.until(() -> host.js("document.querySelectorAll('.tox-collection__item').length > 0")
                .equals("true"));
        host.robot.push(KeyCode.ENTER);
        host.until(() -> host.html().contains("{{company}}"));
        assertThat(host.html()).doesNotContain("{{com{{").doesNotContain("{{com<");
    }

    @Test
    void aChipGoesAsAWhole() {
        host.show("<p id=\"a\">Hello {{city}}</p>");
        host.caretBehind("#a");
        host.robot.push(KeyCode.BACK_SPACE);
        host.robot.push(KeyCode.BACK_SPACE);
        host.until(() -> !host.html().contains("city"));
        assertThat(host.html()).contains("Hello").doesNotContain("{{");
    }

    @Test
    void aTableComesFromTheToolbar() {
        host.show("<p id=\"a\">Before</p>");
        host.caretBehind("#a");
        host.click("[aria-label='Table']");
        host.until(() -> host.js("document.querySelectorAll('.tox-insert-table-picker > div').length > 20")
                .equals("true"));
        host.click(".tox-insert-table-picker > div:nth-child(12)");
        host.until(() -> host.html().contains("<table"));
        assertThat(host.js("tinymce.activeEditor.getBody().querySelectorAll('td').length"))
                .isEqualTo("4");
    }

    @Test
    void aLinkComesFromItsDialog() {
        host.show("<p id=\"a\">Read</p>");
        host.js("tinymce.activeEditor.focus(), tinymce.activeEditor.selection.select("
                + "tinymce.activeEditor.getBody().querySelector('#a').firstChild), 1");
        host.click("[aria-label^='Insert/edit link']");
        host.until(
                () -> host.js("!!document.querySelector('.tox-dialog input')").equals("true"));
        host.click(".tox-dialog input");
        host.robot.write("https://example.com/a?b=1");
        host.clickText(".tox-dialog .tox-button", "Save");
        host.until(() -> host.html().contains("<a href=\"https://example.com/a?b=1\">Read</a>"));
    }

    @Test
    void aButtonComesFromItsDialogAndCanBeChanged() {
        host.show("<p id=\"a\">Before</p>");
        host.caretBehind("#a");
        host.click("[aria-label='Button']");
        host.until(
                () -> host.js("!!document.querySelector('.tox-dialog input')").equals("true"));
        host.click(".tox-dialog input");
        host.robot.write("Buy {{thing}}").push(KeyCode.TAB).write("example.com/buy");
        host.clickText(".tox-dialog .tox-button", "Insert");
        host.until(() -> host.html().contains("href=\"https://example.com/buy\""));
        assertThat(host.html())
                .contains("Buy {{thing}}</a>")
                .contains("bgcolor=\"#0969da\"")
                .contains("mso-padding-alt: 12px 24px");
        host.caretBehind("table a");
        host.click("[aria-label='Button']");
        host.until(
                () -> host.js("!!document.querySelector('.tox-dialog input')").equals("true"));
        assertThat(host.js("document.querySelector('.tox-dialog input').value")).isEqualTo("Buy {{thing}}");
        host.js("document.querySelector('.tox-dialog input').select()");
        host.click(".tox-dialog input");
        host.robot.push(KeyCode.CONTROL, KeyCode.A).write("Order");
        host.clickText(".tox-dialog .tox-button", "Save");
        host.until(() -> host.html().contains(">Order</a>"));
    }

    @Test
    void anImageIsKeptWithTheTemplateAndAskedAbout() throws IOException {
        host.show("<p id=\"a\">Look: </p>");
        host.caretBehind("#a");
        Path file = png("photo.png", 1400, 700);
        host.robot.interact(() -> host.made().insertImages(List.of(file)));
        host.until(
                () -> host.js("!!document.querySelector('.tox-dialog input')").equals("true"));
        host.click(".tox-dialog input");
        host.robot.write("A photo");
        host.clickText(".tox-dialog .tox-button", "Save");
        host.until(() -> host.html().contains("alt=\"A photo\""));
        List<TemplateImage> images = host.on(() -> host.made().images());
        assertThat(images).hasSize(1);
        assertThat(host.html())
                .contains("src=\"" + images.get(0).name() + "\"")
                .contains("width=\"600\"")
                .doesNotContain("data:")
                .doesNotContain("blob:")
                .doesNotContain("data-mr");
        TemplateContent kept = new TemplateContent("", "", host.html(), images);
        assertThat(host.show(kept)).isEmpty();
        assertThat(host.js("tinymce.activeEditor.getBody().querySelector('img').complete"
                        + " && tinymce.activeEditor.getBody().querySelector('img').naturalWidth > 0"))
                .isEqualTo("true");
        assertThat(host.html()).isEqualTo(kept.html());
    }

    @Test
    void whatIsPastedFromWordIsCleaned() {
        host.show("<p id=\"a\">Before</p>");
        host.caretBehind("#a");
        clipboard(
                "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p.MsoNormal{margin:0}</style></head>"
                        + "<body><!--StartFragment--><p class=\"MsoNormal\" style=\"mso-fareast-language:KO\">From <b>Word</b>"
                        + "<o:p></o:p> for {{city}}</p><!--EndFragment--><script>window.top.hacked = 1</script></body></html>",
                "From Word for {{city}}");
        host.robot.push(KeyCode.CONTROL, KeyCode.V);
        host.until(() -> host.html().contains("Word"));
        assertThat(host.html())
                .containsPattern("<(b|strong)>Word</(b|strong)>")
                .contains("{{city}}")
                .doesNotContain("Mso")
                .doesNotContain("o:p")
                .doesNotContain("script");
        assertThat(host.js("tinymce.activeEditor.getBody().querySelectorAll('.mr-variable').length"))
                .isEqualTo("1");
        host.robot.push(KeyCode.CONTROL, KeyCode.Z);
        host.until(() -> !host.html().contains("Word"));
    }

    @Test
    void anImageThatIsCopiedNeverTakesTheNameOfAnother() throws IOException {
        TemplateImage first = ImageIntake.read(png("first.png", 20, 20)).named("images/logo.png");
        TemplateImage second = ImageIntake.read(png("second.png", 30, 30)).named("images/logo.png");
        String logo = "<p id=\"a\">Words <img src=\"images/logo.png\" alt=\"\"></p>";
        host.show(new TemplateContent("", "", logo, List.of(first)));
        host.caretBehind("#a");
        host.robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.CONTROL, KeyCode.C);
        host.show(new TemplateContent("", "", logo, List.of(second)));
        host.caretBehind("#a");
        host.robot.push(KeyCode.CONTROL, KeyCode.V);
        host.until(() -> host.on(() -> host.made().images()).size() == 2);
        assertThat(host.on(() -> host.made().images())).contains(second).anySatisfy(image -> {
            assertThat(image.hash()).isEqualTo(first.hash());
            assertThat(image.name()).isNotEqualTo(second.name());
        });
    }

    @Test
    void whatIsReplacedCountsWhileItsDialogIsOpen() {
        host.show("<p id=\"a\">one two one</p>");
        host.caretBehind("#a");
        host.js("tinymce.activeEditor.execCommand('SearchReplace'), 1");
        host.until(() -> host.js("document.querySelectorAll('.tox-dialog input').length > 1")
                .equals("true"));
        host.click(".tox-dialog input");
        host.robot.write("one").push(KeyCode.TAB);
        host.js("document.querySelectorAll('.tox-dialog input')[1].focus(), 1");
        host.robot.write("1");
        host.clickText(".tox-dialog .tox-button", "Find");
        host.until(() -> host.js("tinymce.activeEditor.getBody().querySelectorAll('[data-mce-bogus]').length > 0")
                .equals("true"));
        host.clickText(".tox-dialog .tox-button", "Replace all");
        host.until(() -> host.html().contains("1 two 1"));
        assertThat(host.touched()).isTrue();
        host.js("tinymce.activeEditor.windowManager.close(), 1");
    }

    @Test
    void plainPasteTakesTheTextOnly() {
        host.show("<p id=\"a\">Before </p>");
        host.caretBehind("#a");
        clipboard("<p><b>bold</b></p>", "bold <1>\nnext");
        host.robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.V);
        host.until(() -> host.html().contains("bold &lt;1&gt;<br>next"));
        assertThat(host.html()).doesNotContain("<b>");
    }

    @Test
    void copiesGoToTheClipboardAndComeBackWhole() {
        host.show("<p id=\"a\">Dear {{name|you}}!</p>");
        host.caretBehind("#a");
        host.robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.CONTROL, KeyCode.C);
        host.until(() -> host.on(
                () -> "Dear {{name|you}}!".equals(Clipboard.getSystemClipboard().getString())));
        assertThat(host.on(() -> Clipboard.getSystemClipboard().getHtml()))
                .contains("Dear {{name|you}}!")
                .doesNotContain("mr-variable");
        host.show("<p id=\"b\">Other </p>");
        host.caretBehind("#b");
        host.robot.push(KeyCode.CONTROL, KeyCode.V);
        host.until(() -> host.html().contains("{{name|you}}"));
        assertThat(host.js("tinymce.activeEditor.getBody().querySelectorAll('.mr-variable').length"))
                .isEqualTo("1");
    }

    @Test
    void thingsAreFoundByTheirPlace() {
        host.show(MAIL);
        assertThat(host.on(() -> host.made().select(Spot.Target.LINK, 0))).isTrue();
        assertThat(host.js("tinymce.activeEditor.selection.getNode().nodeName")).isEqualTo("A");
        assertThat(host.on(() -> host.made().select(Spot.Target.VARIABLE, 0))).isTrue();
        assertThat(host.on(() -> host.made().select(Spot.Target.VARIABLE, 1))).isFalse();
        assertThat(host.on(() -> host.made().select(Spot.Target.IMAGE, 0))).isFalse();
        assertThat(host.html()).isEqualTo(MAIL);
    }

    @Test
    void savingFindingAndTheFullWindowAreAskedForByKey() {
        host.show(MAIL);
        host.caretBehind("#first");
        host.saves.clear();
        host.robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(host.saves).hasSize(1);
        host.robot.push(KeyCode.CONTROL, KeyCode.F);
        host.until(
                () -> host.js("document.querySelector('.tox-dialog') !== null").equals("true"));
        host.robot.push(KeyCode.ESCAPE);
        host.until(
                () -> host.js("document.querySelector('.tox-dialog') === null").equals("true"));
        host.fullScreens.clear();
        host.js("document.querySelector(\"[aria-label='Full window']\").click()");
        host.until(() -> host.fullScreens.equals(List.of(true)));
        host.caretBehind("#first");
        host.robot.push(KeyCode.ESCAPE);
        host.until(() -> host.fullScreens.equals(List.of(true, false)));
    }

    @Test
    void nothingIsFetchedAndNothingRuns() throws IOException {
        Queue<String> requests = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        String there = "http://127.0.0.1:" + server.getAddress().getPort();
        String run = "window.top.hacked=1;window.hacked=1;fetch('" + there + "/run')";
        String mail = """
                <html><head><link rel="stylesheet" href="@/link.css"><meta http-equiv="refresh" content="0;url=@/refresh">
                <base href="@/"><style>@import url("@/import.css"); body { background: url(@/body.png) }
                @font-face { font-family: x; src: url(@/font.woff) } p { font-family: x }</style>
                <script>RUN</script></head>
                <body background="@/back.png" style="background:url('@/style.png')" onload="RUN">
                <img src="@/image.png" srcset="@/set.png 2x" onerror="RUN"><img src="x" onerror="RUN">
                <table background="@/table.png"><tr><td style="background-image:url(@/cell.png)">x</td></tr></table>
                <script>RUN</script><script src="@/script.js"></script><iframe src="@/frame"></iframe>
                <object data="@/object"></object><embed src="@/embed"><video src="@/video" poster="@/poster"></video>
                <svg onload="RUN"><script>RUN</script><image href="@/svg.png"/></svg><math><mtext><img src=x onerror="RUN"></mtext></math>
                <a id="l" href="@/click">link</a><a href="javascript:RUN" data-mce-href="javascript:RUN">run</a>
                <form action="@/form"><input type="image" src="@/input.png" autofocus onfocus="RUN"></form>
                <noscript><p title="</noscript><img src=x onerror=RUN>"></p></noscript>
                <!--mce:protected %3Cimg%20src%3Dx%20onerror%3D%22window.top.hacked%3D1%22%3E-->
                <meta http-equiv="refresh" content="0;url=@/refresh2"><link rel="prefetch" href="@/prefetch">
                <details open ontoggle="RUN"><summary>s</summary></details><p style="x:expression(RUN)">p</p>
                </body></html>
                """.replace("@", there).replace("RUN", run.replace("\"", "'"));
        try {
            host.show(mail);
            assertThat(host.html()).isEqualTo(mail);
            host.clickContent("#l", 1);
            host.caretBehind("td");
            host.robot.write("typed");
            host.until(() -> host.html().contains("typed"));
            String edited = host.html();
            // The same as the editor's own text, past everything that cleans it in Java.
            host.on(() -> {
                host.web().getEngine().executeScript("window.hostile = " + EditorHost.quoted(mail.replace("\n", " ")));
                host.web().getEngine().executeScript("tinymce.activeEditor.setContent(window.hostile)");
                host.web().getEngine().executeScript("tinymce.activeEditor.insertContent(window.hostile)");
                return true;
            });
            // A round through the engine, in which whatever was going to be fetched would have been.
            host.js("window.turns = 0, (function turn() { if (++window.turns < 40) requestAnimationFrame(turn); }())");
            host.until(() -> host.js("window.turns").equals("40"));
            assertThat(requests).isEmpty();
            assertThat(host.js("window.hacked")).isEqualTo("undefined");
            assertThat(host.js("tinymce.activeEditor.getWin().hacked")).isEqualTo("undefined");
            assertThat(host.on(() -> host.web().getEngine().getLocation())).isEmpty();
            assertThat(edited).contains("typed");
        } finally {
            server.stop(0);
        }
    }

    private static void clipboard(String html, String text) {
        host.robot.interact(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putHtml(html);
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    private static Path png(String name, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            picture.setRGB(x, x % height, 0x3366cc);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(folder);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }
}
