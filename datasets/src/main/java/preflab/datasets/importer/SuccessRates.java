package preflab.datasets.importer;

import com.fasterxml.jackson.databind.JsonNode;

/** Monte-Carlo success rates v in [0, 1] as Q values: Q = 2v − 1, so that −1 never and 1 always ends right. */
final class SuccessRates {

    private SuccessRates() {
    }

    /** The rate in this cell. */
    static double of(JsonNode value, String column) {
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
            throw new BadRow(column, "holds " + Clip.value(value) + " as mc_value; a success rate in [0, 1] is needed");
        }
        return value.doubleValue();
    }

    static double toQ(double rate) {
        return 2 * rate - 1;
    }
}
