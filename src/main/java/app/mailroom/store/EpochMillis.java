package app.mailroom.store;

import java.time.Instant;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.NullUnmarked;

/** Instants as UTC epoch milliseconds; what is finer than a millisecond is cut off. Used by the generated tables. */
@NullUnmarked
public final class EpochMillis extends AbstractConverter<Long, Instant> {
    /** Called by the generated tables. */
    public EpochMillis() {
        super(Long.class, Instant.class);
    }

    @Override
    public Instant from(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public Long to(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
