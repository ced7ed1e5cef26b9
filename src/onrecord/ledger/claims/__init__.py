"""Claims: what several articles of a story say alike, who holds it, who denies it, how it stands.

`propositions` cuts a reading into things that can be true or false, and `voices` says whose they are; `compiled` makes
them ready for one story; `matching` and `clustering` say which are the same; `references` and `inner` find what words
point at; `assemble` puts claims together, `standing` and `bodies` judge them, `oppositions` finds the conflicts in them;
`store` and `queries` keep them.
"""
