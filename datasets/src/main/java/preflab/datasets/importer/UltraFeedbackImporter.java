package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;

/**
 * UltraFeedback: {@code completions} with {@code annotations}, each aspect with a Rating from 1 to 5. A candidate's
 * score is the mean of its ratings; "N/A" is left out, and a candidate without any rating is left out with a note.
 * {@code overall_score} is not used: it is known to hold 10 where 1 was meant. All annotations stay in the side
 * columns. Rejected: fewer than two rated candidates, all scores equal.
 */
record UltraFeedbackImporter() implements RowImporter {

    private static final Field ANNOTATED = Field.named("annotated", Set.of(Shape.LIST), "completions");

    @Override
    public String id() {
        return "ranked-ultrafeedback";
    }

    @Override
    public Kind kind() {
        return Kind.RANKED;
    }

    @Override
    public String summary() {
        return "instruction, completions (list of {response, annotations{…{Rating}}}; UltraFeedback)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, ANNOTATED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(Field.PROMPT) && layout.anyCell(ANNOTATED, cell -> cell.path(0).has("annotations")),
                "answers with ratings (UltraFeedback); a score is the mean of the ratings, not overall_score");
    }

    @Override
    public Ranked read(Row row) {
        String column = row.column(ANNOTATED);
        Content prompt = Prompts.of(row);
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode completion : row.requiredList(ANNOTATED)) {
            OptionalDouble score = score(completion.path("annotations"), column);
            if (score.isPresent()) {
                Content answer = Contents.answer(completion.path("response"), column);
                candidates.add(new Candidate(Contents.alike(answer, Contents.isChat(prompt)), score.getAsDouble()));
            } else {
                row.note(column, "an answer without any rating was left out");
            }
        }
        RankedImporter.check(column, candidates);
        return new Ranked(row.id(), prompt, candidates, row.sourceWith(ANNOTATED));
    }

    private static OptionalDouble score(JsonNode annotations, String column) {
        List<Double> ratings = new ArrayList<>();
        for (JsonNode aspect : annotations) {
            String rating = aspect.path("Rating").asText("N/A");
            if (!rating.equals("N/A")) {
                ratings.add(number(rating, column));
            }
        }
        return ratings.stream().mapToDouble(Double::doubleValue).average();
    }

    private static double number(String rating, String column) {
        if (!rating.matches("[1-5](\\.\\d{1,9})?")) {
            throw new BadRow(column, "holds the rating '" + Clip.text(rating) + "'; allowed are 1 to 5 and N/A");
        }
        return Double.parseDouble(rating);
    }
}
