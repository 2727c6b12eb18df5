"""The machine room: settings, addresses, the embedded database and what starts them."""
