/** The runs of a project in SQLite: what was asked, what happened, what is wanted. */
package preflab.projects.store;
