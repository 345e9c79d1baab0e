/** A small language for losses: read with positions, computed on arrays, differentiated by the engine. */
package preflab.engine.objective.formula;
