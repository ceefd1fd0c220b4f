"""What every room stands on: errors, access, scope, steps, outbox, clock, HTTP. No domain word."""
