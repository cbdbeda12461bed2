package app.mailroom.ui.common;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Shows values by a name of theirs, in a box or on an axis where nothing is ever typed. */
public final class Naming<T> extends StringConverter<T> {
    private final Function<? super T, String> name;

    /** The name is asked for whenever it is shown; that of no value is empty. */
    public Naming(Function<? super T, String> name) {
        this.name = name;
    }

    @Override
    public String toString(@Nullable T value) {
        return value == null ? "" : name.apply(value);
    }

    @Override
    public @Nullable T fromString(String typed) {
        return null;
    }
}
