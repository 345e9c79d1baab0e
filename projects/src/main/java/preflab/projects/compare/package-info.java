/** Runs beside each other: differences, intervals, samples. */
package preflab.projects.compare;
