"""Every write about sign-ins."""
