"""Use-cases of casework, one file each; every one takes the actor and is limited to that actor's offices."""
