"""The phones' door: one big button per act, with or without JavaScript."""
