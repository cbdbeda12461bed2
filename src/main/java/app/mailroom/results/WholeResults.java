package app.mailroom.results;

import app.mailroom.model.PlanResults;
import app.mailroom.model.ResultCounts.OfDomain;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.TemplateStore;
import java.util.List;
import java.util.Optional;

/**
 * All that is counted of one mailing.
 *
 * @param domains all of them, those with most messages first
 * @param template its name; empty when it is gone
 * @param version the number of its version; 0 when it is gone
 */
public record WholeResults(
        PlanResults results,
        List<OfDomain> domains,
        List<OfHour> hours,
        List<OfLink> links,
        String template,
        int version) {
    /** Keeps copies. */
    public WholeResults {
        domains = List.copyOf(domains);
        hours = List.copyOf(hours);
        links = List.copyOf(links);
    }

    /** Reads a mailing; nothing if there is none with this id. */
    public static Optional<WholeResults> read(ResultsStore results, TemplateStore templates, long planId) {
        return results.of(planId).map(found -> {
            Optional<TemplateVersion> version = templates.version(found.plan().templateVersionId());
            return new WholeResults(
                    found,
                    results.domains(planId, Integer.MAX_VALUE).largest(),
                    results.hours(planId),
                    results.links(planId),
                    version.flatMap(of -> templates.find(of.templateId()))
                            .map(Template::name)
                            .orElse(""),
                    version.map(TemplateVersion::number).orElse(0));
        });
    }
}
