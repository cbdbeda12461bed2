package app.mailroom.relay;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Whether memory is short: what the last collection left fills most of the heap. What is in use between collections says nothing,
 * since garbage counts. {@link #look} is called by one thread, the answer is read by any.
 */
final class MemoryWatch implements BooleanSupplier {
    private static final double SHORT = 0.85;
    /** If nothing had to be collected for so long, nothing fills the heap either. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(10);

    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final long heap;
    private volatile boolean memoryShort;

    /** A watch over this process's heap. */
    MemoryWatch() {
        this(Runtime.getRuntime().maxMemory());
    }

    /** For tests: as if the heap had so many bytes. */
    MemoryWatch(long heap) {
        this.heap = heap;
    }

    /** Looks at the last collection. */
    void look() {
        long up = ManagementFactory.getRuntimeMXBean().getUptime();
        long lastEnd = -1;
        long left = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            GcInfo last = collector.getLastGcInfo();
            if (last != null && last.getEndTime() > lastEnd) {
                lastEnd = last.getEndTime();
                left = last.getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> heapPools.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
            }
        }
        memoryShort = lastEnd >= 0 && up - lastEnd < FORGOTTEN.toMillis() && left > SHORT * heap;
    }

    @Override
    public boolean getAsBoolean() {
        return memoryShort;
    }
}
