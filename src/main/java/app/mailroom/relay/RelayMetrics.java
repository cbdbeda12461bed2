package app.mailroom.relay;

import app.mailroom.tracking.HitLink;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the relay did and how it stands, for {@code /metrics} (Prometheus text format 0.0.4). Any thread. */
public final class RelayMetrics {
    /** Why a request did not get what it asked for. */
    enum Refusal {
        /** Nobody known signed the address. */
        UNSIGNED,
        /** There is nothing at the address, or not by this method. */
        UNKNOWN,
        /** Its sender asks too often. */
        RATE,
        /** It is longer than anything a reader's program sends. */
        TOO_LARGE,
        /** It is no HTTP, or none that a reader's program speaks. */
        MALFORMED,
        /** It did not arrive in time. */
        SLOW,
        /** The server has more to do than it can. */
        BUSY,
        /** A wish to leave could not be kept on the disk. */
        NOT_KEPT
    }

    private static final String PREFIX = "mailroom_relay_";

    private final Map<HitLink.Kind, LongAdder> hits = adders(HitLink.Kind.class);
    private final Map<HitLink.Kind, LongAdder> dropped = adders(HitLink.Kind.class);
    private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final Map<String, Look> looks = new ConcurrentSkipListMap<>();

    private record Look(String help, String type, LongSupplier value) {}

    /** All at nothing. */
    public RelayMetrics() {
        Runtime runtime = Runtime.getRuntime();
        gauge("memory_used_bytes", "Heap in use.", () -> runtime.totalMemory() - runtime.freeMemory());
        gauge("memory_max_bytes", "Heap at most.", runtime::maxMemory);
    }

    /** Adds something that is looked at whenever somebody asks; name and unit as Prometheus has them, without our prefix. */
    void gauge(String name, String help, LongSupplier value) {
        looks.put(name, new Look(help, "gauge", value));
    }

    /** Adds something that only ever grows and is counted elsewhere. */
    void counter(String name, String help, LongSupplier value) {
        looks.put(name, new Look(help, "counter", value));
    }

    /** A hit was taken. */
    void hit(HitLink.Kind kind) {
        of(hits, kind).increment();
    }

    /** There was no room for a hit; its reader was answered all the same, unless it was a wish to leave. */
    void dropped(HitLink.Kind kind) {
        of(dropped, kind).increment();
    }

    /** A request was refused. */
    void refused(Refusal reason) {
        of(refused, reason).increment();
    }

    /** A request was answered, with whatever status. */
    void answered(int status) {
        answers.computeIfAbsent(status, added -> new LongAdder()).increment();
    }

    /** All of it as text. */
    String text() {
        StringBuilder text = new StringBuilder(4_096);
        counters(text, "hits_total", "Hits taken.", "kind", hits);
        counters(text, "hits_dropped_total", "Hits for which there was no room.", "kind", dropped);
        counters(text, "refused_total", "Requests refused.", "reason", refused);
        counters(text, "answers_total", "Requests answered.", "status", new TreeMap<>(answers));
        looks.forEach((name, look) -> {
            head(text, name, look.help(), look.type());
            text.append(PREFIX)
                    .append(name)
                    .append(' ')
                    .append(look.value().getAsLong())
                    .append('\n');
        });
        return text.toString();
    }

    private static void counters(
            StringBuilder text, String name, String help, String label, Map<?, LongAdder> counters) {
        head(text, name, help, "counter");
        counters.forEach((of, count) -> text.append(PREFIX)
                .append(name)
                .append('{')
                .append(label)
                .append("=\"")
                .append(of.toString().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kinds) {
        Map<E, LongAdder> adders = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            adders.put(kind, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E kind) {
        return Objects.requireNonNull(adders.get(kind));
    }
}
