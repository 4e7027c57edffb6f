"""The player: words to a state, a state to markup, a widget, what a notebook calls."""
