package preflab.datasets.label.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import preflab.datasets.Examples;
import preflab.datasets.SharedData;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.NeutralPolicy;
import preflab.datasets.label.PublishPolicy;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;
import preflab.datasets.store.LabelPublisher;
import preflab.datasets.store.LabelStore;

/** Files of others are opened, corrected in one verdict and written again: nothing else in them may differ. */
class ForeignFilesTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temp;
    private DatasetStore datasets;
    private LabelStore labels;

    @BeforeEach
    void open() {
        datasets = DatasetStore.open(temp.resolve("datasets"));
        labels = LabelStore.open(temp.resolve(LabelStore.FILE));
    }

    @AfterEach
    void close() {
        datasets.close();
        labels.close();
    }

    /** Where the one verdict stands in the row's JSON: row 0, step 0. */
    @ParameterizedTest
    @CsvSource({"processbench/gsm8k.json, processbench, 400, /label",
            "processbench/math_first200.json, processbench, 200, /label",
            "math_shepherd/samples_math-shepherd.jsonl, math-shepherd, 5, /label",
            "math_shepherd/openr_prm_test.json, math-shepherd, 3, /labels/0",
            "prm800k/samples_prm800k.jsonl, prm800k, 4, /label/steps/0/completions/0/rating",
            "prm800k/phase1-test-example.json, prm800k, 1, /label/steps/0/completions/0/rating",
            "prm800k/phase2-train-example.json, prm800k, 1, /label/steps/0/completions/0/rating"})
    void onlyTheCorrectedVerdictDiffers(String name, String format, int rows, String place) throws IOException {
        Path file = SharedData.data(name);
        List<JsonNode> originals = rows(file);
        DatasetVersionId version = imported(file, "file");
        ExampleView read = datasets.view(version);
        assertThat(originals).hasSize(rows);
        assertThat(read.size()).isEqualTo(rows);
        StepLabel first = ((Stepwise) read.get(0)).steps().getFirst().label();
        boolean firstError = format.equals("processbench");
        LabelSession session = LabelSession.open(read, labels,
                SessionSpec.of(LabelTask.STEPS, Author.annotator("ann")).withFirstError(firstError), Clock.systemUTC());
        session.judge(first == StepLabel.BAD ? StepLabel.GOOD : StepLabel.BAD);
        if (firstError && first == StepLabel.BAD) {
            session.judge(StepLabel.BAD); // the second step instead
        }
        ExampleView published = datasets.view(LabelPublisher
                .publish(datasets, labels, version, LabelTask.STEPS, PublishPolicy.standard()).version());

        Path out = temp.resolve("out.jsonl");
        StepExport.write(published, StepFormat.of(format).orElseThrow(), NeutralPolicy.KEEP, out);

        List<JsonNode> written = rows(out);
        assertThat(written).hasSize(rows);
        for (int row = 1; row < rows; row++) {
            assertThat(written.get(row)).as("row " + row).isEqualTo(originals.get(row));
        }
        assertThat(differences(originals.getFirst(), written.getFirst())).containsExactly(place);
        if (place.equals("/label") && !format.equals("processbench")) {
            assertThat(charactersApart(originals.getFirst(), written.getFirst())).isEqualTo(1);
        }
        ExampleView again = datasets.view(imported(out, "again"));
        assertThat(IntStream.range(0, rows).mapToObj(row -> described(again, row)))
                .containsExactlyElementsOf(
                        IntStream.range(0, rows).mapToObj(row -> described(published, row)).toList());
    }

    /** GOOD, NEUTRAL, BAD, UNMARKED under every policy: read back they are what the policy says, or the row is refused. */
    @ParameterizedTest
    @EnumSource(StepFormat.class)
    void neutralAndUnmarkedAreNeverTakenForEachOther(StepFormat format) {
        String between = format == StepFormat.PROCESSBENCH ? "\n\n" : "\n";
        boolean tagged = format == StepFormat.MATH_SHEPHERD;
        List<StepLabel> all = List.of(StepLabel.GOOD, StepLabel.NEUTRAL, StepLabel.BAD, StepLabel.UNMARKED);
        Stepwise row = Examples.stepwise("p", IntStream.range(0, 4).mapToObj(i -> Step.labelled(
                tagged ? (i == 0 ? " " : "\n") + "Step " + (i + 1) + ": x" : "x" + i + (i < 3 ? between : ""),
                all.get(i)))
                .toArray(Step[]::new));
        Set<NeutralPolicy> held = new TreeSet<>();
        for (NeutralPolicy policy : NeutralPolicy.values()) {
            Path out = temp.resolve(policy.id() + ".jsonl");
            try {
                StepExport.write(Examples.view(row), format, policy, out);
                ExampleView again = datasets.view(imported(out, policy.id()));
                assertThat(((Stepwise) again.get(0)).steps()).extracting(Step::label).as(format + " " + policy)
                        .containsExactlyElementsOf(all.stream().map(policy::apply).toList());
                held.add(policy);
            } catch (DatasetException refused) {
                assertThat(refused).hasMessageContaining("row 1 cannot be written as " + format.id());
                assertThat(out).doesNotExist();
            }
        }
        assertThat(held).containsExactlyElementsOf(switch (format) {
            case PRM800K, POTATO -> List.of(NeutralPolicy.values());
            case TRL -> List.of(NeutralPolicy.GOOD, NeutralPolicy.BAD, NeutralPolicy.UNMARKED);
            case MATH_SHEPHERD -> List.of(NeutralPolicy.GOOD, NeutralPolicy.BAD);
            case PROCESSBENCH -> List.of(NeutralPolicy.GOOD);
        });
    }

    @Test
    void numbersBesideTheLabelsKeepTheirDigits() throws IOException {
        Path file = Files.writeString(temp.resolve("in.jsonl"), "{\"prompt\":\"p\",\"completions\":[\"a\"],"
                + "\"labels\":[true],\"score\":0.1234567890123456789,\"id\":12345678901234567890}\n");
        Path out = temp.resolve("out.jsonl");
        StepExport.write(datasets.view(imported(file, "digits")), StepFormat.TRL, NeutralPolicy.KEEP, out);
        assertThat(Files.readString(out)).contains("12345678901234567890").contains("0.12345678901234");
    }

    private DatasetVersionId imported(Path file, String name) {
        return datasets.importFile(file, new ImportRequest(name, Optional.of(Kind.STEPWISE), FieldMapping.NONE),
                Progress.NONE).version();
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            values.forEachRemaining(value -> {
                if (value.isArray()) {
                    value.forEach(rows::add);
                } else {
                    rows.add(value);
                }
            });
        }
        return rows;
    }

    /** The places whose values differ, or that only one of the two has. */
    private static Set<String> differences(JsonNode one, JsonNode other) {
        Map<String, JsonNode> first = leaves(one);
        Map<String, JsonNode> second = leaves(other);
        Set<String> places = new TreeSet<>(first.keySet());
        places.addAll(second.keySet());
        places.removeIf(place -> first.containsKey(place) && first.get(place).equals(second.get(place)));
        return places;
    }

    private static Map<String, JsonNode> leaves(JsonNode node) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        collect("", node, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), leaves);
            }
        } else {
            leaves.put(path, node);
        }
    }

    private static long charactersApart(JsonNode one, JsonNode other) {
        String first = one.path("label").asText();
        String second = other.path("label").asText();
        assertThat(second).hasSameSizeAs(first);
        return IntStream.range(0, first.length()).filter(i -> first.charAt(i) != second.charAt(i)).count();
    }

    private static String described(ExampleView view, int row) {
        Stepwise example = (Stepwise) view.get(row);
        StringBuilder text = new StringBuilder(example.prompt().text());
        example.steps().forEach(step -> text.append('|').append(step.text()).append(step.label()));
        return text.toString();
    }
}
