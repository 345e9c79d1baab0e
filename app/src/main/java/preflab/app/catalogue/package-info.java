/** The screen of objectives: a page each, and the laboratory in which their losses are drawn. */
package preflab.app.catalogue;
