package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.authoring.TemplateFile.Imported;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFileTest {
    private static final byte[] PNG = TestImages.plain("png", 8, 4);

    @TempDir
    Path folder;

    private Path html(String text) throws IOException {
        return Files.writeString(folder.resolve("mail.html"), text);
    }

    private Path zip(Object... namesAndContents) throws IOException {
        Path file = folder.resolve("mail.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                out.write(
                        content instanceof byte[] bytes ? bytes : ((String) content).getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static List<String> names(Imported imported) {
        return imported.content().images().stream().map(TemplateImage::name).toList();
    }

    @Test
    void aFileIsReadAsItStandsWithTheImagesBesideIt() throws IOException {
        Files.createDirectories(folder.resolve("img"));
        Files.write(folder.resolve("img/my logo.png"), PNG);
        Files.write(folder.resolve("bg.bmp"), TestImages.plain("bmp", 5, 5));
        String text = "<html>\r\n<title> A &amp; B </title><body background=bg.bmp>"
                + "<img src='img/my%20logo.png?v=1'><img src=\"gone.png\"><img src=\"https://example.com/x.png\"><img src=\"{{photo}}\">"
                + "<img src=\"data:image/png;base64,AA\"><script src=\"x.js\"></script></body>";

        Imported imported = TemplateFile.read(html(text));

        assertThat(imported.content().html()).isEqualTo(text);
        assertThat(imported.name()).isEqualTo("A & B");
        assertThat(imported.content().subject()).isEqualTo("A & B");
        assertThat(names(imported)).containsExactly("bg.bmp", "img/my%20logo.png?v=1");
        assertThat(imported.content().images().get(0).contentType()).isEqualTo("image/png");
        assertThat(imported.content().images().get(1).content()).isEqualTo(PNG);
        assertThat(imported.missing()).containsExactly("gone.png");
    }

    @Test
    void nothingOutsideOfTheFolderIsTakenIn() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Path secret = Files.write(folder.resolve("secret.png"), PNG);
        Files.createSymbolicLink(inside.resolve("link.png"), secret);
        Files.createSymbolicLink(inside.resolve("up"), folder);
        Path file = Files.writeString(
                inside.resolve("mail.htm"),
                "<img src=\"../secret.png\"><img src=\"link.png\">"
                        + "<img src=\"up/secret.png\"><img src=\"%2e%2e/secret.png\"><img src=\"..\\secret.png\"><img src=\""
                        + secret
                        + "\"><img src=\"" + secret.toUri() + "\"><img src=\"a\u0000b.png\">");

        assertThat(TemplateFile.read(file).content().images()).isEmpty();
    }

    @Test
    void theEncodingIsThatOfTheMarkOrTheDeclarationOrWhatFits() throws IOException {
        String korean = "<p>안녕하세요, 뷁</p>";
        Charset cp949 = Charset.forName("x-windows-949");

        assertThat(read(("\uFEFF" + korean).getBytes(StandardCharsets.UTF_8))).isEqualTo(korean);
        assertThat(read(("\uFEFF" + korean).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(korean);
        assertThat(read(("\uFEFF" + korean).getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(korean);
        assertThat(read(korean.getBytes(StandardCharsets.UTF_8))).isEqualTo(korean);
        assertThat(read(korean.getBytes(cp949))).isEqualTo(korean);
        String declared = "<meta http-equiv=Content-Type content=\"text/html; charset=euc-kr\">" + korean;
        assertThat(read(declared.getBytes(cp949))).isEqualTo(declared);
        String wrong = "<meta charset=\"utf-8\">" + korean;
        assertThat(read(wrong.getBytes(cp949))).isEqualTo(wrong);
        String latin = "<meta charset=iso-8859-1><p>é</p>";
        assertThat(read(latin.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(latin);
    }

    private String read(byte[] content) throws IOException {
        return TemplateFile.read(Files.write(folder.resolve("encoded.html"), content))
                .content()
                .html();
    }

    @Test
    void anArchiveOfOthersIsReadFromItsMainPage() throws IOException {
        Imported imported = TemplateFile.read(zip(
                "news/about.html",
                "<p>no</p>",
                "news/index.html",
                "<title>News</title><img src=\"images/a.png\"><img src=\"../shared/b.png\"><img src=\"../../c.png\">",
                "news/images/a.png",
                PNG,
                "shared/b.png",
                PNG,
                "../c.png",
                PNG,
                "__MACOSX/news/index.html",
                "x"));

        assertThat(imported.content().subject()).isEqualTo("News");
        assertThat(names(imported)).containsExactly("images/a.png", "../shared/b.png");
        assertThat(imported.missing()).containsExactly("../../c.png");
    }

    @Test
    void whatIsNoTemplateIsRefused() throws IOException {
        assertThatThrownBy(() -> TemplateFile.read(Files.writeString(folder.resolve("a.txt"), "x")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TemplateFile.read(Files.writeString(folder.resolve("a.zip"), "x")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TemplateFile.read(zip("a.png", PNG))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TemplateFile.read(folder.resolve("none.html"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TemplateFile.read(Files.write(folder.resolve("b.html"), new byte[(5 << 20) + 1])))
                .hasMessageContaining("5 MB");
    }

    @Test
    void archivesThatUnfoldWithoutEndAreRefused() throws IOException {
        byte[] zeros = new byte[31 << 20];
        Object[] many = new Object[1002];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = i + ".txt";
            many[i + 1] = "";
        }

        assertThatThrownBy(() -> TemplateFile.read(zip("a.html", "x", "1", zeros, "2", zeros)))
                .hasMessageContaining("60 MB");
        assertThatThrownBy(() -> TemplateFile.read(zip(many))).hasMessageContaining("500");
    }

    @Test
    void whatIsExportedIsReadAgainAsItWas() throws IOException {
        TemplateContent content = new TemplateContent(
                "안녕 {{name|a\\b}}",
                "two\nlines => here",
                "<meta charset=euc-kr>\r\n<p>뷁 <img src=\"images/a.png\"><img src='logo%20x.png'></p>",
                List.of(
                        new TemplateImage("images/a.png", "image/png", 8, 4, PNG),
                        new TemplateImage("logo%20x.png", "image/gif", 3, 3, TestImages.plain("gif", 3, 3)),
                        new TemplateImage("../outside => \\.jpg", "image/jpeg", 3, 3, TestImages.plain("jpg", 3, 3)),
                        new TemplateImage("index.html", "image/png", 9, 9, TestImages.plain("png", 9, 9))));
        Path file = folder.resolve("export.zip");

        TemplateFile.writeZip(file, content);

        assertThat(TemplateFile.read(file).content()).isEqualTo(content);
        assertThat(TemplateFile.read(file).missing()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void oneFileHasItsImagesInIt() throws IOException {
        TemplateImage image = new TemplateImage("a&b.png", "image/png", 8, 4, PNG);
        Path file = Files.writeString(folder.resolve("out.html"), "old");
        String html =
                "<p>뷁</p><img alt=\"x\" src='a&amp;b.png'><td background=a&amp;b.png style=\"background:url('a&amp;b.png') red\">"
                        + "<img src=\"other.png\">";

        TemplateFile.writeHtml(file, new TemplateContent("s", "p", html, List.of(image)));

        String data = EditorDocument.data(image);
        assertThat(TemplateFile.read(file).content().html())
                .isEqualTo("<p>뷁</p><img alt=\"x\" src=\"" + data + "\"><td background=\"" + data
                        + "\" style=\"background:url(" + data + ") red\"><img src=\"other.png\">");
    }
}
