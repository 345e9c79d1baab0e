package preflab.app.cli;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import preflab.app.user.Logging;
import preflab.engine.model.SelfTest;
import preflab.engine.model.SelfTest.Check;
import preflab.engine.tensor.Torch;

/** Looks at engine, device and memory and runs the engine's self-test. */
@Command(sortOptions = false, name = "doctor", description = "Check engine, device and memory.")
final class DoctorCommand extends BaseCommand {
    private static final Logger LOG = LoggerFactory.getLogger(DoctorCommand.class);

    @Override
    int run(Output output) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", engine());
        report.put("device", device());
        report.put("memory", memory());
        List<Check> checks = SelfTest.run();
        report.put("checks", checks.stream().map(DoctorCommand::json).toList());
        output.json(report);
        print(report, checks, output);
        return checks.stream().allMatch(Check::ok) ? Cli.DONE : Cli.FAILED;
    }

    private static void print(Map<String, Object> report, List<Check> checks, Output output) {
        output.text("preflab   " + Version.number() + ", Java " + Runtime.version());
        output.text("engine    " + report.get("engine"));
        output.text("device    " + report.get("device"));
        output.text("memory    " + Numbers.bytes(system().getTotalMemorySize()) + ", free "
                + Numbers.bytes(system().getFreeMemorySize()) + ", Java at most "
                + Numbers.bytes(Runtime.getRuntime().maxMemory()));
        Logging.folder().ifPresent(folder -> output.text("logs      " + folder));
        Table table = new Table("check", "", "");
        checks.forEach(check -> table.row(check.name(), check.ok() ? "ok" : "FAILED", check.detail()));
        table.lines().stream().skip(1).forEach(output::text);
    }

    /** An engine that does not load is what doctor is for: the self-test says why. */
    private static String engine() {
        try {
            Engine engine = Torch.engine();
            return engine.getEngineName() + " " + engine.getVersion();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the engine does not load", e);
            return "not available: " + Cli.oneLine(String.valueOf(e.getMessage()));
        }
    }

    private static String device() {
        try {
            int gpus = Torch.engine().getGpuCount();
            String cpu = "CPU, " + Torch.threads() + " of " + Runtime.getRuntime().availableProcessors() + " cores";
            return gpus == 0 ? cpu + "; no GPU" : cpu + "; " + gpus + " GPU";
        } catch (RuntimeException | LinkageError e) {
            LOG.error("no device can be asked for", e);
            return "unknown";
        }
    }

    private static Map<String, Object> memory() {
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("total_bytes", system().getTotalMemorySize());
        memory.put("free_bytes", system().getFreeMemorySize());
        memory.put("java_max_bytes", Runtime.getRuntime().maxMemory());
        return memory;
    }

    private static Map<String, Object> json(Check check) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", check.name());
        row.put("ok", check.ok());
        row.put("detail", check.detail());
        return row;
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }
}
