package app.mailroom.results;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.model.ProgramVersion;
import app.mailroom.model.ResultCounts.OfDomain;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.World;
import app.mailroom.results.ReportPage.Chart;
import app.mailroom.results.ReportPage.Fact;
import app.mailroom.results.ReportPage.Figure;
import app.mailroom.results.ReportPage.Head;
import app.mailroom.results.ReportPage.Ranking;
import app.mailroom.results.ReportPage.Row;
import app.mailroom.results.ReportPage.Step;
import app.mailroom.results.ResultWords.Word;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the results of one mailing into words for the page about it. */
public final class MailingReport {
    private static final List<Rate> FIGURES = List.of(
            Rate.ACCEPTED,
            Rate.DELIVERED,
            Rate.DELAYED,
            Rate.BOUNCED,
            Rate.BOUNCED_HARD,
            Rate.BOUNCED_SOFT,
            Rate.COMPLAINED,
            Rate.OPENED,
            Rate.OPENED_BY_MACHINES,
            Rate.CLICKED,
            Rate.CLICKED_BY_MACHINES,
            Rate.UNSUBSCRIBED,
            Rate.REJECTED,
            Rate.UNCERTAIN,
            Rate.SUPPRESSED);
    /** Beside what arrives within minutes, what happens in the days after it could not be seen. */
    private static final List<Measure> RESPONSES = List.of(Measure.OPENED, Measure.CLICKED);

    private static final int ROWS = 6;
    private static final int LINK_ROWS = 5;

    /** More steps of time than this would be too thin to be seen. */
    private static final int STEPS = 48;

    private static final List<Stride> STRIDES = List.of(
            new Stride(1, ChronoUnit.HOURS),
            new Stride(3, ChronoUnit.HOURS),
            new Stride(6, ChronoUnit.HOURS),
            new Stride(12, ChronoUnit.HOURS),
            new Stride(1, ChronoUnit.DAYS),
            new Stride(7, ChronoUnit.DAYS),
            new Stride(28, ChronoUnit.DAYS));

    /** Years after a mailing somebody may still open it. */
    private static final Stride LONGEST = new Stride(365, ChronoUnit.DAYS);

    /** How long a step of time is. */
    private record Stride(int length, ChronoUnit unit) {
        /** The begin of the step in which that time lies. */
        ZonedDateTime around(ZonedDateTime time) {
            ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
            if (unit == ChronoUnit.DAYS) {
                return day;
            }
            // The hours of some zones begin at half past.
            return length == 1 ? time : day.plusHours((long) length * (time.getHour() / length));
        }

        boolean fits(ZonedDateTime first, ZonedDateTime last) {
            return unit.between(around(first), last) / length < STEPS;
        }
    }

    private final ResultWords words;
    private final NumberFormat number;
    private final NumberFormat percent;

    /** Reports in these words. */
    public MailingReport(ResultWords words) {
        this.words = words;
        this.number = NumberFormat.getIntegerInstance(words.locale());
        this.percent = NumberFormat.getPercentInstance(words.locale());
        percent.setMaximumFractionDigits(1);
    }

    /** The page about a mailing, made at that time. */
    public ReportPage of(WholeResults mailing, Instant now) {
        PlanResults results = mailing.results();
        Plan plan = results.plan();
        return new ReportPage(
                words.locale(),
                new Head(
                        words.of(Word.REPORT),
                        plan.title(),
                        plan.world() == World.PRACTICE ? words.of(World.PRACTICE) : ""),
                facts(mailing),
                figures(results),
                chart(mailing.hours(), plan.tracked()),
                List.of(bounces(results), domains(mailing.domains(), plan.tracked()), links(mailing)),
                List.of(words.of(Word.RULES), words.made(time(now), ProgramVersion.NUMBER)));
    }

    private List<Fact> facts(WholeResults mailing) {
        Plan plan = mailing.results().plan();
        Instant begun = plan.startedAt();
        String from =
                plan.fromName().isBlank() ? plan.fromAddress() : plan.fromName() + " <" + plan.fromAddress() + ">";
        return List.of(
                begun == null
                        ? new Fact(words.of(Word.PLANNED_FOR), time(plan.notBefore()))
                        : new Fact(words.of(Word.BEGUN), time(begun)),
                new Fact(words.of(Word.FROM), from),
                new Fact(words.of(Word.LIST), plan.listName()),
                new Fact(
                        words.of(Word.TEMPLATE),
                        mailing.version() == 0 ? "–" : words.version(mailing.template(), mailing.version())),
                new Fact(words.of(Word.STATE), words.of(plan.state())),
                new Fact(words.of(Word.WORLD), words.of(plan.world())));
    }

    private List<Figure> figures(PlanResults results) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                words.of(Word.MESSAGES), number.format(results.totals().all()), ""));
        for (Rate rate : FIGURES) {
            Share share = rate.of(results);
            figures.add(new Figure(
                    words.of(rate),
                    share.counted() ? number.format(share.count()) : "–",
                    share.counted()
                            ? words.share(
                                    share.rate().isPresent()
                                            ? percent.format(share.rate().getAsDouble())
                                            : "–",
                                    rate.whole())
                            : words.of(Word.NOT_COUNTED)));
        }
        return figures;
    }

    private Ranking bounces(PlanResults results) {
        List<ReasonCount> reasons = results.reasons().stream()
                .filter(of -> of.state() == MessageState.BOUNCED)
                .sorted(Comparator.comparingLong(ReasonCount::messages).reversed())
                .toList();
        long most = reasons.isEmpty() ? 1 : reasons.get(0).messages();
        return new Ranking(
                words.of(Word.BOUNCES),
                reasons.stream()
                        .limit(ROWS)
                        .map(of -> new Row(
                                words.reason(of.reason()), number.format(of.messages()), (double) of.messages() / most))
                        .toList(),
                words.of(Word.NOTHING));
    }

    private Ranking domains(List<OfDomain> domains, boolean tracked) {
        long most = domains.stream()
                .mapToLong(of -> Rate.DELIVERED.of(of.counts(), tracked).among())
                .max()
                .orElse(1);
        return new Ranking(
                words.of(Word.TOP_DOMAINS),
                domains.stream()
                        .limit(ROWS)
                        .map(of -> {
                            Share share = Rate.DELIVERED.of(of.counts(), tracked);
                            String rate = share.rate().isPresent()
                                    ? " · " + percent.format(share.rate().getAsDouble())
                                    : "";
                            return new Row(
                                    of.domain(),
                                    number.format(share.among()) + rate,
                                    most == 0 ? 0 : (double) share.among() / most);
                        })
                        .toList(),
                words.of(Word.NOTHING));
    }

    private Ranking links(WholeResults mailing) {
        if (!mailing.results().plan().tracked()) {
            return new Ranking(words.of(Word.TOP_LINKS), List.of(), words.of(Word.NOT_COUNTED));
        }
        List<OfLink> clicked = mailing.links().stream()
                .filter(of -> of.clicks() > 0)
                .limit(LINK_ROWS)
                .toList();
        long most = clicked.isEmpty() ? 1 : clicked.get(0).clicks();
        return new Ranking(
                words.of(Word.TOP_LINKS),
                clicked.stream()
                        .map(of -> new Row(
                                of.number() == 0 ? words.of(Word.OTHER_LINKS) : of.url(),
                                number.format(of.clicks()),
                                (double) of.clicks() / most))
                        .toList(),
                words.of(Word.NOTHING));
    }

    private Chart chart(List<OfHour> hours, boolean tracked) {
        boolean responses = tracked
                && hours.stream()
                        .anyMatch(hour -> RESPONSES.stream()
                                .anyMatch(measure -> hour.counts().of(measure) > 0));
        List<Measure> shown = responses ? RESPONSES : List.of(Measure.ARRIVED);
        return new Chart(
                words.of(Word.HOURS),
                shown.stream().map(measure -> words.of(Rate.of(measure))).toList(),
                hours.isEmpty() ? List.of() : steps(hours, shown),
                words.of(Word.NOTHING));
    }

    private List<Step> steps(List<OfHour> hours, List<Measure> measures) {
        ZonedDateTime first = hours.get(0).from().atZone(words.zone());
        ZonedDateTime last = hours.get(hours.size() - 1).from().atZone(words.zone());
        Stride stride = STRIDES.stream()
                .filter(tried -> tried.fits(first, last))
                .findFirst()
                .orElse(LONGEST);
        DateTimeFormatter label = stride.unit() == ChronoUnit.HOURS
                ? DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
        List<Step> steps = new ArrayList<>();
        int at = 0;
        ZonedDateTime from = stride.around(first);
        while (at < hours.size()) {
            ZonedDateTime next = from.plus(stride.length(), stride.unit());
            long[] counts = new long[measures.size()];
            while (at < hours.size() && hours.get(at).from().isBefore(next.toInstant())) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += hours.get(at).counts().of(measures.get(i));
                }
                at++;
            }
            List<Long> counted = new ArrayList<>();
            for (long count : counts) {
                counted.add(count);
            }
            steps.add(new Step(label.withLocale(words.locale()).format(from), counted));
            from = next;
        }
        return steps;
    }

    /** Date and time with the name of the zone. */
    private String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(words.locale())
                        .format(instant.atZone(words.zone()))
                + " (" + words.zone().getId() + ")";
    }
}
