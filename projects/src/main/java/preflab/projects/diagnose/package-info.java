/** What went wrong in a run, in words: from what it logged, each finding with its evidence and what to try. */
package preflab.projects.diagnose;
