/** A chart without a toolkit: scales, ticks, buckets and painters. */
package preflab.projects.chart;
