package app.mailroom.store;

import app.mailroom.model.FileDamage;
import app.mailroom.model.StoreProblem;
import org.jspecify.annotations.Nullable;

/** The database's file is damaged, and nothing is done with it any more. */
public final class DamagedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient FileDamage damage;

    /** Says what is wrong with which file. */
    public DamagedException(FileDamage damage, @Nullable Throwable cause) {
        super("the database " + damage.file() + " is damaged (" + damage.kind() + "): " + damage.detail(), cause);
        this.damage = damage;
    }

    @Override
    public StoreProblem problem() {
        return StoreProblem.DAMAGED;
    }

    /** What is wrong. */
    public FileDamage damage() {
        return damage;
    }
}
