"""Text to statements: who said what, in which words. Pure functions: no files but the lexicon, no network, no map."""
