# The judges page.
