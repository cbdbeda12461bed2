package app.mailroom.ui.account;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.javafx.FontIcon;

/** A person in a circle: their picture, else their initials, else a sign for somebody. Says nothing to a screen reader. */
final class Portrait {
    /** Pictures are shown on screens with up to so many points to a pixel. */
    private static final double DENSEST = 2;

    private static final double LETTERS = 0.4;
    private static final double SIGN = 0.5;

    private final StackPane node = new StackPane();
    private final double size;

    /** Empty; size is its width in pixels. */
    Portrait(double size) {
        this.size = size;
        node.getStyleClass().add("portrait");
        node.setMinSize(size, size);
        node.setPrefSize(size, size);
        node.setMaxSize(size, size);
        node.setClip(new Circle(size / 2, size / 2, size / 2));
        nobody();
    }

    StackPane node() {
        return node;
    }

    /** Somebody without a name of their own. */
    void nobody() {
        FontIcon sign = new FontIcon("fth-user");
        sign.setIconSize((int) (size * SIGN));
        node.getChildren().setAll(sign);
    }

    /** Somebody by their name. */
    void show(String name) {
        String letters = initials(name);
        if (letters.isEmpty()) {
            nobody();
            return;
        }
        Label label = new Label(letters);
        label.setMinWidth(0);
        label.setStyle("-fx-font-size: " + Math.round(size * LETTERS) + "px;");
        node.getChildren().setAll(label);
    }

    /** Puts a picture in the place of the initials, cut to a square. One that cannot be read changes nothing. */
    void show(byte[] picture) {
        Image image = new Image(new ByteArrayInputStream(picture), size * DENSEST * 2, size * DENSEST * 2, true, true);
        if (image.isError() || image.getWidth() < 1 || image.getHeight() < 1) {
            return;
        }
        double side = Math.min(image.getWidth(), image.getHeight());
        ImageView view = new ImageView(image);
        view.setViewport(new Rectangle2D((image.getWidth() - side) / 2, (image.getHeight() - side) / 2, side, side));
        view.setFitWidth(size);
        view.setFitHeight(size);
        node.getChildren().setAll(view);
    }

    /** The first letters of the first and the last word; of a Korean name in one word, the two syllables of the given name. */
    static String initials(String name) {
        List<String> words = Stream.of(name.strip().split("[\\s.@_-]+"))
                .filter(word -> !word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0)))
                .toList();
        if (words.isEmpty()) {
            return "";
        }
        String first = words.get(0);
        if (words.size() == 1 && Character.UnicodeScript.of(first.codePointAt(0)) == Character.UnicodeScript.HANGUL) {
            return first.length() > 2 ? first.substring(first.length() - 2) : first;
        }
        boolean address = name.contains("@");
        Optional<String> last =
                words.size() == 1 || address ? Optional.empty() : Optional.of(words.get(words.size() - 1));
        return (letter(first) + last.map(Portrait::letter).orElse("")).toUpperCase(Locale.ROOT);
    }

    private static String letter(String word) {
        return Character.toString(word.codePointAt(0));
    }
}
