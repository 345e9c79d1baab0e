package preflab.datasets.sample;

/** Systematic mistakes of people who learn to add. Each is a wrong way to add two numbers. */
public enum Mistake {
    /** The carry out of the units is forgotten: 47+8 = 45. */
    DROPPED_CARRY {
        @Override
        boolean applies(int a, int b) {
            return a % 10 + b % 10 >= 10;
        }

        @Override
        int add(int a, int b) {
            return a + b - 10;
        }
    },
    /** The last two digits change places: 12+35 = 74. */
    SWAPPED_DIGITS {
        @Override
        boolean applies(int a, int b) {
            int sum = a + b;
            return sum >= 10 && sum % 10 != sum / 10 % 10;
        }

        @Override
        int add(int a, int b) {
            int sum = a + b;
            return sum / 100 * 100 + sum % 10 * 10 + sum / 10 % 10;
        }
    },
    /** Counting starts one too early: 12+35 = 46. */
    OFF_BY_ONE {
        @Override
        boolean applies(int a, int b) {
            return a + b > 0;
        }

        @Override
        int add(int a, int b) {
            return a + b - 1;
        }
    };

    /** Whether this mistake can happen here and changes the result. */
    abstract boolean applies(int a, int b);

    /** The wrong sum. */
    abstract int add(int a, int b);
}
