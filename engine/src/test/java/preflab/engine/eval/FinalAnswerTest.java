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
    void theAnswerMayStandInABoxWithBracesOfItsOwn() {
        assertThat(FinalAnswer.of("so $x = \\boxed{\\frac{1}{2}}$.")).contains("\\frac{1}{2}");
        assertThat(FinalAnswer.of("\\boxed{1} no, \\boxed{ \\{1, {2}\\} }")).contains("\\{1, {2}\\}");
        assertThat(FinalAnswer.of("#### 3\nthat is \\boxed{4}")).contains("4");
        assertThat(FinalAnswer.of("\\boxed{4}\n#### 3")).contains("3");
        assertThat(FinalAnswer.of("#### \\boxed{5}")).contains("5");
        assertThat(FinalAnswer.of("cut off \\boxed{\\frac{1}{2}")).isEmpty();
        assertThat(FinalAnswer.isRight("\\boxed{\\text{Blue}}", "blue")).isTrue();
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
            "0.50 | .5", "12 % | 12", "\\frac{1}{2} | 0.5", "\\dfrac{2}{4} | 1/2", "-\\frac{1}{3} | -2/6",
            "1.5e3 | 1500",
            "12\\% | 12", "\\$5 | 5", "3\\text{ cm} | 3 cm", "\\left(1, 2\\right) | (1, 2)", "5\\,000 | 5000",
            "Blue  Sky | blue sky", "007 | 7"})
    void theSameAnswerMayBeWrittenInManyWays(String a, String b) {
        assertThat(FinalAnswer.same(a, b)).isTrue();
        assertThat(FinalAnswer.same(b, a)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"55 | 56", "5.5 | 55", "-7 | 7", "blue | red", "1 2 | 3", "55 | fifty-five",
            "1/2 | 1/3", "1/0 | 2/0",
            "x^2 | x^3", "5 | x"})
    void differentAnswersDiffer(String a, String b) {
        assertThat(FinalAnswer.same(a, b)).isFalse();
    }
}
