"""Whether a ledger is what it should be, a copy of it while it is used, and what can be saved of one that is damaged.

verifying    all that is wrong with a ledger: the database, each reading, the log, what follows from them
readings     each reading, held to its text, its seal and its own columns
missing      tables, views, indexes and triggers that are not there
contents     two ledgers compared row by row, whatever the numbers of the rows
remaking     a ledger made anew from readings and rulings
repairing    the same, of what can still be read
backing_up   a copy in a file
"""
