package app.mailroom.ui.sheet;

import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetContent.Column;
import app.mailroom.ui.sheet.SheetContent.Kind;
import app.mailroom.ui.sheet.SheetContent.Mark;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.application.Application;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** A window with nothing but the sheet, to look at: {@code SheetTryout [dark] [rows]}. */
public final class SheetTryout {
    private SheetTryout() {}

    /** Starts it. */
    public static void main(String[] arguments) {
        Application.launch(Window.class, arguments);
    }

    /** The window. */
    public static final class Window extends Application {
        @Override
        public void start(Stage stage) {
            boolean dark = getParameters().getRaw().contains("dark");
            int rows = getParameters().getRaw().stream()
                    .filter(word -> word.matches("\\d+"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(1_000_000);
            setUserAgentStylesheet(
                    dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
            FakeSheet fake = new FakeSheet(rows, 9);
            fake.columns(List.of(
                    new Column(0, "이메일", "", Kind.ADDRESS),
                    new Column(1, "이름", "템플릿이 쓰는 열", Kind.USED),
                    new Column(2, "company", "", Kind.USED),
                    new Column(3, "예전_변수", "템플릿에서 더 이상 쓰지 않는 열입니다", Kind.UNUSED),
                    new Column(4, "plain", "", Kind.PLAIN),
                    new Column(5, "a_rather_long_name_of_a_column", "", Kind.USED),
                    new Column(6, "six", "", Kind.USED),
                    new Column(7, "seven", "", Kind.USED),
                    new Column(8, "eight", "", Kind.USED)));
            fake.mark(2, 0, "broken@@example", Mark.INVALID, "골뱅이표가 두 개입니다");
            fake.mark(3, 0, "twice@example.com", Mark.DUPLICATE, "12행과 같은 주소입니다");
            fake.mark(4, 0, "gone@example.com", Mark.SUPPRESSED, "반송되어 발송이 중단된 주소입니다");
            fake.mark(5, 1, "", Mark.MISSING, "값이 없습니다");
            fake.mark(6, 0, "hong@gmial.com", Mark.MISTYPED, "gmail.com을 쓰려고 했나요?");
            fake.mark(7, 1, "", Mark.PENDING, "");
            fake.mark(7, 0, "", Mark.PENDING, "");
            fake.put(9, 2, "서울특별시 종로구\n세종대로 1번길");
            SheetGrid grid = new SheetGrid(Texts.in(Locale.KOREAN), fake, fake);
            StackPane root = new StackPane(grid.node());
            root.setPadding(new Insets(24));
            root.getStyleClass().add("page");
            Scene scene = new Scene(root, 1000, 640);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(SheetGrid.class.getResource("/app/mailroom/ui/mailroom.css"))
                            .toExternalForm());
            stage.setScene(scene);
            stage.setTitle("Sheet");
            grid.reset();
            grid.showOrder(1, SheetDeeds.Order.DESCENDING);
            stage.show();
            grid.select(new Area(8, 1, 11, 3));
            grid.requestFocus();
        }
    }
}
