# The home page of a competition: its phases as a checklist.
