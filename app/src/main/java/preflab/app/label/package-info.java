/** The Label screen: one example at a time, made for the keyboard. */
package preflab.app.label;
