package app.mailroom.ui.results;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.Measure;
import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.RuleCount;
import app.mailroom.model.TemplateContent;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.ResultsStore.Domains;
import app.mailroom.store.ResultsStore.Family;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * The results of one mailing, read again while it is looked at. What is kept as counts comes at once; hits by rule are
 * counted piece by piece beside it, so that they hold up nothing.
 */
final class MailingResultsViewModel {
    /** So many domains are shown one by one. */
    static final int DOMAINS = 20;

    /** Messages whose hits are counted in one reading, a small part of a second. */
    private static final int PIECE = 20_000;

    /** So many messages are tried for one that fills the template: the first person may have been erased. */
    private static final int TRIED = 20;

    private static final Duration REST = Duration.ofSeconds(5);
    private static final int REST_PER_WORK = 10;

    /** Everything that is kept of the mailing's results. */
    record Loaded(PlanResults whole, Domains domains, List<OfHour> hours, List<OfLink> links, Family family) {
        Plan plan() {
            return whole.plan();
        }

        PlanTotals totals() {
            return whole.totals();
        }
    }

    /** Hits by rule, as far as they are counted: share is 1 at the end. */
    record Hits(List<RuleCount> counts, double share) {
        boolean complete() {
            return share >= 1;
        }
    }

    /** A mail with numbered links; none where no message fills the template. */
    record Written(Optional<RenderedMail> mail) {}

    final ObjectProperty<@Nullable Loaded> loaded = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Hits> hits = new SimpleObjectProperty<>();

    /** The mail on which clicks are shown; null until it is written. */
    final ObjectProperty<@Nullable Written> mail = new SimpleObjectProperty<>();

    private final Features features;
    private final Background background;
    private final ResultsStore store;
    private final long planId;
    private final Reload<Loaded> reload;
    private final Reload<Written> rendering;
    private volatile boolean everything = true;
    private volatile @Nullable Loaded last;
    private boolean counting;
    private boolean inView;
    private long counted = -1;
    private Instant begun = Instant.EPOCH;
    private Instant restUntil = Instant.EPOCH;

    MailingResultsViewModel(ScreenContext context, long planId) {
        this.features = context.features();
        this.background = context.background();
        this.store = features.stores().results();
        this.planId = planId;
        this.reload = new Reload<>(background, this::load, this::show);
        this.rendering = new Reload<>(background, () -> new Written(render()), mail::set);
    }

    /** It is looked at: everything is read anew. */
    void opened() {
        inView = true;
        everything = true;
        reload.ask();
    }

    /** Nobody looks any more: counting ends after the piece in hand. */
    void left() {
        inView = false;
    }

    /** Reads what may have changed. */
    void pulse() {
        inView = true;
        reload.ask();
    }

    private Loaded load() {
        PlanResults whole = store.of(planId).orElseThrow();
        List<OfLink> links = store.links(planId);
        Loaded before = last;
        boolean all = everything;
        everything = false;
        if (!all && before != null && whole.equals(before.whole()) && links.equals(before.links())) {
            return before;
        }
        Loaded now =
                new Loaded(whole, store.domains(planId, DOMAINS), store.hours(planId), links, store.family(planId));
        last = now;
        return now;
    }

    private void show(Loaded now) {
        if (!now.equals(loaded.get())) {
            loaded.set(now);
        }
        boolean clicksShown =
                now.plan().tracked() && !now.links().isEmpty() && now.totals().all() > 0;
        if (clicksShown && mail.get() == null) {
            rendering.ask();
        }
        countHits(now.totals());
    }

    private Optional<RenderedMail> render() {
        Plan plan = features.stores().plans().find(planId).orElseThrow();
        Optional<TemplateContent> content = features.stores().templates().content(plan.templateVersionId());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            CompiledTemplate template = CompiledTemplate.compileNumbered(content.get());
            Map<String, Integer> slots = features.stores().plans().slotsByVariable(planId);
            String unsubscribe =
                    features.mailing().beforeAndAfter().leaving().of(plan.world(), plan.fromAddress(), plan.replyTo());
            for (Message message : store.messages(MessageFilter.all(planId), MessageOrder.LIST, null, TRIED)) {
                Optional<RenderedMail> rendered = render(template, message, slots, unsubscribe);
                if (rendered.isPresent()) {
                    return rendered;
                }
            }
        } catch (TemplateException faulty) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<RenderedMail> render(
            CompiledTemplate template, Message message, Map<String, Integer> slots, String unsubscribe) {
        try {
            return Optional.of(template.render(ProgramVariables.besideSlots(slots, message.values(), unsubscribe))
                    .withImagesAsData(template.images()));
        } catch (RenderException unfit) {
            return Optional.empty();
        }
    }

    /** Counts when there are other hits than those counted, and rests the longer the longer that takes. */
    private void countHits(PlanTotals totals) {
        long known = totals.of(Measure.OPENED)
                + totals.of(Measure.OPENED_BY_MACHINES)
                + totals.of(Measure.CLICKED)
                + totals.of(Measure.CLICKED_BY_MACHINES);
        Instant now = features.clock().instant();
        if (counting || known == counted || now.isBefore(restUntil)) {
            return;
        }
        begun = now;
        counting = true;
        counted = known;
        countHits(0, Map.of());
    }

    private void countHits(long after, Map<HitVerdict, RuleCount> soFar) {
        background.get(
                () -> store.hits(planId, after, PIECE),
                piece -> {
                    Map<HitVerdict, RuleCount> now = new LinkedHashMap<>(soFar);
                    piece.counts().forEach(count -> now.merge(count.verdict(), count, RuleCount::plus));
                    boolean done = piece.share() >= 1;
                    Hits before = hits.get();
                    if (done || before == null || !before.complete()) {
                        hits.set(new Hits(sorted(now), piece.share()));
                    }
                    if (done) {
                        counting = false;
                        Instant end = features.clock().instant();
                        Duration work = Duration.between(begun, end).multipliedBy(REST_PER_WORK);
                        restUntil = end.plus(work.compareTo(REST) > 0 ? work : REST);
                    } else if (inView) {
                        countHits(piece.upTo(), now);
                    } else {
                        counting = false;
                        counted = -1;
                    }
                },
                failure -> {
                    counting = false;
                    background.tell(failure);
                });
    }

    private static List<RuleCount> sorted(Map<HitVerdict, RuleCount> counts) {
        return counts.values().stream()
                .sorted(Comparator.comparing(
                                (RuleCount count) -> count.verdict().by())
                        .thenComparing(count -> -count.openings() - count.clicks())
                        .thenComparing(count -> count.verdict().rule()))
                .toList();
    }
}
