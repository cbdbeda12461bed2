package app.mailroom.ui.rescue;

import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.model.Actor;
import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.model.RestoreReport;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be done about a damaged database.
 *
 * @param who restores, as the audit of the restored workspace will say
 */
public record Rescue(FileDamage damage, BackupFolder folder, Restoring restoring, Actor who) {
    /** A copy, and whether all of it could be read. */
    public record Checked(BackupCopy copy, boolean well) {}

    /** All copies, each read in full; takes as long as reading them. */
    List<Checked> checked() throws IOException {
        List<Checked> checked = new ArrayList<>();
        for (BackupCopy copy : folder.copies()) {
            checked.add(new Checked(copy, BackupFolder.check(copy).isEmpty()));
        }
        return checked;
    }

    /** What the newest copy that can be read has for a setting: the damaged file cannot be asked. */
    public Optional<String> setting(String name) {
        try {
            for (BackupCopy copy : folder.copies()) {
                Optional<String> value = new DatabaseFile(copy.file(), Database.Schema.WORKSPACE).setting(name);
                if (value.isPresent()) {
                    return value;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Puts a copy in the place of the damaged file. */
    RestoreReport restore(BackupCopy copy) throws Exception {
        return restoring.restore(copy, who);
    }

    Path workspace() {
        return Optional.ofNullable(damage.file().toAbsolutePath().getParent()).orElse(damage.file());
    }
}
