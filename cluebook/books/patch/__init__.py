"""The surgical patch of a closed workbook.

Only the touched parts are rewritten; every other member of the file is copied as the packed bytes it
was. What a patch cannot do without harm it refuses with the reason.
"""
