/**
 * An interpreter for the part of the Jinja language that chat templates use, with Python's semantics of values. What it
 * does not know it refuses with place and name; it never guesses.
 */
package preflab.engine.template;
