package app.mailroom.app;

import atlantafx.base.theme.PrimerLight;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** The least that looks like the program: a window of the same theme with a few controls. Says on its output when it is there. */
public final class BareWindow extends Application {
    /** What it prints once its first frame was drawn. */
    static final String THERE = "The window is there";

    /** Apart from the application, so that it can be started from the class path. */
    static final class Launcher {
        private Launcher() {}

        public static void main(String[] args) {
            Application.launch(BareWindow.class, args);
        }
    }

    @Override
    public void start(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        VBox side = new VBox(
                8, new Label("Mailroom"), new Button("Mailings"), new Button("Templates"), new Button("Results"));
        HBox head = new HBox(8, new TextField(), new Button("New"));
        ListView<String> list = new ListView<>(FXCollections.observableArrayList(List.of("First", "Second", "Third")));
        stage.setScene(new Scene(new BorderPane(list, head, null, new Label("Practice mode"), side), 1280, 800));
        stage.setTitle("Bare window");
        stage.show();
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                pulses++;
                if (pulses == 2) {
                    stop();
                    System.out.println(THERE);
                }
            }
        }.start();
    }
}
