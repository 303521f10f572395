import type { DetailPage } from './details.js'
import { create, isolate, toggleHidden } from './elements.js'

/** The panel that shows details. */
export interface Dialog {
  readonly open: (makePage: () => DetailPage) => void
}

/**
 * Makes the panel: a modal dialog, which Escape closes, and which gives the focus back. From pages that are opened within it
 * there is a way back.
 */
export function createDialog(): Dialog {
  const trail: (() => DetailPage)[] = []
  const title = create('h2', { id: 'detail-title', tabindex: '-1' })
  const back = create('button', { type: 'button', click: goBack }, 'Back')
  const close = create('button', { type: 'button', click: () => dialog.close() }, 'Close')
  const content = create('div', { class: 'content' })
  const dialog = create('dialog', { 'aria-labelledby': 'detail-title', close: () => trail.splice(0) },
    create('div', { class: 'top' }, title, back, close), content)
  dialog.addEventListener('click', ({ target }) => {
    // The dialog itself is hit where the page lies behind it.
    if (target === dialog) dialog.close()
  })
  document.body.append(dialog)
  return {
    open(makePage) {
      trail.push(makePage)
      show(makePage)
      if (!dialog.open) dialog.showModal()
      title.focus()
    },
  }

  function show(makePage: () => DetailPage): void {
    const page = makePage()
    title.replaceChildren(isolate(page.title))
    content.replaceChildren(...page.content)
    content.scrollTop = 0
    toggleHidden(back, trail.length < 2)
  }

  function goBack(): void {
    trail.pop()
    const page = trail.at(-1)
    if (page) show(page)
    title.focus()
  }
}
