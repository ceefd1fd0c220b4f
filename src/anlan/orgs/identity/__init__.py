"""Who somebody is: sign-ins, second proofs, keys of other systems."""
