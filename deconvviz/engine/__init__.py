"""The numbers, in numpy: layers that fit, fast sums, the way back, the matrix, example data."""
