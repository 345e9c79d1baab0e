/** Exceptions to the rules that the architecture tests hold. */
package preflab.app.rule;
