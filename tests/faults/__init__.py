"""What breaks the product on purpose and counts what was lost: `./anlan faults`."""
