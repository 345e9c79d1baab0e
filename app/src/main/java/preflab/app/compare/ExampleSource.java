package preflab.app.compare;

import preflab.projects.score.ScoreSource;

/**
 * Something that reads rows beside others.
 *
 * @param name
 *            for people
 * @param run
 *            number of the run; 0 for a model that no run is looked at for
 */
record ExampleSource(ScoreSource source, String name, int run) {

    boolean isRun() {
        return run > 0;
    }
}
