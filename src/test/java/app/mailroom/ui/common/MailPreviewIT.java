package app.mailroom.ui.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.Attachment;
import app.mailroom.template.RenderedMail;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.web.WebView;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The preview in a real WebView, with a server that hears whatever it fetches. */
class MailPreviewIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FxRobot robot = new FxRobot();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private String address;
    private MailPreview preview;
    private WebView web;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] picture = png(java.awt.Color.RED);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            exchange.getResponseHeaders().add("Content-Type", path.endsWith(".css") ? "text/css" : "image/png");
            byte[] body = path.endsWith(".css") ? "p{color:red}".getBytes(StandardCharsets.UTF_8) : picture;
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        preview = WaitForAsyncUtils.asyncFx(() -> new MailPreview(Texts.in(Locale.ENGLISH)))
                .get();
        stage = WaitForAsyncUtils.asyncFx(() -> {
                    Stage shown = new Stage();
                    shown.setScene(new Scene((Parent) preview.node(), 800, 600));
                    shown.show();
                    return shown;
                })
                .get();
        web = robot.from(preview.node()).lookup(".web-view").query();
    }

    @AfterEach
    void close() {
        robot.interact(stage::close);
        server.stop(0);
    }

    @Test
    void nothingIsFetched() {
        show(everyWayToFetch());
        robot.clickOn(web);
        robot.interact(() -> toggle("#preview-dark").fire());
        settle();
        show("<p>another</p>");
        settle();
        // Whatever was still on its way would be there before a picture that is asked for now.
        robot.interact(() -> toggle("#preview-network").setSelected(true));
        show("<img src='" + address + "/marker.png'>");
        await().atMost(PATIENCE).until(() -> asked.contains("/marker.png"));
        assertThat(asked).containsOnly("/marker.png");
    }

    @Test
    void onlyPicturesAreFetchedWhenThePersonAllowsIt() {
        robot.interact(() -> toggle("#preview-network").setSelected(true));
        show(everyWayToFetch());
        await().atMost(PATIENCE).until(() -> asked.contains("/img.png") && asked.contains("/last.png"));
        robot.clickOn(web);
        show("<img src='" + address + "/marker.png'>");
        await().atMost(PATIENCE).until(() -> asked.contains("/marker.png"));
        assertThat(asked)
                .allMatch(path -> path.endsWith(".png") || path.endsWith(".svg"))
                .doesNotContain("/link.css", "/import.css", "/clicked", "/refreshed", "/script.js");
    }

    @Test
    void thePermissionEndsWithTheMail() {
        robot.interact(() -> toggle("#preview-network").setSelected(true));
        robot.interact(() -> preview.closeNetwork());
        show("<img src='" + address + "/img.png'>");
        settle();
        assertThat(asked).isEmpty();
    }

    @Test
    void theMailsOwnImagesAreShown() throws IOException {
        String html = "<body style='margin:0'><img src='cid:one' width=800 height=600></body>";
        List<Attachment> images = List.of(Attachment.inline("one.png", "image/png", png(java.awt.Color.GREEN), "one"));
        robot.interact(() -> preview.show(new RenderedMail("s", html, "t"), images));
        await().atMost(PATIENCE).until(() -> middle().getGreen() > 0.9 && middle().getRed() < 0.1);
    }

    @Test
    void aLinkThatIsClickedLeadsNowhere() {
        show("<body style='margin:0;background:#00f'><a href='" + address
                + "/clicked' style='display:block;height:3000px;background:#0f0'>x</a></body>");
        await().atMost(PATIENCE).until(() -> middle().getGreen() > 0.9);
        robot.clickOn(web);
        settle();
        assertThat(middle().getGreen()).isGreaterThan(0.9);
        assertThat(asked).isEmpty();
    }

    @Test
    void thePlaceToWhichAPersonHasScrolledIsKeptWhereThatIsAskedFor() {
        String tall = "<body style='margin:0'><div style='height:3000px;background:#f00'></div>"
                + "<div style='height:3000px;background:COLOUR'>x</div></body>";
        robot.interact(preview::keepPlace);
        show(tall.replace("COLOUR", "#0f0"));
        await().atMost(PATIENCE).until(() -> middle().getRed() > 0.9 && middle().getGreen() < 0.1);
        robot.interact(() ->
                web.getEngine().executeScript("document.querySelector('iframe').contentWindow.scrollTo(0, 4000)"));
        await().atMost(PATIENCE).until(() -> middle().getGreen() > 0.9);
        show(tall.replace("COLOUR", "#00f"));
        await().atMost(PATIENCE).until(() -> middle().getBlue() > 0.9);
    }

    @Test
    void aMailWithoutDarkColoursIsInverted() {
        show("<body style='margin:0;background:#fff'><div style='height:900px'></div></body>");
        await().atMost(PATIENCE).until(() -> middle().getBrightness() > 0.95);
        robot.interact(() -> toggle("#preview-dark").fire());
        await().atMost(PATIENCE).until(() -> middle().getBrightness() < 0.2);
    }

    @Test
    void aMailsOwnDarkColoursAreUsed() {
        show("<html><head><style>.b{background:#fff}"
                + "@media (prefers-color-scheme: dark){.b{background:#00f !important}}</style></head>"
                + "<body style='margin:0'><div class=b style='height:900px'></div></body></html>");
        await().atMost(PATIENCE).until(() -> middle().getBrightness() > 0.95 && middle().getRed() > 0.9);
        robot.interact(() -> toggle("#preview-dark").fire());
        await().atMost(PATIENCE).until(() -> middle().getBlue() > 0.9 && middle().getRed() < 0.1);
    }

    private String everyWayToFetch() {
        return """
                <html><head><link rel="stylesheet" href="A/link.css"><link rel="prefetch" href="A/prefetch.png">
                <meta http-equiv="refresh" content="0;url=A/refreshed"><base href="A/">
                <style>@import url(A/import.css); @font-face{font-family:x;src:url(A/font.woff)}
                body{font-family:x;background:url(A/css.png)}</style><script src="A/script.js"></script></head>
                <body background="A/background.png" onload="new Image().src='A/onload.png'">
                <a href="A/clicked" style="position:absolute;left:0;top:0;width:100%;height:100%;z-index:9">link</a>
                <img src="A/img.png" srcset="A/srcset.png 2x"><picture><source srcset="A/source.png"><img src=x></picture>
                <div style="background-image:url('A/style.png')">x</div>
                <video src="A/video.mp4" poster="A/poster.png" autoplay></video><audio src="A/audio.mp3" autoplay></audio>
                <object data="A/object.png"></object><embed src="A/embed.png"><iframe src="A/iframe.html"></iframe>
                <svg><image href="A/image.svg" width="10" height="10"/><use href="A/use.svg#x"/></svg>
                <input type="image" src="A/input.png"><form action="A/form"><button>go</button></form>
                <table background="A/table.png"><tr><td>x</td></tr></table>
                <img src="A/last.png"></body></html>""".replace("A/", address + "/");
    }

    private void show(String html) {
        robot.interact(() -> preview.show(new RenderedMail("subject", html, "text"), List.of()));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Until the page is there, and has been drawn. */
    private void settle() {
        await().atMost(PATIENCE)
                .until(() -> !WaitForAsyncUtils.asyncFx(
                                () -> web.getEngine().getLoadWorker().isRunning())
                        .get());
        WaitForAsyncUtils.waitForFxEvents(20);
    }

    private Color middle() {
        WritableImage[] image = new WritableImage[1];
        robot.interact(() -> image[0] = web.snapshot(new SnapshotParameters(), null));
        return image[0].getPixelReader().getColor((int) (image[0].getWidth() / 2), (int) (image[0].getHeight() / 2));
    }

    private ToggleButton toggle(String id) {
        return robot.from(preview.node()).lookup(id).query();
    }

    private static byte[] png(java.awt.Color color) throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16; i++) {
            image.setRGB(i % 4, i / 4, color.getRGB());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
