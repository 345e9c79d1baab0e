/** Labelled steps as JSON Lines in the formats that other programs read. */
package preflab.datasets.label.export;
