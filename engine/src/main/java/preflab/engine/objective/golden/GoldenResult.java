package preflab.engine.objective.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One worked example, computed and compared.
 *
 * @param file
 *            the name of its file
 * @param loss
 *            as computed here; NaN for a table without a loss
 * @param grad
 *            the gradient of the loss, in the shape of the inputs; numbers that are not finite are the strings
 *            {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}
 * @param pass
 *            whether loss and every gradient entry lie within the tolerance; true where none is given for this type
 * @param required
 *            whether a tolerance is given for this type of number
 * @param maxError
 *            the largest |x − y| / max(1, |y|) over loss and gradient
 * @param problem
 *            why nothing was computed, or where the worst value stands; empty if all is well
 */
public record GoldenResult(String file, String id, String objective, double loss, JsonNode grad, boolean pass,
        boolean required, double maxError, String problem) {
}
