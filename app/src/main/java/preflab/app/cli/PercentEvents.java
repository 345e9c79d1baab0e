package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.importer.Progress;

/** With {@code --json}, a line {@code {"event":"progress","rows","of"}} for every hundredth of the rows. */
final class PercentEvents implements Progress {

    private final Output output;
    private final boolean wanted;
    private long told = -1;

    PercentEvents(Output output, boolean wanted) {
        this.output = output;
        this.wanted = wanted;
    }

    @Override
    public void at(long done, long total) {
        long percent = 100 * done / Math.max(1, total);
        if (wanted && percent > told) {
            told = percent;
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "progress");
            event.put("rows", done);
            event.put("of", total);
            output.json(event);
        }
    }
}
