package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Finds ranks for rows that are put between others. */
final class SheetRanks {
    /** How far ranks lie apart at least where room was made, so that the next row does not need room again. */
    private static final long ROOMY = 256;

    private static final int FIRST_NEIGHBOURS = 8;

    /** A row that makes room. */
    record Move(long id, long rank) {}

    /**
     * Ranks for new rows: the first, and how far each lies after the one before.
     *
     * @param moves rows that must get other ranks before, in this order
     */
    record Room(long first, long step, List<Move> moves) {}

    private record Neighbour(long id, long rank) {}

    private SheetRanks() {}

    /** Ranks for so many rows above the row with this id; at the end when the list does not have it. */
    static Room room(DSLContext sql, long listId, long above, int count) {
        Field<Long> rank = RECIPIENT_ROWS.RANK;
        Long high = sql.select(rank)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.ID.eq(above))
                .and(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .fetchOne(rank);
        Long before = sql.select(rank)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(high == null ? DSL.noCondition() : rank.lt(high))
                .orderBy(rank.desc())
                .limit(1)
                .fetchOne(rank);
        long low = before == null ? 0 : before;
        if (high == null) {
            return new Room(low + RecipientStore.RANK_GAP, RecipientStore.RANK_GAP, List.of());
        }
        long step = (high - low) / (count + 1L);
        return step > 0 ? new Room(low + step, step, List.of()) : spread(sql, listId, low, high, count);
    }

    /** Looks at more and more rows on both sides until they and the new ones can be spread out. */
    private static Room spread(DSLContext sql, long listId, long low, long high, int count) {
        for (int neighbours = FIRST_NEIGHBOURS; ; neighbours *= 2) {
            List<Neighbour> left = neighbours(sql, listId, low, false, neighbours + 1);
            List<Neighbour> right = neighbours(sql, listId, high, true, neighbours + 1);
            Neighbour leftEnd = left.size() > neighbours ? left.remove(neighbours) : null;
            Neighbour rightEnd = right.size() > neighbours ? right.remove(neighbours) : null;
            long start = leftEnd == null ? 0 : leftEnd.rank();
            long places = left.size() + right.size() + count + 1L;
            long step = rightEnd == null ? RecipientStore.RANK_GAP : (rightEnd.rank() - start) / places;
            if (step >= ROOMY) {
                return spread(left, right, start, step, count);
            }
        }
    }

    private static Room spread(List<Neighbour> left, List<Neighbour> right, long start, long step, int count) {
        List<Neighbour> down = new ArrayList<>();
        List<Neighbour> up = new ArrayList<>();
        long rank = start;
        for (int i = left.size() - 1; i >= 0; i--) {
            rank += step;
            sort(left.get(i), rank, down, up);
        }
        long first = rank + step;
        rank += count * step;
        for (Neighbour row : right) {
            rank += step;
            sort(row, rank, down, up);
        }
        // No row may come to stand where another still stands, so those that move down go from the lowest on, then
        // those
        // that move up from the highest on.
        List<Move> moves = new ArrayList<>();
        down.stream()
                .sorted(Comparator.comparingLong(Neighbour::rank))
                .forEach(r -> moves.add(new Move(r.id(), r.rank())));
        up.stream()
                .sorted(Comparator.comparingLong(Neighbour::rank).reversed())
                .forEach(r -> moves.add(new Move(r.id(), r.rank())));
        return new Room(first, step, moves);
    }

    private static void sort(Neighbour row, long rank, List<Neighbour> down, List<Neighbour> up) {
        if (rank != row.rank()) {
            (rank < row.rank() ? down : up).add(new Neighbour(row.id(), rank));
        }
    }

    private static List<Neighbour> neighbours(DSLContext sql, long listId, long from, boolean upwards, int limit) {
        Field<Long> rank = RECIPIENT_ROWS.RANK;
        return sql.select(RECIPIENT_ROWS.ID, rank)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(upwards ? rank.ge(from) : rank.le(from))
                .orderBy(upwards ? rank.asc() : rank.desc())
                .limit(limit)
                .fetch(row -> new Neighbour(row.value1(), row.value2()));
    }
}
