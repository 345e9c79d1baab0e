/** Reports and tables for other programs. */
package preflab.projects.export;
