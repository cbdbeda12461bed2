package app.mailroom.app;

import app.mailroom.backup.Restoring;
import app.mailroom.model.FileDamage;
import app.mailroom.store.DamagedException;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;

/**
 * What is looked at before a workspace is opened. A look at the database's file comes first at every start; all of it is read when
 * that {@linkplain DatabaseFile#checkIsDue is due}. What practice mode keeps is set aside if it is damaged, and begins anew.
 */
final class StartCheck {
    /** So much is read in less than half a second, for which a window may wait. */
    private static final long READ_AT_ONCE = 64L << 20;

    private final Workspace workspace;
    private final Clock clock;
    private final DatabaseFile file;
    private final long atOnce;

    StartCheck(Workspace workspace, Clock clock) {
        this(workspace, clock, READ_AT_ONCE);
    }

    /** The same for tests: files of more bytes are read behind the window. */
    StartCheck(Workspace workspace, Clock clock, long atOnce) {
        this.workspace = workspace;
        this.clock = clock;
        this.file = new DatabaseFile(workspace.database(), Database.Schema.WORKSPACE);
        this.atOnce = atOnce;
    }

    /**
     * Everything that is due, however long it takes.
     *
     * @throws DamagedException when the database is damaged; nothing was opened
     * @throws IOException when the folder cannot be used
     */
    void whole() throws IOException {
        Optional<FileDamage> damage = look();
        if (damage.isEmpty() && file.checkIsDue(clock)) {
            damage = check();
        }
        if (damage.isPresent()) {
            throw new DamagedException(damage.get(), null);
        }
    }

    /** What takes no longer than a person should wait for a window. */
    Sight quick() throws IOException {
        Optional<FileDamage> damage = look();
        boolean due = damage.isEmpty() && file.checkIsDue(clock);
        if (due && Files.size(workspace.database()) <= atOnce) {
            return new Sight(check(), false);
        }
        return new Sight(damage, due);
    }

    /** Reads all of the file, which may be open meanwhile, and keeps that it is well. */
    Optional<FileDamage> check() throws IOException {
        Optional<FileDamage> damage = file.check();
        if (damage.isEmpty()) {
            file.keepChecked(clock);
        }
        return damage;
    }

    private Optional<FileDamage> look() throws IOException {
        Files.createDirectories(workspace.folder());
        boolean finished = new Restoring(workspace.copies(), clock).finish();
        assert !finished || Files.exists(workspace.database());
        boolean anew = Restoring.setAsideIfDamaged(workspace.practiceDatabase(), Database.Schema.PRACTICE, clock);
        assert !anew || !Files.exists(workspace.practiceDatabase());
        return file.look();
    }

    /**
     * What was seen.
     *
     * @param damage what is wrong with the database
     * @param stillDue whether all of it is still to be read, before anything is sent
     */
    record Sight(Optional<FileDamage> damage, boolean stillDue) {}
}
