package app.mailroom.ui.shell;

import app.mailroom.ui.common.OwnChoices;
import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javafx.application.Application;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** Light or dark, as chosen or as the operating system has it. */
final class Appearance {
    private static final int PATIENCE_MILLIS = 800;

    private Appearance() {}

    /** Whether the window is to be dark. May ask the operating system, so not for the JavaFX thread. */
    static boolean isDark(OwnChoices choices) {
        return isDark(choices.get(OwnChoices.THEME).orElse("system"));
    }

    /** The same of a choice that is known. */
    static boolean isDark(String theme) {
        return switch (theme) {
            case "dark" -> true;
            case "light" -> false;
            default -> systemIsDark();
        };
    }

    /** Changes the look of every window at once. */
    static void apply(boolean dark) {
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    /** The program's own rules, which stand beside those of the theme. */
    static String stylesheet() {
        return Objects.requireNonNull(Appearance.class.getResource("/app/mailroom/ui/mailroom.css"))
                .toExternalForm();
    }

    /**
     * Reads a theme and makes the usual controls once, for nobody: the first of each kind takes much longer than all that follow.
     * On the JavaFX thread.
     */
    static void practise() {
        apply(false);
        TableView<String> table = new TableView<>(FXCollections.observableArrayList(""));
        table.getColumns().add(new TableColumn<>());
        VBox controls = new VBox(
                new Label("Mailroom"),
                new Button("", new FontIcon("fth-mail")),
                new TextField(),
                new ComboBox<String>(),
                new ToggleButton(),
                new Hyperlink(),
                new ProgressBar(0),
                new ScrollPane(new StackPane()),
                table);
        Scene nowhere = new Scene(new BorderPane(controls));
        nowhere.getStylesheets().add(stylesheet());
        nowhere.getRoot().applyCss();
        nowhere.getRoot().layout();
    }

    private static boolean systemIsDark() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return answer(List.of("defaults", "read", "-g", "AppleInterfaceStyle"))
                    .contains("Dark");
        }
        if (os.contains("win")) {
            return answer(List.of(
                            "reg",
                            "query",
                            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                            "/v",
                            "AppsUseLightTheme"))
                    .contains("0x0");
        }
        return answer(List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"))
                .contains("dark");
    }

    /** What a program prints; nothing when there is no such program or it takes too long. */
    private static String answer(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
