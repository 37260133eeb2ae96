"""The use-cases of applications, one file each."""
