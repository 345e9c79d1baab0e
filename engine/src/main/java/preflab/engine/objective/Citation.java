package preflab.engine.objective;

/** Where an objective comes from. {@code equation} may be empty. */
public record Citation(String authors, String title, String venue, int year, String url, String equation) {
}
