package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a list, of what readers would stumble over, and of mailings that would be repeated. */
class ListAndTemplatePreflightTest {
    private static final String LEAVE = "<a href=\"{{unsubscribe}}\">Leave</a>";

    @TempDir
    Path folder;

    private PlanDesk desk;
    private Planning planning;

    @BeforeEach
    void open() {
        desk = new PlanDesk(folder);
        planning = new Planning(desk.templates, desk.recipients, desk.plans, desk.preflight());
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whoIsLeftOutIsCountedWithWhoGetsIt() throws Exception {
        long list = desk.list(
                "no address,A", "b@example.com,B", "B@example.com,B again", "c@example.com,C", "d@gmial.com,D", ",");
        desk.suppressions.add(World.PRACTICE, "c@example.com", "BOUNCE", "");

        assertThat(findings(desk.template("Hello", LEAVE), list))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isFalse();
                    assertThat(finding.code()).isEqualTo(Code.LIST_MARKS);
                    assertThat(finding.detail())
                            .isEqualTo(
                                    "Recipients who get it: 2. Left out: suppressed 1, repeated 1, not to be mailed 1."
                                            + " Likely mistyped, and mailed: 1.");
                });
    }

    @Test
    void aListOfWhichNobodyIsLeftBlocksAndAnEmptyOneSaysSo() throws Exception {
        long version = desk.template("Hello", LEAVE);
        long list = desk.list("no address,A", "b@example.com,B");
        desk.suppressions.add("b@example.com", "MANUAL", "");

        assertThat(codes(version, list)).containsExactly(Code.NOBODY_LEFT);
        assertThat(findings(version, list)).allMatch(PlanFinding::blocks);
        assertThat(codes(version, desk.list(","))).containsExactly(Code.LIST_EMPTY);
    }

    @Test
    void aRowThatDoesNotFillTheTemplateIsNamed() throws Exception {
        long version = desk.template("Hello {{name}}", LEAVE);
        long list = desk.list("no address,A", "b@example.com,B", "c@example.com,", "d@example.com,");

        assertThat(findings(version, list))
                .filteredOn(finding -> finding.code() == Code.VALUE_MISSING)
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail())
                        .startsWith("Rows that do not fill the template: 2. The first is row 3, c@example.com: the"
                                + " variable {{name}} "));
    }

    @Test
    void aMailingToManyWithoutALinkToLeaveIsAWarningThoughPracticeHasTheMailProgramsButton() throws Exception {
        long none = desk.template("Hello", "<p>Hello</p>");
        long many = desk.list("a@example.com,A", "b@example.com,B");

        assertThat(codes(none, many)).containsExactly(Code.UNSUBSCRIBE_BY_BUTTON);
        assertThat(codes(none, desk.list("a@example.com,A"))).isEmpty();
        assertThat(codes(desk.template("Hello", LEAVE), many)).isEmpty();
        assertThat(codes(desk.template("Hello", "<p>To leave: {{unsubscribe}}</p>"), many))
                .isEmpty();
        assertThat(codes(desk.template("Hello", "<a href=\"https://shop.example/x\">수신 거부</a>"), many))
                .isEmpty();
    }

    @Test
    void whatReadersStumbleOverIsSummedUpAndWhatNobodyCanUseBlocks() throws Exception {
        long list = desk.list("a@example.com,A");
        String image = "<img src=\"https://shop.example/i.png\">";
        long stumbling = desk.template("Hello", LEAVE + image + image + image + image);
        long relative = desk.template("Hello", LEAVE + "<a href=\"offers.html\">Offers</a>");

        assertThat(findings(stumbling, list)).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.code()).isEqualTo(Code.TEMPLATE_CHECKS);
            assertThat(finding.values().get(0)).isEqualTo(new FindingValue.Count(4));
            assertThat(((FindingValue.Places) finding.values().get(1)).findings())
                    .hasSize(3);
        });
        assertThat(findings(relative, list)).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.code()).isEqualTo(Code.TEMPLATE_MISTAKES);
            assertThat(finding.detail()).contains("line 1: LINK_RELATIVE (offers.html)");
        });
    }

    @Test
    void theSameTemplateToMostlyTheSamePeopleWithinAWeekIsAWarning() throws Exception {
        long version = desk.template("Hello", LEAVE);
        long first = desk.list("a@example.com,A", "b@example.com,B", "c@example.com,C");
        long mostly = desk.list("A@example.com,A", "b@example.com,B", "x@example.com,X");
        long others = desk.list("a@example.com,A", "x@example.com,X", "y@example.com,Y");
        long plan = planning.plan(desk.request("First", version, first));

        assertThat(findings(version, mostly)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.RECENT_TWIN);
            assertThat(finding.blocks()).isFalse();
            assertThat(finding.detail())
                    .contains("“First”", desk.clock.instant().toString(), "it has 2.");
        });
        assertThat(codes(version, others)).isEmpty();
        assertThat(codes(desk.template("Hello", LEAVE), mostly)).isEmpty();

        desk.plans.cancel(plan);
        assertThat(codes(version, mostly))
                .as("a cancelled one that reached nobody")
                .isEmpty();
    }

    @Test
    void aMailingOfMoreThanAWeekAgoIsNoTwinUnlessItStillGoesOn() throws Exception {
        long version = desk.template("Hello", LEAVE);
        long list = desk.list("a@example.com,A", "b@example.com,B");
        long plan = planning.plan(desk.request("First", version, list));
        desk.plans.begin(plan);

        desk.clock.advance(Duration.ofDays(8));
        assertThat(codes(version, list)).containsExactly(Code.RECENT_TWIN);
        desk.plans.cancel(plan);
        assertThat(codes(version, list)).isEmpty();
    }

    @Test
    void aMailingOfTheSameTitleThatHasNotEndedIsAWarning() throws Exception {
        long list = desk.list("a@example.com,A", "b@example.com,B");
        long plan = planning.plan(desk.request("Autumn", desk.template("Hello", LEAVE), list));
        long other = desk.template("Hello", LEAVE);

        assertThat(findings(other, list)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.SAME_TITLE);
            assertThat(finding.detail()).contains("“Autumn”", "it has 2.");
        });
        desk.plans.cancel(plan);
        assertThat(codes(other, list)).isEmpty();
    }

    @Test
    void whoPlansIsToldOfAWarningTheyHaveNotSeenBeforeThereIsAMailing() throws Exception {
        PlanRequest request =
                desk.request(desk.template("Hello", "No way out"), desk.list("a@example.com,A", "b@b.example,B"));

        assertThatThrownBy(() -> planning.plan(request, warning -> false, Progress.NONE))
                .isInstanceOfSatisfying(PlanningException.class, e -> {
                    assertThat(e.findings()).extracting(PlanFinding::code).contains(Code.UNSUBSCRIBE_BY_BUTTON);
                    assertThat(e).hasMessageContaining("unsubscribe");
                });

        assertThat(desk.plans.overviews()).isEmpty();
        assertThat(planning.plan(request, warning -> true, Progress.NONE)).isPositive();
    }

    @Test
    void aCheckTellsHowManyRowsItHasLookedAtAndStopsAmongThem() throws Exception {
        int rows = 2_500;
        long list = desk.list(IntStream.range(0, rows)
                .mapToObj(i -> "reader" + i + "@example.com,Reader")
                .toArray(String[]::new));
        PlanRequest request = desk.request(desk.template("Hello {{name}}", LEAVE), list);
        Watching whole = new Watching(Integer.MAX_VALUE);
        planning.check(request, whole);
        assertThat(whole.reached).containsExactly(rows + " of " + rows);

        // The first question is asked before the rows, and of the rows every thousandth asks again.
        Watching impatient = new Watching(3);

        assertThatThrownBy(() -> planning.check(request, impatient)).isInstanceOf(ImportCancelledException.class);
        assertThat(impatient.reached).isEmpty();
        assertThat(impatient.asked).isEqualTo(3);
    }

    /** Stops at its so-manieth question. */
    private static final class Watching implements Progress {
        private final List<String> reached = new ArrayList<>();
        private final int patience;
        private int asked;

        private Watching(int patience) {
            this.patience = patience;
        }

        @Override
        public void at(long rows, long done, long inAll) {
            assertThat(done).isEqualTo(rows);
            reached.add(rows + " of " + inAll);
        }

        @Override
        public boolean cancelled() {
            return ++asked >= patience;
        }
    }

    private List<PlanFinding> findings(long version, long list) {
        return planning.check(desk.request(version, list));
    }

    private List<Code> codes(long version, long list) {
        return findings(version, list).stream().map(PlanFinding::code).toList();
    }
}
