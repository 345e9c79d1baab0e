package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;

/** OnMC-PO on a model that answers nothing rightly, and on rows that nobody can judge. */
class OnlineCandidatesTest {

    @TempDir
    Path folder;

    @Test
    void promptsThatAreNeverAnsweredRightlyKeepTheDatasCandidates() {
        Map<String, String> plain = Map.of("steps", "3", "evaluation.max_new_tokens", "4");
        Map<String, String> online = Map.of("steps", "3", "evaluation.max_new_tokens", "4", "online_segments", "2",
                "online_completions", "3");
        Tiny.Recorder run = Tiny.run(folder, "mcpo", Tiny.ranked(12), online);
        assertThat(run.ended().outcome()).as(run.ended().message()).isEqualTo(Outcome.FINISHED);
        assertThat(run.series(OnlineCandidates.OWN_SHARE)).hasSize(3).containsOnly(0.0);
        assertThat(run.series("loss")).isEqualTo(Tiny.run(folder, "mcpo", Tiny.ranked(12), plain).series("loss"));
    }

    @Test
    void rowsWithoutAFinalAnswerAreRefusedOnline() {
        List<Ranked.Candidate> candidates = List.of(new Ranked.Candidate(Content.of("good"), 2),
                new Ranked.Candidate(Content.of("bad"), 1));
        ExampleView rows = Tiny.view(Kind.RANKED, List.of(
                new Ranked(new ExampleId(0), Content.of("?"), candidates, new Source("tiny", 1, Map.of()))));
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec("mcpo", rows, Map.of("online_segments", "2")), rows,
                Optional.empty(), folder.resolve("never-read"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.ended().message()).contains("no best completion ends in a final answer");
    }
}
