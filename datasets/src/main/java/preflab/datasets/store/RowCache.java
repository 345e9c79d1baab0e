package preflab.datasets.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import preflab.datasets.example.PreferenceExample;

/** The rows read last, bounded by their size as JSON, for tables that ask for the same rows column by column. */
final class RowCache {

    /** Bytes of JSON held at most (a single larger row is not held at all). */
    static final long CAPACITY = 8L << 20;

    private record Entry(PreferenceExample row, long bytes) {
    }

    private final LinkedHashMap<Integer, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** The row, or null. */
    PreferenceExample get(int index) {
        Entry entry = entries.get(index);
        return entry == null ? null : entry.row();
    }

    void put(int index, PreferenceExample row, long size) {
        if (size > CAPACITY || entries.containsKey(index)) {
            return;
        }
        entries.put(index, new Entry(row, size));
        bytes += size;
        Iterator<Map.Entry<Integer, Entry>> oldest = entries.entrySet().iterator();
        while (bytes > CAPACITY) {
            bytes -= oldest.next().getValue().bytes();
            oldest.remove();
        }
    }
}
