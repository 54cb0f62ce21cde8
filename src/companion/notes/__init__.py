"""The listening note: one growing list, three questions afterwards. It never leaves the device."""
