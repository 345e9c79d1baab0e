package preflab.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalAnswerTest {

    @Test
    void theAnswerFollowsTheLastMarkUpToTheEndOfItsLine() {
        assertThat(FinalAnswer.of("1+2=3\n#### 3\n")).contains("3");
        assertThat(FinalAnswer.of("#### 3\nno, wait\n#### 4 \nmore")).contains("4");
        assertThat(FinalAnswer.of("####17")).contains("17");
    }

    @Test
    void withoutAMarkThereIsNone() {
        assertThat(FinalAnswer.of("the answer is 3")).isEmpty();
        assertThat(FinalAnswer.of("#### ")).isEmpty();
        assertThat(FinalAnswer.isRight("55", "55")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"55 | 55", "1,234 | 1234", "$1,234.50 | 1234.5", "-7 | −7", "+3 | 3",
            "55. | 55",
            "0.50 | .5", "12 % | 12", "Blue  Sky | blue sky", "007 | 7"})
    void theSameAnswerMayBeWrittenInManyWays(String a, String b) {
        assertThat(FinalAnswer.same(a, b)).isTrue();
        assertThat(FinalAnswer.same(b, a)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"55 | 56", "5.5 | 55", "-7 | 7", "blue | red", "1 2 | 3", "55 | fifty-five"})
    void differentAnswersDiffer(String a, String b) {
        assertThat(FinalAnswer.same(a, b)).isFalse();
    }
}
