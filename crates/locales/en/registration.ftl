# The registration page.
