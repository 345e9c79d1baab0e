/** The language in which runs are asked for: {@code beta > 0.05 and objective in (dpo, ipo)}. */
package preflab.projects.compare.filter;
