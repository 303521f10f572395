import { find } from './elements.js'

/** The button that turns the page dark or light; until then it is as the reader's system asks. Nothing is stored. */
export function startTheme(): void {
  const button = find('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = (): boolean => {
    const { theme } = document.documentElement.dataset
    return theme === undefined ? system.matches : theme === 'dark'
  }
  const name = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark'
  }
  button.addEventListener('click', () => {
    document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark'
    name()
  })
  system.addEventListener('change', name)
  name()
}
