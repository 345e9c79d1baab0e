/** Headless commands: small classes over the other modules. No class of the toolkit may be named here. */
package preflab.app.cli;
