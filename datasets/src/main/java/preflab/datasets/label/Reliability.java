package preflab.datasets.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Coefficients of agreement. NaN where they are not defined: without pairs of values, or where all values are equal. */
public final class Reliability {

    /** How far two values are apart. */
    public enum Scale {
        /** Equal or not. */
        NOMINAL,
        /** By the number of values ranked between them. */
        ORDINAL,
        /** By their difference, squared. */
        INTERVAL
    }

    private Reliability() {
    }

    /**
     * Cohen's κ = (p_o − p_e)/(1 − p_e) of two raters (Cohen 1960, A coefficient of agreement for nominal scales).
     *
     * @param pairs
     *            [units][2]: what each of the two said
     */
    public static double cohensKappa(List<double[]> pairs) {
        double n = pairs.size();
        double agree = pairs.stream().filter(pair -> pair[0] == pair[1]).count() / n;
        TreeMap<Double, double[]> shares = new TreeMap<>();
        for (double[] pair : pairs) {
            shares.computeIfAbsent(pair[0], _ -> new double[2])[0] += 1 / n;
            shares.computeIfAbsent(pair[1], _ -> new double[2])[1] += 1 / n;
        }
        double byChance = shares.values().stream().mapToDouble(share -> share[0] * share[1]).sum();
        return shares.size() < 2 ? Double.NaN : (agree - byChance) / (1 - byChance);
    }

    /**
     * Krippendorff's α = 1 − D_o/D_e over any number of raters and with missing values (Krippendorff 2011, Computing
     * Krippendorff's Alpha-Reliability, section D).
     *
     * @param units
     *            the values each unit was given, in any order; units with fewer than two count for nothing
     */
    public static double krippendorffsAlpha(List<double[]> units, Scale scale) {
        List<double[]> pairable = units.stream().filter(unit -> unit.length > 1).toList();
        TreeMap<Double, Integer> index = new TreeMap<>();
        pairable.forEach(unit -> {
            for (double value : unit) {
                index.put(value, 0);
            }
        });
        List<Double> values = new ArrayList<>(index.keySet());
        for (int i = 0; i < values.size(); i++) {
            index.put(values.get(i), i);
        }
        double[][] coincidences = coincidences(pairable, index);
        return alpha(coincidences, distances(values, totals(coincidences), scale));
    }

    /** o_ck: pairs of values c and k within units, each unit of m values counting m/(m(m − 1)) a pair; [V, V]. */
    private static double[][] coincidences(List<double[]> units, Map<Double, Integer> index) {
        double[][] o = new double[index.size()][index.size()];
        for (double[] unit : units) {
            for (int i = 0; i < unit.length; i++) {
                for (int j = 0; j < unit.length; j++) {
                    if (i != j) {
                        o[index.get(unit[i])][index.get(unit[j])] += 1.0 / (unit.length - 1);
                    }
                }
            }
        }
        return o;
    }

    /** n_c: how often each value can be paired; [V]. */
    private static double[] totals(double[][] coincidences) {
        double[] totals = new double[coincidences.length];
        for (int c = 0; c < totals.length; c++) {
            for (double o : coincidences[c]) {
                totals[c] += o;
            }
        }
        return totals;
    }

    /** δ²_ck; [V, V]. */
    private static double[][] distances(List<Double> values, double[] totals, Scale scale) {
        double[][] distances = new double[totals.length][totals.length];
        for (int c = 0; c < totals.length; c++) {
            for (int k = c + 1; k < totals.length; k++) {
                double between = -(totals[c] + totals[k]) / 2;
                for (int g = c; g <= k; g++) {
                    between += totals[g];
                }
                double apart = switch (scale) {
                    case NOMINAL -> 1;
                    case ORDINAL -> between;
                    case INTERVAL -> values.get(k) - values.get(c);
                };
                distances[c][k] = apart * apart;
                distances[k][c] = apart * apart;
            }
        }
        return distances;
    }

    private static double alpha(double[][] o, double[][] distances) {
        double[] totals = totals(o);
        double n = 0;
        for (double total : totals) {
            n += total;
        }
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < o.length; c++) {
            for (int k = 0; k < o.length; k++) {
                observed += o[c][k] * distances[c][k];
                expected += totals[c] * totals[k] * distances[c][k] / (n - 1);
            }
        }
        return expected > 0 ? 1 - observed / expected : Double.NaN;
    }
}
