"""Cases: what a department puts right without units, from filing to closing."""
