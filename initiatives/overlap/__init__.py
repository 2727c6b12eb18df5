"""The overlap engine: who is the same, who are peers, who could meet in one circle, and why.

Plain values in, plain values out. Nothing here knows Django or a database; `values` is the contract with those who
call.
"""
