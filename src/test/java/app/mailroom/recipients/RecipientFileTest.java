package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.RecipientColumn;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientFileTest {
    private static final String KOREAN = "이메일,이름,도시\nkim@example.com,김민준,서울특별시\nlee@example.com,이서연,부산\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "x-windows-949"})
    void findsTheEncodingOfKoreanTextWithoutMark(String charset) throws Exception {
        RecipientFile file = inspect(KOREAN, charset);

        assertThat(text(file).charset()).isEqualTo(Charset.forName(charset));
        assertThat(file.header()).containsExactly("이메일", "이름", "도시");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void readsAndLeavesOutTheByteOrderMark(String charset) throws Exception {
        RecipientFile file = inspect("\uFEFF" + KOREAN, charset);

        assertThat(text(file).charset()).isEqualTo(Charset.forName(charset));
        assertThat(file.header().get(0)).isEqualTo("이메일");
    }

    @Test
    void findsWesternTextOfWindows() throws Exception {
        RecipientFile file = inspect("email;name\na@example.com;Zoë Müller\nb@example.com;Ärger\n", "windows-1252");

        assertThat(text(file).charset()).isEqualTo(Charset.forName("windows-1252"));
    }

    @Test
    void findsAnEncodingThatShowsOnlyLateInTheFile() throws Exception {
        String ascii = "a@example.com,Kim\n".repeat(20_000);

        assertThat(text(inspect("email,name\n" + ascii + "b@example.com,Zoë\n", "UTF-8"))
                        .charset())
                .isEqualTo(StandardCharsets.UTF_8);
        assertThat(text(inspect("email,name\n" + ascii + "b@example.com,홍길동\n", "x-windows-949"))
                        .charset())
                .isEqualTo(TextDecoding.CP949);
    }

    @Test
    void takesTheEncodingThatAPersonChose() throws Exception {
        Path path = Files.write(folder.resolve("a.csv"), "email,이름\n".getBytes(StandardCharsets.UTF_8));
        Optional<Charset> chosen = Optional.of(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> RecipientFile.inspect(path, chosen, Optional.empty()))
                .isInstanceOf(RecipientFileException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "email,name,city\\na@example.com,Kim,\"München, DE\"\\n#,",
                "email;name;amount\\na@example.com;Kim;1,5\\nb@example.com;Lee;2,5\\n#;",
                "email|name, first\\na@example.com|Kim\\nb@example.com|Lee\\n#|",
                "name;email\\n\"Kim; Min\";a@example.com\\n#;",
                "email\\na@example.com\\n#,"
            })
    void findsTheDelimiter(String text, char delimiter) throws Exception {
        assertThat(text(inspect(text.replace("\\n", "\n"), "UTF-8")).delimiter())
                .isEqualTo(delimiter);
    }

    @Test
    void findsTabs() throws Exception {
        assertThat(text(inspect("name\temail\nKim, Min\ta@example.com\n", "UTF-8"))
                        .delimiter())
                .isEqualTo('\t');
    }

    @ParameterizedTest
    @ValueSource(strings = {"E-Mail", "EMAIL", " e mail ", "Email Address", "mail", "이메일 주소", "전자우편", "메일", "Address"})
    void findsTheAddressColumnByName(String name) throws Exception {
        RecipientFile file = inspect("Name," + name + "\nKim,a@example.com\n", "UTF-8");

        assertThat(file.addressSlot()).contains(1);
        assertThat(file.columns().get(1).variable()).isEqualTo("email");
    }

    @Test
    void findsTheAddressColumnByItsValues() throws Exception {
        assertThat(inspect("Name,Kontakt\nKim,a@example.com\nLee,?\nPark,b@example.com\n", "UTF-8")
                        .addressSlot())
                .contains(1);
    }

    @Test
    void doesNotTakeAStreetForAnAddress() throws Exception {
        assertThat(inspect("Address,Contact\n\"1, High St\",a@example.com\n", "UTF-8")
                        .addressSlot())
                .contains(1);
    }

    @Test
    void saysWhatItFoundWhenThereIsNoAddressColumn() throws Exception {
        assertFault("Name,City\nKim,Seoul\n", RecipientFileFault.NO_ADDRESS_COLUMN, "Name, City");
    }

    @Test
    void refusesAFileThatBeginsWithARecipient() throws Exception {
        assertFault("a@example.com,Kim\nb@example.com,Lee\n", RecipientFileFault.NO_HEADER, "a@example.com");
    }

    @Test
    void refusesEmptyAndBinaryFiles() throws Exception {
        assertFault("", RecipientFileFault.EMPTY, "empty");
        assertFault("\n\n", RecipientFileFault.EMPTY, "first line");
        assertFault("PK\u0003\u0004abc", RecipientFileFault.DAMAGED, "CSV");
    }

    @Test
    void givesEachColumnAVariableOfItsOwn() throws Exception {
        RecipientFile file =
                inspect("First Name,E-Mail,,first-name,email,FIRST NAME_2\nA,a@example.com,,,,\n", "UTF-8");

        assertThat(file.columns())
                .extracting(RecipientColumn::variable)
                .containsExactly("first_name", "email", "column_3", "first_name_2", "email_2", "first_name_2_2");
        assertThat(VariableNames.of(" Cafe\u0301 Nr. ")).isEqualTo("café_nr_");
    }

    private void assertFault(String text, RecipientFileFault fault, String words) {
        assertThatThrownBy(() -> inspect(text, "UTF-8"))
                .isInstanceOfSatisfying(
                        RecipientFileException.class, e -> assertThat(e.code()).isEqualTo(fault))
                .hasMessageContaining(words);
    }

    private static RecipientFormat.Text text(RecipientFile file) {
        return (RecipientFormat.Text) file.format();
    }

    private RecipientFile inspect(String text, String charset) throws Exception {
        Path path = Files.write(folder.resolve("list.csv"), text.getBytes(Charset.forName(charset)));
        return RecipientFile.inspect(path, Optional.empty(), Optional.empty());
    }
}
