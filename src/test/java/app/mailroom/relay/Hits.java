package app.mailroom.relay;

import app.mailroom.tracking.HitLink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hits for tests, told apart by their ids. */
final class Hits {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    private Hits() {}

    static Hit hit(int number) {
        return new Hit(
                id(number),
                HitLink.click("mr-a-" + number, 1, "https://shop.example.com/주소?n=" + number),
                Instant.ofEpochMilli(1_800_000_000_000L + number),
                "Mozilla/5.0",
                Set.of(),
                Optional.empty());
    }

    static String id(int number) {
        return "hit-" + number;
    }

    static List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add(id(i));
        }
        return ids;
    }

    static String idOf(String event) {
        Matcher id = ID.matcher(event);
        if (!id.find()) {
            throw new AssertionError("no id in " + event);
        }
        return id.group(1);
    }
}
