"""How much of what readers find, counted when it is written and not when it is read.

What is counted is kept by column and topic, whole and by month, so that neither a total nor the way to a late page of a
long list grows with the list. Triggers note every change (noting), the notes are worked into the tallies after the
commit (settling), and pages read them (reading). The pairs of a topic lie besides in the order of its page (shelf).
"""
