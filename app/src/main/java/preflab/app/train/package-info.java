/** The Train screen: a form from descriptors at the left, the run as it goes at the right. */
package preflab.app.train;
