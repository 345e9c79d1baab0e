package preflab.engine.bandit;

/**
 * One tabular experiment, run and compared.
 *
 * @param experiment
 *            which part of the tables it belongs to
 * @param id
 *            which case of the experiment
 * @param pass
 *            whether every number lies within its tolerance and every claim holds
 * @param maxError
 *            the largest |x − y| / max(1, |y|)
 * @param detail
 *            where the worst value stands, or which claim fails; empty if all is well
 */
public record BanditResult(String experiment, String id, boolean pass, double maxError, String detail) {
}
