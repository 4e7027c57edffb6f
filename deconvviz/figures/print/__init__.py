"""Pictures for print: the only files that know matplotlib."""
