"""`make bench`: speed as ratios within one run, beside what the machine can do at best."""
