"""Places added on demand to the built-in gazetteer: downloaded, kept one file a country, merged when it is compiled."""
