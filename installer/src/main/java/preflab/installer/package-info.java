/** The package has no code of its own: it is the program with its own Java. The smoke test is in the test folder. */
package preflab.installer;
