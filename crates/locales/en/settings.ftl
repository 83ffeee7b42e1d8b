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

# Headquarters: the connection, and bundles.
bundle-title = Headquarters
bundle-about = Once this computer is connected to the one above, records go there by themselves. Without a network, carry them in a bundle (one file).
bundle-alone = Not connected: records are on this computer alone.
bundle-connected = Connected: { $url }
bundle-url = Address of the computer above
bundle-code = Pairing code
bundle-connect = Connect
bundle-disconnect = Disconnect
bundle-pair = Make a pairing code for a computer below
bundle-code-made = Pairing code, works once within a day:
bundle-files = Bundles
bundle-files-about = A bundle for the computer above can be opened there alone. The public copy holds nothing from registration forms; anybody can verify it.
bundle-lacking = Export what is pending
bundle-everything = Export everything
bundle-receipts = Export receipts
bundle-published = Export the public copy
bundle-import = Import a bundle (.jsbundle)
bundle-made = Written: { $records } records, { $receipts } receipts.
bundle-taken = Imported: { $new } new records, { $known } known ones, { $receipts } new receipts.
bundle-left-out = { $count } logs were not taken in: records before them are missing, or differ here. Import an earlier bundle first, or ask for one with everything.
