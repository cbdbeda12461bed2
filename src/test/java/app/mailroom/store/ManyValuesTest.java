package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jooq.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyValuesTest {
    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("some.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void textsStayAsTheyAre() {
        List<String> texts = List.of(
                "", " ", "o'neil", "say \"hi\"", "a\\b", "미나@예.한국", "line\nbreak", "1", "null", "[]", "😀", "\u2028");

        assertThat(database.<List<String>>read(
                        sql -> sql.fetch(ManyValues.ofTexts(texts)).getValues(0, String.class)))
                .containsExactlyElementsOf(texts);
    }

    @Test
    void numbersStayAsTheyAreHoweverManyThereAre() {
        List<Long> numbers = LongStream.concat(
                        LongStream.of(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE), LongStream.range(1, 50_000))
                .boxed()
                .toList();

        assertThat(database.<List<Long>>read(
                        sql -> sql.fetch(ManyValues.ofNumbers(numbers)).getValues(0, Long.class)))
                .containsExactlyElementsOf(numbers);
    }

    @Test
    void nothingIsInNoValues() {
        assertThat(database.<Boolean>read(sql ->
                        sql.fetchExists(sql.selectOne().where(inline(1L).in(ManyValues.ofNumbers(List.of()))))))
                .isFalse();
    }

    @Test
    void rowsHaveTheirColumnsInOrder() {
        List<List<Object>> rows = IntStream.range(0, 2_000)
                .mapToObj(i -> List.<Object>of((long) i, "name'" + i, Long.MAX_VALUE - i))
                .toList();
        Field<Long> first = ManyValues.column("rows", 0, field(name("any"), Long.class));
        Field<String> second = ManyValues.column("rows", 1, field(name("any"), String.class));
        Field<Long> third = ManyValues.column("rows", 2, field(name("any"), Long.class));

        assertThat(database.<List<List<Object>>>read(
                        sql -> sql.select(first, second, third).from(ManyValues.ofRows("rows", rows)).fetch().stream()
                                .map(row -> List.<Object>of(row.value1(), row.value2(), row.value3()))
                                .toList()))
                .isEqualTo(rows);
    }
}
