package preflab.datasets.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/**
 * The numbers of a row, kept in columns beside it: a million narrow rows are filtered and sorted in the time it would
 * take to parse a few thousand texts. NaN stands for a number the row lacks; SQLite keeps it as NULL.
 */
record RowFacts(int promptLength, int answerLength, double lengthDifference, int parts, double score, double gap,
        int marks) {

    static final String COLUMNS = "id INTEGER PRIMARY KEY, prompt_length INTEGER NOT NULL,"
            + " answer_length INTEGER NOT NULL, length_difference INTEGER, parts INTEGER NOT NULL, score REAL,"
            + " gap REAL, marks INTEGER NOT NULL";
    static final String INSERT = "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    static RowFacts of(PreferenceExample example) {
        int prompt = length(example.prompt());
        return switch (example) {
            case Paired row -> paired(prompt, row);
            case Unpaired row -> single(prompt, row.completion(), row.accepted() ? RowMark.ACCEPTED : RowMark.REJECTED);
            case Unlearning row -> single(prompt, row.completion(), row.forget() ? RowMark.FORGET : RowMark.RETAIN);
            case Demonstration row -> new RowFacts(prompt, length(row.completion()), Double.NaN, 1, Double.NaN,
                    Double.NaN, 0);
            case PromptOnly _ -> new RowFacts(prompt, 0, Double.NaN, 0, Double.NaN, Double.NaN, 0);
            case Unlabelled row -> new RowFacts(prompt, longest(row.completions()), Double.NaN,
                    row.completions().size(), Double.NaN, Double.NaN, 0);
            case Ranked row -> ranked(prompt, row);
            case Stepwise row -> stepwise(prompt, row);
        };
    }

    /** Writes them as the facts of this row with {@link #INSERT}. */
    void write(PreparedStatement insert, int id) throws SQLException {
        insert.setInt(1, id);
        insert.setInt(2, promptLength);
        insert.setInt(3, answerLength);
        if (Double.isNaN(lengthDifference)) {
            insert.setNull(4, java.sql.Types.INTEGER);
        } else {
            insert.setInt(4, (int) lengthDifference);
        }
        insert.setInt(5, parts);
        insert.setDouble(6, score);
        insert.setDouble(7, gap);
        insert.setInt(8, marks);
        insert.executeUpdate();
    }

    private static RowFacts single(int prompt, Content answer, RowMark mark) {
        return new RowFacts(prompt, length(answer), Double.NaN, 1, Double.NaN, Double.NaN, mark.bit());
    }

    private static RowFacts paired(int prompt, Paired row) {
        int chosen = length(row.chosen());
        int rejected = length(row.rejected());
        double score = column(row.source(), "score_chosen");
        return new RowFacts(prompt, Math.max(chosen, rejected), chosen - rejected, 2, score,
                score - column(row.source(), "score_rejected"), 0);
    }

    private static RowFacts ranked(int prompt, Ranked row) {
        Comparator<Candidate> byScore = Comparator.comparingDouble(Candidate::score);
        Candidate best = row.candidates().stream().max(byScore).orElseThrow();
        Candidate worst = row.candidates().stream().min(byScore).orElseThrow();
        return new RowFacts(prompt, longest(row.candidates().stream().map(Candidate::completion).toList()),
                length(best.completion()) - length(worst.completion()), row.candidates().size(), best.score(),
                best.score() - worst.score(), 0);
    }

    private static RowFacts stepwise(int prompt, Stepwise row) {
        int marks = row.answerCorrect().map(right -> right ? RowMark.RIGHT_ANSWER.bit() : RowMark.WRONG_ANSWER.bit())
                .orElse(0);
        double lowest = Double.NaN;
        int answer = 0;
        for (Step step : row.steps()) {
            marks |= mark(step).bit() | (step.q().isPresent() ? RowMark.VALUED.bit() : 0);
            lowest = lower(lowest, step.q());
            answer += step.text().length();
        }
        return new RowFacts(prompt, answer, Double.NaN, row.steps().size(), lowest, Double.NaN, marks);
    }

    private static double lower(double lowest, OptionalDouble q) {
        return q.isEmpty() ? lowest : Double.isNaN(lowest) ? q.getAsDouble() : Math.min(lowest, q.getAsDouble());
    }

    private static RowMark mark(Step step) {
        return switch (step.label()) {
            case GOOD -> RowMark.GOOD;
            case NEUTRAL -> RowMark.NEUTRAL;
            case BAD -> RowMark.BAD;
            case UNMARKED -> RowMark.UNMARKED;
        };
    }

    /** A side column that holds a number, plain or as a string; else NaN. */
    private static double column(Source source, String name) {
        String json = source.side().get(name);
        if (json == null) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(json.replace('"', ' ').strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static int longest(List<Content> answers) {
        return answers.stream().mapToInt(RowFacts::length).max().orElse(0);
    }

    private static int length(Content content) {
        return content.text().length();
    }
}
