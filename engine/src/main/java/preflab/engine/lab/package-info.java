/** Looking at objectives without a model: losses and slopes over log-ratios, by the catalogue's own code. */
package preflab.engine.lab;
