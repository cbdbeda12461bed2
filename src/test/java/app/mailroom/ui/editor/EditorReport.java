package app.mailroom.ui.editor;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.authoring.TemplateFile;
import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;

/**
 * Prints what templates lose on their way through the visual editor after a change, and how long opening them takes.
 * Arguments: the template files.
 */
public final class EditorReport {
    private static final int OPENINGS = 5;
    private static final Pattern RULE = Pattern.compile("\\{[^{}]*\\}");

    /** What can be counted in a template. */
    private record Counts(int links, int images, int rules, int styles, int conditional, int comments) {
        static Counts of(String html) {
            Document document = Jsoup.parse(html);
            List<Comment> comments = document.nodeStream(Comment.class).toList();
            int rules = document.select("style").stream()
                    .mapToInt(
                            style -> (int) RULE.matcher(style.data()).results().count())
                    .sum();
            return new Counts(
                    document.select("a[href]").size(),
                    document.select("img").size(),
                    rules,
                    document.select("[style]").size(),
                    (int) comments.stream()
                            .filter(comment -> comment.getData().contains("[if")
                                    || comment.getData().contains("[endif]"))
                            .count(),
                    comments.size());
        }

        String row() {
            return String.format("%6d %6d %6d %6d %11d %8d", links, images, rules, styles, conditional, comments);
        }
    }

    private EditorReport() {}

    /** Prints the report. */
    public static void main(String[] files) throws Exception {
        Path folder = Files.createTempDirectory("editor-report");
        WindowedWorkspace workspace = new WindowedWorkspace(folder);
        CompletableFuture<RichEditor> ready = new CompletableFuture<>();
        long began = System.nanoTime();
        Platform.startup(() -> {
            RichEditor editor = new RichEditor(EditorTryout.context(workspace, Texts.in(Locale.ENGLISH)), false);
            Stage stage = new Stage();
            stage.setScene(new Scene((javafx.scene.Parent) editor.node(), 800, 640));
            stage.show();
            editor.readyProperty().addListener((property, before, now) -> ready.complete(editor));
        });
        RichEditor editor = ready.get();
        System.out.printf("ready after the start of JavaFX: %d ms%n", millis(began));
        System.out.println(
                "template                          links images  rules styles conditional comments   open ms (first, median of "
                        + OPENINGS + ")   untouched is byte for byte   damage");
        for (String file : files) {
            report(editor, Path.of(file));
        }
        System.exit(0);
    }

    private static void report(RichEditor editor, Path file) throws Exception {
        TemplateContent content = TemplateFile.read(file).content();
        AtomicReference<List<Damage>> damage = new AtomicReference<>(List.of());
        List<Long> times = new ArrayList<>();
        for (int i = 0; i <= OPENINGS; i++) {
            times.add(open(editor, content, damage));
        }
        long first = times.remove(0);
        Collections.sort(times);
        boolean same = on(editor::html).equals(content.html());
        on(() -> {
            editor.focus();
            editor.insertVariable("touched");
            return "";
        });
        String touched = on(editor::html);
        System.out.printf(
                "%-32s %s   %d, %d   %s   %s%n",
                file.getFileName(),
                Counts.of(content.html()).row(),
                first,
                times.get(OPENINGS / 2),
                same,
                damage.get());
        System.out.printf(
                "%-32s %s   (%s)%n",
                "  after a change",
                Counts.of(touched).row(),
                touched.contains("{{touched}}") ? "the change is in it" : "THE CHANGE IS MISSING");
        Counts before = Counts.of(content.html());
        if (!before.equals(Counts.of(touched))) {
            System.out.println("  differs: " + Arrays.asList(before, Counts.of(touched)));
        }
    }

    private static long open(RichEditor editor, TemplateContent content, AtomicReference<List<Damage>> damage)
            throws Exception {
        CompletableFuture<Boolean> shown = new CompletableFuture<>();
        long began = System.nanoTime();
        Platform.runLater(() -> editor.show(content, List.of("name"), found -> {
            damage.set(found);
            shown.complete(true);
        }));
        shown.get();
        return millis(began);
    }

    private static <T> T on(java.util.concurrent.Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get();
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
