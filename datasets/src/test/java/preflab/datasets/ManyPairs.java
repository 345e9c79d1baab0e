package preflab.datasets;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files of any number of made-up pairs, for tests of size. */
public final class ManyPairs {

    private ManyPairs() {
    }

    /** Two rows a prompt; every 1,000th row repeats the one before. About 300 bytes a row. */
    public static void write(Path file, int rows) throws IOException {
        Random random = new Random(7);
        String last = "";
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < rows; i++) {
                String row = "{\"prompt\": \"Question " + i / 2 + ": " + words(new Random(i / 2), 8)
                        + "?\", \"chosen\": \" "
                        + words(random, 10 + random.nextInt(20)) + ".\", \"rejected\": \" " + words(random, 18) + " "
                        + i % 100
                        + " .\", \"score_chosen\": " + random.nextInt(10) + "}\n";
                last = i % 1000 == 999 ? last : row;
                out.write(last);
            }
        }
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(Integer.toString(1296 + random.nextInt(40_000), 36));
        }
        return words.toString();
    }
}
