package preflab.engine.objective;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes what a third party would make: sources that know the product only by its public names, compiled into a jar. */
public final class PluginJar {

    /** The perceptron loss max(0, margin − β (h_w − h_l)): a whole plugin. */
    private static final String SOURCE = """
            package third.party;

            import ai.djl.ndarray.NDArray;
            import java.util.List;
            import preflab.datasets.example.Kind;
            import preflab.engine.objective.*;
            import preflab.engine.param.Param;
            import preflab.engine.param.Params;
            import preflab.engine.tensor.Kernels;

            public record Perceptron(double beta) implements Objective<Scores.Pairs> {

                static final Param.OfDouble BETA = Params.positive("beta", "β", "Strength of the reference", 0.5, "Scale.");

                static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
                        .named("OBJECTIVE_ID", "Perceptron", Scores.Pairs.class).summary("Only pairs on the wrong side count.")
                        .citation("F. Rosenblatt", "The perceptron", "Psychological Review", 1958, "", "")
                        .formula("\\\\max(0,-z)", "max(0, -beta (h_w - h_l))").needs(Needs.withReference(Kind.PAIRED))
                        .params(BETA).reward("beta h(y)").make(values -> new Perceptron(values.get(BETA)));

                @Override
                public LossTerms loss(Scores.Pairs pairs, State state) {
                    NDArray chosen = Kernels.times(pairs.chosen().logRatio(), beta);
                    NDArray rejected = Kernels.times(pairs.rejected().logRatio(), beta);
                    NDArray wrong = rejected.sub(chosen);
                    NDArray perPair = Kernels.select(wrong.gt(0), wrong, wrong.zerosLike());
                    return LossTerms.of(pairs.chosen().mean(perPair), Diagnostics.pairs(pairs, chosen, rejected));
                }

                public static final class Provider implements ObjectiveProvider {
                    @Override
                    public List<ObjectiveType<?>> objectives() {
                        return List.of(TYPE);
                    }
                }
            }
            """;

    private PluginJar() {
    }

    /** Writes {@code plugin.jar} with one objective of this id into the folder. */
    public static void write(Path folder, String id) {
        try {
            Path source = Files.createDirectories(folder.resolve("source")).resolve("Perceptron.java");
            Files.writeString(source, SOURCE.replace("OBJECTIVE_ID", id));
            Path classes = Files.createDirectories(folder.resolve("classes"));
            int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), "-cp",
                    System.getProperty("java.class.path"), source.toString());
            if (code != 0) {
                throw new IllegalStateException("the plugin does not compile");
            }
            pack(classes, folder.resolve("plugin.jar"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot write the plugin", e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(out)) {
            packed.putNextEntry(new JarEntry("META-INF/services/preflab.engine.objective.ObjectiveProvider"));
            packed.write("third.party.Perceptron$Provider\n".getBytes(StandardCharsets.UTF_8));
            for (Path file : files(classes)) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, packed);
            }
        }
    }

    private static List<Path> files(Path classes) throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
