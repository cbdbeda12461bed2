package app.mailroom.store;

import app.mailroom.model.HitSign;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signs of a hit as they stand in a column: their names with spaces between, or nothing. */
final class HitSigns {
    private HitSigns() {}

    static @Nullable String format(Collection<HitSign> signs) {
        return signs.isEmpty()
                ? null
                : signs.stream().sorted().map(HitSign::name).collect(Collectors.joining(" "));
    }

    /** Those that this program knows; a newer one may have written more. */
    static Set<HitSign> parse(@Nullable String text) {
        Set<HitSign> signs = EnumSet.noneOf(HitSign.class);
        if (text != null) {
            Set<String> names = Set.copyOf(Arrays.asList(text.split(" ", -1)));
            Arrays.stream(HitSign.values())
                    .filter(sign -> names.contains(sign.name()))
                    .forEach(signs::add);
        }
        return signs;
    }
}
