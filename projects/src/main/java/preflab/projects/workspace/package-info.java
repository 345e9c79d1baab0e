/** The project folder. */
package preflab.projects.workspace;
