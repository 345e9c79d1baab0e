/**
 * From files to examples: what container a file is, which columns it has, which format that is, and each row as a
 * {@link preflab.datasets.example.PreferenceExample} or as one listed problem. One file per format.
 */
package preflab.datasets.importer;
