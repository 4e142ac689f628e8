// Before the first paint: the theme this device chose (app/ui/theme-choice.ts writes it), so that nothing flashes.
try {
  const look = JSON.parse(localStorage.getItem('slipway.look') || '{}')
  if (look.theme === 'light' || look.theme === 'dark') document.documentElement.setAttribute('data-theme', look.theme)
  if (look.contrast === 'more') document.documentElement.setAttribute('data-contrast', 'more')
} catch {}
