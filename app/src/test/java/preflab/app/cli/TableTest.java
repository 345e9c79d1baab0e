package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @Test
    void wordsStandLeftAndNumbersRight() {
        Table table = new Table("run", "name", "loss").row(1, "dpo", 0.69312).row(12, "pmpo with α", 12.5);
        assertThat(table.lines()).containsExactly("run  name           loss", "  1  dpo          0.6931",
                " 12  pmpo with α   12.50");
    }

    @Test
    void absentValueIsADashAndNeverZero() {
        Table table = new Table("a", "b", "c").row(null, Optional.empty(), Double.NaN);
        assertThat(table.lines().getLast()).isEqualTo("–  –  NaN");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0000", "0.25, 0.2500", "1.5, 1.500", "-12.345, -12.35", "123.45, 123.5", "12345.6, 12346",
            "0.0000123, 1.23e-05", "2500000, 2.50e+06", "NaN, NaN", "Infinity, ∞", "-Infinity, −∞"})
    void realNumbersHaveFourDigits(double number, String text) {
        assertThat(Numbers.real(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1023, 1 KiB", "5242880, 5 MiB", "3221225472, 3.0 GiB"})
    void bytesAreCountedInPowersOf1024(long bytes, String text) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(text);
    }
}
