/** Forms built from the engine's parameter descriptors. */
package preflab.app.form;
