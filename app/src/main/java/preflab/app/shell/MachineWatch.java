package preflab.app.shell;

import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.task.Latest;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.app.widget.Words;

/** Keeps the machine's memory on the task bar, every two seconds. */
final class MachineWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MachineWatch.class);
    private static final int TICKS = 20;

    private final WindowModel model;
    private final Latest reading;

    MachineWatch(WindowModel model, Work work, Ticker ticker) {
        this.model = model;
        this.reading = new Latest(work);
        look();
        ticker.every(TICKS, this::look);
    }

    private void look() {
        reading.startIfIdle(MachineWatch::memory, model.memoryProperty()::set,
                failure -> LOG.debug("the machine's memory is unknown", failure));
    }

    private static String memory() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine) {
            long total = machine.getTotalMemorySize();
            return Words.bytes(total - machine.getFreeMemorySize()) + " of " + Words.bytes(total);
        }
        return "";
    }
}
