package app.mailroom.ui.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.HitVerdict.By;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageFilter.Mark;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.results.Rate;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.ResultsWorkspace;
import app.mailroom.ui.OpenWindow;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.web.WebView;
import javafx.stage.Stage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The results of a mailing of 400 messages, which were opened and clicked by people and by machines. */
class MailingResultsWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final List<MessageFilter> asked = new CopyOnWriteArrayList<>();
    private final List<Place> gone = new CopyOnWriteArrayList<>();
    private OpenWindow real;
    private Background background;
    private @Nullable Stage stage;

    @SuppressWarnings("NullAway.Init")
    private MailingResults page;

    private long plan;

    @BeforeEach
    void open() throws Exception {
        Path workspace = folder.resolve("workspace");
        ResultsWorkspace.main(new String[] {workspace.toString(), "400", "3"});
        real = new OpenWindow(workspace, robot, PATIENCE);
        background = new Background("page", 2, failure -> {});
        plan = store().all().get(0).plan().id();
    }

    @AfterEach
    void close() {
        robot.interact(() -> {
            if (stage != null) {
                page.left();
                stage.close();
            }
        });
        background.close();
        real.close();
    }

    private void show(Locale locale) {
        Texts texts = Texts.in(locale);
        ScreenContext context = new ScreenContext(
                real.features(), texts, background, background, new Notices(texts), Runnable::run, gone::add);
        robot.interact(() -> {
            page = new MailingResults(context, plan, asked::add);
            stage = new Stage();
            stage.setScene(new Scene((Parent) page.node(), 1_040, 2_400));
            stage.show();
            page.opened();
        });
        until(() -> robot.lookup("#mailing-results").query().isVisible()
                || robot.lookup("#no-results").query().isVisible());
    }

    @Test
    void figuresAreThoseOfTheStore() {
        show(Locale.ENGLISH);
        PlanResults results = store().of(plan).orElseThrow();
        RateWords words = new RateWords(Texts.in(Locale.ENGLISH));
        for (Rate rate : List.of(
                Rate.ACCEPTED,
                Rate.DELIVERED,
                Rate.BOUNCED,
                Rate.BOUNCED_HARD,
                Rate.BOUNCED_SOFT,
                Rate.SUPPRESSED,
                Rate.OPENED,
                Rate.OPENED_BY_MACHINES,
                Rate.CLICKED,
                Rate.CLICKED_BY_MACHINES,
                Rate.UNSUBSCRIBED)) {
            assertThat(labels("#figure-" + rate.name()))
                    .as(rate.name())
                    .contains(words.count(rate.of(results)), words.percent(rate.of(results)));
        }
        assertThat(rateOf(results, Rate.OPENED)).isPositive();
        assertThat(labels("#head-OPENED"))
                .contains(words.count(Rate.OPENED.of(results)), words.share(Rate.OPENED, Rate.OPENED.of(results)));
        assertThat(labels("#figure-PLANNED")).contains("400");
    }

    @Test
    void aFigureAndAReasonLeadToTheirMessages() {
        show(Locale.ENGLISH);
        fire("#head-OPENED");
        fire("#figure-CLICKED_BY_MACHINES");
        fire("#figure-BOUNCED");
        PlanResults.ReasonCount reason = store().of(plan).orElseThrow().reasons().stream()
                .filter(count -> count.state() == MessageState.BOUNCED)
                .findFirst()
                .orElseThrow();
        robot.interact(() -> page.node().lookupAll(".figure-row").stream()
                .filter(node -> ("reason-BOUNCED-" + reason.reason()).equals(node.getId()))
                .forEach(node -> ((Button) node).fire()));

        MessageFilter all = MessageFilter.all(plan);
        assertThat(asked)
                .containsExactly(
                        all.marked(Mark.OPENED),
                        all.marked(Mark.CLICKED_BY_MACHINES),
                        all.in(MessageState.BOUNCED),
                        all.in(MessageState.BOUNCED).because(reason.reason()));
        asked.forEach(filter -> assertThat(store().count(filter).messages()).isPositive());
    }

    @Test
    void hardAndSoftBouncesLeadToAllOfTheirReasonsAndToNoOthers() {
        show(Locale.ENGLISH);
        fire("#figure-BOUNCED_HARD");
        fire("#figure-BOUNCED_SOFT");

        PlanResults results = store().of(plan).orElseThrow();
        assertThat(asked)
                .extracting(filter -> store().count(filter).messages())
                .containsExactly(results.hardBounces(), results.softBounces());
        assertThat(asked)
                .allSatisfy(filter -> assertThat(Texts.in(Locale.ENGLISH).code("reason", filter.reason()))
                        .startsWith("Bounced for"));
    }

    @Test
    void theMailShowsTheSharesOfTheTableOfLinks() {
        show(Locale.ENGLISH);
        until(() -> robot.lookup(".web-view").tryQuery().isPresent());
        WebView web = robot.lookup(".web-view").queryAs(WebView.class);
        until(() -> !badges(web).select("span[data-mailroom-badge]").isEmpty());
        Document mail = onFx(() -> badges(web));
        List<OfLink> links = store().links(plan);
        long all = links.stream().mapToLong(OfLink::clicks).sum();
        assertThat(all).isPositive();
        Texts texts = Texts.in(Locale.ENGLISH);
        for (OfLink link : links) {
            if (link.number() != 0) {
                assertThat(mail.select("[data-mailroom-link=" + link.number() + "] span[data-mailroom-badge]")
                                .eachText())
                        .isNotEmpty()
                        .allMatch(texts.percent(link.clicks(), all)::equals);
            }
        }
        assertThat(mail.select("[data-mailroom-link=1]")).hasSize(2);
        assertThat(items("#links")).isEqualTo(links);

        robot.interact(() -> ((TableView<?>) robot.lookup("#links").query())
                .getSelectionModel()
                .select(0));
        until(() -> badges(web).select("[data-mailroom-chosen]").hasAttr("data-mailroom-link"));
        assertThat(onFx(() -> badges(web)).select("[data-mailroom-chosen]").eachAttr("data-mailroom-link"))
                .containsOnly(Integer.toString(links.get(0).number()));
    }

    @Test
    void theRulesThatTellMachinesAreThereWithTheirReasons() {
        show(Locale.ENGLISH);
        until(() -> !robot.lookup("#hits-openings-" + By.MACHINE).queryAll().isEmpty());
        until(() -> robot.lookup("#rule-APPLE_MAIL_PRIVACY").tryQuery().isPresent());

        assertThat(labels("#rule-APPLE_MAIL_PRIVACY"))
                .containsExactly(
                        "Apple Mail privacy",
                        "Apple Mail fetches the images of every mail, whether it is read or not.");
        long openings = store().hits(plan, 0, Integer.MAX_VALUE).counts().stream()
                .filter(count -> count.verdict().by() == By.MACHINE)
                .mapToLong(count -> count.openings())
                .sum();
        until(() -> robot.lookup("#hits-openings-MACHINE")
                .queryAs(Label.class)
                .getText()
                .equals(Long.toString(openings)));
    }

    @Test
    void whatWasNotCountedIsUnknownAndNotZero() throws Exception {
        change("UPDATE plans SET tracked = 0 WHERE id = " + plan);
        show(Locale.ENGLISH);

        assertThat(labels("#head-OPENED")).contains("not counted");
        assertThat(labels("#figure-CLICKED")).contains("not counted");
        assertThat(robot.lookup("#untracked").query().isVisible()).isTrue();
        assertThat(shown(robot.lookup("#links").query())).isFalse();
        fire("#head-OPENED");
        assertThat(asked).isEmpty();
    }

    @Test
    void aMailingThatWasSentAgainLeadsToTheOther() throws Exception {
        long other = store().all().get(1).plan().id();
        change("UPDATE plans SET resends_plan_id = " + plan + " WHERE id = " + other);
        show(Locale.ENGLISH);
        until(() -> robot.lookup("#family-" + other).tryQuery().isPresent());

        robot.interact(() -> ((Hyperlink) robot.lookup("#family-" + other).query()).fire());

        assertThat(gone).containsExactly(new Place.Mailing(other));
    }

    @Test
    void koreanIsShown() {
        show(Locale.KOREAN);

        assertThat(labels("#head-DELIVERED"))
                .anyMatch(text -> text.codePoints()
                        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL));
    }

    private ResultsStore store() {
        return real.features().stores().results();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static long rateOf(PlanResults results, Rate rate) {
        return rate.of(results).count();
    }

    private void change(String sql) throws Exception {
        Path file = folder.resolve("workspace").resolve("mailroom.sqlite");
        try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = plain.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute(sql);
        }
    }

    private Document badges(WebView web) {
        Object html = web.getEngine()
                .executeScript("document.querySelector('iframe').contentDocument.documentElement.outerHTML");
        return Jsoup.parse(html.toString());
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(5_000, work);
    }

    private List<?> items(String id) {
        return List.copyOf(((TableView<?>) robot.lookup(id).query()).getItems());
    }

    private List<String> labels(String id) {
        WaitForAsyncUtils.waitForFxEvents();
        Node node = robot.lookup(id).query();
        Node content = node instanceof Button button && button.getGraphic() != null ? button.getGraphic() : node;
        return robot.from(content).lookup(".label").queryAllAs(Label.class).stream()
                .map(Label::getText)
                .toList();
    }

    private void fire(String id) {
        robot.interact(() -> ((Button) robot.lookup(id).query()).fire());
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
