package preflab.app.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.tensor.Torch;

/** log π(y_t | x, y_&lt;t) of every completion token of the rows of a file. */
@Command(sortOptions = false, name = "logprobs", description = "Per-token log-probabilities of prompt/completion rows.")
final class LogProbsCommand extends BaseCommand {

    /** Rows scored at once: enough to fill the machine, few enough to answer while a long file is read. */
    private static final int CHUNK = 64;

    @Mixin
    private ModelOption model;

    @Option(names = "--input", required = true, paramLabel = "ROWS.jsonl", description = "JSON Lines with {\"prompt\",\"completion\"}.")
    private Path input;

    @Option(names = "--dtype", defaultValue = "float32", description = "float32, float64 or bfloat16 (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    @Option(names = "--eos", description = "Also score the end of sequence after each completion.")
    private boolean eos;

    @Option(names = "--texts", description = "With --json: also the text that each token adds.")
    private boolean texts;

    @Override
    int run(Output output) throws IOException {
        List<PromptRow> rows = PromptRow.read(input);
        Path folder = model.folder();
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.load(folder, manager, precision)) {
            for (int from = 0; from < rows.size(); from += CHUNK) {
                List<Encoded> encoded = rows.subList(from, Math.min(rows.size(), from + CHUNK)).stream()
                        .map(row -> tokenizer.encode(row.prompt(), row.completion())).toList();
                print(encoded, TokenLogProbs.ofCompletions(policy, encoded), tokenizer, output);
            }
        }
        return Cli.DONE;
    }

    private void print(List<Encoded> rows, List<double[]> logProbs, TextTokenizer tokenizer, Output output) {
        for (int i = 0; i < rows.size(); i++) {
            int tokens = eos ? rows.get(i).completionLength() : withoutEnd(rows.get(i), tokenizer);
            double[] values = Arrays.copyOf(logProbs.get(i), tokens);
            int[] ids = Arrays.copyOf(rows.get(i).completionIds(), tokens);
            output.json(json(ids, values, texts ? tokenizer.pieces(rows.get(i).promptIds(), ids) : List.of()));
            Table table = new Table("token", "text", "log-prob");
            for (int t = 0; t < ids.length; t++) {
                table.row(Integer.toString(ids[t]), tokenizer.token(ids[t]), values[t]);
            }
            table.lines().forEach(output::text);
            output.text("sum " + Numbers.real(Arrays.stream(values).sum()) + System.lineSeparator());
        }
    }

    /** Tokens of the completion as given: the encoding closes it with the end of sequence, as for training. */
    private static int withoutEnd(Encoded row, TextTokenizer tokenizer) {
        int length = row.completionLength();
        boolean closed = length > 0 && tokenizer.stopIds().contains(row.id(row.length() - 1));
        return closed ? length - 1 : length;
    }

    private Map<String, Object> json(int[] ids, double[] values, List<String> pieces) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tokens", Arrays.stream(ids).boxed().toList());
        if (texts) {
            row.put("texts", pieces);
        }
        row.put("logprobs", Arrays.stream(values).boxed().toList());
        row.put("sum", Arrays.stream(values).sum());
        return row;
    }
}
