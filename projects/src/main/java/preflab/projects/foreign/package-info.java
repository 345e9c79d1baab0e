/**
 * Runs that other programs trained, and other projects of ours, entered beside our own: {@code trainer_state.json} of
 * Hugging Face's Trainer and TRL, event files of TensorBoard, CSV files, and generated answers.
 */
package preflab.projects.foreign;
