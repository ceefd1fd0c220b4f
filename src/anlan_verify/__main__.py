"""`python -m anlan_verify`."""

import sys

from anlan_verify.verify import main

sys.exit(main())
