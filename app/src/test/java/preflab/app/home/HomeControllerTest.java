package preflab.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import preflab.app.task.Work;
import preflab.app.ui.ScriptedPicker;

class HomeControllerTest {

    private final List<String> asked = new ArrayList<>();
    private final ScriptedPicker picker = new ScriptedPicker();
    private final HomeModel model = new HomeModel();

    private HomeController controller(HealthProbe probe) {
        return new HomeController(model, new Recorder(), picker, probe, Work.direct(), Path.of("example"));
    }

    @Test
    void aNewProjectsFolderGetsTheSuffixUnlessItHasIt() {
        HomeController controller = controller(() -> null);
        picker.willChoose(Path.of("a"), Path.of("b.preflab"));
        controller.newProject();
        controller.newProject();
        controller.newProject();
        assertThat(asked).containsExactly("create a.preflab", "create b.preflab");
    }

    @Test
    void theReportOfTheDoctorIsReadFromItsLastJsonLine() throws Exception {
        Health health = DoctorProbe.parse(List.of("a library says hello",
                "{\"engine\":\"PyTorch 2.7.1\",\"device\":\"CPU\",\"memory\":{\"total_bytes\":8589934592,\"free_bytes\":2147483648},"
                        + "\"checks\":[{\"name\":\"kernel\",\"ok\":false,\"detail\":\"off by one\"}]}"));
        assertThat(health.engine()).isEqualTo("PyTorch 2.7.1");
        assertThat(health.memory()).isEqualTo("2.0 GB free of 8.0 GB");
        assertThat(health.isWell()).isFalse();
        assertThat(health.failures()).singleElement().satisfies(c -> assertThat(c.detail()).isEqualTo("off by one"));
    }

    @Test
    void theDoctorLooksFromAProcessOfItsOwnAndFindsThisMachineWell() throws Exception {
        Health health = new DoctorProbe().look();
        assertThat(health.engine()).startsWith("PyTorch");
        assertThat(health.device()).contains("CPU");
        assertThat(health.checks()).isNotEmpty();
        assertThat(health.failures()).isEmpty();
    }

    @Test
    void aDoctorThatSaysNothingReadableIsAFailureWithWhatItSaid() {
        assertThatThrownBy(() -> DoctorProbe.parse(List.of("Killed"))).hasMessageContaining("Killed");
    }

    @Test
    void aProbeThatFailsIsShownAsSuch() {
        HomeController controller = controller(() -> {
            throw new IOException("no Java");
        });
        controller.checkHealth();
        assertThat(model.probingProperty().get()).isFalse();
        assertThat(model.healthProblemProperty().get()).isEqualTo("no Java");
    }

    /** Notes what it was asked for. */
    private final class Recorder implements ProjectDoor {
        @Override
        public void create(Path folder) {
            asked.add("create " + folder);
        }

        @Override
        public void open(Path folder) {
            asked.add("open " + folder);
        }

        @Override
        public void example(Path folder) {
            asked.add("example " + folder);
        }

        @Override
        public void go(String screen) {
            asked.add("go " + screen);
        }

        @Override
        public void forget(Path folder) {
            asked.add("forget " + folder);
        }
    }
}
