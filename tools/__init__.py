"""Small programs behind the Makefile; the standard library is all they need."""
