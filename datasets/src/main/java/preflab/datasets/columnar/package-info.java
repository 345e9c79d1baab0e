/**
 * Rows of columnar files (Parquet, Arrow) as JSON objects. What a foreign file says of its own sizes is never believed:
 * memory grows with the bytes that are there, and every row, page and batch has a limit.
 */
package preflab.datasets.columnar;
