package preflab.engine.train;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.SamplerSettings;

/** Names drawn completions by everything they depend on, the order of the prompts included. */
final class SampleKey {

    private static final int VERSION = 1; // of what is written and of how the sampler turns numbers into tokens

    private SampleKey() {
    }

    /**
     * 64 hexadecimal digits.
     *
     * @param weights
     *            hash of the weights that draw
     * @param compute
     *            precision and device: they decide the last digits, and those decide a draw now and then
     */
    static String of(String weights, String compute, SamplerSettings sampler, TextTokenizer tokenizer,
            List<int[]> prompts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String header = VERSION + "\n" + weights + "\n" + compute + "\n" + sampler + "\n"
                    + new TreeSet<>(tokenizer.stopIds()) + "\n";
            digest.update(header.getBytes(StandardCharsets.UTF_8));
            prompts.forEach(prompt -> digest.update(Arrays.toString(prompt).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
