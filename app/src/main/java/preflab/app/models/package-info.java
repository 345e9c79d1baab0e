/** The screen of models: what they are, what they answer, how sure they are. */
package preflab.app.models;
