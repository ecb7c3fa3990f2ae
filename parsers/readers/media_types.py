"""Media types of the files that are read besides text and PDF."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
