"""Documents: readers, analysis (joins extract and geo), store, exports, command line."""
