package preflab.datasets.columnar;

import java.util.List;

/**
 * One node of a Parquet schema.
 *
 * @param repeats
 *            0 = always there, 1 = may be null, 2 = any number of times
 * @param children
 *            of a group; empty for a leaf
 * @param physical
 *            how a leaf's values are stored (0 boolean, 1 int32, 2 int64, 3 int96, 4 float, 5 double, 6 bytes, 7 bytes
 *            of fixed length)
 * @param width
 *            bytes of a value of fixed length
 * @param meaning
 *            what it stands for
 * @param scale
 *            of decimals; units a second of times
 * @param definition
 *            definition level at which the node is there
 * @param repetition
 *            repetition level at which the node begins anew
 * @param leaf
 *            index of the first leaf at or below this node
 */
record ParquetNode(String name, int repeats, List<ParquetNode> children, int physical, int width, Meaning meaning,
        long scale, int definition, int repetition, int leaf) {

    static final int OPTIONAL = 1;
    static final int REPEATED = 2;

    /** What a stored value, or a group, stands for. */
    enum Meaning {
        PLAIN, TEXT, DECIMAL, DATE, TIME, MOMENT, UNSIGNED, HALF_FLOAT, LIST, MAP
    }

    boolean isLeaf() {
        return children.isEmpty();
    }
}
