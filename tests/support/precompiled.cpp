// Gives the tests' precompiled header a target to live in.
