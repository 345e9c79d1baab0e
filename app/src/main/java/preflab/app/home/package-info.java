/** Home: recent projects, new and open, the machine's health, the built-in example. */
package preflab.app.home;
