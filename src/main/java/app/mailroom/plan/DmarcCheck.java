package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.plan.PlanFinding.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether receivers find a DMARC record for a sender's domain (RFC 7489, section 6.6.3). They look at the domain itself
 * and then at the one that its owner registered. Which one that is only a list of public suffixes would tell, so every
 * parent of at least two labels is asked instead; where a registry itself publishes a record, as hardly any does, this
 * takes it for the owner's.
 */
final class DmarcCheck {
    private static final Pattern RECORD = Pattern.compile("v\\s*=\\s*DMARC1\\s*(?:;.*)?", Pattern.DOTALL);

    private final DomainRecords records;

    DmarcCheck(DomainRecords records) {
        this.records = records;
    }

    /** What is to be said of a domain; nothing where it has one record. */
    Optional<PlanFinding> of(String domain) {
        String name = domain;
        try {
            while (name.indexOf('.') > 0) {
                List<String> found = records.texts("_dmarc." + name).stream()
                        .filter(text -> RECORD.matcher(text).matches())
                        .toList();
                if (!found.isEmpty()) {
                    return found.size() == 1 ? Optional.empty() : Optional.of(warning(Code.DMARC_SEVERAL, said(name)));
                }
                name = name.substring(name.indexOf('.') + 1);
            }
            return Optional.of(warning(Code.DMARC_MISSING, said(domain)));
        } catch (IOException e) {
            return Optional.of(warning(Code.DNS_UNKNOWN, said(name), ServiceCheck.whatItSaid(e)));
        }
    }
}
