"""Every write of Open311: service keys, requests, further words."""
