"""The grammar (RELAX NG) and the rules (Schematron) of the TEI files."""
