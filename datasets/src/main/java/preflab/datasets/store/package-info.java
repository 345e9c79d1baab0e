/** Datasets on disk: one immutable SQLite file per version, and the SQLite manners shared with other stores. */
package preflab.datasets.store;
