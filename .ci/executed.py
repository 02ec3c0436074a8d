"""Names of the functions that a program executed, a line each, in the order of callgrind's files.

  executed.py PROGRAM FILE...

The format: valgrind's manual, "Callgrind Format Specification". A name is told once, as `(7) name`, and is `(7)` afterwards.
"""
import re
import sys

# A position: which object file, or which function; of the caller, or with a `c` of the called.
PLACE = re.compile(r"(c?)(ob|fn)=\((\d+)\)(?: (.*))?$")


def executed(path, program):
    """Functions of the program alone, whatever the libraries did."""
    names, objects, current = {}, {}, ""
    with open(path) as lines:
        for line in lines:
            if not (found := PLACE.match(line)):
                continue
            called, kind, number, name = found.groups()
            known = objects if kind == "ob" else names
            if name:
                # A recursion's second level has a name of its own: "name'2".
                known[number] = name.partition("'")[0]
            if kind == "ob" and not called:
                current = known[number]
            elif kind == "fn" and not called and current.endswith("/" + program):
                yield known[number]


def main():
    program, *paths = sys.argv[1:]
    in_order = dict.fromkeys(name for path in paths for name in executed(path, program))
    print(*in_order, sep="\n")


main()
