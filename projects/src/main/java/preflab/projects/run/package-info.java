/** Executing runs: in this process, in one of their own, and finding their models. */
package preflab.projects.run;
