package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.LINKS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which link of a mailing a click followed. A link with variables in it leads elsewhere for everybody and is known by what
 * stands between them. Of a link that the mail shows several times, the first is said, unless the event itself has the number.
 * Remembers the links that it read; they never change.
 */
final class PlanLinks {
    /** None of the mailing's links. */
    static final int OTHER = 0;

    private record Pattern(int number, List<String> pieces) {
        /** Whether the pieces stand in the link in this order, the first at its beginning, the last at its end. */
        boolean fits(String url) {
            String first = pieces.get(0);
            String last = pieces.get(pieces.size() - 1);
            if (!url.startsWith(first)) {
                return false;
            }
            int at = first.length();
            for (String piece : pieces.subList(1, pieces.size() - 1)) {
                int found = url.indexOf(piece, at);
                if (found < 0) {
                    return false;
                }
                at = found + piece.length();
            }
            return url.length() - last.length() >= at && url.endsWith(last);
        }

        int letters() {
            return pieces.stream().mapToInt(String::length).sum();
        }
    }

    private record Known(Map<String, Integer> whole, List<Pattern> patterns, Set<Integer> numbers) {}

    private final Map<Long, Known> plans = new HashMap<>();

    /** Whether the mailing has a link of this number. */
    boolean has(DSLContext sql, long planId, int number) {
        return number != OTHER && known(sql, planId).numbers().contains(number);
    }

    private Known known(DSLContext sql, long planId) {
        return plans.computeIfAbsent(planId, id -> read(sql, id));
    }

    /** The number of the link, or {@link #OTHER}. */
    int number(DSLContext sql, long planId, @Nullable String url) {
        if (url == null) {
            return OTHER;
        }
        Known known = known(sql, planId);
        Integer whole = known.whole().get(url);
        if (whole != null) {
            return whole;
        }
        return known.patterns().stream()
                .filter(pattern -> pattern.fits(url))
                .map(Pattern::number)
                .findFirst()
                .orElse(OTHER);
    }

    private static Known read(DSLContext sql, long planId) {
        Map<String, Integer> whole = new HashMap<>();
        List<Pattern> patterns = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        sql.selectFrom(LINKS)
                .where(LINKS.PLAN_ID.eq(planId))
                .orderBy(LINKS.NUMBER)
                .forEach(row -> {
                    numbers.add(row.getNumber());
                    if (row.getUrl().contains("{{")) {
                        patterns.add(new Pattern(
                                row.getNumber(), List.of(row.getUrl().split("\\{\\{.*?}}", -1))));
                    } else {
                        whole.putIfAbsent(row.getUrl(), row.getNumber());
                    }
                });
        // What says the most decides; a link that is nothing but a variable fits everything.
        patterns.sort((one, other) -> Integer.compare(other.letters(), one.letters()));
        return new Known(whole, patterns, numbers);
    }
}
