/**
 * How the built-in model and data are made: pre-training on imperfect solutions, answers drawn from that model, and the
 * value of every step by roll-outs. What comes out ships with the program; what is here repeats it.
 */
package preflab.projects.builtin;
