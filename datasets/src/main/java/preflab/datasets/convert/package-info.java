/** Rows of one kind made from rows of another, each time as a new version that says what it was made from. */
package preflab.datasets.convert;
