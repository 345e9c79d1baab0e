/**
 * People's verdicts on rows, apart from any store or window: what can be said about a row, the append-only events that
 * say it, the session that walks one person through a queue, agreement between people, and what becomes of it all in
 * the next version of the data.
 */
package preflab.datasets.label;
