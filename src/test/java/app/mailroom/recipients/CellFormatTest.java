package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1234            | General             | 1234",
                "1234.0          | General             | 1234",
                "0.1             | General             | 0.1",
                "0.30000000000000004 | General         | 0.3",
                "1E+15           | General             | 1000000000000000",
                "12345678901234567890 | General        | 12345678901234567890",
                "1.5E-7          | General             | 0.00000015",
                "8.2101234567E10 | General             | 82101234567",
                "1234.5          | 0                   | 1235",
                "1234.5          | 0.00                | 1234.50",
                "1234567.891     | #,##0               | 1,234,568",
                "1234567.891     | #,##0.0#            | 1,234,567.89",
                "5               | 00000               | 00005",
                "0               | #                   | 0",
                "0.256           | 0%                  | 26%",
                "0.256           | 0.0%                | 25.6%",
                "-1234           | #,##0;(#,##0)       | (1,234)",
                "-1234           | #,##0               | -1,234",
                "0               | 0;-0;\"none\"       | 0",
                "15000           | #,##0\"원\"         | 15,000원",
                "15000           | [$₩-412]#,##0       | ₩15,000",
                "15000           | [Red]#,##0 _-       | 15,000",
                "1500000         | #,##0,              | 1,500",
                "1012345678      | 000-0000-0000       | 010-1234-5678",
                "5551234         | [<=9999999]###-####;(###) ###-#### | 555-1234",
                "2125551234      | [<=9999999]###-####;(###) ###-#### | (212) 555-1234",
                "0.5             | # ?/?               | 0.5",
                "1234            | 0.00E+00            | 1234",
                "0.5             | .00                 | .50",
                "7               | @                   | 7",
            })
    void showsNumbersAsASpreadsheetDoes(String value, String code, String shown) {
        assertThat(text(value, code)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "46351              | yyyy-mm-dd                  | 2026-11-25",
                "46351              | d/m/yy                      | 2026-11-25",
                "46351              | yyyy\"년\" m\"월\" d\"일\"  | 2026-11-25",
                "46351              | [$-412]yyyy.mm.dd           | 2026-11-25",
                "46351              | mmm-yy                      | 2026-11-25",
                "46351.604166666664 | m/d/yyyy h:mm               | 2026-11-25 14:30",
                "46351.604166666664 | d.m.yy h:mm AM/PM           | 2026-11-25 14:30",
                "46351.604224537035 | yyyy-mm-dd hh:mm:ss         | 2026-11-25 14:30:05",
                "46351.604166666664 | yyyy-mm-dd                  | 2026-11-25",
                "0.604166666664     | h:mm                        | 14:30",
                "0.604166666664     | yyyy-mm-dd h:mm             | 14:30",
                "1.5                | [h]:mm                      | 36:00",
                "1                  | yyyy-mm-dd                  | 1900-01-01",
                "61                 | yyyy-mm-dd                  | 1900-03-01",
                "-3                 | yyyy-mm-dd                  | -3",
                "99999999           | yyyy-mm-dd                  | 99999999",
            })
    void writesDatesAndTimesAsIsoDoes(String value, String code, String shown) {
        assertThat(text(value, code)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"14,2026-11-25", "31,2026-11-25", "57,2026-11-25", "0,46351", "32,00:00"})
    void knowsFormatsThatAreWrittenByNumberAlone(int id, String shown) {
        assertThat(CellFormat.of(id, null).text(new BigDecimal("46351"), false)).isEqualTo(shown);
    }

    @Test
    void countsDaysFrom1904WhereTheWorkbookDoes() {
        assertThat(CellFormat.of(null, "yyyy-mm-dd").text(new BigDecimal("44889"), true))
                .isEqualTo("2026-11-25");
    }

    @Test
    void doesNotWriteOutWhatNobodyCouldRead() {
        assertThat(text("1E+300", "General")).isEqualTo("1E+300");
        assertThat(text("1E+300", "#,##0")).isEqualTo("1E+300");
        assertThat(text("1E-300", "General")).isEqualTo("1E-300");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"open", "[open", "\\", "0;", ";;;", "[<=x]0", "#,##0.00.00", "*", "_"})
    void isNotUpsetByBrokenFormats(String code) {
        assertThat(text("12", code)).contains("12");
    }

    private static String text(String value, String code) {
        return CellFormat.of(null, code).text(new BigDecimal(value), false);
    }
}
