package preflab.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import preflab.engine.batch.ModelException;

/**
 * What a model folder is, without reading its weights.
 *
 * @param family
 *            {@code model_type}
 * @param parameters
 *            numbers to learn
 * @param bytesOnDisk
 *            of the weights
 * @param ownChatTemplate
 *            whether the folder brings one; else conversations are written as Human and Assistant turns
 */
public record ModelFacts(String family, long parameters, long bytesOnDisk, int layers, int hiddenSize, int heads,
        int keyValueHeads, int vocabulary, int positions, boolean tiedHead, boolean ownChatTemplate) {

    /**
     * Opens the folder and checks all that can be checked without weights.
     *
     * @throws ModelException
     *             naming the file, what is wrong with it and what is allowed
     */
    public static ModelFacts of(Path folder) {
        HfFolder model = HfFolder.open(folder);
        ModelConfig c = model.config();
        long bytes = 0;
        for (Path file : WeightFiles.open(folder).paths()) {
            bytes += size(file);
        }
        return new ModelFacts(c.modelType(), c.parameterCount(), bytes, c.layers(), c.hiddenSize(), c.heads(),
                c.keyValueHeads(), c.vocabSize(), c.maxPositions(), c.tiedEmbeddings(), hasTemplate(folder));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean hasTemplate(Path folder) {
        Path config = folder.resolve("tokenizer_config.json");
        return Files.isRegularFile(folder.resolve("chat_template.jinja"))
                || (Files.isRegularFile(config) && ConfigFile.parse(config).hasNonNull("chat_template"));
    }
}
