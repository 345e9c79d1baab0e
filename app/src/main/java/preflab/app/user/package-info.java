/** Folders of the person at the machine: logs, caches. */
package preflab.app.user;
