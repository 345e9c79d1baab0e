package preflab.app.cli;

import java.nio.file.Path;
import preflab.datasets.importer.Progress;

/** One line on standard error for every tenth of a long import. */
final class PercentProgress implements Progress {

    /** Files below this are read before anybody wonders. */
    private static final long LONG = 50L << 20;

    private final Path file;
    private final Output output;
    private long lastTenth;

    PercentProgress(Path file, Output output) {
        this.file = file;
        this.output = output;
    }

    @Override
    public void at(long done, long total) {
        long tenth = total == 0 ? 10 : 10 * done / total;
        if (total >= LONG && tenth > lastTenth) {
            lastTenth = tenth;
            output.progress(file.getFileName() + ": " + 10 * tenth + " % of " + Numbers.bytes(total));
        }
    }
}
