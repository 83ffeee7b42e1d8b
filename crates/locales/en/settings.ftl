# The settings page.
settings-title = Settings
settings-name = Name of the competition
settings-level = Level and class
settings-host = Host
settings-organiser = Organiser
settings-co-organiser = Co-organiser
settings-place = Place
settings-date = Date
settings-synthetic = Synthetic data (said on every page and print)
settings-fields = Also asked for at registration
settings-fields-about = Name, document, phone, unit, occupation and skill level are always there; choose what else.
