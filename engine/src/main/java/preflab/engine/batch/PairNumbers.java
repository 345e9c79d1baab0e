package preflab.engine.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.engine.objective.PairNumber;

/**
 * The number that comes with a pair. A column of the number's own name (offset, reward_gap, weight) counts first. Else it
 * comes from the difference d of the scores (columns score_chosen and score_rejected; of ranked candidates, the best and
 * the worst): the offset is ln d, the gap and the weight are d.
 */
public final class PairNumbers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCORES = List.of("score_chosen", "score_rejected");

    private PairNumbers() {
    }

    /** The number of one row; empty where the row has none, or none that is allowed: then see {@link #fitting}. */
    public static OptionalDouble of(PreferenceExample row, PairNumber number) {
        OptionalDouble own = column(row, number.id());
        OptionalDouble value = own.isPresent() ? own : fromScores(row, number);
        return value.isPresent() && allowed(number, value.getAsDouble()) ? value : OptionalDouble.empty();
    }

    /** Whether the row is no pair, as all its candidates are as good: it says nothing, whatever the number. */
    public static boolean isTie(PreferenceExample row) {
        return row instanceof Ranked && difference(row).getAsDouble() == 0;
    }

    /** What a row must have, as a sentence. */
    public static String fitting(PairNumber number) {
        return "every pair needs a column " + number.id() + " or the columns score_chosen and score_rejected, with "
                + switch (number) {
                    case OFFSET -> "a finite offset, or score_chosen above score_rejected";
                    case REWARD_GAP -> "a gap (or score_chosen − score_rejected) from 0 to 1";
                    case WEIGHT -> "a weight (or score_chosen − score_rejected) of at least 0";
                };
    }

    private static boolean allowed(PairNumber number, double value) {
        return Double.isFinite(value) && switch (number) {
            case OFFSET -> true;
            case REWARD_GAP -> value >= 0 && value <= 1;
            case WEIGHT -> value >= 0;
        };
    }

    private static OptionalDouble fromScores(PreferenceExample row, PairNumber number) {
        OptionalDouble difference = difference(row);
        return number == PairNumber.OFFSET && difference.isPresent()
                ? OptionalDouble.of(Math.log(difference.getAsDouble())) // NaN or −∞ where the chosen is not ahead
                : difference;
    }

    private static OptionalDouble difference(PreferenceExample row) {
        return switch (row) {
            case Ranked e -> OptionalDouble.of(e.candidates().stream().mapToDouble(Ranked.Candidate::score).max()
                    .orElseThrow()
                    - e.candidates().stream().mapToDouble(Ranked.Candidate::score).min().orElseThrow());
            case Paired e -> {
                OptionalDouble chosen = column(e, SCORES.get(0));
                OptionalDouble rejected = column(e, SCORES.get(1));
                yield chosen.isPresent() && rejected.isPresent()
                        ? OptionalDouble.of(chosen.getAsDouble() - rejected.getAsDouble())
                        : OptionalDouble.empty();
            }
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble column(PreferenceExample row, String name) {
        return Optional.ofNullable(row.source().side().get(name)).map(PairNumbers::number)
                .orElse(OptionalDouble.empty());
    }

    /** A JSON number, or a string that holds one. */
    private static OptionalDouble number(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            double value = node.isNumber() ? node.asDouble() : Double.parseDouble(node.asText().strip());
            return OptionalDouble.of(value);
        } catch (JsonProcessingException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
