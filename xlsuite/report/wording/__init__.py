"""Sentences that numbers can write, by subject. Each function takes the facts and returns official Chinese text.

No sentence states what the table does not: what is unknown becomes 【待补充：…】, zero is said in words.
"""
