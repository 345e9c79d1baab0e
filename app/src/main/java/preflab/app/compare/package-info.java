/** The Compare screen: several runs beside each other. */
package preflab.app.compare;
