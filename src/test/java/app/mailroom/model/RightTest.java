package app.mailroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RightTest {
    /** Written by hand and not taken from the program: whoever changes a right has to say so twice. */
    private static final String TABLE = """
                           OWNER SENDER EDITOR VIEWER
        VIEW                yes   yes    yes    yes
        EDIT_TEMPLATES      yes   yes    yes    no
        EDIT_RECIPIENTS     yes   yes    yes    no
        EXPORT              yes   yes    yes    no
        PREPARE_MAILINGS    yes   yes    yes    no
        SEND_MAILINGS       yes   yes    no     no
        APPROVE_MAILINGS    yes   yes    no     no
        EDIT_SUPPRESSIONS   yes   yes    no     no
        ERASE_PERSONS       yes   no     no     no
        CHANGE_SETTINGS     yes   no     no     no
        SET_UP_SENDING      yes   no     no     no
        MANAGE_PEOPLE       yes   no     no     no
        READ_AUDIT          yes   no     no     no
        """;

    private record Cell(Right right, Role role, boolean allowed) {}

    @TestFactory
    Stream<DynamicTest> everyRoleMayWhatTheTableSaysAndNoMore() {
        return cells().stream()
                .map(cell -> DynamicTest.dynamicTest(
                        cell.role() + (cell.allowed() ? " may " : " may not ") + cell.right(),
                        () -> assertThat(cell.role().may(cell.right())).isEqualTo(cell.allowed())));
    }

    @Test
    void theTableLeavesNoCellOut() {
        Map<Right, List<Role>> named = cells().stream()
                .collect(Collectors.groupingBy(
                        Cell::right, LinkedHashMap::new, Collectors.mapping(Cell::role, Collectors.toList())));

        assertThat(named.keySet()).containsExactly(Right.values());
        assertThat(named.values()).allSatisfy(roles -> assertThat(roles).containsExactlyInAnyOrder(Role.values()));
    }

    private static List<Cell> cells() {
        List<List<String>> lines = TABLE.lines()
                .map(line -> Arrays.asList(line.strip().split(" +")))
                .toList();
        List<Role> roles = lines.get(0).stream().map(Role::valueOf).toList();
        return lines.stream()
                .skip(1)
                .flatMap(line -> roles.stream()
                        .map(role ->
                                new Cell(Right.valueOf(line.get(0)), role, allowed(line.get(1 + roles.indexOf(role))))))
                .toList();
    }

    private static boolean allowed(String word) {
        assertThat(word).isIn("yes", "no");
        return word.equals("yes");
    }
}
