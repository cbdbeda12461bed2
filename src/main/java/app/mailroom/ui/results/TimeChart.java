package app.mailroom.ui.results;

import app.mailroom.model.Measure;
import app.mailroom.model.Plan;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.TimeLine.Grain;
import app.mailroom.ui.results.TimeLine.Step;
import atlantafx.base.theme.Styles;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries, and people's openings and clicks, over time: by hour or by day, step by step or added up. Step by step the
 * deliveries of the first minutes would press everything else to the ground, so there they are shown only when asked for.
 */
final class TimeChart {
    private static final List<Measure> LINES = List.of(Measure.ARRIVED, Measure.OPENED, Measure.CLICKED);
    private static final double HEIGHT = 240;
    private static final int LABELS = 8;
    private static final int HOURS_OF_A_DAY = 24;

    private final Texts texts;
    private final RateWords words;
    private final NumberAxis across = new NumberAxis(0, 1, 1);
    private final NumberAxis height = new NumberAxis(0, 1, 1);
    private final LineChart<Number, Number> chart = new LineChart<>(across, height);
    private final Map<Measure, XYChart.Series<Number, Number>> series = new EnumMap<>(Measure.class);
    private final Map<Measure, ToggleButton> shownLines = new EnumMap<>(Measure.class);
    private final ToggleButton byHour;
    private final ToggleButton byDay;
    private final ToggleButton addedUp;
    private final ToggleButton each;
    private final Label reading = Look.muted("");
    private final Label zoneName = Look.muted("");
    private final HBox grains;
    private final Node node;
    private List<OfHour> hours = List.of();
    private @Nullable Plan plan;
    private TimeLine line = new TimeLine(List.of());
    private boolean grainChosen;

    TimeChart(MailingCards cards) {
        this.texts = cards.texts();
        this.words = new RateWords(texts);
        byHour = toggle("time.hours", Styles.LEFT_PILL);
        byDay = toggle("time.days", Styles.RIGHT_PILL);
        addedUp = toggle("time.added_up", Styles.LEFT_PILL);
        each = toggle("time.each", Styles.RIGHT_PILL);
        byHour.setId("time-hours");
        byDay.setId("time-days");
        addedUp.setId("time-added-up");
        each.setId("time-each");
        grains = pair(byHour, byDay);
        grains.managedProperty().bind(grains.visibleProperty());
        HBox sums = pair(addedUp, each);
        byHour.setOnAction(event -> chooseGrain(byHour));
        byDay.setOnAction(event -> chooseGrain(byDay));
        addedUp.setOnAction(event -> chooseSums(addedUp));
        each.setOnAction(event -> chooseSums(each));
        buildChart();
        FlowPane legend = new FlowPane(4, 4);
        legend.setAlignment(Pos.CENTER_LEFT);
        for (Measure measure : LINES) {
            legend.getChildren().add(legend(measure));
        }
        HBox.setHgrow(legend, Priority.ALWAYS);
        legend.setPrefWrapLength(240);
        HBox tools = new HBox(8, legend, sums, grains);
        tools.setAlignment(Pos.CENTER_LEFT);
        reading.getStyleClass().add(Styles.TEXT_SMALL);
        reading.setWrapText(false);
        reading.setMinWidth(0);
        reading.setId("time-reading");
        zoneName.getStyleClass().add(Styles.TEXT_SMALL);
        zoneName.setWrapText(false);
        zoneName.setMinWidth(Region.USE_PREF_SIZE);
        zoneName.setId("time-zone");
        HBox foot = new HBox(16, reading, Look.gap(), zoneName);
        node = cards.card("time.title", "time.hint", new VBox(8, tools, chart, foot), this::table);
    }

    Node node() {
        return node;
    }

    private ToggleButton toggle(String key, String side) {
        ToggleButton button = new ToggleButton(texts.get(key));
        button.getStyleClass().addAll(side, Styles.SMALL);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private static HBox pair(ToggleButton one, ToggleButton other) {
        ToggleGroup group = new ToggleGroup();
        one.setToggleGroup(group);
        other.setToggleGroup(group);
        one.setSelected(true);
        return new HBox(one, other);
    }

    private void chooseGrain(ToggleButton chosen) {
        chosen.setSelected(true);
        grainChosen = true;
        draw();
    }

    private void chooseSums(ToggleButton chosen) {
        chosen.setSelected(true);
        ToggleButton deliveries = shownLines.get(Measure.ARRIVED);
        if (deliveries != null) {
            deliveries.setSelected(chosen == addedUp);
        }
        draw();
    }

    private Node legend(Measure measure) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("time-swatch", "time-" + measure.name().toLowerCase(Locale.ROOT));
        ToggleButton button = new ToggleButton(words.name(Rate.of(measure)), swatch);
        button.setId("time-line-" + measure.name());
        button.getStyleClass().setAll("time-legend");
        button.setSelected(true);
        button.setOnAction(event -> draw());
        shownLines.put(measure, button);
        return button;
    }

    private void buildChart() {
        across.setAutoRanging(false);
        across.setMinorTickVisible(false);
        across.setTickLabelFormatter(new Naming<>(at -> {
            int step = at.intValue();
            return step < 0 || step > line.steps().size() || line.steps().isEmpty() ? "" : label(begin(step));
        }));
        height.setAutoRanging(false);
        height.setMinorTickVisible(false);
        height.setTickLabelFormatter(new Naming<>(count -> texts.number(count.longValue())));
        chart.setAnimated(false);
        chart.setCreateSymbols(false);
        chart.setLegendVisible(false);
        chart.setVerticalGridLinesVisible(false);
        chart.setVerticalZeroLineVisible(false);
        chart.setMinHeight(HEIGHT);
        chart.setPrefHeight(HEIGHT);
        chart.getStyleClass().add("time-chart");
        chart.setAccessibleText(texts.get("time.title"));
        for (Measure measure : LINES) {
            XYChart.Series<Number, Number> of = new XYChart.Series<>();
            series.put(measure, of);
            chart.getData().add(of);
        }
        chart.setOnMouseMoved(this::read);
        chart.setOnMouseExited(event -> reading.setText(""));
    }

    /** Says what the step under the mouse holds. */
    private void read(MouseEvent event) {
        double x = across.sceneToLocal(event.getSceneX(), event.getSceneY()).getX();
        double value = across.getValueForDisplay(x).doubleValue();
        int step = addedUp.isSelected() ? (int) Math.ceil(value) - 1 : (int) Math.round(value);
        if (step < 0 || step >= line.steps().size()) {
            reading.setText("");
            return;
        }
        Step at = line.steps().get(step);
        StringBuilder said = new StringBuilder(moment(at.from()));
        for (Measure measure : LINES) {
            if (shown(measure)) {
                said.append("  ·  ")
                        .append(texts.get("time.reading", words.name(Rate.of(measure)), texts.number(at.of(measure))));
            }
        }
        reading.setText(said.toString());
    }

    private boolean shown(Measure measure) {
        ToggleButton button = shownLines.get(measure);
        Plan of = plan;
        boolean known = measure == Measure.ARRIVED || of == null || of.tracked();
        return button != null && button.isSelected() && known;
    }

    void show(Plan of, List<OfHour> now) {
        if (now.equals(hours) && plan != null) {
            return;
        }
        plan = of;
        hours = now;
        boolean many = TimeLine.isLong(now);
        grains.setVisible(many);
        if (!grainChosen) {
            (many ? byDay : byHour).setSelected(true);
        }
        shownLines.forEach((measure, button) -> {
            button.setVisible(of.tracked() || measure == Measure.ARRIVED);
            button.setManaged(button.isVisible());
        });
        zoneName.setText(texts.get("time.zone", zone().getId()));
        draw();
    }

    private ZoneId zone() {
        Plan of = plan;
        return of == null ? ZoneId.systemDefault() : ZoneId.of(of.zone());
    }

    private Grain grain() {
        return byDay.isSelected() && grains.isVisible() ? Grain.DAYS : Grain.HOURS;
    }

    private void draw() {
        TimeLine cut = TimeLine.of(hours, grain(), zone());
        line = addedUp.isSelected() ? cut.addedUp() : cut;
        List<Measure> drawn = LINES.stream().filter(this::shown).toList();
        int steps = line.steps().size();
        across.setLowerBound(0);
        across.setUpperBound(Math.max(1, addedUp.isSelected() ? steps : steps - 1));
        across.setTickUnit(tick(steps));
        double top = roundedUp(line.most(drawn));
        height.setUpperBound(top);
        height.setTickUnit(top / 4);
        series.forEach((measure, of) -> {
            of.getData().setAll(drawn.contains(measure) ? points(measure) : List.of());
        });
        chart.requestLayout();
        reading.setText("");
    }

    /** Sums stand at the end of their step and begin with nothing; what belongs to a step stands at its beginning. */
    private List<XYChart.Data<Number, Number>> points(Measure measure) {
        List<XYChart.Data<Number, Number>> points = new ArrayList<>();
        List<Step> steps = line.steps();
        boolean sums = addedUp.isSelected();
        if (sums && !steps.isEmpty()) {
            points.add(new XYChart.Data<>(0, 0));
        }
        for (int i = 0; i < steps.size(); i++) {
            points.add(new XYChart.Data<>(sums ? i + 1 : i, steps.get(i).of(measure)));
        }
        if (!sums && steps.size() == 1) {
            // A line needs two ends.
            points.add(new XYChart.Data<>(1, steps.get(0).of(measure)));
        }
        return points;
    }

    /** When a step begins; the one after the last begins where that ends. */
    private ZonedDateTime begin(int step) {
        List<Step> steps = line.steps();
        if (step < steps.size()) {
            return steps.get(step).from();
        }
        ZonedDateTime last = steps.get(steps.size() - 1).from();
        return grain() == Grain.HOURS ? last.plusHours(1) : last.plusDays(1);
    }

    private double tick(int steps) {
        if (grain() == Grain.HOURS) {
            return steps > HOURS_OF_A_DAY ? 6 : steps > LABELS ? 3 : 1;
        }
        return Math.max(1, Math.ceil((double) steps / LABELS));
    }

    /** The next 4, 8, 12, 16 or 20 times a power of ten, so that quarters of it are round. */
    static double roundedUp(long most) {
        double power = 1;
        while (true) {
            for (double factor : new double[] {4, 8, 12, 16, 20}) {
                if (most <= factor * power) {
                    return factor * power;
                }
            }
            power *= 10;
        }
    }

    private String label(ZonedDateTime at) {
        return DateTimeFormatter.ofPattern(texts.get(grain() == Grain.DAYS ? "time.day" : "time.hour"), texts.locale())
                .format(at);
    }

    private String moment(ZonedDateTime at) {
        return DateTimeFormatter.ofPattern(
                        texts.get(grain() == Grain.DAYS ? "time.day" : "time.day_hour"), texts.locale())
                .format(at);
    }

    private ResultTable table() {
        List<String> columns = new ArrayList<>(List.of(texts.get("time.from")));
        List<Measure> known = LINES.stream()
                .filter(measure -> measure == Measure.ARRIVED || plan == null || plan.tracked())
                .toList();
        known.forEach(measure -> columns.add(words.name(Rate.of(measure))));
        List<List<Object>> rows = new ArrayList<>();
        for (Step step : line.steps()) {
            List<Object> row = new ArrayList<>(List.of(step.from().toInstant()));
            known.forEach(measure -> row.add(step.of(measure)));
            rows.add(row);
        }
        return new ResultTable(texts.get("time.title"), columns, rows);
    }
}
