package preflab.datasets.label;

import java.util.List;
import java.util.function.Consumer;

import preflab.datasets.example.DatasetVersionId;

/** Where events are kept. */
public interface LabelLog {

    /**
     * Keeps an event. When this returns the event is on the disk: neither a killed process nor a power cut loses it.
     *
     * @return the event with its number
     * @throws preflab.datasets.example.DatasetException
     *             STORAGE; nothing was kept then
     */
    LabelEvent append(LabelEvent event);

    /** Every event on this version in order, for all authors. */
    void replay(DatasetVersionId version, LabelTask task, Consumer<LabelEvent> sink);

    /** What models suggest for this version; of several sources the one written last. */
    List<Suggestion> suggestions(DatasetVersionId version);
}
