package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnMatchingTest {
    private static final ColumnTarget ADDRESS = new ColumnTarget.Address();
    private static final ColumnTarget NOWHERE = new ColumnTarget.LeftOut();

    @ParameterizedTest
    @CsvSource({
        "first_name, first_name",
        "First Name, first_name",
        "FIRST-NAME, firstName",
        "firstname, First name",
        "Given name, first_name",
        "이름, name",
        "성명, 이름",
        "Name, 이름",
        "휴대폰 번호, 휴대폰_번호",
        "연락처, phone",
        "생년월일, birthday",
    })
    void findsTheVariableOfATemplate(String header, String variable) throws Exception {
        ColumnNeed need = new ColumnNeed(variable, VariableNames.of(variable), true);

        ColumnMapping mapping = propose("email," + header + "\na@example.com,x\n", List.of(), need);

        assertThat(mapping.targets()).containsExactly(ADDRESS, new ColumnTarget.New(variable, need.key()));
    }

    @Test
    void prefersTheNameThatFitsBest() throws Exception {
        ColumnMapping mapping = propose(
                "이메일,성명,이름\na@example.com,x,y\n",
                List.of(),
                new ColumnNeed("이름", "이름", true),
                new ColumnNeed("name", "name", true));

        assertThat(mapping.targets())
                .containsExactly(ADDRESS, new ColumnTarget.New("name", "name"), new ColumnTarget.New("이름", "이름"));
    }

    @Test
    void findsTheColumnsOfAListAndMakesNewOnesForTheRest() throws Exception {
        List<RecipientColumn> there = List.of(
                new RecipientColumn(3, 0, "E-Mail", "email"),
                new RecipientColumn(0, 1, "Full name", "full_name"),
                new RecipientColumn(5, 2, "City", "city"));

        ColumnMapping mapping = propose("city,name,Mail,City,Note\nSeoul,Kim,a@example.com,Jeju,x\n", there);

        assertThat(mapping.targets())
                .containsExactly(
                        new ColumnTarget.Existing(5),
                        new ColumnTarget.Existing(0),
                        ADDRESS,
                        new ColumnTarget.New("City", "city_2"),
                        new ColumnTarget.New("Note", "note"));
    }

    @Test
    void leavesOutAColumnWithoutNameAndValues() throws Exception {
        assertThat(propose("email,,\na@example.com,,x\n", List.of()).targets())
                .containsExactly(ADDRESS, NOWHERE, new ColumnTarget.New("Column 3", "column_3"));
    }

    @Test
    void namesTheColumnsOfAFileWithoutNames() throws Exception {
        RecipientFile file = inspect("Kim;a@example.com\nLee;b@example.com\n");

        assertThat(file.named()).isFalse();
        assertThat(file.sample()).hasSize(2);
        assertThat(ColumnMatching.propose(file, List.of(), List.of()).targets())
                .containsExactly(new ColumnTarget.New("Column 1", "column_1"), ADDRESS);
    }

    @Test
    void takesTheFirstLineAsThePersonSays() throws Exception {
        RecipientFile file = RecipientFile.inspect(
                new RecipientSource.OfText("x\ty\na@example.com\tb"), ReadAs.FOUND_OUT.named(false));

        assertThat(file.sample()).containsExactly(List.of("x", "y"), List.of("a@example.com", "b"));
    }

    @Test
    void takesAPlaceFromTheColumnThatHadIt() throws Exception {
        ColumnMapping mapping = propose("email,name,other\na@example.com,x,b@example.com\n", List.of());

        assertThat(mapping.with(2, ADDRESS).targets())
                .containsExactly(NOWHERE, new ColumnTarget.New("name", "name"), ADDRESS);
        assertThat(mapping.with(2, new ColumnTarget.New("Name", "name")).targets())
                .containsExactly(ADDRESS, NOWHERE, new ColumnTarget.New("Name", "name"));
    }

    @Test
    void refusesTwoColumnsInOnePlace() {
        assertThatThrownBy(() -> new ColumnMapping(List.of(ADDRESS, ADDRESS)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ColumnMapping(List.of(NOWHERE, NOWHERE)).address()).isEmpty();
    }

    private static ColumnMapping propose(String csv, List<RecipientColumn> there, ColumnNeed... needs)
            throws Exception {
        return ColumnMatching.propose(inspect(csv), there, new ArrayList<>(List.of(needs)));
    }

    private static RecipientFile inspect(String text) throws Exception {
        return RecipientFile.inspect(new RecipientSource.OfText(text), ReadAs.FOUND_OUT);
    }
}
