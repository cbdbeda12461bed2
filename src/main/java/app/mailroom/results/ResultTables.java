package app.mailroom.results;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.ResultCounts.OfDomain;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.results.ResultWords.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Results as tables, each complete: what a window cuts off for want of room is there. */
public final class ResultTables {
    private static final List<Rate> OF_DOMAIN = List.of(
            Rate.DELIVERED,
            Rate.BOUNCED,
            Rate.COMPLAINED,
            Rate.OPENED,
            Rate.OPENED_BY_MACHINES,
            Rate.CLICKED,
            Rate.CLICKED_BY_MACHINES,
            Rate.UNSUBSCRIBED);

    private final ResultWords words;

    /** Tables in these words. */
    public ResultTables(ResultWords words) {
        this.words = words;
    }

    /** The tables of one mailing: figures, states, reasons, domains, hours, links. */
    public List<ResultTable> of(WholeResults mailing) {
        PlanResults results = mailing.results();
        boolean tracked = results.plan().tracked();
        return List.of(
                figures(results),
                states(results),
                reasons(results.reasons()),
                domains(mailing.domains(), tracked),
                hours(mailing.hours(), tracked),
                links(mailing.links(), tracked));
    }

    /**
     * Every count of a mailing in a row of its own, by codes that do not change with the language: part of the mailing, of
     * what in it, measure, count. What was not counted is left out.
     */
    public ResultTable counts(WholeResults mailing) {
        List<List<Object>> rows = new ArrayList<>();
        PlanResults results = mailing.results();
        for (MessageState state : MessageState.values()) {
            rows.add(List.of("state", state.name(), "MESSAGES", results.totals().in(state)));
        }
        boolean tracked = results.plan().tracked();
        for (Measure measure : Measure.values()) {
            if (tracked || !measure.needsTracking()) {
                rows.add(List.of("mailing", "", measure.name(), results.totals().of(measure)));
            }
        }
        results.reasons()
                .forEach(of -> rows.add(List.of("reason", of.state() + " " + of.reason(), "MESSAGES", of.messages())));
        mailing.domains().forEach(of -> add(rows, "domain", of.domain(), of.counts()));
        mailing.hours().forEach(of -> add(rows, "hour", of.from().toString(), of.counts()));
        for (OfLink link : tracked ? mailing.links() : List.<OfLink>of()) {
            String of = link.number() + " " + link.url();
            rows.add(List.of("link", of, "CLICKS", link.clicks()));
            rows.add(List.of("link", of, "CLICKS_BY_MACHINES", link.clicksByMachines()));
            rows.add(List.of("link", of, "MESSAGES", link.messages()));
            rows.add(List.of("link", of, "MESSAGES_BY_MACHINES", link.messagesByMachines()));
        }
        return new ResultTable(words.of(Word.FIGURES), List.of("part", "of", "measure", "count"), rows);
    }

    private static void add(List<List<Object>> rows, String part, String of, ResultCounts counts) {
        for (Measure measure : Measure.values()) {
            if (counts.of(measure) > 0) {
                rows.add(List.of(part, of, measure.name(), counts.of(measure)));
            }
        }
    }

    /** The figures of a mailing with what each is a share of. */
    public ResultTable figures(PlanResults results) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(words.of(Word.MESSAGES), results.totals().all(), "", ""));
        for (Rate rate : Rate.values()) {
            Share share = rate.of(results);
            rows.add(List.of(words.of(rate), count(share), rate(share), words.of(rate.whole())));
        }
        return new ResultTable(
                words.of(Word.FIGURES),
                List.of(words.of(Word.FIGURE), words.of(Word.MESSAGES), words.of(Word.SHARE), words.of(Word.AMONG)),
                rows);
    }

    private ResultTable states(PlanResults results) {
        List<List<Object>> rows = new ArrayList<>();
        for (MessageState state : MessageState.values()) {
            rows.add(List.of(words.of(state), results.totals().in(state)));
        }
        return new ResultTable(words.of(Word.STATES), List.of(words.of(Word.STATE), words.of(Word.MESSAGES)), rows);
    }

    private ResultTable reasons(List<ReasonCount> reasons) {
        return new ResultTable(
                words.of(Word.REASONS),
                List.of(words.of(Word.STATE), words.of(Word.REASON), words.of(Word.MESSAGES)),
                reasons.stream()
                        .map(of -> List.<Object>of(words.of(of.state()), words.reason(of.reason()), of.messages()))
                        .toList());
    }

    private ResultTable domains(List<OfDomain> domains, boolean tracked) {
        List<String> columns = new ArrayList<>(List.of(words.of(Word.DOMAIN), words.of(Rate.ACCEPTED)));
        for (Rate rate : OF_DOMAIN) {
            columns.add(words.of(rate));
            columns.add(words.of(rate) + " (" + words.share("%", rate.whole()) + ")");
        }
        List<List<Object>> rows = new ArrayList<>();
        for (OfDomain domain : domains) {
            List<Object> row = new ArrayList<>(List.of(domain.domain(), taken(domain.counts())));
            for (Rate rate : OF_DOMAIN) {
                Share share = rate.of(domain.counts(), tracked);
                row.add(count(share));
                row.add(rate(share));
            }
            rows.add(row);
        }
        return new ResultTable(words.of(Word.DOMAINS), columns, rows);
    }

    private static long taken(ResultCounts counts) {
        return Rate.DELIVERED.of(counts, true).among();
    }

    private ResultTable hours(List<OfHour> hours, boolean tracked) {
        List<String> columns = new ArrayList<>(List.of(words.of(Word.HOUR), words.of(Rate.ACCEPTED)));
        OF_DOMAIN.forEach(rate -> columns.add(words.of(rate)));
        List<List<Object>> rows = new ArrayList<>();
        for (OfHour hour : hours) {
            List<Object> row = new ArrayList<>(List.of(hour.from(), taken(hour.counts())));
            OF_DOMAIN.forEach(rate -> row.add(count(rate.of(hour.counts(), tracked))));
            rows.add(row);
        }
        return new ResultTable(words.of(Word.HOURS), columns, rows);
    }

    private ResultTable links(List<OfLink> links, boolean tracked) {
        return new ResultTable(
                words.of(Word.LINKS),
                List.of(
                        words.of(Word.LINK),
                        words.of(Word.CLICKS),
                        words.of(Word.CLICKS_BY_MACHINES),
                        words.of(Word.MESSAGES_CLICKED),
                        words.of(Word.MESSAGES_CLICKED_BY_MACHINES)),
                links.stream()
                        .map(of -> tracked
                                ? List.<Object>of(
                                        name(of),
                                        of.clicks(),
                                        of.clicksByMachines(),
                                        of.messages(),
                                        of.messagesByMachines())
                                : List.<Object>of(name(of), "", "", "", ""))
                        .toList());
    }

    private String name(OfLink link) {
        return link.number() == 0 ? words.of(Word.OTHER_LINKS) : link.url();
    }

    /** All mailings, one in each row, with every figure as a count and as a share. */
    public ResultTable all(List<PlanResults> mailings) {
        List<String> columns = new ArrayList<>(List.of(
                words.of(Word.NUMBER),
                words.of(Word.TITLE),
                words.of(Word.WORLD),
                words.of(Word.STATE),
                words.of(Word.BEGUN),
                words.of(Word.LIST),
                words.of(Word.MESSAGES)));
        for (Rate rate : Rate.values()) {
            columns.add(words.of(rate));
            columns.add(words.of(rate) + " (" + words.share("%", rate.whole()) + ")");
        }
        List<List<Object>> rows = new ArrayList<>();
        for (PlanResults results : mailings) {
            Plan plan = results.plan();
            Instant begun = plan.startedAt();
            List<Object> row = new ArrayList<>(List.of(
                    plan.id(),
                    plan.title(),
                    words.of(plan.world()),
                    words.of(plan.state()),
                    begun == null ? "" : begun,
                    plan.listName(),
                    results.totals().all()));
            for (Rate rate : Rate.values()) {
                Share share = rate.of(results);
                row.add(count(share));
                row.add(rate(share));
            }
            rows.add(row);
        }
        return new ResultTable(words.of(Word.MAILINGS), columns, rows);
    }

    private static Object count(Share share) {
        return share.counted() ? (Object) share.count() : "";
    }

    private static Object rate(Share share) {
        return share.rate().isPresent() ? (Object) share.rate().getAsDouble() : "";
    }
}
