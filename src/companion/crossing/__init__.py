"""What goes from the device to the workspace: commands, applied once each."""
