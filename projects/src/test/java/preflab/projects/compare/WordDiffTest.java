package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import preflab.projects.compare.WordDiff.Kind;
import preflab.projects.compare.WordDiff.Piece;

class WordDiffTest {

    @Test
    void aChangedNumberIsOneWord() {
        assertThat(WordDiff.of("12+35=47\n#### 47", "12+35=57\n#### 47")).containsExactly(
                new Piece(Kind.SAME, "12+35="), new Piece(Kind.REMOVED, "47"), new Piece(Kind.ADDED, "57"),
                new Piece(Kind.SAME, "\n#### 47"));
    }

    @Test
    void equalTextsAreOnePieceAndEmptyOnesNone() {
        assertThat(WordDiff.of("a b", "a b")).containsExactly(new Piece(Kind.SAME, "a b"));
        assertThat(WordDiff.of("", "")).isEmpty();
        assertThat(WordDiff.of("", "a b")).containsExactly(new Piece(Kind.ADDED, "a b"));
    }

    @Test
    void wordsOfOtherScriptsAreWordsToo() {
        assertThat(WordDiff.words("naïve_ x1")).containsExactly("naïve_", " ", "x1");
        assertThat(WordDiff.words("答案是4")).containsExactly("答", "案", "是", "4");
        assertThat(WordDiff.of("ما مجموع ١٢", "ما مجموع ١٣")).containsExactly(new Piece(Kind.SAME, "ما مجموع "),
                new Piece(Kind.REMOVED, "١٢"), new Piece(Kind.ADDED, "١٣"));
    }

    @Property(tries = 300)
    void bothTextsComeBackAndNoWordIsSaidTwice(
            @ForAll @Chars({'a', 'b', ' ', '\n', '+'}) @StringLength(max = 30) String a,
            @ForAll @Chars({'a', 'b', ' ', '\n', '+'}) @StringLength(max = 30) String b) {
        List<Piece> pieces = WordDiff.of(a, b);
        assertThat(text(pieces, Kind.ADDED)).isEqualTo(a);
        assertThat(text(pieces, Kind.REMOVED)).isEqualTo(b);
        assertThat(IntStream.range(1, pieces.size()))
                .allMatch(i -> pieces.get(i).kind() != pieces.get(i - 1).kind());
    }

    private static String text(List<Piece> pieces, Kind without) {
        return pieces.stream().filter(piece -> piece.kind() != without).map(Piece::text)
                .collect(Collectors.joining());
    }

    @Test
    void middlesTooLongToCompareCountAsReplaced() {
        String a = "x " + "a ".repeat(2000) + "y";
        String b = "x " + "b ".repeat(2000) + "y";
        assertThat(WordDiff.of(a, b)).extracting(Piece::kind).containsExactly(Kind.SAME, Kind.REMOVED, Kind.ADDED,
                Kind.SAME);
    }
}
