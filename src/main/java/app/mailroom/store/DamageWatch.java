package app.mailroom.store;

import app.mailroom.model.FileDamage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices damage that is met while a database is open, and lets nothing be written from then on. */
final class DamageWatch {
    private static final Logger log = LoggerFactory.getLogger(DamageWatch.class);

    private final Path file;
    private final OpenMark mark;
    private final List<Consumer<FileDamage>> listeners = new ArrayList<>();
    private volatile @Nullable FileDamage found;

    DamageWatch(Path file, OpenMark mark) {
        this.file = file;
        this.mark = mark;
    }

    Path file() {
        return file;
    }

    OpenMark mark() {
        return mark;
    }

    Optional<FileDamage> found() {
        return Optional.ofNullable(found);
    }

    /** Tells whether nothing was met yet; throws if something was. */
    void requireNone() {
        FileDamage known = found;
        if (known != null) {
            throw new DamagedException(known, null);
        }
    }

    /** Looks whether a failure tells of damage. */
    void lookAt(Throwable failure) {
        DatabaseFile.damageIn(failure, file).ifPresent(this::met);
    }

    void met(FileDamage damage) {
        List<Consumer<FileDamage>> told;
        synchronized (this) {
            if (found != null) {
                return;
            }
            found = damage;
            told = List.copyOf(listeners);
        }
        log.error("The database {} is damaged, nothing is written any more: {}", file.getFileName(), damage);
        try {
            mark.suspect();
        } catch (IOException e) {
            log.error("It could not be noted that the file is damaged", e);
        }
        told.forEach(listener -> listener.accept(damage));
    }

    void subscribe(Consumer<FileDamage> listener) {
        FileDamage known;
        synchronized (this) {
            listeners.add(listener);
            known = found;
        }
        if (known != null) {
            listener.accept(known);
        }
    }
}
