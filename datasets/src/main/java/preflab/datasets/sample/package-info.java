/**
 * Generators of the built-in data: multi-step sums with worked solutions, systematic mistakes and a checker that says of
 * every step whether it is right. Pure functions of seeds.
 */
package preflab.datasets.sample;
