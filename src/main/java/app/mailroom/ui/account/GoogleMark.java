package app.mailroom.ui.account;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.SVGPath;

/** Google's G in its four colours, as its guidelines for such buttons want it (developers.google.com/identity/branding-guidelines). */
final class GoogleMark {
    private static final double DRAWN = 48;

    private GoogleMark() {}

    /** As wide and high as that, in pixels. */
    static Group of(double size) {
        Group mark = new Group(
                stroke(
                        "#EA4335",
                        "M24 9.5c3.54 0 6.71 1.22 9.21 3.6l6.85-6.85C35.9 2.38 30.47 0 24 0 14.62 0 6.51 5.38 2.56 13.22l7.98"
                                + " 6.19C12.43 13.72 17.74 9.5 24 9.5z"),
                stroke(
                        "#4285F4",
                        "M46.98 24.55c0-1.57-.15-3.09-.38-4.55H24v9.02h12.94c-.58 2.96-2.26 5.48-4.78 7.18l7.73 6c4.51-4.18"
                                + " 7.09-10.36 7.09-17.65z"),
                stroke(
                        "#FBBC05",
                        "M10.53 28.59c-.48-1.45-.76-2.99-.76-4.59s.27-3.14.76-4.59l-7.98-6.19C.92 16.46 0 20.12 0 24c0 3.88.92"
                                + " 7.54 2.56 10.78l7.97-6.19z"),
                stroke(
                        "#34A853",
                        "M24 48c6.48 0 11.93-2.13 15.89-5.81l-7.73-6c-2.15 1.45-4.92 2.3-8.16 2.3-6.26"
                                + " 0-11.57-4.22-13.47-9.91l-7.98 6.19C6.51 42.62 14.62 48 24 48z"));
        mark.setScaleX(size / DRAWN);
        mark.setScaleY(size / DRAWN);
        // A group takes the room of what it holds after scaling only if something holds the group.
        return new Group(mark);
    }

    private static SVGPath stroke(String colour, String path) {
        SVGPath stroke = new SVGPath();
        stroke.setContent(path);
        stroke.setFill(Color.web(colour));
        return stroke;
    }
}
