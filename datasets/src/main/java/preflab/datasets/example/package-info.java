/**
 * Examples of preference data as plain values: what a row <em>is</em>, whatever file it came from. The one vocabulary
 * shared by importers, stores, collators and screens; nothing here touches files, tensors or windows.
 */
package preflab.datasets.example;
