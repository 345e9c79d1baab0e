/** What is worth knowing about rows before they are trained on: duplicates, leakage, balance, lengths. */
package preflab.datasets.check;
