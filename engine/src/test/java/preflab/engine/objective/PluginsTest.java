package preflab.engine.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objectives of other people's jars. */
class PluginsTest {

    @TempDir
    Path folder;

    private List<ObjectiveType<?>> added() {
        List<ObjectiveType<?>> all = Plugins.after(Objectives.BUILT_IN, List.of(folder));
        assertThat(all.subList(0, Objectives.BUILT_IN.size())).isEqualTo(Objectives.BUILT_IN);
        return all.subList(Objectives.BUILT_IN.size(), all.size());
    }

    @Test
    void aJarAddsAnObjectiveWithItsHyperParametersAndTheImitationTerm() {
        PluginJar.write(folder, "perceptron");

        assertThat(added()).singleElement().satisfies(type -> {
            assertThat(type.id()).isEqualTo("perceptron");
            assertThat(type.params()).extracting("id").containsExactly("beta", "sft_coefficient");
            assertThat(type.factory().apply(type.values(Map.of("beta", "2"))).toString())
                    .isEqualTo("Perceptron[beta=2.0]");
        });
    }

    @Test
    void aNameThatIsTakenIsLeftOut() {
        PluginJar.write(folder, "dpo");

        assertThat(added()).isEmpty();
    }

    @Test
    void aBrokenJarCostsNothingButItself() throws IOException {
        Files.writeString(folder.resolve("a-broken.jar"), "not a jar");
        PluginJar.write(folder, "perceptron");

        assertThat(added()).extracting("id").containsExactly("perceptron");
    }

    @Test
    void noFolderIsNoMatter() {
        assertThat(Plugins.after(Objectives.BUILT_IN, List.of(folder.resolve("missing"))))
                .isEqualTo(Objectives.BUILT_IN);
    }
}
