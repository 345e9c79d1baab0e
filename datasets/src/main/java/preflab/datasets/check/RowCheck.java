package preflab.datasets.check;

import java.util.Optional;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Looks at every row once, keeps a few bytes of each, and says at the end what it found. */
interface RowCheck {

    /** Row after row, from 0. */
    void add(PreferenceExample row);

    /** What it found; rows may be read again. */
    Optional<Finding> finding(ExampleView view);

    /** What it counted, for a picture; asked for after its finding. */
    default Optional<Composition> composition() {
        return Optional.empty();
    }
}
