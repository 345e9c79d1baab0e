/** The program: the window, the commands and what starts them. */
package preflab.app;
