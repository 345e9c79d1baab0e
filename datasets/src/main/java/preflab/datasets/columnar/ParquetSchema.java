package preflab.datasets.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import preflab.datasets.columnar.ParquetNode.Meaning;

/** Builds the tree of a Parquet schema from its flat list of elements. */
final class ParquetSchema {

    private static final int DEEPEST = 64;
    private static final int MOST = 20_000;
    private static final long[] PER_SECOND = {1, 1_000, 1_000_000, 1_000_000_000};

    /** One element as it is written. */
    private static final class Element {
        private int physical = -1;
        private int width;
        private int repeats;
        private String name = "";
        private int children;
        private Meaning meaning = Meaning.PLAIN;
        private long scale;
    }

    private final List<Element> elements = new ArrayList<>();
    private final List<ParquetNode> leaves = new ArrayList<>();
    private int next;

    /** Reads one element of the list. */
    void read(Thrift in) throws IOException {
        Element element = new Element();
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> element.physical = (int) in.number(type);
                case 2 -> element.width = (int) in.number(type);
                case 3 -> element.repeats = (int) in.number(type);
                case 4 -> element.name = in.text();
                case 5 -> element.children = (int) in.number(type);
                case 6 -> converted(element, (int) in.number(type));
                case 7 -> element.scale = Math.max(element.scale, in.number(type));
                case 10 -> in.struct((kind, _) -> logical(in, element, kind));
                default -> in.skip(type);
            }
        });
        elements.add(element);
        if (elements.size() > MOST) {
            throw new DamagedFileException("has more than " + MOST + " columns");
        }
    }

    /** The root, whose children are the columns. */
    ParquetNode tree() throws DamagedFileException {
        if (elements.isEmpty()) {
            throw new DamagedFileException("has no schema");
        }
        elements.getFirst().repeats = 0;
        ParquetNode root = node(0, 0, 0);
        if (next != elements.size() || root.isLeaf()) {
            throw new DamagedFileException("has a damaged schema");
        }
        return root;
    }

    List<ParquetNode> leaves() {
        return leaves;
    }

    private ParquetNode node(int definition, int repetition, int depth) throws DamagedFileException {
        if (next >= elements.size() || depth > DEEPEST) {
            throw new DamagedFileException("has a damaged schema");
        }
        Element element = elements.get(next++);
        int def = definition + (element.repeats == 0 ? 0 : 1);
        int rep = repetition + (element.repeats == ParquetNode.REPEATED ? 1 : 0);
        int leaf = leaves.size();
        List<ParquetNode> children = new ArrayList<>();
        for (int i = 0; i < element.children; i++) {
            children.add(node(def, rep, depth + 1));
        }
        ParquetNode node = new ParquetNode(element.name, element.repeats, List.copyOf(children), element.physical,
                element.width, element.meaning, element.scale, def, rep, leaf);
        if (children.isEmpty()) {
            if (element.physical < 0 || element.physical > 7 || element.width < 0) {
                throw new DamagedFileException("has a damaged schema: the column " + element.name + " has no type");
            }
            leaves.add(node);
        }
        return node;
    }

    private static void converted(Element element, int converted) {
        switch (converted) {
            case 0, 4, 19 -> element.meaning = Meaning.TEXT;
            case 1, 2 -> element.meaning = Meaning.MAP;
            case 3 -> element.meaning = Meaning.LIST;
            case 5 -> element.meaning = Meaning.DECIMAL;
            case 6 -> element.meaning = Meaning.DATE;
            case 7, 8 -> set(element, Meaning.TIME, PER_SECOND[converted - 6]);
            case 9, 10 -> set(element, Meaning.MOMENT, PER_SECOND[converted - 8]);
            case 11, 12, 13, 14 -> element.meaning = Meaning.UNSIGNED;
            default -> {
                // whole numbers with a sign are what they are stored as
            }
        }
    }

    private static void logical(Thrift in, Element element, int kind) throws IOException {
        switch (kind) {
            case 1, 4, 12 -> element.meaning = Meaning.TEXT;
            case 2 -> element.meaning = Meaning.MAP;
            case 3 -> element.meaning = Meaning.LIST;
            case 6 -> element.meaning = Meaning.DATE;
            case 15 -> element.meaning = Meaning.HALF_FLOAT;
            default -> {
                // the cases below read their parameters
            }
        }
        in.struct((id, inner) -> {
            if (kind == 5 && id == 1) {
                set(element, Meaning.DECIMAL, in.number(inner));
            } else if ((kind == 7 || kind == 8) && id == 2) {
                in.struct((unit, empty) -> {
                    set(element, kind == 7 ? Meaning.TIME : Meaning.MOMENT, PER_SECOND[Math.clamp(unit, 1, 3)]);
                    in.skip(empty);
                });
            } else if (kind == 10 && id == 2) {
                element.meaning = Thrift.truth(inner) ? Meaning.PLAIN : Meaning.UNSIGNED;
            } else {
                in.skip(inner);
            }
        });
    }

    private static void set(Element element, Meaning meaning, long scale) {
        element.meaning = meaning;
        element.scale = scale;
    }
}
