package preflab.projects.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import preflab.datasets.store.WholeFile;
import preflab.engine.metric.Metrics;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.workspace.Workspace;

/**
 * A run's metrics as an event file of TensorBoard: records of {@linkplain TfRecord TFRecord's layout}, each an {@code Event} message. TensorBoard keeps values as 32-bit
 * floats, so that the last digits are lost; {@link MetricExport} keeps them.
 */
public final class TensorBoardExport {

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /** One logged value. */
    private record Point(long step, String key, double value) {
    }

    private TensorBoardExport() {
    }

    /**
     * Writes the run's events.
     *
     * @param folder
     *            becomes a log directory of TensorBoard with a folder for the run in it
     * @return the run's folder
     */
    public static Path write(Workspace workspace, int run, Path folder) {
        RunSummary summary = workspace.runs().summary(run);
        double start = summary.started().orElse(summary.created()).toEpochMilli() / 1e3;
        Path own = folder.resolve(String.format(Locale.ROOT, "%03d %s", run, summary.name().replaceAll(
                "[^\\p{L}\\p{N} ._=-]", "_")));
        Path file = own.resolve("events.out.tfevents." + (long) start + ".preflab");
        try {
            WholeFile.write(file, aside -> Files.write(aside, bytes(workspace.runs(), run, start)));
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write " + file + ": " + e.getMessage(), e);
        }
        return own;
    }

    private static byte[] bytes(RunStore runs, int run, double start) {
        List<Point> points = new ArrayList<>();
        for (String key : runs.metricKeys(run)) {
            Series series = runs.series(run, key);
            for (int i = 0; i < series.size(); i++) {
                points.add(new Point(series.step(i), key, series.value(i)));
            }
        }
        points.sort(Comparator.comparingLong(Point::step).thenComparing(Point::key));
        TreeMap<Long, Double> seconds = new TreeMap<>();
        Series each = runs.series(run, Metrics.SECONDS);
        double sum = 0;
        for (int i = 0; i < each.size(); i++) {
            sum += each.value(i);
            seconds.put(each.step(i), sum);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TfRecord.write(out, version(start));
        for (Point point : points) {
            var before = seconds.floorEntry(point.step());
            TfRecord.write(out, event(start + (before == null ? 0 : before.getValue()), point));
        }
        return out.toByteArray();
    }

    private static byte[] version(double time) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed64(event, WALL_TIME, time);
        bytes(event, FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }

    private static byte[] event(double time, Point point) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        bytes(value, TAG, point.key().getBytes(StandardCharsets.UTF_8));
        tag(value, SIMPLE_VALUE, FIXED32);
        value.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat((float) point.value()).array());
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        bytes(summary, VALUE, value.toByteArray());
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed64(event, WALL_TIME, time);
        tag(event, STEP, VARINT);
        varint(event, point.step());
        bytes(event, SUMMARY, summary.toByteArray());
        return event.toByteArray();
    }

    private static void tag(ByteArrayOutputStream out, int field, int type) {
        varint(out, ((long) field << 3) | type);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void fixed64(ByteArrayOutputStream out, int field, double value) {
        tag(out, field, FIXED64);
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
        tag(out, field, BYTES);
        varint(out, content.length);
        out.writeBytes(content);
    }
}
