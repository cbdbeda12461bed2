package app.mailroom.store;

import app.mailroom.model.StoreProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database could not be opened, read or written; the cause says why. Nothing of the transaction was kept. */
public sealed class StoreException extends RuntimeException permits DamagedException {
    private static final long serialVersionUID = 1L;

    /** SQLite's extended codes have the plain one in their lowest byte. */
    private static final int PLAIN = 0xff;

    private final StoreProblem problem;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem(cause);
    }

    /** The files are of a newer program. */
    static StoreException newer(String message) {
        return new StoreException(message, StoreProblem.NEWER);
    }

    private StoreException(String message, StoreProblem problem) {
        super(message);
        this.problem = problem;
    }

    /** What a person can do something about is said in words, and anything else as the failure itself says it. */
    static StoreException of(Throwable cause, Function<String, String> sentence) {
        return new StoreException(sentence.apply(words(cause)), cause);
    }

    /** What is wrong with the files. */
    public StoreProblem problem() {
        return problem;
    }

    /** What a failure says of the files, however deep it lies. */
    static StoreProblem problem(@Nullable Throwable failure) {
        StoreProblem found = StoreProblem.OTHER;
        for (Throwable each = failure; each != null && found == StoreProblem.OTHER; each = each.getCause()) {
            if (each instanceof DamagedException) {
                found = StoreProblem.DAMAGED;
            } else if (each instanceof SQLiteException refused) {
                found = problem(refused.getResultCode());
            } else if (each instanceof AccessDeniedException || each instanceof ReadOnlyFileSystemException) {
                found = StoreProblem.READ_ONLY;
            } else if (each instanceof IOException) {
                found = problem(each.getMessage());
            }
        }
        return found;
    }

    private static StoreProblem problem(SQLiteErrorCode code) {
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            // What readers share cannot grow.
            return StoreProblem.FULL;
        }
        int plain = code.code & PLAIN;
        if (plain == SQLiteErrorCode.SQLITE_FULL.code) {
            return StoreProblem.FULL;
        }
        if (plain == SQLiteErrorCode.SQLITE_READONLY.code || plain == SQLiteErrorCode.SQLITE_PERM.code) {
            return StoreProblem.READ_ONLY;
        }
        if (plain == SQLiteErrorCode.SQLITE_BUSY.code || plain == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return StoreProblem.LOCKED;
        }
        return plain == SQLiteErrorCode.SQLITE_CORRUPT.code || plain == SQLiteErrorCode.SQLITE_NOTADB.code
                ? StoreProblem.DAMAGED
                : StoreProblem.OTHER;
    }

    /** Java has no exceptions of their own for these. */
    private static StoreProblem problem(@Nullable String message) {
        String says = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (says.contains("no space left") || says.contains("not enough space")) {
            return StoreProblem.FULL;
        }
        return says.contains("read-only") || says.contains("permission denied")
                ? StoreProblem.READ_ONLY
                : StoreProblem.OTHER;
    }

    private static String words(Throwable cause) {
        return switch (problem(cause)) {
            case FULL -> "the disk is full. Make room on it and try again.";
            case READ_ONLY -> "its files must not be written. Allow it, or take another folder.";
            case LOCKED -> "another program keeps its database to itself. Close that program and try again.";
            case DAMAGED -> "its database is damaged. Restore a copy of it with “mailroom backup restore”.";
            case HELD_UP, NEWER, OTHER -> String.valueOf(cause.getMessage());
        };
    }
}
