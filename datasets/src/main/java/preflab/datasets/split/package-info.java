/** Where an answer is cut into steps: one implementation for conversions, labelling and imports. */
package preflab.datasets.split;
