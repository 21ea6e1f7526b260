"""Desks as an operator writes them: one YAML file each in FENGKOU_HOME/desks."""
