"""What can be set, how it is spelt in an address, and the settings that pages share."""
