project = 'Corpus'
html_theme = 'alabaster'
exclude_patterns = ['dist']
