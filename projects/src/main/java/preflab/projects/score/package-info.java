/** What models and their objectives make of single rows, token by token: computed once, kept in the project's cache. */
package preflab.projects.score;
