package app.mailroom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Many values for one statement, bound as one JSON array: however many they are, its text stays the same, and neither is it
 * written nor does SQLite compile it for each of them. (SQLite: JSON functions, {@code json_each}.)
 */
final class ManyValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManyValues() {}

    /** Numbers, to be compared by {@code in}. */
    static Select<Record1<Long>> ofNumbers(Collection<Long> numbers) {
        return list(DSL.field(DSL.name("value"), Long.class), numbers);
    }

    /** Texts, to be compared by {@code in}. */
    static Select<Record1<String>> ofTexts(Collection<String> texts) {
        return list(DSL.field(DSL.name("value"), String.class), texts);
    }

    private static <T> Select<Record1<T>> list(Field<T> value, Collection<T> values) {
        return DSL.select((SelectField<T>) value).from(table(values));
    }

    /** Rows of the same length, of numbers and texts; {@link #column} says which is which. */
    static Table<?> ofRows(String name, List<? extends List<?>> rows) {
        return table(rows).as(name);
    }

    /** A column of such rows, counted from 0. */
    static <T> Field<T> column(String name, int number, Field<T> like) {
        return DSL.field(
                "json_extract({0}, {1})",
                like.getDataType(), DSL.field(DSL.name(name, "value")), DSL.inline("$[" + number + "]"));
    }

    private static Table<?> table(Collection<?> values) {
        try {
            return DSL.table("json_each({0})", DSL.val(JSON.writeValueAsString(values)));
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot write values for a statement", e);
        }
    }
}
