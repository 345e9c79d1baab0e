/** The Data screen: versions of datasets, their rows, one example, and the way in for files. */
package preflab.app.data;
