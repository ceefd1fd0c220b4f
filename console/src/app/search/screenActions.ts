/** What can be done on the screen that is open: its own buttons, by the names that they bear. */

const ACTIONS_LIMIT = 12;
/** Rows of lists are not the screen's own: they are found by their numbers. */
const OF_ROWS = 'li, tr, [role="row"], [role="listbox"], [role="grid"], [role="radiogroup"]';

export interface ScreenAction {
  name: string;
  /** The keys that do it without the box, where there are some. */
  keys: string;
  run: () => void;
}

const nameOf = (button: HTMLElement): string =>
  (button.getAttribute('aria-label') ?? button.textContent).trim();

function isOffered(button: HTMLButtonElement): boolean {
  const shown = button.checkVisibility({ visibilityProperty: true });
  return shown && !button.disabled && button.closest(OF_ROWS) === null && nameOf(button) !== '';
}

/** The actions of the screen behind the box: a press here is a press on the button itself. */
export function screenActions(): ScreenAction[] {
  const screen = document.getElementById('screen');
  const buttons = [...(screen?.querySelectorAll('button') ?? [])].filter(isOffered);
  return buttons.slice(0, ACTIONS_LIMIT).map((button) => ({
    name: nameOf(button),
    keys: button.getAttribute('aria-keyshortcuts') ?? '',
    run: () => {
      button.focus();
      button.click();
    },
  }));
}
