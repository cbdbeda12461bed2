package app.mailroom.model;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Counts of part of a mailing: what went to a domain, or what happened in an hour. Measures that are missing are zero. */
public record ResultCounts(Map<Measure, Long> byMeasure) {
    /** What went to the addresses of one domain. */
    public record OfDomain(String domain, ResultCounts counts) {}

    /** What happened within the hour that begins at that moment. */
    public record OfHour(Instant from, ResultCounts counts) {}

    /**
     * What was clicked of one link.
     *
     * @param number the link's among those of the mailing; 0 is every link that is none of them
     * @param url as the template has it, with variables; empty for number 0
     * @param clicks by people
     * @param messages in which a person followed it
     * @param messagesByMachines in which only machines followed it
     */
    public record OfLink(
            int number, String url, long clicks, long clicksByMachines, long messages, long messagesByMachines) {}

    /** Keeps a copy of the counts. */
    public ResultCounts {
        Map<Measure, Long> copy = new EnumMap<>(Measure.class);
        byMeasure.forEach((measure, count) -> {
            if (count != 0) {
                copy.put(measure, count);
            }
        });
        byMeasure = Map.copyOf(copy);
    }

    /** How many messages count for a measure. */
    public long of(Measure measure) {
        return byMeasure.getOrDefault(measure, 0L);
    }
}
