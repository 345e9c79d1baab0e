/** What interrupts a person: errors, file choosers. */
package preflab.app.dialog;
