package preflab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.cli.TinyModel;
import preflab.engine.objective.PluginJar;

/** A third party's jar in the folder of plugins: the whole program takes its objective like its own. */
class PluginProcessTest {

    private @TempDir Path folder;

    @BeforeEach
    void writePlugin() throws IOException {
        PluginJar.write(Files.createDirectories(folder.resolve("plugins")), "perceptron");
    }

    @Test
    void anObjectiveFromAJarIsListedExplainedTrainedAndKeptInTheRunFile() throws Exception {
        assertThat(preflab("objectives", "--json")).contains("{\"objective\":\"perceptron\"");
        assertThat(preflab("objectives", "perceptron")).contains("max(0, -beta (h_w - h_l))", "objective.beta");

        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"),
                "{\"prompt\":\"1+1=\",\"chosen\":\"2\",\"rejected\":\"3\"}\n".repeat(4), StandardCharsets.UTF_8);
        Path project = folder.resolve("p.preflab");
        preflab("import", pairs.toString(), "--project", project.toString());
        String events = preflab("train", "--project", project.toString(), "--dataset", "pairs", "--model",
                TinyModel.in(folder.resolve("tiny")).toString(), "--objective", "perceptron", "--set", "beta=2",
                "--steps", "2", "--json");

        assertThat(events).contains("\"rewards/margins\"").contains("\"outcome\":\"FINISHED\"");
        assertThat(preflab("export", "spec", "1", "--project", project.toString(), "--to",
                folder.resolve("run.json").toString())).contains("run.json");
        assertThat(folder.resolve("run.json")).content().contains("perceptron").contains("\"beta\"");
    }

    /** Runs the program in a process of its own and returns what it said; fails unless it ends with 0. */
    private String preflab(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-Dpreflab.plugins=" + folder.resolve("plugins"),
                        "-Dpreflab.log.folder=" + folder.resolve("logs"), "-cp", System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        int code = new ProcessBuilder(command).redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile()).start().waitFor();
        assertThat(code).as(Files.readString(folder.resolve("err"))).isZero();
        return Files.readString(out);
    }
}
