"""Every word and sentence that people read, by key: one gettext catalogue a language."""
