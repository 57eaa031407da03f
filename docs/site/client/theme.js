// Runs before the page is painted, so that it never flashes in the other colours.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('ogplus-docs-theme');
  } catch {
    // Storage is closed: the system's choice stands.
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
